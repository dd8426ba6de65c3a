import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fleetFromConfig } from '../../constructs';
import { isError } from '../../layers/problem';
import { migrationOf } from '../../store/migrate/migration';
import { readConfig } from '../../store/read/read-config';
import { application, chartValues, deployed, type Files, layer, outcome, small, YamlFleets } from '../builders/yaml-fleets';
import { partly } from '../runs';
import { TemporaryFolders, tree } from '../workspaces/temporary-folder';

// Each place is tried with every name.
jest.setTimeout(60_000);

const fleets = new YamlFleets();
const folders = new TemporaryFolders();

/** Names that lead elsewhere, that JavaScript knows already, or that no file can have. */
const outward = [
  '..',
  '../x',
  '../../x',
  '/etc/x',
  'a/../../x',
  './x',
  'a/b',
  'a\\b',
  '..\\x',
  'C:\\x',
  '~',
  '.',
  '',
  ' ',
  'x ',
  'x.',
  '-x',
  'a\u0000b',
  'a\nb',
  '$(touch x)',
  '`touch x`',
  '%2e%2e',
];
const known = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
const devices = ['con', 'NUL', 'aux.x', 'lpt1'];
const names = [...outward, ...known, ...devices];

const quoted = (name: string) => JSON.stringify(name);

/** Where the text of a YAML fleet says a name. */
const places: Readonly<Record<string, (name: string) => Files>> = {
  'an environment': (name) => ({ 'config.yaml': small['config.yaml'].replace('name: prod', `name: ${quoted(name)}`) }),
  'a region': (name) => ({ 'config.yaml': small['config.yaml'].replace('[us, eu]', `[us, ${quoted(name)}]`) }),
  'a cluster type': (name) => ({ 'config.yaml': `${small['config.yaml']}  - name: ${quoted(name)}\n` }),
  'the output': (name) => ({ 'config.yaml': `path: ${quoted(name)}\n${small['config.yaml']}` }),
  'a dimension': (name) => ({ 'config.yaml': `dimensions: [${quoted(name)}]\nsequence: {${quoted(name)}: [us]}\ncluster_types: [mc]\n` }),
  'a setting': (name) => ({ 'config.yaml': `${quoted(name)}: 1\n${small['config.yaml']}` }),
  'an app': (name) => ({ 'mc/api/values.yaml': application('api').replace('  api:', `  ${quoted(name)}:`) }),
  'one of two apps': (name) => ({
    'mc/web/values.yaml': `${small['mc/web/values.yaml']}${application('api')
      .replace('applications:\n', '')
      .replace('  api:', `  ${quoted(name)}:`)}`,
  }),
  'an app of a layer': (name) => ({ 'mc/web/int/override.yaml': layer('project: x').replace('  web:', `  ${quoted(name)}:`) }),
  'a section': (name) => ({ 'mc/web/values.yaml': `${small['mc/web/values.yaml']}${quoted(name)}: {a: 1}\n` }),
  'a field': (name) => ({ 'mc/web/int/override.yaml': layer(`${quoted(name)}: 1`) }),
  'a field of a template': (name) => ({
    ...deployed,
    'mc/deployer/values.yaml': (deployed['mc/deployer/values.yaml'] ?? '').replace('      metadata:\n', `      metadata:\n        ${quoted(name)}: x\n`),
  }),
  'an annotation': (name) => ({ 'mc/web/int/override.yaml': layer(`additionalAnnotations: {${quoted(name)}: x}`) }),
  'a name in metadata': (name) => ({ 'mc/web/metadata.yaml': `name: ${quoted(name)}\n${quoted(name)}: x\n` }),
  'a value of an expression': (name) => ({ 'mc/web/values.yaml': chartValues(`a: '{{ index .Values ${quoted(name).replaceAll("'", "''")} }}'`) }),
  'a source': (name) => ({ 'mc/web/int/override.yaml': layer(`source: {path: ${quoted(name)}, repoURL: ${quoted(name)}}`) }),
};

/** What stands beside the folders of a test, which nothing may touch. */
const outside = { 'outside/file': 'mine', 'x/file': 'mine' };

function inside(files: Files): { readonly top: string; readonly config: string } {
  const all = Object.entries({ ...small, ...files }).flatMap(([path, text]) => (text === undefined ? [] : [[`a/b/config/${path}`, text]]));
  const top = folders.make({ ...outside, ...(Object.fromEntries(all) as Record<string, string>) });
  return { top, config: join(top, 'a/b/config') };
}

