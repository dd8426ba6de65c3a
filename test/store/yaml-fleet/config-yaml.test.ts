import { application, layer, small, YamlFleets } from '../../builders/yaml-fleets';

const fleets = new YamlFleets();
const types = 'cluster_types:\n  - name: mc\n';

/** `config.yaml` with one environment of one sector of one region. */
function sequence(environment: string, sector = 's1', region = 'us', rest = types): string {
  return `sequence:\n  environments:\n    - name: ${environment}\n      sectors:\n        - name: ${sector}\n          regions: [${region}]\n${rest}`;
}

/** The targets of `mc` that were rendered. */
function targets(config: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const { output, told } = fleets.run({ 'config.yaml': config, ...files });
  expect(told).toEqual([]);
  return Object.keys(output).flatMap((path) => /^mc\/(.*)\/Chart\.yaml$/.exec(path)?.[1] ?? []);
}

describe('dimensions', () => {
  test('that are not written are environments, sectors and regions', () => {
    expect(targets(small['config.yaml'])).toEqual(['int/s1/us', 'int/s1/eu', 'prod/p1/us']);
    expect(targets(`dimensions: [environments, sectors, regions]\n${small['config.yaml']}`)).toEqual(['int/s1/us', 'int/s1/eu', 'prod/p1/us']);
  });

  test('may have other names and be of another number', () => {
    const two = `dimensions: [tenants, facilities]\nsequence:\n  tenants:\n    - name: a\n      facilities: [x, {name: z, promotion: manual}]\n${types}`;
    expect(targets(two)).toEqual(['a/x', 'a/z']);
    const override = { 'mc/web/a/override.yaml': layer('source: {targetRevision: "{{ .Values.cluster.tenant }}-{{ .Values.cluster.facility }}"}') };
    expect(fleets.manifest({ 'config.yaml': two, ...override }, 'web', 'a/z').spec.source.targetRevision).toBe('a-z');
    expect(targets(`dimensions: [clusters]\nsequence: {clusters: [one, two]}\n${types}`)).toEqual(['one', 'two']);
  });

  test('may have a singular that is not regular', () => {
    const irregular = `dimensions: [{plural: cities, singular: town}, regions, {singular: premise, plural: premises}]\nsequence:\n  cities:\n    - name: rome\n      regions:\n        - name: r1\n          premises: [a, {name: b, promotion: manual}]\n${types}`;
    expect(targets(irregular)).toEqual(['rome/r1/a', 'rome/r1/b']);
    const override = {
      'mc/web/rome/r1/override.yaml': layer(
        'source: {targetRevision: "{{ .Values.cluster.town }}-{{ .Values.cluster.region }}-{{ .Values.cluster.premise }}"}',
      ),
    };
    expect(fleets.manifest({ 'config.yaml': irregular, ...override }, 'web', 'rome/r1/b').spec.source.targetRevision).toBe('rome-r1-b');
    expect(targets(`dimensions: [{ plural: cities, singular: city }, regions]\nsequence:\n  cities: [{name: rome, regions: [a, b]}]\n${types}`)).toEqual([
      'rome/a',
      'rome/b',
    ]);
  });

  test.each([
    ['[{plural: cities}]', 'invalid-dimension'],
    ['[{singular: city}]', 'invalid-dimension'],
    ['[{plural: cities, singular: 1}]', 'invalid-dimension'],
    ['[{plural: cities, singular: ""}]', 'invalid-dimension'],
    ['[{plural: [cities], singular: city}]', 'invalid-dimension'],
    ['[{plural: cities, singular: city, other: z}]', 'invalid-dimension'],
    ['[{plural: cities, singular: "a b"}]', 'invalid-dimension'],
    ['[{plural: cities, singular: path}]', 'invalid-dimension'],
    ['[{plural: a, singular: x}, {plural: b, singular: x}]', 'invalid-dimension'],
    ['[name]', 'invalid-dimension'],
    ['[regions, promotion]', 'invalid-dimension'],
    ['[{plural: repository, singular: repo}]', 'invalid-dimension'],
    ['[{plural: constructor, singular: x}]', 'invalid-dimension'],
    ['[{plural: __proto__, singular: x}]', 'invalid-dimension'],
    ['null', 'wrong-type'],
    ['regions', 'wrong-type'],
    ['{regions: 1}', 'wrong-type'],
    ['[]', 'invalid-dimension'],
    ['[1, 2]', 'invalid-dimension'],
    ['[""]', 'invalid-dimension'],
    ['[regions, regions]', 'invalid-dimension'],
    ['[paths]', 'invalid-dimension'],
    ['["a b"]', 'invalid-dimension'],
  ])('that cannot be used are an error: %s', (written, code) => {
    const told = fleets.told({ 'config.yaml': `dimensions: ${written}\nsequence: {regions: [us]}\n${types}` });
    expect(told).toContainEqual(expect.stringContaining(`error ${code} config.yaml:1:`));
    if (code === 'wrong-type') expect(told).toHaveLength(1);
  });
});

