import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type HubMeasurement, type Measurement, measure, measureHub, measureOpened, type OpenedMeasurement } from './measure';
import { measureExampleReads, measureReads, type ReadMeasurement } from './reads';
import { machine, page, table } from './report';
import { measureStartUp, type StartUp } from './start-up';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    sizes: { type: 'string', default: '10,100,1000,10000' },
    spokes: { type: 'string', default: '10,100,1000' },
    opened: { type: 'string', default: '1000' },
    reads: { type: 'string', default: '1000' },
    commits: { type: 'string', default: '50' },
    startup: { type: 'boolean', default: true },
    runs: { type: 'string' },
    report: { type: 'boolean', default: false },
  },
});

// Inside the repository: configuration imports the package by its name.
const folder = resolve('.bench');
const measurements: Measurement[] = [];
const hubs: HubMeasurement[] = [];
const opened: OpenedMeasurement[] = [];
const starts: StartUp[] = [];
const reads: ReadMeasurement[] = [];
try {
  if (values.startup) {
    process.stderr.write('the installed package…\n');
    starts.push(...measureStartUp(15));
  }
  for (const size of values.sizes.split(',').filter(Boolean).map(Number)) {
    process.stderr.write(`${size.toLocaleString('en-US')} targets…\n`);
    measurements.push(measure(join(folder, String(size)), size, Number(values.runs ?? (size > 1000 ? 1 : 3))));
  }
  for (const size of values.spokes.split(',').filter(Boolean).map(Number)) {
    process.stderr.write(`${size.toLocaleString('en-US')} spokes…\n`);
    hubs.push(measureHub(join(folder, `hub-${size}`), size, Number(values.runs ?? 3)));
  }
  for (const size of values.opened.split(',').filter(Boolean).map(Number)) {
    process.stderr.write(`${size.toLocaleString('en-US')} targets whose charts are opened…\n`);
    opened.push(measureOpened(join(folder, `opened-${size}`), size, Number(values.runs ?? 3)));
  }
  const commits = Number(values.commits);
  for (const size of values.reads.split(',').filter(Boolean).map(Number)) {
    process.stderr.write(`reading ${size.toLocaleString('en-US')} targets…\n`);
    reads.push(...measureReads(size, commits, Number(values.runs ?? 3)));
  }
  if (values.reads !== '') reads.push(...measureExampleReads(commits, Number(values.runs ?? 5)));
} finally {
  // Only now: files are slow to make right after many were deleted.
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${machine()}\n\n${table({ measurements, hubs, opened, starts, reads })}\n`);
if (values.report) {
  mkdirSync('docs', { recursive: true });
  writeFileSync('docs/performance.md', page({ measurements, hubs, opened, starts, reads }));
}