test.each(Object.entries(places))(
  '%s of any name is an error with its file, or is rendered within the output; nothing else is touched, and Object stays what it is',
  (_, place) => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort();
    for (const name of partly(names, 11)) {
      const { top, config } = inside(place(name));
      const files = tree(top);
      // What is no mistake of the user is thrown, and fails here.
      const { problems, output } = outcome(config);
      const errors = problems.filter(isError);
      expect([name, errors.every(({ file }) => file !== undefined)]).toEqual([name, true]);
      expect([name, Object.keys(output).length > 0]).toEqual([name, errors.length === 0]);
      for (const path of Object.keys(output)) {
        expect([name, path]).toEqual([
          name,
          expect.stringMatching(/^(_record\/(fleet|mc\/[\w-]+)\.yaml|mc\/([\w-]+\/){1,3}(Chart\.yaml|values\.yaml|templates\/[\w-]+\.yaml))$/),
        ]);
      }
      if (errors.length === 0) {
        for (const path of migratedPaths(config)) expect([name, path]).toEqual([name, expect.not.stringMatching(/^\/|\\|(^|\/)\.\.?(\/|$)/)]);
      }
      expect(tree(top)).toEqual(files);
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
    expect(({} as { readonly a?: unknown }).a).toBeUndefined();
  },
);

/** The paths of a migration's files. */
function migratedPaths(config: string): readonly string[] {
  const before = fleetFromConfig(readConfig(config)).synth();
  return migrationOf(config, (clusterType) => before.targetsOf(clusterType), true).files.map(({ path }) => path);
}

test('folders and files of any name that a disk allows are read as what they are', () => {
  for (const name of [...partly(known, 2), 'con', 'x.', '-x', '$(touch x)', '~', 'a\\b', ' ']) {
    for (const path of [
      `${name}/override.yaml`,
      `mc/${name}/values.yaml`,
      `mc/web/${name}/override.yaml`,
      `mc/web/int/${name}.yaml`,
      `mc/web/int/patch-${name}.yaml`,
    ]) {
      const text = path.endsWith('values.yaml') ? application('api') : layer('project: x');
      const { problems, output } = fleets.run({ [path]: text });
      expect([path, Object.keys(output).length > 0]).toEqual([path, !problems.some(isError)]);
    }
  }
});

test.each([
  ['a function of JavaScript', '!!js/function "function () { throw 1 }"'],
  ['an expression of JavaScript', '!<tag:yaml.org,2002:js/undefined> x'],
  ['an object of Python', '!!python/object/apply:os.system ["touch x"]'],
  ['an object of Ruby', '!ruby/object:Gem::Installer {i: x}'],
  ['a tag of its own', '!mine {a: 1}'],
  ['a binary', '!!binary aGVsbG8='],
  ['a set', '!!set {a, b}'],
  ['an ordered map', '!!omap [a: 1]'],
  ['a time', '!!timestamp 2001-12-14'],
])('a tag makes nothing of what it stands at: %s', (_, value) => {
  const { problems, output } = fleets.run({ 'mc/web/values.yaml': chartValues(`a: ${value}`) });
  expect(problems.filter(isError)).not.toEqual([]);
  expect(problems.filter(isError).every(({ file, line }) => file === 'mc/web/values.yaml' && line === 9)).toBe(true);
  expect(output).toEqual({});
});

test.each(['%TAG ! tag:evil.example.com,2000:\n---\n', '%YAML 1.1\n---\n', '%YAML 1.2\n---\n', '%FOO bar\n---\n', '---\n---\n', '--- !!map\n'])(
  'directives and documents change nothing in silence: %j',
  (head) => {
    const { problems, output } = fleets.run({ 'mc/web/values.yaml': head + small['mc/web/values.yaml'] });
    expect(Object.keys(output).length > 0).toBe(!problems.some(isError));
    if (!problems.some(isError)) expect(output).toEqual(fleets.run().output);
  },
);

test('nothing was made by what a name or a value looked like', () => {
  expect(existsSync('x')).toBe(false);
  mkdirSync(join(folders.make(), 'y'));
  expect(readdirSync('.').filter((name) => name.startsWith('$('))).toEqual([]);
});
