import { gzipSync } from 'node:zlib';
import { hashOf } from '../../../store/files/journal';
import { type Entry, tarOf } from '../../builders/chart-builder';
import { HydrateRepository, inputOf, problemsOf } from './hydrate-builder';

let repository: HydrateRepository;
beforeEach(() => {
  repository = new HydrateRepository();
  repository.standIn();
});
afterEach(() => repository.remove());

/** The name of what comes out of an archive: `folder` where Helm is given one with its files, `a` where it is given the archive. */
function rendered(entries: readonly Entry[], script = "echo '{apiVersion: v1, kind: X, metadata: {name: folder}}'"): unknown {
  const chart = { path: 'other name(1/Chart.yaml', content: 'apiVersion: v2\nname: web\nversion: 1.0.0\n' };
  const archive = gzipSync(tarOf([chart, { path: 'other name(1/run.sh', content: script }, ...entries]));
  const entry = { chart: 'web', repository: 'https://charts.example.com', version: '1.0.0', archive: 'archives/web-1.0.0.tgz', sha256: hashOf(archive) };
  repository.write({ 'imports/charts/lock.json': JSON.stringify({ version: 1, charts: [entry] }), 'imports/charts/archives/web-1.0.0.tgz': archive });
  const [found] = repository
    .renderer()
    .render([inputOf({ id: { chart: 'web', repository: 'https://charts.example.com', version: '1.0.0' }, skipSchemaValidation: true })]);
  return found && 'objects' in found ? found.objects.map(({ metadata }) => metadata.name) : problemsOf(found);
}

const ignore = { path: 'other name(1/.helmignore', content: 'tests/\n' };

test('Helm is given the files of an archive where it leaves some of them out of a folder', () => {
  expect(rendered([])).toEqual(['a']);
  expect(rendered([ignore])).toEqual(['folder']);
  expect(rendered([{ path: 'other name(1/templates/.x.yaml', content: '' }])).toEqual(['folder']);
  // That of a chart in it is asked of nobody.
  expect(rendered([{ path: 'other name(1/charts/db/.helmignore', content: '' }])).toEqual(['a']);
});

test.each<readonly [what: string, entries: readonly Entry[]]>([
  ['a name that leads elsewhere', [{ path: 'other name(1/../../evil', content: 'x' }]],
  ['a name from the top', [{ path: '/evil', content: 'x' }]],
  ['a file in a file', [{ path: 'other name(1/run.sh/x', content: 'x' }]],
  [
    'a file where a folder is',
    [
      { path: 'other name(1/a/b', content: 'x' },
      { path: 'other name(1/a', content: 'x' },
    ],
  ],
  [
    'a name that is too long',
    [
      { path: 'x', type: 'L', content: `other name(1/${'x'.repeat(300)}` },
      { path: 'x', content: 'x' },
    ],
  ],
])('with %s Helm reads the archive itself', (_, entries) => {
  expect(rendered([ignore, ...entries])).toEqual(['a']);
});

test('what Helm says of the files names the archive', () => {
  const [problem] = rendered([ignore], 'echo "Error: no $2/templates/x.yaml" >&2; exit 1') as readonly { readonly found: string }[];
  expect(problem?.found).toMatch(/^no \S*imports\/charts\/archives\/web-1\.0\.0\.tgz\/templates\/x\.yaml$/);
});
