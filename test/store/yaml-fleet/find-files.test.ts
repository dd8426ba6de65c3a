import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { application, layer, outcome, small, YamlFleets } from '../../builders/yaml-fleets';
import { write } from '../../workspaces/temporary-folder';

const fleets = new YamlFleets();
const change = layer('source: {targetRevision: 2.0.0}');

describe('a file that belongs to nothing', () => {
  test('is told of with a notice, wherever it lies', () => {
    const files = ['README.md', 'mc/README.md', 'mc/web/README.md', 'mc/web/int/README.md', 'mc/web/int/s1/us/.keep', '.gitignore'];
    const told = fleets.told(Object.fromEntries(files.map((file) => [file, 'text'])));
    expect([...told].sort()).toEqual(files.map((file) => `notice file-unused ${file}`).sort());
  });

  test.each([
    ['config.yml', 'config.yaml'],
    ['mc/default.yaml', 'defaults.yaml'],
    ['mc/defaults.yml', 'defaults.yaml'],
    ['mc/web/value.yaml', 'values.yaml'],
    ['mc/web/values.yml', 'values.yaml'],
    ['mc/web/Metadata.yaml', 'metadata.yaml'],
    ['mc/web/int/override.yml', 'override.yaml'],
    ['mc/web/int/overrides.yaml', 'override.yaml'],
    ['mc/web/int/Override.yaml', 'override.yaml'],
    ['mc/web/int/values.yaml', 'override.yaml'],
    ['mc/web/int/patch-1.yml', 'patch-1.yaml'],
    ['mc/web/int/patch_1.yaml', 'patch-1.yaml'],
    ['mc/web/int/patch1.yaml', 'patch-1.yaml'],
    ['mc/web/int/Patch-a.yaml', 'patch-a.yaml'],
    ['mc/web/int/patch-.yaml', 'patch-001.yaml'],
  ])('is a warning where its name is nearly right: %s', (file, meant) => {
    expect(fleets.problem({ [file]: change })).toMatchObject({ code: 'file-unused', severity: 'warning', file, hint: `did you mean '${meant}'?` });
  });

  test.each(['mc/web/override.yaml', 'mc/web/patch-1.yaml'])('is a warning where a layer has no dimension path: %s', (file) => {
    expect(fleets.problem({ [file]: change })).toMatchObject({
      code: 'file-unused',
      severity: 'warning',
      file,
      hint: expect.stringContaining('the folder of a dimension path'),
    });
    expect(fleets.manifest({ [file]: change }).spec.source.targetRevision).toBe('1.0.0');
  });
});

describe('a cluster type without a component', () => {
  const without = { 'mc/web/values.yaml': undefined };

  test.each([
    [
      'its defaults are missing',
      { 'mc/defaults.yaml': undefined, 'mc/README.md': 'x' },
      ['notice file-unused mc/README.md', 'error defaults-missing mc/defaults.yaml'],
    ],
    ['its component lacks values.yaml', { 'mc/web/int/override.yaml': change }, ['error config-missing mc/web/values.yaml']],
    ['values.yaml cannot be parsed', { 'mc/web/values.yaml': 'a: [' }, ['error yaml-syntax mc/web/values.yaml:1:5']],
    ['values.yaml has no app', { 'mc/web/values.yaml': 'applications: {}\n' }, ['error config-shape mc/web/values.yaml']],
  ])('is no second mistake where %s', (_, files, told) => {
    expect(fleets.told({ ...without, ...files })).toEqual(told);
  });

  test('is one beside files that mean nothing', () => {
    expect(fleets.told({ ...without, 'mc/README.md': 'x' })).toEqual(['notice file-unused mc/README.md', 'error empty-fleet mc/defaults.yaml']);
  });
});

