import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fleetFromConfig } from '../../constructs';
import { isFolder } from '../../layers/charts/chart-id';
import { readConfig } from '../../store/read/read-config';
import { examples } from '../workspaces/workspace';

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly depNameTemplate?: string;
  readonly datasourceTemplate: string;
}

const [, json = ''] = /```json\n(\{\n {2}"customManagers"[\s\S]*?)```/.exec(readFileSync(join(__dirname, '../../docs/ci.md'), 'utf8')) ?? [];
const managers: readonly Manager[] = JSON.parse(json).customManagers;

interface Found {
  readonly chart: string;
  readonly version: string;
  /** The text when the version is replaced. */
  readonly moved: string;
}

/** What Renovate finds in a file: each expression as a JavaScript one, all matches, fields by named groups or by templates of these. */
function foundIn(path: string, text: string, next = '9.9.9'): readonly Found[] {
  return managers
    .filter(({ managerFilePatterns }) => managerFilePatterns.some((pattern) => new RegExp(pattern.replace(/^\/|\/$/g, '')).test(path)))
    .flatMap(({ matchStrings, depNameTemplate, datasourceTemplate }) =>
      matchStrings.flatMap((expression) =>
        [...text.matchAll(new RegExp(expression, 'gm'))].map((match): Found => {
          const groups = match.groups ?? {};
          const name = depNameTemplate?.replace(/\{\{\{(\w+)\}\}\}/g, (_, group: string) => groups[group] ?? '') ?? groups.depName;
          const version = groups.currentValue ?? '';
          // As Renovate does it: everywhere in what was matched.
          const replaced = match[0].replaceAll(version, next);
          return {
            chart: `${datasourceTemplate} ${[groups.registryUrl, name].filter((part) => part !== undefined).join(' ')}`,
            version,
            moved: text.slice(0, match.index) + replaced + text.slice((match.index ?? 0) + match[0].length),
          };
        }),
      ),
    );
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|yaml)$/.test(file))
    .map((file) => ({ path: `config/${file}`, text: readFileSync(join(folder, file), 'utf8') }));

/** Without marks of the two languages, and on one line. */
const bare = (text: string) => text.replace(/['",]/g, '').replace(/\s+/g, ' ');

test.each(Object.entries(examples))(
  'the custom managers of docs/ci.md find the charts of the example in %s whose versions stand beside them, and no others',
  (_, folder) => {
    const files = filesOf(folder);
    const named = fleetFromConfig(readConfig(folder)).synth().namedCharts();
    const beside = named.flatMap(({ id }) => {
      if (isFolder(id)) return [];
      const said = ['targetRevision', 'version'].map((field) => `repoURL: ${id.repository} chart: ${id.chart} ${field}: ${id.version} `);
      return files.some(({ text }) => said.some((words) => bare(text).includes(words))) ? [`helm ${id.repository} ${id.chart} ${id.version}`] : [];
    });
    const found = files.flatMap(({ path, text }) => foundIn(path, text).map((one) => ({ ...one, text })));
    expect([...new Set(found.map(({ chart, version }) => `${chart} ${version}`))].sort()).toEqual([...new Set(beside)].sort());
    if (folder !== examples.hub) expect(found.length).toBeGreaterThan(1);
    for (const { moved, version, text } of found) expect(moved.replace('9.9.9', version)).toBe(text);
  },
);

test.each<readonly [string, string, string, readonly string[]]>([
  [
    'one line',
    'apps/x.ts',
    `source: { repoURL: "https://a.example/c", chart: "x", targetRevision: "v1.2.3-rc.1+b" } }`,
    ['helm https://a.example/c x v1.2.3-rc.1+b'],
  ],
  ['a component of hubs', 'addons/x.ts', `  repoURL: 'https://a.example',\n  chart: 'x',\n  version: '1.2.3',\n`, ['helm https://a.example x 1.2.3']],
  ['a registry', 'apps/x.yaml', 'repoURL: ghcr.io:443/company/charts\nchart: x\ntargetRevision: 1.2.3\n', ['docker ghcr.io:443/company/charts/x 1.2.3']],
  [
    'a release of hubs',
    'addons/releases.ts',
    `components: {\n  // renovate: registryUrl=https://a.example depName=x\n  'x': { version: 'v1.2.3' },\n  'y': '3.4.5' }`,
    ['helm https://a.example x v1.2.3'],
  ],
  [
    'a release in YAML',
    'addons/releases.yaml',
    '# renovate: registryUrl=https://a.example depName=x\nx: 1.2.3\ny: 3.4.5\n',
    ['helm https://a.example x 1.2.3'],
  ],
  ['a range', 'apps/x.ts', `repoURL: 'https://a.example', chart: 'x', targetRevision: '1.x'`, []],
  ['another repository', 'apps/x.ts', `repoURL: 'https://a.example/git', path: 'x', targetRevision: '1.2.3'`, []],
  ['what the target decides', 'apps/x.ts', `repoURL: 'https://a.example', chart: 'x', targetRevision: (target) => '1.2.3'`, []],
  ['what is rendered', '../dist/x.yaml', 'repoURL: https://a.example\nchart: x\ntargetRevision: 1.2.3\n', []],
])('of %s they read what stands there', (_, file, text, expected) => {
  const found = foundIn(join('config', file), text);
  expect(found.map(({ chart, version }) => `${chart} ${version}`)).toEqual(expected);
  for (const { moved, version } of found) expect(moved.replace('9.9.9', version)).toBe(text);
});

// Renovate reads expressions with RE2, which knows neither.
test('they look neither ahead nor behind, and back to no group', () => {
  expect(managers).toHaveLength(2);
  for (const { matchStrings } of managers) for (const expression of matchStrings) expect(expression).not.toMatch(/\(\?<?[=!]|\\[1-9]|\\k</);
});
