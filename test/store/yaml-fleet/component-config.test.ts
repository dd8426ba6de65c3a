import { application, chartValues, deployed, deployer, layer, small, YamlFleets } from '../../builders/yaml-fleets';

const fleets = new YamlFleets();
const values = small['mc/web/values.yaml'];

/** One component with two Applications and an ApplicationSet. */
const several = `${values}${application('api').replace('applications:\n', '')}${deployer}`;
const withSeveral = { 'mc/defaults.yaml': deployed['mc/defaults.yaml'], 'mc/web/values.yaml': several };

describe('defaults', () => {
  test('are the broadest layer of every Application and of every ApplicationSet', () => {
    const files = {
      ...deployed,
      'mc/defaults.yaml': `${small['mc/defaults.yaml']}applicationsets: {default: {namespace: sets, additionalLabels: {of: sets}}}\n`,
    };
    expect(fleets.manifest(files, 'web').metadata).toEqual({ name: 'web', namespace: 'argocd' });
    expect(fleets.manifest(files, 'deployer').metadata).toEqual({ name: 'deployer', namespace: 'sets', labels: { of: 'sets' } });
  });

  test.each([
    ['missing', undefined, 'error defaults-missing mc/defaults.yaml', "the cluster type 'mc' has no defaults"],
    ['empty', '', 'error file-empty mc/defaults.yaml', 'the file is empty'],
    [
      'without the section',
      'applicationsets: {default: {}}\n',
      'error defaults-missing mc/defaults.yaml',
      "the defaults of 'mc' have no 'applications.default'",
    ],
    ['without its default', 'applications: {}\n', 'error defaults-missing mc/defaults.yaml:1:1', "the defaults of 'mc' have no 'applications.default'"],
    [
      'with a section that is a list',
      'applications: []\n',
      'error defaults-missing mc/defaults.yaml:1:1',
      "the defaults of 'mc' have no 'applications.default'",
    ],
    [
      'with a default that is empty',
      'applications: {default: }\n',
      'error defaults-missing mc/defaults.yaml:1:16',
      "the defaults of 'mc' have no 'applications.default'",
    ],
    ['with a default that is a list', 'applications: {default: []}\n', 'error wrong-type mc/defaults.yaml:1:16', 'a layer must be a map of fields'],
  ])('that are %s are an error that names them', (_, text, line, message) => {
    const { told, problems } = fleets.run({ 'mc/defaults.yaml': text });
    expect(told.filter((one) => one.includes('defaults.yaml'))).toEqual([line]);
    expect(problems.map((problem) => problem.message)).toContain(message);
  });

  test('of a section that no app uses may be missing', () => {
    expect(fleets.told({ 'mc/defaults.yaml': small['mc/defaults.yaml'] })).toEqual([]);
    const { problems } = fleets.run({ 'mc/deployer/values.yaml': deployer });
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'defaults-missing',
        file: 'mc/defaults.yaml',
        message: "the defaults of 'mc' have no 'applicationsets.default'",
        expected: "a map of fields for every ApplicationSet: 'deployer' is one",
      }),
    );
  });

  test('may be there and say nothing', () => {
    const all = layer('project: default\nnamespace: argocd\ndestination: {server: https://kubernetes.default.svc}');
    expect(fleets.told({ 'mc/defaults.yaml': 'applications: {default: {}}\n', 'mc/web/int/override.yaml': all, 'mc/web/prod/override.yaml': all })).toEqual([]);
  });

  test('have other keys told of', () => {
    const files = { 'mc/defaults.yaml': `${small['mc/defaults.yaml']}  web: {project: x}\napplication: {default: {}}\nteam: x\n` };
    expect(fleets.told(files)).toEqual([
      'warning key-unused mc/defaults.yaml:8:1',
      'notice key-unused mc/defaults.yaml:7:3',
      'notice key-unused mc/defaults.yaml:9:1',
    ]);
  });
});