describe('the sequence', () => {
  test('has plain names, and maps with a promotion, at every level that may have either', () => {
    const config = sequence('int', 's1', 'us, {name: eu, promotion: manual}').replace('name: s1', 'name: s1\n          promotion: automated');
    expect(targets(config)).toEqual(['int/s1/us', 'int/s1/eu']);
  });

  test('is rendered in the order in which it is written', () => {
    expect(targets(sequence('z', 'y', 'x, a, m').replace('name: y', 'name: "yy"'))).toEqual(['z/yy/x', 'z/yy/a', 'z/yy/m']);
  });

  test.each([
    ['1.10', 'the number 1.1'],
    ['1', 'the number 1'],
    ['yes', 'the boolean true'],
    ['null', 'null'],
    ['~', 'null'],
    ['[a]', 'a list'],
    ['{a: b}', 'a map'],
  ])('has names that are strings, at every level: not %s', (name, found) => {
    const wrong = { code: 'invalid-name', file: 'config.yaml', found };
    expect(fleets.problem({ 'config.yaml': sequence(name) })).toMatchObject({ ...wrong, line: 3, place: ['sequence', 'environments', '0', 'name'] });
    expect(fleets.problem({ 'config.yaml': sequence('int', name) })).toMatchObject({ ...wrong, line: 5, message: 'the name of the sector is no string' });
    expect(fleets.problem({ 'config.yaml': sequence('int', 's1', `us, {name: ${name}}`) })).toMatchObject({ ...wrong, line: 6 });
  });

  test('has plain names that are strings', () => {
    expect(fleets.problem({ 'config.yaml': sequence('int', 's1', 'us, 1.10') })).toMatchObject({
      code: 'invalid-name',
      message: 'the name of the region is no string',
      line: 6,
      found: 'the number 1.1',
      hint: 'write the name with quotes',
    });
  });

  test('may have names that are numbers, in quotes', () => {
    expect(targets(sequence('"1.10"', "'1'", '"2024"'))).toEqual(['1.10/1/2024']);
  });

  test.each(['..', '../mc', 'a/b', 'a..b', '/etc', '.', 'a b', 'ümlaut', '""', 'constructor', '__proto__'])('has no name like %s', (name) => {
    const told = fleets.told({ 'config.yaml': sequence('int', 's1', `"us", "${name.replaceAll('"', '')}"`) });
    expect(told).toEqual([expect.stringMatching(/^error invalid-name config\.yaml:6:\d+$/)]);
  });

  test('never leads out of the folder', () => {
    const outside = { 'override.yaml': 'never: {read', 'mc/override.yaml': 'never: {read', 'mc/other/override.yaml': 'never: {read' };
    for (const name of ['..', '../..', '../other', 'int/../..']) {
      const told = fleets.told({ ...outside, 'config.yaml': sequence(`"${name}"`) });
      expect(told.filter((line) => line.startsWith('error yaml-syntax'))).toEqual([]);
      expect(told).toContain('error invalid-name config.yaml:3:7');
    }
  });

  test.each([
    ['is missing', types, 'config-shape config.yaml'],
    ['is a list', `sequence: []\n${types}`, 'config-shape config.yaml:1:1'],
    ['has no value', `sequence:\n${types}`, 'config-shape config.yaml:1:1'],
    ['is empty', `sequence: {}\n${types}`, 'empty-hierarchy config.yaml'],
    ['has an empty dimension', `sequence: {environments: []}\n${types}`, 'empty-hierarchy config.yaml'],
    ['has a dimension without a value', `sequence: {environments: }\n${types}`, 'empty-hierarchy config.yaml'],
    ['has a map for a list', `sequence: {environments: {int: {}}}\n${types}`, 'config-shape config.yaml:1:12'],
    ['has an environment without sectors', `sequence: {environments: [int]}\n${types}`, 'empty-hierarchy config.yaml:1:27'],
    ['has a node without a name', `sequence: {environments: [{sectors: []}]}\n${types}`, 'config-shape config.yaml:1:27'],
    ['is deeper than the dimensions', sequence('int', 's1', '{name: us, clusters: [a]}'), 'unknown-key config.yaml:6:32'],
    ['has a gate that is none', sequence('int\n      promotion: maual'), 'wrong-type config.yaml:4:7'],
    ['names a node twice', sequence('int', 's1', 'us, us'), 'duplicate-name config.yaml:6:25'],
    ['has names that differ in case only', sequence('int', 's1', 'us, US'), 'duplicate-name config.yaml:6:25'],
    ['has a misspelt dimension', sequence('int').replace('sectors:', 'sektors:'), 'unknown-key config.yaml:4:7'],
  ])('that %s is an error', (_, config, told) => {
    expect(fleets.told({ 'config.yaml': config })).toContain(`error ${told}`);
  });

  test('is told of the near miss of its dimension', () => {
    const problem = fleets.run({ 'config.yaml': sequence('int').replace('environments', 'enviroments') }).problems.find(({ code }) => code === 'key-unused');
    expect(problem).toMatchObject({ severity: 'warning', place: ['sequence', 'enviroments'], hint: "did you mean 'environments'?" });
  });
});

