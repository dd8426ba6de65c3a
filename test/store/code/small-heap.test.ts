import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

// What lives at a time is a tenth of what is made, and old when it is let go: as targets of a large fleet are.
const work = `
  const kept = [];
  for (let index = 0; index < 2_000_000; index += 1) kept[index % 200_000] = { index, text: 'x' + index, list: [index, index, index] };
  process.stdout.write(String(process.resourceUsage().maxRSS));
`;

function peak(code: string): number {
  return Number(execFileSync(process.execPath, ['-r', 'tsx/cjs', '-e', code], { cwd: resolve(__dirname, '../../..'), encoding: 'utf8' }));
}

test('a command takes less memory for the same work than Node would', () => {
  const alone = peak(work);
  const asCommand = peak(`require('./store/code/run-command').runCommand(() => { ${work} return 0; }, () => undefined);`);
  expect(asCommand / alone).toBeLessThan(0.85);
});
