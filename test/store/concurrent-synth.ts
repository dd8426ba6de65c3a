import { writeOutput } from '../../store/output/write-output';
import { outputOf } from './many-versions';

// One of several runs at once: writes a version into a folder, and says how it ended; or is killed half-way.
const [dir = '', version, end] = process.argv.slice(2);
let files = 0;
try {
  writeOutput(dir, outputOf(version === 'B' ? 'B' : 'A'), {
    progress: () => {
      files += 1;
      if (end === 'killed' && files === 900) process.kill(process.pid, 'SIGKILL');
    },
  });
  console.log('written');
} catch (error) {
  console.log((error as { readonly problems?: readonly { readonly code: string }[] }).problems?.[0]?.code ?? String(error));
}