describe('values.yaml', () => {
  test('may hold several Applications and ApplicationSets, each rendered to a file of its own', () => {
    const { told, output } = fleets.run(withSeveral);
    expect(told).toEqual([]);
    expect(Object.keys(output).filter((path) => path.startsWith('mc/prod/p1/us/templates/'))).toEqual(
      ['api', 'deployer', 'web'].map((app) => `mc/prod/p1/us/templates/${app}.yaml`),
    );
    expect(fleets.manifest(withSeveral, 'api').kind).toBe('Application');
    expect(fleets.manifest(withSeveral, 'deployer').kind).toBe('ApplicationSet');
  });

  test.each([
    ['nothing that is read', 'other: 1\n', ['error config-shape mc/web/values.yaml', 'notice key-unused mc/web/values.yaml:1:1']],
    ['an empty map', '{}\n', ['error config-shape mc/web/values.yaml']],
    ['an empty section', 'applications:\n', ['error config-shape mc/web/values.yaml']],
    ['a section that is a list', 'applications: [web]\n', ['error config-shape mc/web/values.yaml:1:1']],
    ['a section that is a text', 'applications: web\n', ['error config-shape mc/web/values.yaml:1:1']],
    ['an app that is empty', 'applications:\n  web:\n', ['error no-source mc/web/values.yaml:2:3']],
    ['an app that is a list', 'applications:\n  web: [a]\n', ['error no-source mc/web/values.yaml:2:3', 'error wrong-type mc/web/values.yaml:2:3']],
    ['fields without an app', 'source: {chart: x}\n', ['error config-shape mc/web/values.yaml', 'warning key-unused mc/web/values.yaml:1:1']],
    ['a misspelt section', 'aplications: {}\n', ['error config-shape mc/web/values.yaml', 'warning key-unused mc/web/values.yaml:1:1']],
  ])('with %s is an error', (_, text, told) => {
    expect(fleets.told({ 'mc/web/values.yaml': text })).toEqual(told);
  });

  test.each([
    ['1.10', 'yaml-key'],
    ['null', 'yaml-key'],
    ['yes', 'yaml-key'],
    ['"1.10"', 'invalid-name'],
    ['""', 'invalid-name'],
    ['..', 'invalid-name'],
    ['a/b', 'invalid-name'],
    ['Web', 'invalid-name'],
    ['"a b"', 'invalid-name'],
    ['__proto__', 'invalid-name'],
    ['constructor', 'invalid-name'],
    ['toString', 'invalid-name'],
    ['a-name-that-is-longer-than-what-a-release-of-helm-may-have', 'invalid-name'],
    ['"{{ .Values.cluster.region }}"', 'invalid-name'],
  ])('has names of apps that are names: not %s', (name, code) => {
    const told = fleets.told({ 'mc/api/values.yaml': application('api').replace('  api:', `  ${name}:`) });
    expect(told).toEqual([`error ${code} mc/api/values.yaml:2:3`]);
    const inGroup = fleets.told({ 'mc/web/values.yaml': values + application('api').replace('applications:\n  api:', `  ${name}:`) });
    expect(inGroup).toEqual([`error ${code} mc/web/values.yaml:9:3`]);
  });

  test.each(['default', '8080', 'applications', 'int'])('may have an app called %s', (name) => {
    expect(fleets.manifest({ 'mc/x/values.yaml': application('x').replace('  x:', `  ${name}:`) }, name).metadata.name).toBe(name);
  });

  test('names an app once, in both sections and in all components', () => {
    const both = `${values}applicationsets:\n  web: {}\n`;
    expect(fleets.told({ ...deployed, 'mc/web/values.yaml': both })).toEqual(['error duplicate-name mc/web/values.yaml:10:3']);
    expect(fleets.problem({ 'mc/other/values.yaml': values })).toMatchObject({
      code: 'duplicate-name',
      file: 'mc/web/values.yaml',
      found: 'another one in mc/other/values.yaml',
    });
  });
});

