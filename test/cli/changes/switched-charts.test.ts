import { compareStates } from '../../../changes/compare-states';
import type { Content } from '../../../changes/state';
import { changesData } from '../../../cli/print/changes/change-data';
import { changesMarkdown } from '../../../cli/print/changes/changes-markdown';
import { changesText } from '../../../cli/print/changes/changes-text';
import { changeText } from '../../../cli/print/history/history-words';
import { placedChanges } from '../../../cli/read/changes/change-places';
import { application, type Manifests, stateOf } from '../../builders/state-builder';

const targets = ['mgmt/stage/one/eu', 'mgmt/stage/one/us'];
const info = [{ name: 'chart', value: 'https://charts.example.com web 1' }];
const source = (target: string) => ({ repoURL: 'https://example.com/fleet.git', targetRevision: 'HEAD', path: `dist/${target}/manifests/web` });
const opened = (target: string) => application({ info, source: source(target) });
const closed = () => application({ source: { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1', helm: { valuesObject: { a: 1 } } } });
const map = (name: string): Content => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

function fleet(own: (target: string) => Content, ...names: readonly string[]): Manifests {
  return Object.fromEntries(
    targets.flatMap((target) => [
      [`${target}/templates/web.yaml`, own(target)],
      ...names.map((name) => [`${target}/manifests/web/configmap-${name}.yaml`, map(name)] as const),
    ]),
  );
}

function compared(before: Manifests, after: Manifests) {
  const changes = compareStates(stateOf(before, {}, 'before'), stateOf(after, {}, 'after'));
  const placed = placedChanges(changes.changes, undefined);
  return { changes, placed, text: changesText(changes, placed), markdown: changesMarkdown(changes, placed) };
}

const many = ['a', 'b', 'c', 'd', 'e'];
const closing = compared(fleet(opened, ...many), fleet(closed));
const opening = compared(fleet(closed), fleet(opened, 'a', 'b'));

test('objects of an app that is closed leave Git alone, and are counted', () => {
  expect(closing.text).toMatchInlineSnapshot(`
"before → after: 5 objects in Git no more at 2 targets, 1 app changed at 2 targets

In Git no more (Argo CD renders the chart itself again, and here it was not rendered: what it does not give leaves the clusters where Argo CD prunes)
  - mgmt/web, 5 objects
      at   everywhere (2 targets)

mgmt/web
  hydrate
      true → false
      at   everywhere (2 targets)
  manifests.repoURL
      https://example.com/fleet.git → (not set)
      at   everywhere (2 targets)
  manifests.targetRevision
      HEAD → (not set)
      at   everywhere (2 targets)
  source.helm.valuesObject.a
      (not set) → 1
      at   everywhere (2 targets)"
`);
  expect(closing.markdown).toContain(
    '### In Git no more: Argo CD renders the chart itself again, and here it was not rendered: what it does not give leaves the clusters where Argo CD prunes\n',
  );
  expect(closing.markdown).toContain('| `mgmt/web, 5 objects` | `everywhere (2 targets)` |');
});

test('objects of an app that is opened are told as what Git holds from now on, few by their names', () => {
  expect(
    opening.text,
  ).toContain(`In Git from now on (Argo CD applies them as they lie there, and here the chart was not rendered: what it gave besides leaves the clusters where Argo CD prunes)
  + mgmt/web, 2 objects: ConfigMap a, ConfigMap b
      at   everywhere (2 targets)
`);
  expect(opening.text).toContain('hydrate\n      false → true\n');
  expect(opening.text).toMatch(/^before → after: 2 objects in Git from now on at 2 targets, 1 app changed at 2 targets\n/);
});

test('as data they say so, and an app that says nothing of it is not opened', () => {
  const { changes } = changesData(closing.changes, closing.placed) as { readonly changes: readonly { readonly [key: string]: unknown }[] };
  expect(changes.filter(({ kind }) => kind === 'object-removed')).toHaveLength(5);
  expect(changes.filter(({ gitOnly }) => gitOnly === true)).toHaveLength(5);
  expect(changes.find(({ field }) => field === 'hydrate')).toMatchObject({ before: true, after: false });
});

test('a history tells them so, too', () => {
  const texts = [...closing.changes.changes, ...opening.changes.changes]
    .filter(({ kind }) => kind !== 'field')
    .map((change) => changeText({ change, reasons: [] } as never, { target: 'target', app: 'app' }));
  expect(new Set(texts)).toContain('mgmt/web: ConfigMap a in Git no more');
  expect(new Set(texts)).toContain('mgmt/web: ConfigMap b in Git from now on');
});

test('what an app loses that stays open leaves the clusters, too', () => {
  const { text, changes } = compared(fleet(opened, 'a', 'b'), fleet(opened, 'a'));
  expect(text).toContain('Removed (where Argo CD prunes, it leaves the clusters too)\n  - mgmt/web: ConfigMap b\n');
  expect(changes.changes.filter((change) => 'gitOnly' in change)).toEqual([]);
});

test('where both moments show the objects of an app that is closed, what one lacks is removed', () => {
  const { text } = compared(fleet(opened, 'a', 'b'), fleet(closed, 'a'));
  expect(text).toContain('Removed (where Argo CD prunes, it leaves the clusters too)\n  - mgmt/web: ConfigMap b\n');
  expect(text).not.toContain('In Git');
});
