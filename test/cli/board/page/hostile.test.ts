import type { Board } from '../../../../cli/board/board';
import { boardOf, commit, fieldOf, largeBoard, nodesOf, rollout } from '../../../builders/board-builder';
import { describeInBrowser, overflow, visit } from './browser';

const names = [
  '</script><img src=x onerror=alert(1)>',
  '__proto__',
  'constructor',
  '\u202egnp.exe',
  'a\'"&amp;<b>',
  'x'.repeat(300),
  '猫 é',
  '#app=x&at=y',
  '..',
  '{{ .name }}',
  '\ud800',
];

/** Half of a pair of surrogates stands in no address. */
const addressed = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

/** Every text that somebody else writes is one that no page likes. */
function hostileBoard(name: string): Board {
  const { nodes, targets } = nodesOf(
    { [`${name}1`]: { [`${name}2`]: { [`${name}3`]: null, other: null } } },
    { [`${name}1`]: { isManual: true, frozen: { reason: name } } },
  );
  return boardOf({
    of: name,
    nodes,
    dimensions: [name, name, name],
    links: { commit: `javascript:alert('${name}')`, file: 'https://git.example.com/{}#{line}' },
    clusterTypes: [{ name, targets }],
    files: [`config/${name}.ts`],
    apps: [
      {
        clusterType: 0,
        name,
        description: name,
        owners: [name],
        targets,
        version: 0,
        fields: [
          fieldOf(name, [
            [name, `${name} ${name}`, 0, 3],
            [{ [name]: name }, 'base', 0, 4],
          ]),
        ],
      },
    ],
    rollouts: [
      rollout({
        app: name,
        clusterType: name,
        patch: name,
        description: name,
        targets,
        covered: targets.slice(0, 1),
        next: name,
        gates: [{ node: name, approvers: [name] }],
        soak: name,
        frozen: [name],
        notes: [name],
        since: name,
      }),
    ],
    history: [
      commit(0, {
        hash: name,
        date: name,
        author: `${name} <${name}>`,
        subject: name,
        approvals: [name],
        changes: [{ sign: '+', clusterType: name, app: name, text: name, where: name, paths: [name], targets: 1 }],
      }),
    ],
    notes: [name],
    live: {
      at: name,
      of: name,
      targets: targets.map((node) => {
        const said = { name, health: name, sync: name, why: name, differs: [name] };
        return { node, clusterType: 0, unknown: name, well: [0, -1], others: [{ ...said, app: 0 }, said, { ...said, is: 'left over' as const }] };
      }),
    },
  });
}

describeInBrowser('what others write', (browser) => {
  test.each(names)('is text, and nothing else: %j', async (name) => {
    const board = hostileBoard(name);
    const page = await browser.open(board, { width: 360 });
    const [path, target] = [addressed(`${name}1`), addressed(`${name}1/${name}2/${name}3`)];
    const app = addressed(name);
    for (const hash of [
      '#',
      `#app=${app}`,
      `#app=${app}&at=${path}&field=${app}&is=${app}`,
      `#target=${target}&app=${app}`,
      '#view=rollouts',
      '#view=live',
      `#app=${app}&runs=otherwise`,
      '#view=history',
      `#view=history&app=${app}&by=${app}`,
      `#view=differences&left=${path}&right=${target}`,
      `#q=${app}`,
    ]) {
      await visit(page, hash);
      expect(await page.locator('img, script:not([id]):not(:last-of-type), a[href^="javascript:" i]').count()).toBe(0);
      expect([hash, await overflow(page)]).toEqual([hash, 0]);
    }
    await visit(page, '#');
    const shown = await page.locator('.of').textContent();
    expect(shown).toBe(name.replace('\u202e', '\\u202e'));
  });
});

describeInBrowser('a thousand targets with twenty apps of eighty fields', (browser) => {
  const board = largeBoard();

  test('stay a small file, and are drawn in parts', async () => {
    const page = await browser.open(board);
    expect((await page.content()).length).toBeLessThan(3_000_000);
    const count = () => page.locator('*').count();
    const counts: Record<string, number> = { '#': await count() };
    for (const hash of [
      '#app=app-3',
      '#app=app-3&size=large',
      '#app=app-3&field=source.helm.valuesObject.region',
      '#target=stage/sector-12/region-7&app=app-3',
      '#view=rollouts',
      '#view=history',
      '#view=differences&left=stage&right=production',
      '#q=value',
    ]) {
      await visit(page, hash);
      counts[hash] = await count();
    }
    expect(Object.entries(counts).filter(([, many]) => many > 13_000)).toEqual([]);
    expect(Object.values(counts).every((many) => many > 200)).toBe(true);
  });

  test.each([360, 2560])('are no wider than a screen of %d pixels', async (width) => {
    const page = await browser.open(board, { width });
    for (const hash of ['#', '#app=app-3', '#app=app-3&size=large', '#view=rollouts', '#view=history', '#view=differences&left=stage&right=production']) {
      await visit(page, hash);
      expect([hash, await overflow(page)]).toEqual([hash, 0]);
    }
  });
});