describe('an app', () => {
  test('has the fields of the spec, and those of the metadata under their own names', () => {
    const fields = [
      'namespace: argo',
      'finalizers: [resources-finalizer.argocd.argoproj.io]',
      'additionalAnnotations: {example.com/a: "1"}',
      'additionalLabels: {team: x}',
      'project: mine',
      'revisionHistoryLimit: 3',
    ];
    const { metadata, spec } = fleets.manifest({ 'mc/web/int/override.yaml': layer(fields.join('\n')) });
    expect(metadata).toEqual({
      name: 'web',
      namespace: 'argo',
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      annotations: { 'example.com/a': '1' },
      labels: { team: 'x' },
    });
    expect(spec).toMatchObject({ project: 'mine', revisionHistoryLimit: 3 });
    expect(spec).not.toHaveProperty('namespace');
  });

  test('is rendered nowhere where a layer says that it is not enabled', () => {
    const { output, told } = fleets.run({ 'mc/web/int/override.yaml': layer('enabled: false') });
    expect(told).toEqual([]);
    expect(Object.keys(output).filter((path) => path.endsWith('templates/web.yaml'))).toEqual(['mc/prod/p1/us/templates/web.yaml']);
    expect(output['_record/mc/web.yaml']).toContain('rendered:\n  - prod\n');
  });

  test.each([
    ['syncPolcy: {a: b}', "did you mean 'syncPolicy'?"],
    ['labels: {a: b}', "did you mean 'additionalLabels'?"],
    ['annotations: {a: b}', "did you mean 'additionalAnnotations'?"],
    ['values: {a: b}', 'did you mean `source.helm.valuesObject`?'],
    ['workloads: {}', undefined],
    ['overrides: {}', undefined],
    ['patches: {}', undefined],
    ['kind: Application', undefined],
    ['apps: {}', undefined],
    ['description: x', undefined],
    ['owners: [x]', undefined],
    ['name: x', expect.stringContaining('known fields')],
    ['spec: {a: b}', 'write the fields of the spec themselves'],
    ['additionalLabel: {a: b}', expect.stringContaining('known fields')],
  ])('has no other field, in the base and in any layer: %s', (field, hint) => {
    const base = { code: 'unknown-field', file: 'mc/web/values.yaml', line: 9, column: 5, hint };
    expect(fleets.problem({ 'mc/web/values.yaml': `${values}    ${field}\n` })).toMatchObject(base);
    // A layer that says something else too is not empty without it.
    for (const file of ['mc/web/int/override.yaml', 'mc/web/int/patch-1.yaml']) {
      expect(fleets.problem({ [file]: layer(`${field}\nproject: x`) })).toMatchObject({ ...base, file, line: 3 });
    }
    expect(fleets.problem({ 'mc/defaults.yaml': `${small['mc/defaults.yaml']}    ${field}\n` })).toMatchObject({ ...base, file: 'mc/defaults.yaml', line: 7 });
  });

  test.each([
    ['additionalLabels: {team: 3}', 'invalid-field', 24, 'additionalLabels.team'],
    ['additionalLabels: {"a b": x}', 'invalid-name', 24, 'additionalLabels.a b'],
    ['additionalLabels: [x]', 'invalid-field', 5, 'additionalLabels'],
    ['additionalAnnotations: {a: [x]}', 'invalid-field', 29, 'additionalAnnotations.a'],
    ['additionalAnnotations: {a: {b: c}}', 'invalid-field', 29, 'additionalAnnotations.a'],
    ['additionalAnnotations: [x]', 'invalid-field', 5, 'additionalAnnotations'],
    ['finalizers: x', 'invalid-field', 5, 'finalizers'],
    ['namespace: 3', 'invalid-field', 5, 'namespace'],
    ['syncPolicy: {automated: {prunee: true}}', 'unknown-field', 30, 'syncPolicy.automated.prunee'],
    ['syncPolicy: {automated: {prune: "yes"}}', 'invalid-field', 30, 'syncPolicy.automated.prune'],
    ['source: {helm: {parameters: [{nme: x}]}}', 'unknown-field', 35, 'source.helm.parameters.0.nme'],
  ])('has every field checked against the schema of Argo CD, where it is written: %s', (field, code, column, place) => {
    const problem = fleets.problem({ 'mc/web/int/override.yaml': layer(field) });
    expect(problem).toMatchObject({ code, file: 'mc/web/int/override.yaml', line: 3, column, place: ['applications', 'web', ...place.split('.')] });
  });
});

