import { longTest } from '../long-test';
import { Editor } from './editor';

const fleet = `
import { defineFleet } from 'cdk8s-fleet';
const fleet = defineFleet({ repository: 'x', environments: [{ name: 'production', sectors: [{ name: 'canary', regions: ['eu'] }] }] });
declare module 'cdk8s-fleet' { interface Register { fleet: typeof fleet } }
`;

/** What people write: an opening up to a type's objects, its end, and paths of objects in it; `x` is any key, `[]` an item of a list. */
const written: readonly (readonly [start: string, end: string, paths: readonly string[]])[] = [
  [
    "({ project: 'x', ",
    '}) satisfies FleetAppConfig',
    [
      '',
      'source',
      'source.helm',
      'source.directory',
      'sources.x',
      'destination',
      'syncPolicy',
      'syncPolicy.automated',
      'syncPolicy.managedNamespaceMetadata',
      'syncPolicy.retry',
      'syncPolicy.retry.backoff',
      'ignoreDifferences.[]',
      'info.[]',
      'overrides.production',
      'overrides.production.source',
      'patches.x',
      'patches.x.change',
      'patches.x.change.source.helm',
    ],
  ],
  [
    "({ kind: 'ApplicationSet', ",
    '}) satisfies FleetAppConfig',
    [
      '',
      'generators.[]',
      'generators.[].clusters',
      'generators.[].clusters.selector',
      'generators.[].clusters.selector.matchExpressions.[]',
      'generators.[].git',
      'generators.[].git.directories.[]',
      'generators.[].list',
      'generators.[].matrix',
      'generators.[].matrix.generators.[]',
      'generators.[].merge',
      'template',
      'template.metadata',
      'template.spec',
      'template.spec.source',
      'template.spec.destination',
      'template.spec.syncPolicy.automated',
      'strategy',
      'strategy.rollingSync',
      'strategy.rollingSync.steps.[]',
      'syncPolicy',
      'preservedFields',
      'ignoreApplicationDifferences.[]',
      'patches.x',
      'patches.x.change',
    ],
  ],
  ["({ kind: 'RootApplicationSet', clusterType: 'x', ", '}) satisfies FleetAppConfig', ['', 'overrides.production']],
  ["defineApps({ apps: { a: { project: 'x' } }, ", '})', ['', 'patches.x', 'patches.x.change.a']],
  ['({', '}) satisfies ClusterTypeConfig', ['', 'applications', 'applicationSets']],
  ["defineFleet({ repository: 'x', environments: [{ name: 'e', sectors: [{ name: 's', regions: [{ name: 'r', ", '}] }] }] })', ['']],
  ["defineFleet({ repository: 'x', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'], ", '}] }] })', ['']],
  ["defineFleet({ repository: 'x', environments: [{ name: 'e', sectors: [], ", '}] })', ['']],
  ["defineFleet({ repository: 'x', environments: [], ", '})', ['', 'dimensions.[]']],
  ["defineHubFleet({ topology: 'hub-and-spoke', repository: 'x', tenants: [], ", '})', ['', 'labelNames']],
  ["defineHubFleet({ topology: 'hub-and-spoke', repository: 'x', tenants: [{ name: 't', environments: ['dev'], ", '}] })', ['']],
  [
    '({',
    '}) satisfies MemberSettingsConfig',
    [
      '',
      'repositories.x',
      'repositories.x.githubApp',
      'repositories.x.https',
      'repositories.x.ecr',
      'secretStore',
      'secretStore.aws',
      'secretStore.existing',
      'patches.x',
      'overrides.production',
    ],
  ],
  [
    '({',
    '}) satisfies ComponentConfig',
    ['', 'helm', 'selector', 'syncPolicy', 'syncPolicy.automated', 'ignoreDifferences.[]', 'patches.x', 'patches.x.change'],
  ],
  ['({', '}) satisfies GroupConfig', ['', 'bootstrap']],
  ['({', '}) satisfies ReleasesConfig', ['', 'releases.x', 'releases.x.components.x', 'patches.x.change']],
  ['({', '}) satisfies HubConfig', ['', 'groups.x', 'components.x']],
  ['({', '}) satisfies SpokeConfig', ['', 'groups.x', 'components.x']],
  ["new Environment(new Fleet({ repository: 'x' }), 'x', {", '})', ['']],
  ['new Fleet({', '})', ['']],
  ["new Spoke(null as never, 'x', {", '})', ['']],
  ["new RootApplicationSet(null as never, 'x', {", '})', ['']],
  ['void (null as unknown as Target).', '', ['']],
];