describe('cluster_types', () => {
  const other = { 'mc2/defaults.yaml': small['mc/defaults.yaml'], 'mc2/web/values.yaml': application('web') };

  test('names folders, as maps or plainly', () => {
    for (const list of ['[{name: mc}, {name: mc2}]', '[mc, mc2]']) {
      const { told, output } = fleets.run({ ...other, 'config.yaml': sequence('int', 's1', 'us', `cluster_types: ${list}\n`) });
      expect(told).toEqual([]);
      expect(Object.keys(output)).toContain('mc2/int/s1/us/templates/web.yaml');
    }
  });

  test('that is not written is every folder', () => {
    const { told, output } = fleets.run({ ...other, 'config.yaml': sequence('int', 's1', 'us', '') });
    expect(told).toEqual([]);
    expect(Object.keys(output)).toContain('mc2/int/s1/us/templates/web.yaml');
  });

  test('has a folder that it does not name left alone, with a notice', () => {
    const { told, output } = fleets.run(other);
    expect(told).toEqual(['notice file-unused mc2']);
    expect(Object.keys(output).filter((path) => path.startsWith('mc2'))).toEqual([]);
  });

  test('has further keys ignored, with a notice, and near misses with a warning', () => {
    expect(fleets.told({ 'config.yaml': `${small['config.yaml']}    owner: me\n    Name: x\n` })).toEqual([
      'warning key-unused config.yaml:15:5',
      'notice key-unused config.yaml:14:5',
    ]);
  });

  test.each([
    ['1.10', 'the number 1.1'],
    ['yes', 'the boolean true'],
    ['null', 'null'],
    ['[a]', 'a list'],
  ])('has names that are strings: not %s', (name, found) => {
    for (const entry of [`{name: ${name}}`, ...(name === '[a]' ? [] : [name])]) {
      const problem = fleets.problem({ 'config.yaml': sequence('int', 's1', 'us', `cluster_types: [mc, ${entry}]\n`) });
      expect(problem).toMatchObject({ code: 'invalid-name', file: 'config.yaml', line: 7, found });
    }
  });

  test('tells of an entry without a name', () => {
    const told = fleets.told({ 'config.yaml': sequence('int', 's1', 'us', 'cluster_types:\n  - name: mc\n  - nme: mc\n') });
    expect(told).toEqual(['error invalid-name config.yaml:9:5', 'warning key-unused config.yaml:9:5']);
  });

  test.each(['..', '../mc', '.', './mc', 'mc/', 'mc/web', '/etc', ''])("names a folder beside it, and none elsewhere: not '%s'", (name) => {
    const problem = fleets.problem({ 'config.yaml': `${small['config.yaml']}  - name: "${name}"\n` });
    expect(problem).toMatchObject({ code: 'invalid-name', file: 'config.yaml', line: 14, message: `'${name}' cannot name a cluster type` });
  });

  test.each([
    ['mcc', "did you mean 'mc'?"],
    ['Mc', "did you mean 'mc'?"],
    ['constructor', 'known folders: mc'],
    ['__proto__', 'known folders: mc'],
  ])('names folders that are there: not %s', (name, hint) => {
    // An entry before it that cannot be read does not move its place.
    const problems = fleets.run({ 'config.yaml': `${small['config.yaml']}  - name: 1\n  - name: ${name}\n` }).problems;
    expect(problems[1]).toMatchObject({ code: 'config-missing', line: 15, place: ['cluster_types', '2'], hint });
  });

  test.each([
    ['a map', 'cluster_types: {mc: {}}\n', 'config-shape config.yaml:7:1'],
    ['nothing', 'cluster_types:\n', 'config-shape config.yaml:7:1'],
    ['a list of nothing', 'cluster_types: []\n', 'empty-fleet config.yaml'],
    ['a name twice', 'cluster_types: [mc, mc]\n', 'duplicate-name config.yaml:7:21'],
  ])('is a list of names: not %s', (_, list, told) => {
    expect(fleets.told({ 'config.yaml': sequence('int', 's1', 'us', list) })).toContain(`error ${told}`);
  });

  test('that is a folder with a name that no chart can have is an error', () => {
    const files = { 'Mc_2/defaults.yaml': small['mc/defaults.yaml'], 'Mc_2/web/values.yaml': application('web') };
    expect(fleets.told({ ...files, 'config.yaml': `${small['config.yaml']}  - name: Mc_2\n` })).toEqual(['error invalid-name Mc_2/defaults.yaml']);
  });
});

