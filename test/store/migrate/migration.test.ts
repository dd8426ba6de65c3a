import { FleetError } from '../../../constructs';
import { checkTypes } from '../../../store/migrate/installed-tools';
import { configYaml, type Migrated, migrated, valuesYaml, yamlFleet } from '../../builders/migrated';
import { longTest } from '../../long-test';
import { partly } from '../../runs';
import { TemporaryFolders } from '../../workspaces/temporary-folder';

jest.setTimeout(60_000);

const folders = new TemporaryFolders();
const simple = '{ source: { repoURL: https://example.com, path: x } }';

/** What was migrated so far. */
const all: Migrated['files'][] = [];

/** Migrates files that say everything in a way that TypeScript knows: rendered the same, nothing lost. */
function whole(files: Readonly<Record<string, string>>): Migrated['files'] {
  const result = migrated(yamlFleet(files), folders);
  expect(result.drift).toEqual({
    files: expect.any(Number),
    changed: [],
    missing: [],
    extra: [],
  });
  expect(result.lost).toEqual([]);
  all.push(result.files);
  return result.files;
}

/** An app with these Helm values as TypeScript. */
function values(yaml: string): string {
  return whole({ 'app/values.yaml': valuesYaml(yaml) })['mc/app.ts'] ?? '';
}

describe('a value', () => {
  test('is what YAML 1.1 takes it for, where that is a boolean', () => {
    expect(values('a: yes\nb: Off\nc: "yes"\nd: true\n')).toContain("{ a: true, b: false, c: 'yes', d: true }");
  });

  test('that is a number, or a text that looks like one, stays what it is', () => {
    expect(values('a: 1.0\nb: "1.10"\nc: "12345678901234567890"\nd: -0\ne: !!str 12\nf: 0.000001\ng: 9007199254740991\n')).toContain(
      "{ a: 1, b: '1.10', c: '12345678901234567890', d: -0, e: '12', f: 0.000001, g: 9007199254740991 }",
    );
  });

  test('of several lines is written on as many, with what it asks of the target', () => {
    const text = values(`a: |\n  b: 1\n  c: "{{ .Values.cluster.region }}\\n"\n  d: \`\${e}\`\nf: |\n  one\n`);
    expect(text).toContain(`a: (target) => \`b: 1\nc: "\${target.region}\\\\n"\nd: \\\`\\\${e}\\\`\n\`,\n`);
    expect(text).toContain("f: 'one\\n',");
  });

  test('of any script, with any quote, is readable', () => {
    expect(values('a: "日本 é 😀"\nb: it\'s\nc: \'"\'\nd: "a\\tb\\u2028"\n')).toContain("{ a: '日本 é 😀', b: \"it's\", c: '\"', d: 'a\\tb\\u2028' }");
  });

  test('that is null removes a field, and means something in Helm values and their lists', () => {
    const files = whole({
      'app/values.yaml': valuesYaml('a: null\nb: [null, ~]\nc:\n'),
      'app/e1/override.yaml': 'applications: { app: { destination: { name: null, server: https://x }, source: { helm: } } }\n',
    });
    expect(files['mc/app.ts']).toContain('valuesObject: { a: null, b: [null, null], c: null }');
    expect(files['mc/app.ts']).toContain("e1: { destination: { name: unset, server: 'https://x' }, source: { helm: unset } },");
    expect(files['mc/app.ts']).toContain("import { type FleetAppConfig, unset } from 'cdk8s-fleet';");
  });

  test('that an alias stands for is written out, and what is merged in goes before what follows', () => {
    const text = values('base: &b { x: 1, z: 1 }\nother: &o { x: 2, v: &v key }\nm:\n  <<: [*b, *o]\n  z: own\n  *v : 3\n"<<": quoted\n');
    expect(text).toContain("m: { x: 1, z: 'own', v: 'key', key: 3 }");
    expect(text).toContain("'<<': 'quoted'");
  });

  test('lies as deep as it likes', () => {
    const levels = Array.from({ length: 85 }, (_, level) => `${' '.repeat(level)}k:`);
    expect(values(`${levels.join('\n')} 1\n`)).toContain('k: 1');
  });
});