describe('a folder that belongs to nothing', () => {
  test('is told of with a notice beside cluster types and beside components', () => {
    const told = fleets.told({ 'docs/a.md': 'x', '.git/config': 'x', 'mc/notes/a.md': 'x', 'mc/.cache/a': 'x', 'mc/old/prod/README.md': 'x' });
    expect(told).toEqual(['.git', 'docs', 'mc/.cache', 'mc/notes', 'mc/old'].map((folder) => `notice file-unused ${folder}`));
  });

  test('is a warning where a cluster type of nearly its name has none', () => {
    const told = fleets.told({ 'config.yaml': `${small['config.yaml']}  - name: infra\n`, 'infar/defaults.yaml': 'a: b' });
    expect(told).toEqual(['error config-missing config.yaml:14:5', 'warning file-unused infar']);
  });

  test('is a warning where its values.yaml has nearly that name', () => {
    const { problems } = fleets.run({ 'mc/api/values.yml': application('api'), 'mc/api/metadata.yaml': 'name: api\n' });
    expect(problems).toMatchObject([{ code: 'file-unused', severity: 'warning', file: 'mc/api', hint: expect.stringContaining('rename values.yml') }]);
  });

  describe('is an error where overrides or patches of a component remain', () => {
    const remains = ['int/override.yaml', 'int/s1/us/override.yaml', 'prod/patch-001.yaml', 'prod/p1/patch-x.yaml', 'override.yaml', 'patch-1.yaml'];
    const renamed = [
      undefined,
      'value.txt',
      'values.yml',
      'Values.yaml',
      'value.yaml',
      'values.yaml.bak',
      'values.yaml.disabled',
      'base.yaml',
      'values.yaml/x',
    ];
    test.each(renamed)('its values.yaml renamed to %s', (name) => {
      for (const layerFile of remains) {
        const files = {
          'mc/web/values.yaml': undefined,
          ...(name === undefined ? {} : { [`mc/web/${name}`]: small['mc/web/values.yaml'] }),
          [`mc/web/${layerFile}`]: change,
        };
        const { problems, output } = fleets.run({ ...files, 'mc/api/values.yaml': application('api') });
        expect(problems).toContainEqual(
          expect.objectContaining({ code: 'config-missing', file: expect.stringMatching(/^mc\/web\/value/i), found: expect.stringContaining(layerFile) }),
        );
        expect(output).toEqual({});
      }
    });

    test('and says which file was meant', () => {
      expect(
        fleets.run({ 'mc/web/values.yaml': undefined, 'mc/web/values.yml': 'x', 'mc/web/int/override.yaml': change, 'mc/api/values.yaml': application('api') })
          .problems,
      ).toMatchObject([{ message: "the component 'web' has overrides or patches, but no values.yaml", hint: 'rename values.yml to values.yaml' }]);
    });
  });

  test.each([
    ['inti', "did you mean 'int'?"],
    ['int/s2', "did you mean 'int/s1'?"],
    ['int/s1/us/deeper', 'known paths: int, int/s1, int/s1/us, int/s1/eu, prod, prod/p1, prod/p1/us'],
    ['s1', 'known paths: int, int/s1, int/s1/us, int/s1/eu, prod, prod/p1, prod/p1/us'],
    ['INT', "did you mean 'int'?"],
    ['.git', 'known paths: int, int/s1, int/s1/us, int/s1/eu, prod, prod/p1, prod/p1/us'],
  ])('is an error below a component: %s', (path, hint) => {
    expect(fleets.problem({ [`mc/web/${path}/override.yaml`]: change })).toMatchObject({ code: 'folder-stray', file: `mc/web/${path}`, hint });
  });

  test('is an error without anything in it, too', () => {
    expect(fleets.told({ 'mc/web/empty/': '' })).toEqual(['error folder-stray mc/web/empty']);
  });
});

test.each([
  ['config.yaml', 'error config-missing'],
  ['mc/defaults.yaml', 'error defaults-missing'],
  ['mc/web/metadata.yaml', 'error folder-stray'],
  ['mc/web/int/override.yaml', 'error folder-stray'],
  ['mc/web/values.yaml', 'notice file-unused'],
])('a folder called %s is no file', (file, told) => {
  expect(fleets.told({ [file]: undefined, [`${file}/x`]: '' })).toContainEqual(expect.stringContaining(told));
});