describe('a project on an ApplicationSet', () => {
  const told = (files: Readonly<Record<string, string>>) => fleets.told({ ...deployed, ...files });

  test('never was rendered: it is left out with a notice, in every layer', () => {
    expect(told({ 'mc/deployer/values.yaml': `${deployer}    project: x\n` })).toEqual(['notice key-unused mc/deployer/values.yaml:23:5']);
    expect(told({ 'mc/defaults.yaml': `${deployed['mc/defaults.yaml']}    project: x\n` })).toEqual(['notice key-unused mc/defaults.yaml:10:5']);
    expect(told({ 'mc/deployer/int/override.yaml': 'applicationsets: {deployer: {project: x}}' })).toEqual([
      'notice key-unused mc/deployer/int/override.yaml:1:30',
    ]);
    const manifest = fleets.manifest({ ...deployed, 'mc/deployer/values.yaml': `${deployer}    project: x\n` }, 'deployer');
    expect(manifest.spec).not.toHaveProperty('project');
    expect(manifest.spec.template.spec.project).toBe('default');
  });
});

describe('metadata.yaml', () => {
  test('says which values are no secrets, and why', () => {
    const files = { 'mc/web/values.yaml': chartValues('auth: {password: hunter2}') };
    expect(fleets.told(files)).toEqual(['warning secret-value mc/web/values.yaml:9:18']);
    const [warning] = fleets.run(files).problems;
    expect(warning?.hint).toContain("metadata.yaml of the component: `notSecret: { 'source.helm.valuesObject.auth.password': 'why' }`");
    const silenced = { ...files, 'mc/web/metadata.yaml': 'notSecret: {source.helm.valuesObject.auth.password: the name of a file}\n' };
    expect(fleets.told(silenced)).toEqual(['notice silenced mc/web/values.yaml:9:18']);
    expect(fleets.told({ ...silenced, 'mc/web/values.yaml': chartValues('a: b') })).toEqual(['warning silence-unused mc/web/metadata.yaml:1:13']);
    expect(fleets.told({ ...files, 'mc/web/metadata.yaml': 'notSecret: [x]\n' })).toContain('error wrong-type mc/web/metadata.yaml:1:1');
  });

  test('is for people', () => {
    const plain = fleets.run();
    const { told, output } = fleets.run({ 'mc/web/metadata.yaml': 'name: Web\ndescription: A site\nowners: [me@example.com]\n' });
    expect(told).toEqual([]);
    expect(output).toEqual(plain.output);
  });

  test('is checked, and has other keys told of', () => {
    expect(fleets.told({ 'mc/web/metadata.yaml': 'description: 3\nowners: me\nteam: x\nowner: x\n' })).toEqual([
      'error wrong-type mc/web/metadata.yaml:1:1',
      'warning key-unused mc/web/metadata.yaml:4:1',
      'error wrong-type mc/web/metadata.yaml:2:1',
      'notice key-unused mc/web/metadata.yaml:3:1',
    ]);
  });
});