describe('a key', () => {
  test('is quoted where it is no name, and may be one that every object has', () => {
    expect(values('a-b: 1\n"": 2\nclass: 3\n1: 4\né: 5\nconstructor: { a: "{{ .Values.cluster.region }}" }\n')).toContain(
      "{ 'a-b': 1, '': 2, class: 3, '1': 4, é: 5, constructor: { a: (target: Target) => target.region } }",
    );
  });

  test('that is an expression with one meaning is that', () => {
    const text = whole({
      'app/values.yaml': `size: 3\n${valuesYaml('"k{{ .Values.size }}": 1')}`,
    })['mc/app.ts'];
    expect(text).toContain('valuesObject: { k3: 1 }');
  });

  test('called __proto__ is refused before anything is migrated', () => {
    const fleet = yamlFleet({ 'app/values.yaml': valuesYaml('__proto__: 1') });
    expect(() => migrated(fleet, folders)).toThrow(FleetError);
  });
});

describe('a component', () => {
  test('with several apps is one file, with what they share', () => {
    const template = 'template: { metadata: { name: x }, spec: { project: p, destination: { name: c }, source: { repoURL: x, path: x } } }';
    const files = whole({
      'several/values.yaml': `applications: { api: ${simple}, web: ${simple} }\napplicationsets: { set: { project: p, generators: [], ${template} } }\n`,
      'several/e1/override.yaml': 'applications: { web: { source: { path: z } } }\napplicationsets: { set: { goTemplate: true } }\n',
      'several/e2/patch-1.yaml': 'metadata: { description: Both }\napplications: { api: { source: { path: v } }, web: { source: { path: w } } }\n',
    });
    expect(files['mc/several.ts']).toMatchInlineSnapshot(`
     "import { defineApps } from 'cdk8s-fleet';

     export default defineApps({
       apps: {
         api: {
           source: { repoURL: 'https://example.com', path: 'x' },
         },
         web: {
           source: { repoURL: 'https://example.com', path: 'x' },
         },
         set: {
           kind: 'ApplicationSet',
           generators: [],
           template: { metadata: { name: 'x' }, spec: { project: 'p', destination: { name: 'c' }, source: { repoURL: 'x', path: 'x' } } },
         },
       },
       overrides: {
         e1: { web: { source: { path: 'z' } }, set: { goTemplate: true } },
       },
       patches: {
         'patch-1': {
           description: 'Both',
           rolledOutTo: ['e2'],
           change: { api: { source: { path: 'v' } }, web: { source: { path: 'w' } } },
         },
       },
     });
     "
    `);
  });

  test('with one app is called like the app, wherever it lies', () => {
    expect(Object.keys(whole({ 'folder/values.yaml': valuesYaml('a: 1', 'index') }))).toEqual(['fleet.ts', 'mc/defaults.ts', 'mc/index.ts']);
  });

  test('is called otherwise where its name is taken, or means something else', () => {
    const files = whole({
      'one/values.yaml': `applications: { a: ${simple}, b: ${simple} }\n`,
      'two/values.yaml': valuesYaml('a: 1', 'one'),
      'one-apps/values.yaml': `applications: { c: ${simple}, d: ${simple} }\n`,
      'x/values.yaml': valuesYaml('a: 1', 'defaults'),
      'x/e1/override.yaml': 'applications: { defaults: { source: { targetRevision: 2.0.0 } } }\n',
      '_y/values.yaml': `applications: { e: ${simple}, f: ${simple} }\n`,
      'z.test/values.yaml': `applications: { g: ${simple}, h: ${simple} }\n`,
    });
    expect(Object.keys(files).sort()).toEqual([
      ...['fleet.ts', 'mc/defaults.ts', 'mc/one-apps-apps.ts', 'mc/one-apps.ts', 'mc/one.ts', 'mc/x.ts', 'mc/y.ts', 'mc/z.test-apps.ts'],
    ]);
    expect(files['mc/x.ts']).toContain("e1: { defaults: { source: { targetRevision: '2.0.0' } } },");
  });

  test('has its fields by the names that TypeScript has for them', () => {
    const yaml = `${valuesYaml('a: 1')}    additionalLabels: { l: x }\n    additionalAnnotations: { a: "{{ .Values.cluster.region }}" }\n    revisionHistoryLimit: 3\n`;
    const text = whole({ 'app/values.yaml': yaml })['mc/app.ts'];
    expect(text).toContain("labels: { l: 'x' },\n  annotations: { a: (target) => target.region },\n  revisionHistoryLimit: 3,");
  });

  test('may say named sources, and what the types have in two forms', () => {
    const kustomize = 'kustomize: { replicas: [{ name: x, count: 3 }, { name: z, count: "4" }] }';
    const text = whole({
      'app/values.yaml': `applications: { app: { sources: { a: { repoURL: https://example.com, path: x, ${kustomize} }, b: { repoURL: x, ref: v } } } }\n`,
      'app/e1/override.yaml': 'applications: { app: { sources: { b: null } } }\n',
    })['mc/app.ts'];
    expect(text).toContain("replicas: [\n          { name: 'x', count: 3 },\n          { name: 'z', count: '4' },\n        ]");
    expect(text).toContain('e1: { sources: { b: unset } }');
  });

  test('has no override that says nothing of it', () => {
    const files = whole({
      'app/values.yaml': `tier: a\n${valuesYaml('a: 1')}`,
      'app/e1/override.yaml': 'tier: a\n',
    });
    expect(files['mc/app.ts']).not.toContain('overrides');
  });

  test('may be described with any quotes, on any lines', () => {
    const metadata = `description: "it's a \\"quote\\" \`x\` \${z}"\nowners: ["a'b"]\n`;
    const text = whole({
      'app/values.yaml': valuesYaml('a: 1'),
      'app/metadata.yaml': metadata,
    })['mc/app.ts'];
    expect(text).toContain(`description: \`it's a "quote" \\\`x\\\` \\\${z}\`,\n  owners: ["a'b"],`);
  });
});