const head = `import { type ClusterTypeConfig, type ComponentConfig, defineApps, defineFleet, defineHubFleet, Environment, Fleet, type FleetAppConfig,
  type GroupConfig, type HubConfig, type MemberSettingsConfig, type ReleasesConfig, RootApplicationSet, Spoke, type SpokeConfig, type Target } from 'cdk8s-fleet';`;

/** A statement with something at a path. */
function statement(start: string, end: string, path: string, inside: string): string {
  const around = (keys: readonly string[]): string => {
    const [key, ...rest] = keys;
    if (key === undefined) return inside;
    const next = rest[0] === '[]' ? `[{ ${around(rest.slice(1))} }]` : `{ ${around(rest)} }`;
    return `${key}: ${next}`;
  };
  return `${start}${around(path === '' ? [] : path.split('.'))}${end};`;
}

/** What hovering says, apart: the type, and what the field is for. */
function parts(hover: string): { readonly type: string; readonly text: string } {
  const [, type = '', text = ''] = /^```\w*\n(.*?)\n```\n?(.*)$/s.exec(hover) ?? [];
  return { type: type.replace(/^\(property\) /, ''), text: text.trim() };
}

longTest(
  'hovering over a field says what it is for, its default, and a type that can be read',
  async () => {
    const editor = await Editor.open(fleet);
    try {
      const objects = written.flatMap(([start, end, paths]) => paths.map((path) => ({ start, end, path })));
      const text = [head, ...objects.map(({ start, end, path }) => statement(start, end, path, '¦'))].join('\n');
      const { completions } = await editor.show(text);
      const fields = objects.flatMap(({ start, end, path }, index) =>
        (completions[index] ?? []).map((label) => ({ start, end, path, key: label.replace(/\?$/, '') })),
      );
      // That nothing is found is no success.
      for (const [index, { path, end }] of objects.entries()) expect({ end, path, found: completions[index]?.length }).not.toMatchObject({ found: 0 });
      expect(fields.length).toBeGreaterThan(400);

      const values = (end: string, key: string) => (end === '' ? `^${key}` : `^${key}: ${key === 'dimensions' ? "['environments']" : 'null as never'}`);
      const { hovers } = await editor.show([head, ...fields.map(({ start, end, path, key }) => statement(start, end, path, values(end, key)))].join('\n'));
      const wrong = fields.flatMap(({ start, end, path, key }, index) => {
        const { type, text } = parts(hovers[index] ?? '');
        // A function has a `name`, and so has what may be given by a function: the compiler knows no more of it.
        if (key === 'name' && type === 'name: never') return [];
        const field = `${start}${end} ${path}.${key}`;
        return [
          ...(/^[A-Z].{10,}/s.test(text) ? [] : [`${field}: no sentence: ${hovers[index]}`]),
          ...(!new RegExp(`(^|[.>])${key}\\?: `).test(type) || /\?: undefined$/.test(type) || text.includes('@default')
            ? []
            : [`${field}: no default: ${text}`]),
          ...(/unset|Omit<|NonNullable|\.\.\./.test(type) || type.length > 250 ? [`${field}: ${type}`] : []),
        ];
      });
      expect(wrong).toEqual([]);
    } finally {
      await editor.close();
    }
  },
  30_000,
);

longTest(
  'hovering over what is exported says what it is',
  async () => {
    const editor = await Editor.open();
    try {
      const { completions } = await editor.show("import { ¦ } from 'cdk8s-fleet';");
      const names = completions[0]?.filter((name) => name !== 'type') ?? [];
      expect(names).toEqual(expect.arrayContaining(['Fleet', 'FleetAppConfig', 'Register', 'cluster', 'defineFleet', 'unset']));
      const { hovers } = await editor.show(`import { ${names.map((name) => `type ^${name}`).join(', ')} } from 'cdk8s-fleet';`);
      expect(names.filter((_, index) => !/^[A-Z].{10,}/.test(parts(hovers[index] ?? '').text))).toEqual([]);
    } finally {
      await editor.close();
    }
  },
  30_000,
);
