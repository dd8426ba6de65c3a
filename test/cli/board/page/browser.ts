import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Board } from '../../../../cli/board/board';
import { boardHtml } from '../../../../cli/board/page-html';
import { isLongForm } from '../../../runs';
import { TemporaryFolders } from '../../../workspaces/temporary-folder';
import { launchChromium, program, wanted } from './chromium';

if (program === undefined && isLongForm && process.env['CI'] && !process.env['FLEET_WITHOUT_BROWSER'])
  throw new Error(`The tests of the board ask for Chromium: ${wanted}.`);

/** Tests of the page in a real browser, of the long form; where there is none, they are shown as skipped, with what to install. */
export function describeInBrowser(name: string, tests: (browser: PageOpener) => void): void {
  // A browser on a busy machine draws when it can: what fails once is told, and tried again.
  jest.retryTimes(2, { logErrorsBeforeRetry: true });
  if (program === undefined) describe.skip(`${name}: no Chromium is here (${wanted})`, () => tests(new PageOpener()));
  else (isLongForm ? describe : describe.skip)(name, () => tests(new PageOpener()));
}

/** What went wrong in a page, and what it asked of a network. */
export interface Watched {
  readonly page: Page;
  readonly faults: readonly string[];
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly isDark?: boolean;
  /** @default '#' */
  readonly hash?: string;
}

/** One browser for a test file, a page for each test. */
export class PageOpener {
  readonly #folders = new TemporaryFolders();
  #browser: Browser | undefined;
  readonly #opened: Watched[] = [];

  constructor() {
    beforeAll(async () => {
      this.#browser = await launchChromium();
    });
    afterEach(async () => {
      for (const { page, faults } of this.#opened.splice(0)) {
        const violations = await page.evaluate('violations');
        await page.context().close();
        expect([faults, violations]).toEqual([[], []]);
      }
    });
    afterAll(() => this.#browser?.close());
  }

  /** Opens a board's page; whatever it does that no page of ours does fails the test. */
  open(board: Board, look?: Look): Promise<Page> {
    return this.openFile(join(this.#folders.make({ 'board.html': boardHtml(board) }), 'board.html'), look);
  }

  /** The same of a file that a command wrote. */
  async openFile(file: string, { width = 1280, height = 900, isDark = false, hash = '#' }: Look = {}): Promise<Page> {
    const context = await (this.#browser as Browser).newContext({
      viewport: { width, height },
      colorScheme: isDark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) faults.push(`request: ${request.url()}`);
    });
    await page.addInitScript('globalThis.violations = []; addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective))');
    this.#opened.push({ page, faults });
    await page.goto(`${pathToFileURL(file)}${hash}`);
    return page;
  }
}

/** Goes to another place of a page that is open. */
export async function visit(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await page.waitForTimeout(50);
}

/** Whether anything stands out of the page to its right, so that it would have to be moved. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** What `axe` finds wrong, as rules and where, by what it only tries as well. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'], rules: { 'label-content-name-mismatch': { enabled: true } } }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ' ' + failureSummary)))`);
}
