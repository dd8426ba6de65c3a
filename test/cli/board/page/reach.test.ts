import type { Page } from 'playwright-core';
import { smallBoard, smallLive } from '../../../builders/board-builder';
import { accessibilityFaults, describeInBrowser, overflow, visit } from './browser';

const focused = (page: Page): Promise<string> =>
  page.evaluate("/ at ([^,]+)/.exec(document.activeElement.querySelector('.hidden')?.textContent ?? '')?.[1] ?? document.activeElement.textContent");
const everyView = [
  '#',
  '#at=production',
  '#app=cert-manager',
  '#app=cert-manager&size=small',
  '#target=production/prod-canary/us-east1&app=cert-manager',
  '#view=rollouts',
  '#view=history',
  '#view=differences&left=stage&right=production',
  '#q=cert',
  '#view=live',
  '#app=cert-manager&runs=otherwise',
];

describeInBrowser('reaching all of the board', (browser) => {
  test('by keyboard alone: past the head, into the map, through it and to a target', async () => {
    const page = await browser.open(smallBoard(), { hash: '#app=cert-manager' });
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
    for (let pressed = 0; pressed < 40 && !(await focused(page)).startsWith('integration/int'); pressed++) await page.keyboard.press('Tab');
    const went: string[] = [];
    for (const key of [
      'ArrowRight',
      'ArrowRight',
      'ArrowLeft',
      'ArrowDown',
      'ArrowDown',
      'Home',
      'End',
      'ArrowUp',
      'Control+End',
      'Control+Home',
      'ArrowLeft',
    ]) {
      await page.keyboard.press(key);
      went.push(`${key} ${await focused(page)}`);
    }
    expect(went).toEqual([
      'ArrowRight integration/int-sector-1/europe-west1',
      'ArrowRight integration/int-sector-2/us-central1',
      'ArrowLeft integration/int-sector-1/europe-west1',
      'ArrowDown integration/int-sector-2/us-central1',
      'ArrowDown stage/stage-sector-1/us-east1',
      'Home stage/stage-sector-1/us-east1',
      'End stage/stage-sector-1/europe-west1',
      'ArrowUp integration/int-sector-2/us-central1',
      'Control+End production/prod-sector-1/europe-east1',
      'Control+Home integration/int-sector-1/us-central1',
      'ArrowLeft integration/int-sector-1/us-central1',
    ]);
    // One stop of the tab key: where one was.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe('integration/int-sector-1/europe-west1');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    await page.locator('h1:focus').waitFor();
    expect(await focused(page)).toBe('integration/int-sector-1/europe-west1');
    await page.goBack();
    expect(await page.locator('.map').count()).toBe(1);
  });

  test('what is found is gone to by keyboard', async () => {
    const page = await browser.open(smallBoard());
    await page.keyboard.press('/');
    await page.keyboard.type('prod-canary');
    await page.locator('.found a', { hasText: 'prod-canary' }).first().waitFor();
    expect(new URL(page.url()).hash).toBe('#q=prod-canary');
    await page.keyboard.press('Enter');
    await page.locator('.found a:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('main h1', { hasText: 'production/prod-canary' }).waitFor();
    expect(await focused(page)).toContain('production/prod-canary');
  });

  test.each([false, true])('nothing that axe knows is wrong in any view (dark: %s)', async (isDark) => {
    const page = await browser.open(smallBoard({ live: smallLive() }), { isDark });
    const faults: string[] = [];
    for (const hash of everyView) {
      await visit(page, hash);
      faults.push(...(await accessibilityFaults(page)).map((fault) => `${hash} ${fault}`));
    }
    expect(faults).toEqual([]);
  });

  test.each([360, 1280, 2560])('no view is wider than a screen of %d pixels', async (width) => {
    const page = await browser.open(smallBoard({ live: smallLive() }), { width });
    for (const hash of everyView) {
      await visit(page, hash);
      expect([hash, await overflow(page)]).toEqual([hash, 0]);
    }
  });

  test('it is printed without what nobody can press on paper', async () => {
    const page = await browser.open(smallBoard(), { hash: '#app=cert-manager' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.top nav').isVisible()).toBe(false);
    expect(await page.locator('.inspector').isVisible()).toBe(false);
    expect(await page.locator('.map').isVisible()).toBe(true);
    expect((await page.pdf()).length).toBeGreaterThan(1000);
  });
});