describe('other keys', () => {
  test('are kept for the user, with a notice; a near miss is a warning', () => {
    expect(fleets.told({ 'config.yaml': `${small['config.yaml']}team: x\ndimension: [a]\n` })).toEqual([
      'warning key-unused config.yaml:15:1',
      'notice key-unused config.yaml:14:1',
    ]);
  });

  test('say what they say in fleet.ts', () => {
    const { told, output } = fleets.run({
      'config.yaml': `path: rendered\nlabelPrefix: example.com\nrepository: https://x\nrevision: main\n${small['config.yaml']}`,
    });
    expect(told).toEqual([]);
    expect(Object.keys(output)).toContain('mc/int/s1/us/templates/web.yaml');
    expect(fleets.told({ 'config.yaml': `path: ../x\nlabelPrefix: A B\nrepository: 1\nrevision: []\n${small['config.yaml']}` })).toEqual([
      'error invalid-name config.yaml:2:1',
      'error invalid-name config.yaml:1:1',
      'error wrong-type config.yaml:3:1',
      'error wrong-type config.yaml:4:1',
    ]);
  });
});

describe('a fleet of hubs and spokes', () => {
  test.each([
    'topology: hubs\ntenants: [{name: a, environments: [dev]}]\n',
    'topology: hub-and-spoke\nsequence: environments\ntenants: [{name: a, environments: [dev]}]\ncluster_types: 1\n',
  ])('has no form in YAML, which is all that is told: %j', (config) => {
    expect(fleets.run({ 'config.yaml': config }).told).toEqual(['error config-shape config.yaml:1:1']);
    expect(fleets.problem({ 'config.yaml': config })).toMatchObject({
      message: 'a fleet of hubs and spokes has no form in YAML',
      hint: expect.stringContaining('`npx fleet init --shape hubs`'),
    });
  });

  test('is none where regions are in sequence: the key is the user’s own', () => {
    expect(fleets.told({ 'config.yaml': `topology: hubs\n${small['config.yaml']}` })).toEqual(['notice key-unused config.yaml:1:1']);
  });
});
