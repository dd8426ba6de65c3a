import fc from 'fast-check';
import type { Change, Changes, FieldChange } from '../../../changes/change';
import { changesMarkdown } from '../../../cli/print/changes/changes-markdown';
import { valueText } from '../../../cli/print/changes/value-text';
import { nodesMarkdown } from '../../../cli/print/nodes/nodes-markdown';
import { withoutControls } from '../../../cli/print/without-controls';
import { readMarkdown } from './markdown-reader';

/** What a comment of a pull request holds. */
const limit = 65_536;

function changesOf(changes: readonly Change[], names: Partial<Changes> = {}): Changes {
  return {
    before: 'HEAD (1a2b3c4)',
    after: 'the configuration',
    topology: 'dimensions',
    changes,
    targets: 1,
    moved: { values: 0, apps: 0 },
    notes: [],
    ...names,
  };
}

function markdown(changes: Changes): string {
  return changesMarkdown(
    changes,
    changes.changes.map((change) => ({
      change,
      now:
        'cause' in change && change.cause !== undefined
          ? change.cause.now.map((layer) => ({
              layer,
              file: 'config/x.ts',
              line: 1,
            }))
          : [],
    })),
  );
}

const at = { clusterType: 'mgmt', targets: ['stage/one/eu'], paths: ['stage'] };
const field = (change: Partial<FieldChange>): FieldChange => ({
  kind: 'field',
  ...at,
  app: 'web',
  field: 'a',
  cause: { now: ['base'], before: [] },
  ...change,
});

/** Texts that would name somebody, link somewhere, or end what they stand in. */
const hostile = fc.oneof(
  fc.constantFrom(
    '@company/team',
    'https://example.com/x',
    '#12',
    '</details>',
    '<!-- x',
    '-->',
    '| --- |',
    '```',
    '`',
    '\\|',
    '\\',
    '|',
    ' | a | ',
    '\n\n# A\n',
    '[a](b)',
    '![a](b)',
    '\u202e',
    '~~~',
    ' ` ',
  ),
  fc.string({
    unit: fc.constantFrom('`', '|', '\\', ' ', 'a', '\n', '\r', '@', '<', '>'),
  }),
  fc.string({ unit: 'binary' }),
);
// Nothing but blanks names nothing, and a cell has none at its ends.
const text = fc
  .array(hostile, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''))
  .filter((joined) => joined.trim() !== '');

test('whatever somebody wrote, it is code in its cell, and says what it says', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          app: text,
          field: text,
          before: text,
          after: text,
          layer: text,
          path: text,
        }),
        { minLength: 1, maxLength: 4 },
      ),
      (rows) => {
        const changes = rows.map(({ app, field: name, before, after, layer, path }, index) =>
          field({
            app: `${index}${app}`,
            field: name,
            before,
            after,
            paths: [path],
            cause: { now: [layer], before: [] },
          }),
        );
        const { tables, lines } = readMarkdown(markdown(changesOf(changes)));
        expect(tables.length).toBe(rows.length);
        for (const [index, table] of tables.entries()) {
          const { app, field: name, before, after, layer, path } = rows[index] as (typeof rows)[number];
          expect(table.title).toBe(cut(`mgmt/${index}${app}`));
          const [[fields, values, where, why]] = table.rows as unknown as readonly [readonly [Cell, Cell, Cell, Cell]];
          expect([fields.code, where.code, why.code].map((code) => code.map(blank))).toEqual([[cut(name)], [cut(path)], [cut(`${layer} (config/x.ts:1)`)]]);
          expect([fields.around, where.around, why.around]).toEqual(['', '', '']);
          expect(values.around).toMatch(/^( → |(<br>)*)$/);
          if (values.around === ' → ') expect(values.code).toEqual([valueText(before), valueText(after)]);
        }
        // Outside of the tables stand our own words and code.
        for (const line of lines) expect(withoutCode(line)).not.toMatch(/@|https?:|<(?!\/?(details|summary)>)/);
      },
    ),
    { numRuns: 300 },
  );
});

test('so it is where two nodes are compared', () => {
  fc.assert(
    fc.property(fc.record({ app: text, field: text, value: text, layer: text, left: text, right: text }), ({ app, field: name, value, layer, left, right }) => {
      const side = (path: string) => [{ value, layers: [layer], targets: [path], paths: [path] }];
      const { tables, lines } = readMarkdown(
        nodesMarkdown({
          of: app,
          topology: 'dimensions',
          left: { path: left, targets: 1 },
          right: { path: right, targets: 1 },
          apps: [{ clusterType: 'mgmt', app, left: { targets: [left], paths: [left] } }],
          fields: [{ clusterType: 'mgmt', app, field: name, left: side(left), right: side(right) }],
          own: [{ clusterType: 'mgmt', app, field: name, left: side(left), right: side(right) }],
        }),
      );
      expect(tables.length).toBe(1);
      const [[fields, one, other]] = tables.flatMap(({ rows }) => rows) as unknown as readonly [readonly [Cell, Cell, Cell]];
      expect(fields.code.map(blank)).toEqual([cut(name)]);
      for (const cell of [one, other]) expect([cell.code[0], cell.around.trim()]).toEqual([valueText(value), '']);
      for (const line of lines) expect(withoutCode(line)).not.toMatch(/@|https?:|<(?!\/?(details|summary)>)/);
    }),
    { numRuns: 300 },
  );
});

