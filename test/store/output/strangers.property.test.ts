import { lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { FleetError } from '../../../layers/problem';
import { compareOutput } from '../../../store/output/compare-output';
import { writeOutput } from '../../../store/output/write-output';
import { TemporaryFolders, tree, write } from '../../workspaces/temporary-folder';
import { output, textsOf } from '../output-builder';

const folders = new TemporaryFolders();

const target = fc.constantFrom('m/a', 'm/b', 'm/b/c', 'n/a');
const name = fc.constantFrom('app', 'web', 'x');
const file = fc.oneof(
  name.map((app) => `templates/${app}.yaml`),
  name.map((object) => `extra/configmap-${object}.yaml`),
  fc.tuple(name, name).map(([app, object]) => `manifests/${app}/configmap-${object}.yaml`),
);
/** An app that has workloads has an Application that deploys them. */
function withApplications(versions: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const added = Object.keys(versions).flatMap((path) => (/manifests/.test(path) ? [[path.replace(/manifests\/([^/]+)\/.*$/, 'templates/$1.yaml'), '1']] : []));
  return { ...Object.fromEntries(added), ...versions };
}

/** What a fleet renders; targets below other targets are none. */
const rendering = fc
  .dictionary(
    fc.tuple(target, file).map(([folder, path]) => `${folder}/${path}`),
    fc.constantFrom('1', '2'),
    { minKeys: 1, maxKeys: 8 },
  )
  .map(withApplications)
  .filter((versions) => !Object.keys(versions).some((path) => path.startsWith('m/b/c/')) || !Object.keys(versions).some((path) => /^m\/b\/[^c]/.test(path)));

/** Places where the tool writes as well as others, in and outside of targets. */
const place = fc.oneof(
  fc.constantFrom(
    '_record/x.yaml',
    '_record/fleet.yaml',
    '_record/m',
    '_record/m/app.yaml',
    '_record/m/other.yaml',
    '_record/n/x/x.yaml',
    'README.md',
    'm/OWNERS',
    'm/b/README.md',
    '.DS_Store',
    'x',
    'm/q/Chart.yaml',
    'm/.git/HEAD',
    'm/a/.git',
    'n/a/templates/.git/config',
  ),
  fc.tuple(target, file).map(([folder, path]) => `${folder}/${path.replace('extra', 'templates')}`),
  fc
    .tuple(target, fc.constantFrom('Chart.yaml', 'values.yaml', 'templates/rogue.yaml', 'manifests/app/x.yaml', 'notes/deep/x.txt'))
    .map((parts) => parts.join('/')),
);
const stranger = fc.record({ path: place, link: fc.option(fc.constantFrom('outside', 'nowhere', '.'), { freq: 3 }) });

/** Puts a file or a link where nothing is. @returns whether it could */
function tryPut(folder: string, { path, link }: { readonly path: string; readonly link: string | null }): boolean {
  try {
    const at = join(folder, path);
    if (lstatSync(at, { throwIfNoEntry: false })) return false;
    mkdirSync(dirname(at), { recursive: true });
    if (link === null) write(folder, { [path]: `mine: ${path}` });
    else symlinkSync(link === 'outside' ? join(folder, '../outside') : link, at);
    return true;
  } catch {
    return false;
  }
}

function held(folder: string, path: string): string {
  const at = join(folder, path);
  return lstatSync(at).isSymbolicLink() ? readlinkSync(at) : (tree(folder)[path] ?? '');
}

test('whatever was rendered before and is rendered now, nothing that was not rendered is ever changed', () => {
  fc.assert(
    fc.property(rendering, rendering, fc.array(stranger, { maxLength: 4 }), (before, next, strangers) => {
      const folder = join(folders.make({ 'outside/precious.yaml': 'mine' }), 'dist');
      writeOutput(folder, output(before));
      const put = strangers.filter((one) => tryPut(folder, one)).map(({ path }) => path);
      const mine = put.map((path) => [path, held(folder, path)]);
      const all = tree(folder);
      const { left, extra } = compareOutput(folder, output(next));
      expect(tree(folder)).toEqual(all);
      let isRefused = false;
      try {
        expect(writeOutput(folder, output(next)).left).toEqual(left);
      } catch (error) {
        if (!(error instanceof FleetError)) throw error;
        expect(error.problems.every(({ code }) => code === 'output-stranger')).toBe(true);
        isRefused = true;
      }
      expect(put.map((path) => [path, held(folder, path)])).toEqual(mine);
      expect(tree(join(folder, '../outside'))).toEqual({ 'precious.yaml': 'mine' });
      expect(readdirSync(dirname(folder)).sort()).toEqual(['dist', 'outside']);
      if (isRefused) expect(tree(folder)).toEqual(all);
      else {
        const now = Object.fromEntries(Object.entries(tree(folder)).filter(([path, text]) => text !== '/' && !put.includes(path)));
        expect(now).toEqual(textsOf(next));
      }
      // Without strangers nothing is refused.
      if (put.length === 0) expect({ isRefused, left }).toEqual({ isRefused: false, left: [] });
      if (put.length === 0) expect(extra.filter((path) => path in textsOf(next))).toEqual([]);
    }),
  );
});