describe('overrides and patches', () => {
  const revision = (text: string) => layer(`source: {targetRevision: "${text}"}`);
  const at = (files: Readonly<Record<string, string>>, path: string) => fleets.manifest(files, 'web', path).spec.source.targetRevision;

  test('apply at every level, the more specific path last', () => {
    const files = {
      'mc/web/int/override.yaml': revision('int'),
      'mc/web/int/s1/override.yaml': revision('int/s1'),
      'mc/web/int/s1/us/override.yaml': revision('int/s1/us'),
    };
    expect([at(files, 'int/s1/us'), at(files, 'int/s1/eu'), at(files, 'prod/p1/us')]).toEqual(['int/s1/us', 'int/s1', '1.0.0']);
    const patches = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path.replace('override', 'patch-x'), text.replace(/"int.*"/, '"patched"')]),
    );
    expect(at({ ...files, ...patches }, 'int/s1/us')).toBe('patched');
  });

  test('apply in name order, patches after the override of the same path', () => {
    const files = { 'mc/web/int/override.yaml': revision('override'), 'mc/web/int/patch-001.yaml': revision('one') };
    expect(at(files, 'int/s1/us')).toBe('one');
    expect(at({ ...files, 'mc/web/int/patch-002.yaml': revision('two') }, 'int/s1/us')).toBe('two');
    expect(at({ ...files, 'mc/web/int/patch-000.yaml': revision('zero') }, 'int/s1/us')).toBe('one');
  });

  test('merge maps, and replace lists and scalars whole', () => {
    const files = { 'mc/web/int/override.yaml': layer('source:\n  helm:\n    valuesObject: {a: {z: 2}, b: [3]}') };
    expect(fleets.values('a: {x: 1}\nb: [1, 2]', files)).toEqual({ a: { x: 1, z: 2 }, b: [3] });
  });

  test('are shared by all apps of a component, each under its own name', () => {
    const files = {
      ...withSeveral,
      'mc/web/int/override.yaml': 'applications: {web: {project: w}, api: {project: a}}\napplicationsets: {deployer: {goTemplate: false}}\n',
      'mc/web/int/patch-1.yaml': layer('source: {targetRevision: 2.0.0}', 'api'),
    };
    expect(fleets.told(files)).toEqual([]);
    expect([fleets.manifest(files, 'web').spec.project, fleets.manifest(files, 'api').spec.project]).toEqual(['w', 'a']);
    expect([fleets.manifest(files, 'web'), fleets.manifest(files, 'api')].map(({ spec }) => spec.source.targetRevision)).toEqual(['1.0.0', '2.0.0']);
    expect(fleets.manifest(files, 'deployer').spec.goTemplate).toBe(false);
    expect(fleets.manifest(files, 'api', 'prod/p1/us').spec).toMatchObject({ project: 'default', source: { targetRevision: '1.0.0' } });
  });

  test('of one of several apps are checked where they are written', () => {
    const files = { ...withSeveral, 'mc/web/int/patch-1.yaml': `${layer('project: x')}  api: {syncPolcy: {}}\n` };
    expect(fleets.problem(files)).toMatchObject({ code: 'unknown-field', file: 'mc/web/int/patch-1.yaml', line: 4, column: 9, app: 'api' });
  });

  test.each([
    ['wbe', 'applications', "did you mean 'web'?"],
    ['zzzzzz', 'applications', 'known applications: web, api'],
    ['web', 'applicationsets', 'it is one of its applications'],
  ])('of an app that the component does not have are an error: %s in %s', (name, section, hint) => {
    for (const file of ['mc/web/int/override.yaml', 'mc/web/int/patch-1.yaml']) {
      const { problems } = fleets.run({ ...withSeveral, [file]: `${section}:\n  ${name}: {}\n` });
      expect(problems).toContainEqual(expect.objectContaining({ code: 'unknown-app', file, line: 2, column: 3, hint }));
    }
  });

  test.each([
    ['a section that is a list', 'applications: [web]\n', 'error config-shape', '1:1'],
    ['an app that is a text', 'applications: {web: x}\n', 'error wrong-type', '1:16'],
    ['a key that nobody reads', `${layer('project: x')}other: 1\n`, 'notice key-unused', '4:1'],
    ['fields without an app', 'source: {targetRevision: 2.0.0}\n', 'warning key-unused', '1:1'],
  ])('have a shape: not %s', (_, text, told, place) => {
    for (const file of ['mc/web/int/override.yaml', 'mc/web/int/patch-1.yaml']) expect(fleets.told({ [file]: text })).toContain(`${told} ${file}:${place}`);
  });
});