type Cell = { readonly code: readonly string[]; readonly around: string };

/** As code shows it: of spaces alone as many as there is nothing to read. */
function cut(value: string): string {
  return withoutControls(value.length > 1001 ? `${value.slice(0, 1000)}…` : value);
}

function blank(value: string): string {
  return value.trim() === '' ? '' : value;
}

function withoutCode(line: string): string {
  return line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
}

test('what names of commits and notes say is code too', () => {
  const [title, , note] = markdown(
    changesOf([field({})], {
      before: '@team/x (1a2b3c4)',
      notes: ['the output is in `@team`'],
    }),
  ).split('\n');
  expect([title, note]).toMatchInlineSnapshot(`
   [
     "**1 app changed at 1 target**, from \`@team/x (1a2b3c4)\` to \`the configuration\`",
     "\`\`Note: the output is in \`@team\`.\`\`",
   ]
  `);
});

test('of 2,000 different rows as many whole ones stand there as a comment holds, and the rest is counted', () => {
  const changes = Array.from({ length: 2000 }, (_, index) =>
    field({
      app: `app-${String(index % 40).padStart(2, '0')}`,
      field: `source.helm.valuesObject.key-${index}`,
      before: index,
      after: 'x'.repeat(index % 60),
    }),
  );
  const comment = markdown(changesOf(changes));
  expect(comment.length).toBeLessThan(limit);
  const { tables, lines } = readMarkdown(comment);
  const byField = new Map(changes.map((change) => [change.field, change]));
  const shown = tables.flatMap(({ title, rows }) => rows.map((cells) => ({ title, cells })));
  for (const { title, cells } of shown) {
    const change = byField.get(cells[0]?.code[0] as string) as FieldChange;
    expect(title).toBe(`mgmt/${change.app}`);
    expect(cells.map(({ code }) => code)).toEqual([
      [change.field],
      [valueText(change.before), valueText(change.after)],
      ['stage/one/eu'.slice(0, 5)],
      ['base (config/x.ts:1)'],
    ]);
  }
  expect(new Set(shown.map(({ cells }) => cells[0]?.code[0])).size).toBe(shown.length);
  expect(lines.at(-1)).toBe(
    `… and ${(2000 - shown.length).toLocaleString('en')} more rows, for which there is no room in a comment: \`npx fleet diff\` shows all.`,
  );
  expect(shown.length).toBeGreaterThan(300);
  expect([lines.filter((line) => line.startsWith('<details>')).length, lines.filter((line) => line === '</details>').length]).toEqual([
    tables.length,
    tables.length,
  ]);
});

test('however long its parts are, a comment fits', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          app: fc.integer({ max: 9, min: 0 }),
          kind: fc.constantFrom('field', 'app-removed', 'object-added'),
          size: fc.integer({ min: 0, max: 20_000 }),
        }),
        {
          maxLength: 60,
        },
      ),
      fc.string({
        unit: fc.constantFrom('`', '|', '\\', 'a', '\n'),
        minLength: 1,
      }),
      (rows, unit) => {
        const changes = rows.map(({ app, kind, size }, index): Change => {
          const long = unit.repeat(size / unit.length + 1);
          if (kind === 'field')
            return field({
              app: `app-${app}`,
              field: `f${index}`,
              after: long,
            });
          if (kind === 'app-removed')
            return {
              kind,
              ...at,
              app: `app-${app}-${long}`,
              isEverywhere: true,
              cause: { now: [], before: [] },
            };
          return {
            kind: 'object-added',
            ...at,
            app: `app-${app}`,
            object: long,
          };
        });
        const comment = markdown(changesOf(changes));
        expect(comment.length).toBeLessThan(limit);
        readMarkdown(comment);
      },
    ),
    { numRuns: 50 },
  );
});

test('many removed apps of one place are one row, and equal changes of many apps are told once', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const gone = names.map(
    (app): Change => ({
      kind: 'app-removed',
      ...at,
      app,
      isEverywhere: true,
      workloads: 'stay',
      cause: { now: [], before: ['base'] },
    }),
  );
  const equal = names.map((app) =>
    field({
      app,
      field: 'syncPolicy.automated.prune',
      before: false,
      after: true,
    }),
  );
  expect(markdown(changesOf([...gone, ...equal]))).toMatchInlineSnapshot(`
   "**5 apps removed at 1 target, 5 apps changed at 1 target**, from \`HEAD (1a2b3c4)\` to \`the configuration\`

   ### Removed: where Argo CD prunes, it leaves the clusters too

   | what | where | why | then |
   | --- | --- | --- | --- |
   | \`mgmt, 5 apps: a, b, c, d, e\` | \`stage, and it is nowhere else\` | \`nobody declares it any more\` | \`what it deployed stays, and nobody manages it\` |

   ### \`mgmt, 5 apps: a, b, c, d, e\`

   | field | change | where | why |
   | --- | --- | --- | --- |
   | \`syncPolicy.automated.prune\` | \`false\` → \`true\` | \`stage\` | \`base (config/x.ts:1)\` |"
  `);
});