describe('a patch', () => {
  const patch = 'metadata: { description: Newer }\napplications: { app: { source: { targetRevision: 2.0.0 } } }\n';

  test('is rolled out to where its copies stand, in the order of the fleet', () => {
    const files = whole({
      'app/values.yaml': valuesYaml('a: 1'),
      'app/e2/patch-1.yaml': patch,
      'app/e1/s1/r2/patch-1.yaml': patch,
      'app/e1/s1/r1/patch-1.yaml': patch,
    });
    expect(files['mc/app.ts']).toContain("rolledOutTo: ['e1/s1/r1', 'e1/s1/r2', 'e2'],");
    expect(files['fleet.ts']).not.toContain('adopted');
  });

  test('below itself stays there: the fleet is an adopted one', () => {
    const files = whole({
      'app/values.yaml': valuesYaml('a: 1'),
      'app/e1/patch-1.yaml': patch,
      'app/e1/s1/patch-1.yaml': patch,
    });
    expect(files['mc/app.ts']).toContain("rolledOutTo: ['e1', 'e1/s1'],");
    expect(files['fleet.ts']).toContain('adopted: true,');
  });
});

describe('the fleet', () => {
  test('has its settings and its own dimensions', () => {
    const config = `dimensions: [tenants, facilities]
repository: https://example.com/fleet
revision: main
path: out/of
labelPrefix: acme.io
sequence:
  tenants:
    - name: t1
      promotion: manual
      facilities: [{ name: f1, promotion: automated }, "f2"]
`;
    const text = '{{ .Values.cluster.tenant }}/{{ .Values.cluster.facility }}';
    const files = whole({
      '/config.yaml': config,
      'app/values.yaml': valuesYaml(`a: "${text}"`),
    });
    expect(files['fleet.ts']?.slice(0, files['fleet.ts'].indexOf('export default'))).toMatchInlineSnapshot(`
     "import { defineFleet } from 'cdk8s-fleet';

     const fleet = defineFleet({
       repository: 'https://example.com/fleet',
       revision: 'main',
       path: 'out/of',
       labelPrefix: 'acme.io',
       dimensions: ['tenants', 'facilities'],
       tenants: [{ name: 't1', promotion: 'manual', facilities: [{ name: 'f1', promotion: 'automated' }, 'f2'] }],
     });

     "
    `);
    expect(files['mc/app.ts']).toContain(`a: (target) => \`\${target.tenant}/\${target.facility}\``);
  });

  test('of one dimension is a list of names', () => {
    const files = whole({
      '/config.yaml': 'dimensions: [clusters]\nsequence: { clusters: [a, { name: b, promotion: manual }] }\n',
      'app/values.yaml': valuesYaml('a: 1'),
    });
    expect(files['fleet.ts']).toContain("clusters: ['a', { name: 'b', promotion: 'manual' }],");
  });

  test('takes its repository from the ApplicationSets that deploy it', () => {
    const root = `applicationsets:
  root:
    generators: [{ clusters: {} }]
    template:
      metadata: { name: x }
      spec: { project: p, destination: { name: c }, source: { repoURL: https://example.com/fleet, path: dist/mc } }
`;
    expect(whole({ 'root/values.yaml': root })['fleet.ts']).toContain("repository: 'https://example.com/fleet',");
    expect(whole({ 'app/values.yaml': valuesYaml('a: 1') })['fleet.ts']).toContain("repository: '',");
  });

  longTest('teaches app files its paths, unless there are too many for an editor', () => {
    const regions = Array.from({ length: 3000 }, (_, index) => `r${index}`);
    const config = `sequence: { environments: [{ name: e, sectors: [{ name: s, regions: [${regions.join(', ')}] }] }] }\n`;
    const files = whole({
      '/config.yaml': config,
      'app/values.yaml': valuesYaml('a: 1'),
    });
    expect(files['fleet.ts']).toContain('export default defineFleet({');
    expect(files['fleet.ts']).not.toContain('Register');
    expect(whole({ 'app/values.yaml': valuesYaml('a: 1') })['fleet.ts']).toContain('interface Register');
  });
});

