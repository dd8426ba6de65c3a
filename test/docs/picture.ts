// Makes the picture of the board in the documents anew, of the fleet that lies here: `npm run docs:picture`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium, program, wanted } from '../cli/board/page/chromium';

const repository = join(__dirname, '../..');
const picture = process.argv[2] ?? join(repository, 'docs/board.png');

async function main(): Promise<void> {
  if (program === undefined) throw new Error(`no Chromium is here: ${wanted}`);
  const folder = mkdtempSync(join(tmpdir(), 'fleet-picture-'));
  const board = join(folder, 'board.html');
  try {
    const { status, stderr } = spawnSync(process.execPath, [join(repository, 'cli/fleet.js'), 'board', '--output', board], {
      cwd: repository,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce', locale: 'en-GB' });
      await page.goto(`${pathToFileURL(board)}#app=cert-manager`);
      await page.getByRole('heading', { name: 'cert-manager' }).waitFor();
      await page.screenshot({ path: picture });
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