describe('a patch', () => {
  const change = layer('source: {targetRevision: 2.0.0}');

  test('has a description that is no value', () => {
    const { told, output } = fleets.run({ 'mc/web/int/patch-1.yaml': `metadata: {description: Newer}\n${change}` });
    expect(told).toEqual([]);
    expect(output['mc/int/s1/us/templates/web.yaml']).not.toContain('Newer');
    expect(output['_record/mc/web.yaml']).toContain('  - layer: patch-1 int\n');
  });

  test.each([
    ['metadata: text', 'error config-shape mc/web/int/patch-1.yaml:1:1'],
    ['metadata: {description: 3}', 'error wrong-type mc/web/int/patch-1.yaml:1:12'],
    ['metadata: {ticket: 3}', 'notice key-unused mc/web/int/patch-1.yaml:1:12'],
    ['metadata: {descripton: x}', 'warning key-unused mc/web/int/patch-1.yaml:1:12'],
  ])('has its metadata checked: %s', (metadata, told) => {
    expect(fleets.told({ 'mc/web/int/patch-1.yaml': `${metadata}\n${change}` })).toEqual([told]);
  });

  test('that changes nothing is an error', () => {
    expect(fleets.told({ 'mc/web/int/patch-1.yaml': 'metadata: {description: x}\n' })).toEqual(['error empty-patch mc/web/int/patch-1.yaml']);
  });

  test.each(['patch-a b', 'patch-é'])('has a name that can be one: not %s', (name) => {
    expect(fleets.told({ [`mc/web/int/${name}.yaml`]: change })).toEqual([`error invalid-name mc/web/int/${name}.yaml`]);
  });

  test('that leaves out targets on its way is a warning at its first copy', () => {
    expect(fleets.problem({ 'mc/web/prod/patch-1.yaml': change })).toMatchObject({
      code: 'rollout-gap',
      severity: 'warning',
      file: 'mc/web/prod/patch-1.yaml',
      place: [],
    });
  });

  test('that sits below itself is a warning, so that a running fleet renders', () => {
    const { told, output } = fleets.run({ 'mc/web/int/patch-1.yaml': change, 'mc/web/int/s1/patch-1.yaml': change });
    expect(told).toEqual(['warning path-covered mc/web/int/s1/patch-1.yaml']);
    expect(Object.keys(output)).not.toEqual([]);
  });
});

describe('copies of a patch', () => {
  const copies = (first: string, other: string) => fleets.run({ 'mc/web/int/patch-1.yaml': first, 'mc/web/prod/p1/patch-1.yaml': other });
  const change = layer('source: {targetRevision: "2.0.0"}');

  test('are one patch', () => {
    const { told, output } = copies(change, change);
    expect(told).toEqual([]);
    for (const path of ['int/s1/us', 'int/s1/eu', 'prod/p1/us']) expect(output[`mc/${path}/templates/web.yaml`]).toContain('targetRevision: 2.0.0');
    // A mistake in one is a mistake in all, and told of once, with all targets.
    const wrong = copies(layer('syncPolcy: {a: b}'), layer('syncPolcy: {a: b}'));
    expect(wrong.problems).toMatchObject([{ code: 'unknown-field', file: 'mc/web/int/patch-1.yaml', line: 3, targets: 3 }]);
  });

  test.each([
    ['comments', `# why\n${change}`],
    ['the order of keys and how they are written', 'applications: {web: {source: {"targetRevision": 2.0.0}}}\n'],
    ['further metadata', `metadata: {description: }\n${change}`],
  ])('may differ in %s', (_, other) => {
    expect(copies(change, other).told).toEqual([]);
  });

  test.each([
    ['another value', layer('source: {targetRevision: "2.0.1"}'), '3:14', "applications.web.source.targetRevision: '2.0.0' there, '2.0.1' here"],
    ['another type', layer('source: {targetRevision: 2}'), '3:14', "applications.web.source.targetRevision: '2.0.0' there, 2 here"],
    ['less', layer('source: {}'), '3:5', "applications.web.source.targetRevision: '2.0.0' there, nothing here"],
    ['more', `${change}    project: [x]\n`, '4:5', 'applications.web.project: nothing there, ["x"] here'],
    ['a text for a map', layer('source: x'), '3:5', "applications.web.source: a map there, 'x' here"],
    ['a value where there was none', `${layer('source: {targetRevision: "2.0.0"}')}  api: {}\n`, '4:3', 'applications.api: nothing there, a map here'],
  ])('that differ are an error that shows where: %s', (_, other, place, found) => {
    const { told, problems } = copies(change, other);
    expect(told).toContain(`error copies-differ mc/web/prod/p1/patch-1.yaml:${place}`);
    expect(problems.find(({ code }) => code === 'copies-differ')).toMatchObject({ message: expect.stringContaining('mc/web/int/patch-1.yaml'), found });
  });

  test('that differ in much are shown in part', () => {
    const many = (from: number) =>
      layer(`source: {helm: {valuesObject: {${Array.from({ length: 9 }, (_, index) => `k${index}: ${index + from}`).join(', ')}}}}`);
    const problem = copies(many(0), many(100)).problems[0];
    expect(problem?.found?.split('; ')).toHaveLength(6);
    expect(problem?.found).toContain('and 4 more');
  });

  test('are each compared with the first', () => {
    const other = change.replace('2.0.0', '3.0.0');
    const told = fleets.told({ 'mc/web/int/patch-1.yaml': change, 'mc/web/int/s1/us/patch-1.yaml': other, 'mc/web/prod/patch-1.yaml': other });
    expect(told.filter((line) => line.includes('copies-differ'))).toEqual([
      'error copies-differ mc/web/int/s1/us/patch-1.yaml:3:14',
      'error copies-differ mc/web/prod/patch-1.yaml:3:14',
    ]);
  });

  test('may have another description, with a notice', () => {
    const { told, output } = copies(`metadata: {description: first}\n${change}`, `metadata: {description: other}\n${change}`);
    expect(told).toEqual(['notice copies-differ mc/web/prod/p1/patch-1.yaml:1:12']);
    expect(Object.keys(output)).not.toEqual([]);
  });

  test('of the same name in two components are two patches', () => {
    const files = { 'mc/web/int/patch-1.yaml': change, 'mc/api/values.yaml': application('api'), 'mc/api/int/patch-1.yaml': layer('project: x', 'api') };
    expect(fleets.told(files)).toEqual([]);
    expect(fleets.manifest(files, 'api').spec.project).toBe('x');
  });
});

