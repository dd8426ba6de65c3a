import { writeSync } from 'node:fs';
import { writeOutput } from '../../store/output/write-output';
import { outputOf } from './many-versions';

// What the kill test runs in a process of its own: it writes one version over the other until somebody ends it.
const [dir = ''] = process.argv.slice(2);
const versions = [outputOf('A'), outputOf('B')] as const;
for (let run = 0; ; run++) {
  writeOutput(dir, versions[run % 2 === 0 ? 0 : 1]);
  if (run === 0) writeSync(1, 'ready\n');
}
