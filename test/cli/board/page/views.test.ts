import type { Page } from 'playwright-core';
import { smallBoard, smallLive } from '../../../builders/board-builder';
import { describeInBrowser, visit } from './browser';

const heading = (page: Page) => page.locator('main h1').textContent();
const selectorOf = (path: string) => `.map a[href^="#target=${path}&"], .map a[href="#target=${path}"]`;
const cell = (page: Page, path: string) => page.locator(selectorOf(path));
const rows = (page: Page, table: string) =>
  page.locator(`${table} tr`).evaluateAll((all) => all.map((row) => [...row.children].map((one) => one.textContent?.trim().replace(/: \S+ at .*$/, '') ?? '')));

describeInBrowser('the views of the board', (browser) => {
  test('all apps stand in a table, with their versions at each node', async () => {
    const page = await browser.open(smallBoard());
    expect(await heading(page)).toBe('Fleet');
    expect(await page.title()).toBe('Fleet · Fleet board');
    expect(await page.locator('.numbers li').allTextContents()).toEqual(['9 targets', '4 apps', '1 patch in flight', '3 manual gates', '1 frozen node']);
    await visit(page, '#size=1');
    const table = await rows(page, '.heat');
    expect(table[0]).toEqual(['App', 'integration', 'stage, manual gate', 'production, manual gate']);
    expect(table.find(([app]) => app === 'cert-manager')).toEqual(['cert-manager', 'Av1.19.0', 'Av1.19.0', 'Bv1.18.2+1']);
    expect(table.find(([app]) => app === 'hypershift')).toEqual(['hypershift', 'runs', 'runs', 'not rendered here']);
    expect(await page.locator('.heat a', { hasText: ': cert-manager at production,' }).textContent()).toBe(
      'Bv1.18.2+1: cert-manager at production, v1.18.2 at 2 targets, v1.19.0 at 1 target, patched',
    );
  });

  test('an app stands at every target, equal values in one colour, and what is special is marked', async () => {
    const page = await browser.open(smallBoard(), { hash: '#app=cert-manager' });
    expect(await heading(page)).toBe('cert-manager');
    expect(await page.locator('.values button').allTextContents()).toEqual(['Av1.19.07 of 9 targets', 'Bv1.18.22 of 9 targets']);
    const canary = cell(page, 'production/prod-canary/us-east1');
    expect(await canary.textContent()).toBe(
      'Aus-east1v1.19.0 at production/prod-canary/us-east1, patched by patch-001 production/prod-canary, overridden by override production, behind the manual gate production',
    );
    expect(await canary.locator('.mark').evaluateAll((marks) => marks.map((mark) => mark.className))).toEqual(['mark patch', 'mark override', 'mark gate']);
    const colour = (path: string) => page.evaluate(`getComputedStyle(document.querySelector('${selectorOf(path)}')).borderLeftColor`);
    expect(await colour('integration/int-sector-1/us-central1')).toBe(await colour('production/prod-canary/us-east1'));
    expect(await colour('production/prod-sector-1/us-east1')).not.toBe(await colour('production/prod-canary/us-east1'));
    expect(await cell(page, 'production/prod-sector-1/us-east1').locator('.mark.frozen').count()).toBe(1);
  });

  test('another field, a part of the fleet and one of the values are chosen by address, and the back button leads back', async () => {
    const page = await browser.open(smallBoard(), { hash: '#app=cert-manager&at=production' });
    expect(await page.locator('.map .cell').count()).toBe(3);
    await page.locator('select').nth(1).selectOption('source.helm.valuesObject.replicaCount');
    expect(new URL(page.url()).hash).toBe('#app=cert-manager&at=production&field=source.helm.valuesObject.replicaCount');
    await page.locator('.values button').first().click();
    expect(await page.locator('.values button').first().getAttribute('aria-pressed')).toBe('true');
    await visit(page, '#app=hypershift');
    expect(await cell(page, 'production/prod-canary/us-east1').textContent()).toContain('not rendered');
    await page.goBack();
    expect(new URL(page.url()).hash).toBe('#app=cert-manager&at=production&field=source.helm.valuesObject.replicaCount&is=3');
  });

  test('what is pointed at is told with its layer, file and line', async () => {
    const page = await browser.open(smallBoard(), { hash: '#app=cert-manager' });
    await cell(page, 'production/prod-canary/us-east1').hover();
    const told = page.locator('.inspector');
    expect(await told.textContent()).toContain(
      'production/prod-canary/us-east1v1.19.0patch-001 production/prod-canaryconfig/management-cluster/cert-manager.ts:28',
    );
    expect(await told.locator('a').nth(1).getAttribute('href')).toBe(
      'https://git.example.com/fleet/blob/1a2b3c4/config/management-cluster/cert-manager.ts#L28',
    );
  });

  test('a target has a page with every value of its apps, and where it is said', async () => {
    const page = await browser.open(smallBoard(), { hash: '#target=production/prod-canary/us-east1&app=cert-manager' });
    expect(await heading(page)).toBe('production/prod-canary/us-east1');
    expect(await page.locator('details.app h2').allTextContents()).toEqual(['management-cluster/argocd', 'cert-manager', 'infra-cluster/argocd']);
    expect(await rows(page, '.fields')).toContainEqual([
      'source.targetRevision',
      'v1.19.0',
      'patch-001 production/prod-canary',
      'config/management-cluster/cert-manager.ts:28',
    ]);
    expect(await page.locator('.fields').count()).toBe(1);
    await page.locator('details.app summary').first().click();
    await page.locator('.fields').nth(1).waitFor();
    await visit(page, '#target=nowhere');
    expect(await heading(page)).toBe('No such target');
  });

  test('a patch in flight is shown on its way', async () => {
    const page = await browser.open(smallBoard(), { hash: '#view=rollouts' });
    expect(await page.locator('.rollout h2').textContent()).toBe('cert-manager patch-001');
    expect(await page.locator('.stop').allTextContents()).toEqual([
      'int-sector-12/2, covered',
      'int-sector-21/1, covered',
      'behind the manual gate stage: stage-sector-12/2, covered',
      'stage-sector-21/1, covered',
      'behind the manual gate production: prod-canary1/1, covered',
      'behind the manual gate production/prod-sector-1: prod-sector-10/2, frozen',
    ]);
    const facts = await page.locator('.facts > div').allTextContents();
    expect(facts).toEqual([
      'Sits atintegration, stage, production/prod-canary',
      'Nextproduction/prod-sector-1, behind the manual gate production/prod-sector-1',
      'Waits forapproval of production/prod-sector-1 by @company/production',
      'Frozenproduction/prod-sector-1 is frozen until 2026-12-31: end of the year',
      'Since2026-11-27 16:04',
    ]);
    await page.getByLabel('Filter').fill('nothing');
    expect(await page.getByRole('status').textContent()).toBe('0 patches in flight, of 1');
  });

  test('the history is a timeline, narrowed by app, node, person and text', async () => {
    const page = await browser.open(smallBoard(), { hash: '#view=history' });
    const subjects = () => page.locator('.commit h3').allTextContents();
    expect(await subjects()).toEqual(['Promote patch-001 of cert-manager', 'Add hypershift', 'Write down who is on call']);
    expect(await page.locator('.commit').first().textContent()).toContain('Approved-by: Ann Lee');
    expect(await page.locator('.commit a:has(.hash)').first().getAttribute('href')).toContain('https://git.example.com/fleet/commit/0000b3c4');
    await page.getByLabel('Person').selectOption('Ben Okafor');
    expect(await subjects()).toEqual(['Add hypershift']);
    expect(new URL(page.url()).hash).toBe('#view=history&by=Ben%20Okafor');
    await visit(page, '#view=history&at=production/prod-canary&q=canary');
    expect(await subjects()).toEqual(['Promote patch-001 of cert-manager']);
    expect(await page.getByRole('status').textContent()).toBe('1 of 3 commits');
  });

  test('two nodes are compared field by field', async () => {
    const page = await browser.open(smallBoard(), { hash: '#view=differences' });
    await page.getByLabel('Left').fill('stage');
    await page.getByLabel('Left').press('Enter');
    await page.getByLabel('Right').fill('production');
    await page.getByLabel('Right').press('Enter');
    await page.waitForSelector('.sides');
    expect(new URL(page.url()).hash).toBe('#view=differences&left=stage&right=production');
    expect(await rows(page, '.sides')).toEqual([
      ['Field', 'stage 3 targets', 'production 3 targets'],
      ['source.helm.valuesObject.replicaCount', 'not set', 'A3'],
      ['source.targetRevision', 'Av1.19.0', 'Bv1.18.2×2Av1.19.0×1'],
    ]);
    expect(await page.getByRole('status').textContent()).toBe('2 of 4 apps differ, in 2 fields.');
    await page.getByLabel('Left').fill('nowhere');
    await page.getByLabel('Left').press('Enter');
    expect(await page.locator('.wrong').textContent()).toBe('no node is called so');
  });

  test('all is searched while somebody types', async () => {
    const page = await browser.open(smallBoard(), { hash: '#app=hypershift' });
    await page.keyboard.press('/');
    await page.keyboard.type('v1.19', { delay: 5 });
    await page.waitForSelector('.found');
    expect(await page.locator('.found h2').allTextContents()).toEqual(['Patches', 'Values']);
    expect(await page.getByRole('status').textContent()).toBe('2 found: 1 patches, 1 values');
    await page.keyboard.press('Escape');
    await page.locator('main h1', { hasText: 'hypershift' }).waitFor();
  });

  test('keys that come faster than the page is drawn are one step back, too', async () => {
    const page = await browser.open(smallBoard(), { hash: '#app=hypershift' });
    await page.locator('main h1', { hasText: 'hypershift' }).waitFor();
    await page.evaluate(`for (const text of ['v', 'v1', 'v1.19']) {
      const input = document.querySelector('input[type=search]');
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }`);
    await page.waitForSelector('.found');
    expect(new URL(page.url()).hash).toBe('#q=v1.19');
    await page.getByRole('searchbox').press('Escape');
    await page.locator('main h1', { hasText: 'hypershift' }).waitFor();
  });

  test('what Argo CD said stands beside what Git says', async () => {
    const live = smallLive();
    const difference = live.targets[0]?.others[0]?.differs?.[0] ?? '';
    const page = await browser.open(smallBoard({ live }), { hash: '#app=cert-manager' });
    expect(await cell(page, 'integration/int-sector-1/us-central1').textContent()).toContain('health Degraded');
    expect(await cell(page, 'production/prod-canary/us-east1').textContent()).toContain('health Unknown');
    await visit(page, '#target=integration/int-sector-1/us-central1&app=cert-manager');
    expect(await page.locator('details.app[open] .said').textContent()).toContain(difference);
    await visit(page, '#target=production/prod-canary/us-east1');
    expect(await page.locator('.numbers').textContent()).toContain('0 of 1 Applications as Git has them, asked 2026-11-28 09:00');
    expect(await page.locator('.said').first().textContent()).toContain('not known in full: no answer within 10 s');
    expect(await page.locator('.said').first().textContent()).toContain('oldleft over, Git has no such Application: Healthy, Synced');
    await visit(page, '#app=cert-manager');
    await page.getByRole('button', { name: 'not as Git has it 1' }).click();
    expect(new URL(page.url()).hash).toBe('#app=cert-manager&runs=otherwise');
    expect(await page.locator('.map .cell:not(.dim) .hidden').allTextContents()).toEqual([
      expect.stringMatching(/ at integration\/int-sector-1\/us-central1, .*health Degraded, not as Git has it$/),
    ]);
    await page.getByRole('link', { name: 'What runs' }).click();
    await page.locator('main h1', { hasText: 'What runs' }).waitFor();
    expect(await page.locator('.lead').textContent()).toBe(
      '1 of 3 Applications are well and as Git has them at HEAD (1a2b3c4); 1 target not known in full. Asked 2026-11-28 09:00.',
    );
    expect(await page.locator('.found h2').allTextContents()).toEqual(['integration/int-sector-1/us-central1 ', 'production/prod-canary/us-east1 ']);
  });

  test('a board for which nobody asked Argo CD has no view of what runs', async () => {
    const page = await browser.open(smallBoard(), { hash: '#view=live' });
    expect(await page.locator('nav a', { hasText: 'What runs' }).count()).toBe(0);
    expect(await page.locator('main').textContent()).toContain('Nobody asked Argo CD for this board');
  });
});