longTest('every file of all these fleets compiles', () => {
  const [first = {}] = all;
  const alike = all.filter((files) => files['fleet.ts'] === first['fleet.ts']);
  expect(alike.length).toBeGreaterThan(15);
  const named = alike.flatMap((files, index) =>
    Object.entries(files).map(([path, text]) => [path === 'fleet.ts' ? path : path.replace('/', `/${index}-`), text]),
  );
  const own = all.filter((files) => !alike.includes(files)).slice(0, 3);
  const [most, ...others] = [Object.fromEntries(named), ...own];
  expect(others).toHaveLength(3);
  // Each starts a compiler.
  for (const one of [most, ...partly(others, 0)]) expect(checkTypes(folders.make(one as Migrated['files']))).toBe('');
});

test('dimensions with an irregular singular are said, and render the same', () => {
  for (const [written, outermost] of [
    ['[{ plural: cities, singular: town }, sectors, regions]', 'cities'],
    ['[{ plural: environments, singular: env }, sectors, regions]', 'environments'],
  ] as const) {
    const config = `dimensions: ${written}\n${configYaml.replace('environments:', `${outermost}:`)}`;
    const key = outermost === 'cities' ? 'town' : 'env';
    const { drift, files } = migrated(yamlFleet({ '/config.yaml': config, 'app/values.yaml': valuesYaml(`a: "{{ .Values.cluster.${key} }}"`) }), folders);
    expect(drift).toMatchObject({ changed: [], missing: [], extra: [] });
    expect(files['fleet.ts']).toContain(`{ plural: '${outermost}', singular: '${key}' }`);
    expect(files['mc/app.ts']).toContain(`target.${key}`);
  }
});

test('exemptions are written with their comments', () => {
  const files = whole({
    'app/values.yaml': valuesYaml('a: 1\n'),
    '/exemptions.yaml': `# What is allowed for a while.
exemptions:
  # The fix cannot wait.
  - rule: soak
    app: mc/app
    path: e1
    reason: a security fix # CVE-2026-1234
    owner: '@company/sre'
    until: '2099-12-31'
  - { rule: gate, app: '*', path: '*', reason: x, owner: z, until: '2099-12-31' }
`,
  });
  expect(files['exemptions.ts']).toBe(`import { defineExemptions } from 'cdk8s-fleet';

// What is allowed for a while.
export default defineExemptions([
  // The fix cannot wait.
  {
    rule: 'soak',
    app: 'mc/app',
    path: 'e1',
    reason: 'a security fix', // CVE-2026-1234
    owner: '@company/sre',
    until: '2099-12-31',
  },
  { rule: 'gate', app: '*', path: '*', reason: 'x', owner: 'z', until: '2099-12-31' },
]);
`);
});
