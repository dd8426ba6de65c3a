const { writeFileSync } = require('node:fs');

// Loaded before a command that is measured: says how much memory it took at most, in kilobytes, and how long the processor. A command ends by itself
// and asks nobody, so its way out is taken here.
const end = process.reallyExit.bind(process);
process.reallyExit = (status) => {
  if (process.env.BENCH_MAX_RSS) writeFileSync(process.env.BENCH_MAX_RSS, String(process.resourceUsage().maxRSS));
  // In seconds.
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  if (process.env.BENCH_CPU) writeFileSync(process.env.BENCH_CPU, String((userCPUTime + systemCPUTime) / 1e6));
  end(status);
};
