import { existsSync, lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import type { OutputFile, OutputFolder, SharedFiles } from '../../../layers/output';
import { FleetError } from '../../../layers/problem';
import { compareOutput } from '../../../store/output/compare-output';
import { lookAhead, writeOutput } from '../../../store/output/write-output';
import { TemporaryFolders, tree, write } from '../../workspaces/temporary-folder';
import { output } from '../output-builder';

/*
 * What several targets hold alike is written and compared as a whole. Law: whatever is on the disk, nobody sees a difference to
 * output where each file is looked at by itself.
 */

const folders = new TemporaryFolders();

const targets = ['m/a', 'm/b', 'm/c', 'n/a'];
const apps = ['app', 'web'];
const objects = ['x', 'y', 'z'];

/** Which app gives which of its objects, with which text, at which target: few texts, so that targets are alike. */
const rendering = fc
  .array(fc.tuple(fc.constantFrom(...targets), fc.constantFrom(...apps), fc.subarray(objects, { minLength: 1 }), fc.constantFrom('1', '2'), fc.boolean()), {
    minLength: 1,
    maxLength: 8,
  })
  .map((all) =>
    Object.fromEntries(
      all.flatMap(([target, app, given, version, isDeep]) => [
        [`${target}/templates/${app}.yaml`, '1'],
        ...given.map((object) => [`${target}/manifests/${app}/configmap-${object}.yaml`, isDeep ? `${version} of ${object}` : version]),
      ]),
    ),
  );

type Output = Iterable<OutputFolder> & { readonly targets: number };

/** The same output, with the folders of `manifests/` as such, and without. */
function bothForms(versions: Readonly<Record<string, string>>): { readonly whole: Output; readonly single: Output } {
  const made = output(versions);
  const known = new Map<string, SharedFiles>();
  const whole = made.map((folder): OutputFolder => {
    const byApp = new Map<string, OutputFile[]>();
    for (const file of folder.files) {
      const [app] = /^manifests\/[^/]+/.exec(file.path) ?? [];
      if (app !== undefined) byApp.set(app, [...(byApp.get(app) ?? []), inTemplates(file, app)]);
    }
    const shared = [...byApp].map(([path, files]) => {
      const key = JSON.stringify(files);
      const found = known.get(key) ?? { path, files };
      known.set(key, found);
      return found;
    });
    const own = folder.files.filter(({ path }) => !path.startsWith('manifests/'));
    return { path: folder.path, files: [...own, ...shared.flatMap(({ files }) => files)], ...(shared.length > 0 ? { shared } : {}) };
  });
  const single = whole.map(({ path, files }) => ({ path, files }));
  return { whole: Object.assign(whole, { targets: made.targets }), single: Object.assign(single, { targets: made.targets }) };
}

/** Some objects lie deeper, as those of a chart of an app's own do. */
function inTemplates(file: OutputFile, app: string): OutputFile {
  if (!file.path.endsWith('-z.yaml') || file.kind !== 'manifest') return file;
  return { ...file, path: `${app}/templates/${file.path.slice(app.length + 1)}`, inChart: true };
}

const folderOf = fc.tuple(fc.constantFrom(...targets), fc.constantFrom(...apps)).map(([target, app]) => `${target}/manifests/${app}`);
const fileOf = fc.tuple(folderOf, fc.constantFrom('configmap-x.yaml', 'configmap-y.yaml', 'templates/configmap-z.yaml', 'templates', 'mine.yaml', '.DS_Store'));

/** What somebody does to the folder between two runs. */
const deed = fc.record({
  at: fc.oneof(
    fileOf.map((parts) => parts.join('/')),
    folderOf,
    fc.constantFrom(...targets.map((target) => `${target}/manifests`)),
    fc.nat(30),
    fc.nat(30),
  ),
  how: fc.constantFrom(
    'link to the same',
    'edit',
    'lengthen',
    'same length',
    'remove',
    'folder',
    'link to itself',
    'link away',
    'add',
    'half moved',
    'windows',
    'empty',
  ),
});

/** @param place a path, or which of the objects that are there */
function carryOut(dist: string, { at: place, how }: { readonly at: string | number; readonly how: string }): void {
  const objects = Object.keys(tree(dist)).filter((path) => /manifests\/.*\.yaml$/.test(path));
  const at = typeof place === 'string' ? place : objects.length > 0 ? objects[place % objects.length] : undefined;
  if (at === undefined) return;
  const path = join(dist, at);
  const found = existsSync(dirname(path)) && statSync(dirname(path)).isDirectory() ? lstatSync(path, { throwIfNoEntry: false }) : undefined;
  const text = found?.isFile() ? tree(dirname(path))[path.slice(dirname(path).length + 1)] : undefined;
  try {
    if (how === 'remove') rmSync(path, { recursive: true, force: true });
    else if (how === 'half moved') write(dist, { [`${dirname(at)}/.x.yaml.fleet-new`]: 'half' });
    else if (how === 'add' && !found) write(dist, { [at]: 'mine' });
    else if (how === 'folder') {
      rmSync(path, { recursive: true, force: true });
      mkdirSync(path, { recursive: true });
    } else if (how === 'link to the same' && text !== undefined) {
      const same = join(dist, '../outside', at.replaceAll('/', '-'));
      write(dirname(same), { [basename(same)]: text });
      rmSync(path);
      symlinkSync(relative(dirname(path), same), path);
    } else if (how.startsWith('link') && found) {
      rmSync(path, { recursive: true, force: true });
      symlinkSync(how === 'link away' ? '../../../outside' : '.', path);
    } else if (text !== undefined) write(dist, { [at]: edited(text, how) });
  } catch (error) {
    // What lies there does not let it.
    if (!['ENOTDIR', 'EISDIR', 'ELOOP', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function edited(text: string, how: string): string {
  if (how === 'empty') return '';
  if (how === 'windows') return text.replaceAll('\n', '\r\n');
  if (how === 'same length') return text.replace(/.$/m, '#');
  return how === 'lengthen' ? `${text}# more\n` : `# mine\n${text}`;
}

/** What a run says, or what it refuses, without the name of the folder. */
function said(dist: string, run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof FleetError) return error.problems.map((problem) => JSON.stringify(problem).replaceAll(dist, 'dist'));
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { code, syscall };
  }
}

/** All that is there, links as what they say. */
function held(dist: string): unknown {
  return Object.fromEntries(
    Object.entries(tree(dist)).map(([path, text]) => (isLink(join(dist, path)) ? [path, readlinkSync(join(dist, path))] : [path, text])),
  );
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

test('whatever is on the disk, what targets hold alike is written and judged as if each file were looked at by itself', () => {
  fc.assert(
    fc.property(rendering, fc.option(rendering), fc.array(deed, { maxLength: 3 }), fc.boolean(), (before, changed, deeds, inGit) => {
      const place = folders.make({
        'whole/outside/precious.yaml': 'mine',
        'single/outside/precious.yaml': 'mine',
        ...(inGit ? { '.git/HEAD': 'ref: refs/heads/main' } : {}),
      });
      const outcomes = (['whole', 'single'] as const).map((form) => {
        const dist = join(place, form, 'dist');
        const now = bothForms(changed ?? before)[form];
        const first = said(dist, () => writeOutput(dist, bothForms(before)[form]));
        for (const one of deeds) carryOut(dist, one);
        const compared = said(dist, () => compareOutput(dist, now));
        const second = said(dist, () => writeOutput(dist, now));
        return { first, compared, second, third: said(dist, () => writeOutput(dist, now)), held: held(dist), outside: tree(join(dist, '../outside')) };
      });
      expect(outcomes[0]).toEqual(outcomes[1]);
    }),
    { numRuns: 300 },
  );
});

describe('of so many files that a thread writes', () => {
  const many = Array.from({ length: 40 }, (_, index) => `o${index}`);
  const versions = (version: (target: string, object: string) => string) =>
    Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => `m/t${index}`).flatMap((target) => [
        [`${target}/templates/app.yaml`, target],
        ...many.map((object) => [`${target}/manifests/app/configmap-${object}.yaml`, version(target, object)]),
      ]),
    );

  test('the same is said and held', () => {
    const place = folders.make();
    const before = versions((_, object) => object.repeat(3_000));
    const next = versions((target, object) => (target === 'm/t7' && object === 'o3' ? 'other' : object.repeat(3_000)));
    const outcomes = (['whole', 'single'] as const).map((form) => {
      const dist = join(place, form, 'dist');
      const first = writeOutput(dist, bothForms(before)[form]);
      const again = writeOutput(dist, bothForms(before)[form]);
      const edit = 'm/t20/manifests/app/configmap-o9.yaml';
      write(dist, { [edit]: tree(dist)[edit]?.replace('version: o9', 'version: o1') ?? '' });
      rmSync(join(dist, 'm/t21/manifests/app/configmap-o9.yaml'));
      const compared = compareOutput(dist, bothForms(next)[form]);
      return { first, again, compared, second: writeOutput(dist, bothForms(next)[form]), held: tree(dist) };
    });
    const [whole] = outcomes;
    expect(whole).toEqual(outcomes[1]);
    const expected = ['m/t20/manifests/app/configmap-o9.yaml', 'm/t21/manifests/app/configmap-o9.yaml', 'm/t7/manifests/app/configmap-o3.yaml'];
    expect(whole?.again.written).toEqual([]);
    expect(whole?.compared).toMatchObject({ changed: [{ path: expected[0] }, { path: expected[2] }], missing: [expected[1]] });
    expect(whole?.second.written).toEqual(expected);
  });

  test('the same is said and held where a thread looks ahead', () => {
    const place = folders.make({ '.git/HEAD': 'ref: refs/heads/main' });
    const dist = join(place, 'dist');
    const apps = Array.from({ length: 6 }, (_, index) => `app${index}`);
    const all = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => `m/t${index}`).flatMap((target) =>
        apps.flatMap((app) => [
          [`${target}/templates/${app}.yaml`, target],
          ...many.slice(0, 5).map((object) => [`${target}/manifests/${app}/configmap-${object}.yaml`, object]),
        ]),
      ),
    );
    const { whole } = bothForms(all);
    const run = () => {
      const ahead = lookAhead(dist);
      expect(ahead.thread).toBeDefined();
      try {
        // As long as it takes to find out what is rendered.
        sleep(300);
        return writeOutput(dist, whole, { ahead }).written;
      } finally {
        ahead.end();
      }
    };
    expect(lookAhead(dist).thread).toBeUndefined();
    writeOutput(dist, whole);
    const lookedAt = lookAhead(dist);
    lookedAt.end();
    expect(run()).toEqual([]);
    // What changed within two seconds is looked at again.
    sleep(2_100);
    expect(run()).toEqual([]);
    const [edited, replaced, removed] = [
      't3/manifests/app1/configmap-o1.yaml',
      't9/manifests/app5/configmap-o2.yaml',
      't20/manifests/app0/configmap-o4.yaml',
    ].map((path) => `m/${path}`);
    const other = (path = '') => tree(dist)[path]?.replace('version: o', 'version: p') ?? '';
    write(dist, { [edited as string]: other(edited) });
    write(place, { aside: other(replaced) });
    renameSync(join(place, 'aside'), join(dist, replaced as string));
    rmSync(join(dist, removed as string));
    expect(run()).toEqual([removed, edited, replaced].sort());
    expect(run()).toEqual([]);
  });
});

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