describe('null', () => {
  test('removes what a broader layer sets, with a notice', () => {
    const files = { 'mc/web/int/override.yaml': layer('destination:\n  namespace:\n  server: ~\n  name: here') };
    const told = fleets.told(files).filter((line) => !line.startsWith('warning no-namespace'));
    expect(told).toEqual(['notice null-removes mc/web/int/override.yaml:4:7', 'notice null-removes mc/web/int/override.yaml:5:7']);
    expect(fleets.manifest(files).spec.destination).toEqual({ name: 'here' });
  });

  test('stays in the values of a chart', () => {
    const manifest = fleets.manifest({ 'mc/web/values.yaml': chartValues('a:\nb: ~\nc: [null]\nd: {e: null}') });
    // Argo CD loses a null in valuesObject, so it gets a text.
    expect(JSON.parse(manifest.spec.source.helm.values)).toEqual({ a: null, b: null, c: [null], d: { e: null } });
    expect(fleets.told({ 'mc/web/values.yaml': chartValues('a:\nb: ~') })).toEqual([]);
  });

  test('for the values themselves removes them all', () => {
    const files = { 'mc/web/values.yaml': chartValues('a: 1'), 'mc/web/int/override.yaml': layer('source:\n  helm:\n    valuesObject:') };
    expect(fleets.told(files)).toEqual(['notice null-removes mc/web/int/override.yaml:5:9']);
    expect(fleets.manifest(files).spec.source.helm ?? {}).toEqual({});
  });

  test('in a list leaves the key out, for a list is replaced whole', () => {
    const files = { 'mc/web/int/override.yaml': layer('ignoreDifferences:\n  - group:\n    kind: Service\n    jsonPointers: [/spec]') };
    expect(fleets.problem(files)).toMatchObject({ code: 'null-removes', severity: 'notice', line: 4, message: "'group' has no value: it is left out" });
    expect(fleets.manifest(files).spec.ignoreDifferences).toEqual([{ kind: 'Service', jsonPointers: ['/spec'] }]);
  });

  test('as an item of a list is an error', () => {
    expect(fleets.told({ 'mc/web/int/override.yaml': layer('finalizers:\n  - a.example.com/x\n  -') })).toEqual([
      'error null-value mc/web/int/override.yaml:5:8',
    ]);
  });
});