test('a component may be called like a node, and its folder anything that a folder may be called', () => {
  const { told, output } = fleets.run({
    'mc/int/values.yaml': application('a'),
    'mc/int/int/override.yaml': layer('project: here', 'a'),
    'mc/with spaces/values.yaml': application('b'),
    'mc/Größe/values.yaml': application('c'),
    'mc/WEB/values.yaml': application('d'),
  });
  expect(told).toEqual([]);
  const templates = Object.keys(output).filter((path) => path.startsWith('mc/int/s1/us/templates/'));
  expect(templates.map((path) => path.replace(/.*\//, ''))).toEqual(['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml', 'web.yaml']);
  expect(output['mc/int/s1/us/templates/a.yaml']).toContain('project: here');
});

describe('a link', () => {
  test('to a file or a folder of the configuration is followed', () => {
    const links = { 'mc/web/prod/patch-1.yaml': '../int/patch-1.yaml', 'mc/web/int/s1/eu': '../s1/us' };
    const { told, output } = fleets.run(
      { 'mc/web/int/patch-1.yaml': change, 'mc/web/prod/': '', 'mc/web/int/s1/us/override.yaml': layer('project: linked') },
      links,
    );
    expect(told).toEqual([]);
    for (const path of ['int/s1/eu', 'prod/p1/us']) expect(output[`mc/${path}/templates/web.yaml`]).toContain('targetRevision: 2.0.0');
    expect(output['mc/int/s1/eu/templates/web.yaml']).toContain('project: linked');
  });

  test('may stand for a whole cluster type', () => {
    const { told, output } = fleets.run({ 'config.yaml': `${small['config.yaml']}  - name: mc2\n` }, { mc2: 'mc' });
    expect(told).toEqual([]);
    expect(output['mc2/int/s1/us/templates/web.yaml']).toBe(output['mc/int/s1/us/templates/web.yaml']);
  });

  test('may be what a mounted volume is made of', () => {
    const folder = fleets.make({ 'config.yaml': undefined, '..2024/config.yaml': small['config.yaml'] });
    symlinkSync('..2024', join(folder, '..data'));
    symlinkSync('..data/config.yaml', join(folder, 'config.yaml'));
    expect(outcome(folder).told).toEqual(['notice file-unused ..2024', 'notice file-unused ..data']);
  });

  test('to the folder of the configuration itself is followed', () => {
    const folder = fleets.make();
    const elsewhere = join(fleets.make(), 'link');
    symlinkSync(folder, elsewhere);
    expect(outcome(elsewhere).told).toEqual([]);
  });

  test.each([
    'config.yaml',
    'mc/defaults.yaml',
    'mc/web/values.yaml',
    'mc/web/metadata.yaml',
    'mc/web/int/override.yaml',
    'mc/web/int/patch-1.yaml',
    'mc/web/int',
    'mc/api',
    'other',
  ])('that leads nowhere, to itself or out of the configuration is an error: %s', (path) => {
    for (const [target, message] of [
      ['nowhere', 'the link leads nowhere'],
      [path.replace(/.*\//, ''), 'the link leads nowhere'],
      ['/etc/hostname', 'the link leads out of the configuration'],
    ] as const) {
      const folder = fleets.make({ 'mc/web/int/s1/': '' });
      rmSync(join(folder, path), { recursive: true, force: true });
      write(folder, path.includes('/int/') ? { 'mc/web/int/s1/.keep': '' } : {});
      symlinkSync(target, join(folder, path));
      expect(outcome(folder).problems).toContainEqual(expect.objectContaining({ code: 'symlink', file: path, message }));
    }
  });

  test('that leads out is not read', () => {
    const outside = fleets.make({ 'values.yaml': 'secret: {', 'override.yaml': 'secret: {' });
    const told = fleets.told(
      { 'mc/api/': '', 'mc/web/int/': '' },
      { 'mc/api/values.yaml': join(outside, 'values.yaml'), 'mc/web/int/override.yaml': join(outside, 'override.yaml'), 'mc/web/prod': outside },
    );
    expect(told).toEqual([
      'notice file-unused mc/api',
      'error symlink mc/api/values.yaml',
      'error symlink mc/web/int/override.yaml',
      'error symlink mc/web/prod',
    ]);
  });

  test('to a folder above it is no endless loop', () => {
    expect(fleets.told({}, { 'mc/web/int': '..' })).toEqual(['notice file-unused mc/web/int/defaults.yaml', 'error folder-stray mc/web/int/web']);
    expect(fleets.told({}, { 'mc/web/int': '.' })).toContain('error folder-stray mc/web/int/int');
  });
});

test('files are read in the same order, whatever the order in which they were made', () => {
  const files = {
    'mc/b/values.yaml': application('b'),
    'mc/a/values.yaml': application('a'),
    'mc/Z/values.yaml': application('z'),
    'mc/x.md': '',
    'mc/A.md': '',
  };
  const other = Object.fromEntries(Object.entries(files).reverse());
  expect(fleets.run(files)).toEqual(fleets.run(other));
  expect(fleets.told(files)).toEqual(['notice file-unused mc/A.md', 'notice file-unused mc/x.md']);
});
