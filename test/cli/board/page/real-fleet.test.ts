import { statSync } from 'node:fs';
import { join } from 'node:path';
import { movePatch, writeConfig } from '../../../bench/fleet-files';
import { isLongForm } from '../../../runs';
import { Workspace } from '../../../workspaces/workspace';
import { describeInBrowser } from './browser';

jest.setTimeout(1_800_000);

const targets = 1000;
const commits = 30;

describeInBrowser('a fleet of a thousand targets with twenty apps and thirty commits', (browser) => {
  const workspace = new Workspace({});
  const board = join(workspace.path, 'board.html');
  afterAll(() => workspace.remove());

  beforeAll(() => {
    if (!isLongForm) return;
    const expectDone = ({ status, stderr }: ReturnType<Workspace['run']>) => {
      if (status !== 0) throw new Error(stderr);
    };
    const git = (...args: readonly string[]) =>
      expectDone(workspace.run('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'gc.auto=0', ...args]));
    git('init', '-q', '-b', 'main', '--template=');
    for (let commit = 0; commit < commits; commit += 1) {
      const config = join(workspace.path, 'config');
      if (commit === 0) writeConfig(config, targets);
      else movePatch(config, targets, 10 + (commit * targets) / commits);
      expectDone(workspace.fleet('synth'));
      git('add', '-A');
      git('commit', '-q', '-m', `Step ${commit}`);
    }
    expectDone(workspace.fleet('board'));
  });

  test('is a file of less than 3 MB', () => {
    expect(statSync(board).size).toBeLessThan(3_000_000);
  });

  test('is searched within a second of work from where the page begins to be opened', async () => {
    const page = await browser.openFile(board);
    // What the page's own thread does: a busy machine makes it wait, and no page can help that.
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.getByRole('searchbox').fill('production-sector-7');
    await page.locator('.found a', { hasText: 'production-sector-7' }).first().waitFor();
    const { metrics } = await session.send('Performance.getMetrics');
    expect(metrics.find(({ name }) => name === 'ThreadTime')?.value).toBeLessThan(1);
  });
});
