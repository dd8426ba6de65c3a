// Loaded into the measured process (`node --require`): on its way out it tells its peak memory, in KiB.
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.BENCH_MAX_RSS, String(process.resourceUsage().maxRSS)));
