import { spawnSync } from 'node:child_process';
import fs, { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import type { Problem } from '../../constructs';
import { Edits } from '../../store/edit/edits';
import { maxFileSize, readText } from '../../store/files/read-file';
import { locate } from '../../store/read/locate';
import { readConfig } from '../../store/read/read-config';
import { small, YamlFleets } from '../builders/yaml-fleets';
import { longTest } from '../long-test';
import { disk, TemporaryFolders } from '../workspaces/temporary-folder';
import { serve } from '../workspaces/workspace';

// Some of these start the command. What would wait for ever fails by this limit, too.
jest.setTimeout(60_000);

const repository = resolve(__dirname, '../..');
const folders = new TemporaryFolders(disk);
const yamlFleets = new YamlFleets();
const fleet = "export default { repository: 'https://example.com/fleet', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] };\n";
const app =
  "export default { source: { repoURL: 'https://example.com', chart: 'x', targetRevision: '1' }, project: 'default', destination: { name: 'in-cluster', namespace: 'x' } };\n";

const yamlFiles = {
  ...small,
  'mc/web/metadata.yaml': 'name: web\n',
  'mc/web/int/override.yaml': 'applications: {web: {project: x}}\n',
  'mc/web/int/patch-1.yaml': 'applications: {web: {project: z}}\n',
};
const typeScriptFiles = { 'fleet.ts': fleet, 'mc/defaults.ts': 'export default {};\n', 'mc/web.ts': app, 'mc/team/api.ts': app };

function makePipe(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
}

/** What may stand in the place of a file and can be read to no end, or not at all. */
const traps: readonly (readonly [string, (path: string) => void, string])[] = [
  ['a named pipe', makePipe, 'config-unreadable'],
  [
    'a link to a named pipe',
    (path) => {
      makePipe(`${path}.pipe`);
      symlinkSync(`${path}.pipe`, path);
    },
    'config-unreadable',
  ],
  ['a device without end, by a link', (path) => symlinkSync('/dev/zero', path), '(config-unreadable|symlink)'],
  ['a device without a word, by a link', (path) => symlinkSync('/dev/tty', path), '(config-unreadable|symlink)'],
  ['the process itself, by a link', (path) => symlinkSync('/proc/self', path), '(config-.*|symlink|folder-stray|defaults-missing)'],
  ['a file of the system, by a link', (path) => symlinkSync('/proc/self/environ', path), 'symlink'],
  [
    'a file that is too long',
    (path) => {
      writeFileSync(path, '');
      truncateSync(path, maxFileSize + 1);
    },
    'config-unreadable',
  ],
];

/** Problems of a fleet that has a trap in the place of one of its files. */
function trapped(files: Readonly<Record<string, string>>, path: string, set: (path: string) => void): readonly Problem[] {
  const folder = folders.make(files);
  rmSync(join(folder, path), { recursive: true, force: true });
  set(join(folder, path));
  return readConfig(folder).problems.map((problem) => ({ ...problem, file: problem.file?.replace(`${folder}/`, '') }));
}

describe.each(traps)('%s', (_, set, code) => {
  test.each(Object.keys(yamlFiles))('is refused by name in a fleet in YAML: %s', (path) => {
    const found = trapped(yamlFiles, path, set).filter(({ severity }) => severity === undefined);
    expect(found).toContainEqual(expect.objectContaining({ code: expect.stringMatching(code), file: expect.stringMatching(/^mc|config\.yaml|fleet\.ts/) }));
  });

  test.each(Object.keys(typeScriptFiles))('is refused by name in a fleet in TypeScript: %s', (path) => {
    const found = trapped(typeScriptFiles, path, set);
    expect(found).toContainEqual(expect.objectContaining({ code: expect.stringMatching(code), file: expect.stringContaining(path.replace('.ts', '')) }));
  });
});

test('a trap of any other name in a fleet in YAML is refused by name as well', () => {
  for (const path of ['pipe', 'mc/pipe', 'mc/web/pipe', 'mc/web/int/pipe', 'mc/web/int/s1']) {
    expect(trapped(yamlFiles, path, makePipe)).toContainEqual(expect.objectContaining({ code: 'config-unreadable', file: path }));
  }
});

test('a socket is refused by name', async () => {
  for (const [files, path] of [
    [yamlFiles, 'mc/web/int/s.yaml'],
    [typeScriptFiles, 'mc/s.ts'],
  ] as const) {
    const folder = folders.make(files);
    const server = createServer();
    await new Promise<void>((listening) => server.listen(join(folder, path), listening));
    expect(readConfig(folder).problems).toContainEqual(expect.objectContaining({ code: 'config-unreadable', found: 'a socket' }));
    await new Promise((closed) => server.close(closed));
  }
});

test('what a TypeScript file imports is never waited for, and is named', () => {
  const folder = folders.make({ 'fleet.ts': fleet, 'mc/web.ts': `import shared from './_shared';\n${app}void shared;\n` });
  makePipe(join(folder, 'mc/_shared.ts'));
  const { status, stderr } = serve(repository, ['check', '--config', folder, '--output', join(folder, '_dist')]);
  expect(stderr).toMatch(/error config-unreadable .*_shared\.ts/);
  expect(status).toBe(1);
});

test('whoever looks for lines, or edits, waits for nothing either', () => {
  const folder = folders.make();
  for (const name of ['a.ts', 'a.yaml']) {
    makePipe(join(folder, name));
    const problem: Problem = { code: 'unknown-key', message: 'x', file: join(folder, name), place: ['a'] };
    expect(locate([problem])).toEqual([problem]);
    expect(() => new Edits().read(join(folder, name))).toThrow('a named pipe is no configuration');
  }
});

describe('links of a fleet in TypeScript', () => {
  const outside = folders.make({ 'web.ts': app, 'team/b.ts': app });

  test('may not lead out of the repository', () => {
    const top = folders.make({
      '.git/HEAD': 'ref: refs/heads/main\n',
      ...Object.fromEntries(Object.entries(typeScriptFiles).map(([path, text]) => [`fleet/config/${path}`, text])),
    });
    const config = join(top, 'fleet/config');
    symlinkSync(join(outside, 'web.ts'), join(config, 'mc/linked.ts'));
    symlinkSync(join(outside, 'team'), join(config, 'mc/linked-team'));
    symlinkSync(outside, join(config, 'other'));
    expect(readConfig(config).problems.map(({ code, file }) => [code, file?.replace(`${config}/`, '')])).toEqual([
      ['symlink', 'other'],
      ['symlink', 'mc/linked-team'],
      ['symlink', 'mc/linked.ts'],
    ]);
  });

  test('may lead anywhere within it, and anywhere on the disk where there is none', () => {
    const files = { 'shared/b.ts': app, ...Object.fromEntries(Object.entries(typeScriptFiles).map(([path, text]) => [`config/${path}`, text])) };
    for (const top of [folders.make({ '.git/HEAD': 'x', ...files }), folders.make(files)]) {
      symlinkSync('../../shared/b.ts', join(top, 'config/mc/b.ts'));
      symlinkSync('../../shared', join(top, 'config/mc/all'));
      expect(readConfig(join(top, 'config')).problems).toEqual([]);
    }
    const volume = folders.make(typeScriptFiles);
    symlinkSync(join(outside, 'team'), join(volume, 'mc/linked'));
    expect(readConfig(volume).problems).toEqual([]);
  });

  longTest('that double at every step come to an end', () => {
    const folder = folders.make(typeScriptFiles);
    // Each folder holds two links to the next: two to the power of thirty folders in all.
    for (let index = 0; index < 30; index += 1) {
      mkdirSync(join(folder, `_deep/${index}`), { recursive: true });
      for (const link of ['a', 'b']) symlinkSync(`../${index + 1}`, join(folder, `_deep/${index}/${link}`));
    }
    mkdirSync(join(folder, '_deep/30'));
    symlinkSync('../_deep/0', join(folder, 'mc/links'));
    expect(readConfig(folder).problems).toContainEqual(expect.objectContaining({ code: 'config-unreadable', message: 'there is no end to the folder' }));
  });
});

describe('what the disk refuses to show', () => {
  afterEach(() => jest.restoreAllMocks());

  // Whoever runs the tests may be allowed everything.
  const refuse = (name: 'readdirSync' | 'openSync', path: string) => {
    const real = fs[name] as (...args: unknown[]) => unknown;
    jest.spyOn(fs, name).mockImplementation(((asked: string, ...rest: unknown[]) => {
      if (asked === path) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      return real(asked, ...rest);
    }) as never);
  };

  test.each([
    ['folder of a fleet in YAML', 'readdirSync', yamlFiles, ['', 'mc', 'mc/web', 'mc/web/int']],
    ['folder of a fleet in TypeScript', 'readdirSync', typeScriptFiles, ['', 'mc', 'mc/team']],
    ['file of a fleet in YAML', 'openSync', yamlFiles, Object.keys(yamlFiles)],
    ['file of a fleet in TypeScript', 'openSync', typeScriptFiles, Object.keys(typeScriptFiles)],
  ] as const)('is told of with its name: a %s', (what, step, files, paths) => {
    for (const path of paths) {
      const folder = folders.make(files);
      refuse(step, join(folder, path));
      const message = `the ${what.split(' ')[0]} cannot be read: permission denied (EACCES)`;
      expect(readConfig(folder).problems).toContainEqual(
        expect.objectContaining({ code: 'config-unreadable', file: join(folder, path).replace(/\/$/, ''), message }),
      );
      jest.restoreAllMocks();
    }
  });
});

test('a file that says that it is empty is read to its end, and no further than the limit', () => {
  expect(readText('/proc/self/status')).toContain('Pid:');
  expect(yamlFleets.told({ 'mc/web/int/override.yaml': `# ${'x'.repeat(5_000_000)}\napplications: {web: {project: x}}\n` })).toEqual([]);
});
