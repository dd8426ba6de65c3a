import { compareStates } from '../../../changes/compare-states';
import type { Content } from '../../../changes/state';
import { changesData } from '../../../cli/print/changes/change-data';
import { changesMarkdown } from '../../../cli/print/changes/changes-markdown';
import { changesText } from '../../../cli/print/changes/changes-text';
import { placedChanges } from '../../../cli/read/changes/change-places';
import type { Plain } from '../../../layers/layer';
import { application, type Manifests, stateOf } from '../../builders/state-builder';

/** @param fields beside its name */
function object(
  apiVersion: string,
  kind: string,
  fields: { readonly [key: string]: Plain } = {},
  annotations: { readonly [key: string]: Plain } = {},
): Content {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop', annotations }, ...fields };
}

function fleet(objects: Readonly<Record<string, Content>>): Manifests {
  const targets = ['mgmt/stage/one/eu', 'mgmt/stage/one/us'];
  return Object.fromEntries(
    targets.flatMap((target) => [
      [`${target}/templates/web.yaml`, application({})],
      ...Object.entries(objects).map(([name, content]) => [`${target}/manifests/web/${name}.yaml`, content]),
    ]),
  );
}

const deployment = (app: string, image: string) => object('apps/v1', 'Deployment', { spec: { selector: { matchLabels: { app } }, template: { image } } });
const job = (image: string) => object('batch/v1', 'Job', { spec: { image } }, { 'helm.sh/hook': 'pre-upgrade' });
const before = fleet({
  'deployment-web': deployment('a', 'web:1'),
  'job-web': job('web:1'),
  'persistentvolumeclaim-web': object('v1', 'PersistentVolumeClaim'),
});
const after = fleet({
  'deployment-web': deployment('b', 'web:2'),
  'job-web': job('web:2'),
  'clusterrolebinding-web': object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', {
    roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', namespace: 'shop', name: 'web' }],
  }),
});
const changes = compareStates(stateOf(before, {}, 'before'), stateOf(after, {}, 'after'));
const placed = placedChanges(changes.changes, undefined);

test('objects that change are shown as objects, once for all targets, with what that does', () => {
  expect(changesText(changes, placed)).toMatchInlineSnapshot(`
"before → after: 1 object removed at 2 targets, 1 object added at 2 targets, 1 app changed at 2 targets

Removed (where Argo CD prunes, it leaves the clusters too)
  - mgmt/web: PersistentVolumeClaim shop/web
      at    everywhere (2 targets)
      then  with it goes the volume, as its reclaim policy says

Added
  + mgmt/web: ClusterRoleBinding shop/web
      at    everywhere (2 targets)
      then  new in the whole cluster: ServiceAccount shop/web gets cluster-admin

mgmt/web: Deployment shop/web
  ! spec.selector of a Deployment cannot change: Kubernetes refuses it until somebody deletes the object
  spec.selector.matchLabels.app
      a → b
      at   everywhere (2 targets)
  spec.template.image
      web:1 → web:2
      at   everywhere (2 targets)

mgmt/web: Job shop/web
  ! runs again at the next sync: a PreSync hook
  spec.image
      web:1 → web:2
      at   everywhere (2 targets)"
`);
});

test('so they are as a comment of a pull request', () => {
  expect(changesMarkdown(changes, placed)).toMatchInlineSnapshot(`
"**1 object removed at 2 targets, 1 object added at 2 targets, 1 app changed at 2 targets**, from \`before\` to \`after\`

### Removed: where Argo CD prunes, it leaves the clusters too

| what | where | why | then |
| --- | --- | --- | --- |
| \`mgmt/web: PersistentVolumeClaim shop/web\` | \`everywhere (2 targets)\` |  | \`with it goes the volume, as its reclaim policy says\` |

### Added

| what | where | why | then |
| --- | --- | --- | --- |
| \`mgmt/web: ClusterRoleBinding shop/web\` | \`everywhere (2 targets)\` |  | \`new in the whole cluster: ServiceAccount shop/web gets cluster-admin\` |

### \`mgmt/web: Deployment shop/web\`

**\`spec.selector of a Deployment cannot change: Kubernetes refuses it until somebody deletes the object\`**

| field | change | where | why |
| --- | --- | --- | --- |
| \`spec.selector.matchLabels.app\` | \`a\` → \`b\` | \`everywhere (2 targets)\` |  |
| \`spec.template.image\` | \`web:1\` → \`web:2\` | \`everywhere (2 targets)\` |  |

### \`mgmt/web: Job shop/web\`

**\`runs again at the next sync: a PreSync hook\`**

| field | change | where | why |
| --- | --- | --- | --- |
| \`spec.image\` | \`web:1\` → \`web:2\` | \`everywhere (2 targets)\` |  |"
`);
});

test('as data they say what kind of thing that is', () => {
  const { changes: data } = changesData(changes, placed) as { readonly changes: readonly { readonly [key: string]: unknown }[] };
  expect(data.map(({ kind, manifest, field, marks }) => ({ kind, manifest, field, marks }))).toMatchInlineSnapshot(`
[
  {
    "field": undefined,
    "kind": "object-removed",
    "manifest": "PersistentVolumeClaim shop/web",
    "marks": [
      {
        "kind": "removal",
        "text": "with it goes the volume, as its reclaim policy says",
      },
    ],
  },
  {
    "field": undefined,
    "kind": "object-added",
    "manifest": "ClusterRoleBinding shop/web",
    "marks": [
      {
        "kind": "permission",
        "text": "new in the whole cluster: ServiceAccount shop/web gets cluster-admin",
      },
    ],
  },
  {
    "field": "spec.selector.matchLabels.app",
    "kind": "field",
    "manifest": "Deployment shop/web",
    "marks": [
      {
        "field": "spec.selector",
        "kind": "immutable",
        "text": "spec.selector of a Deployment cannot change: Kubernetes refuses it until somebody deletes the object",
      },
    ],
  },
  {
    "field": "spec.template.image",
    "kind": "field",
    "manifest": "Deployment shop/web",
    "marks": undefined,
  },
  {
    "field": "spec.image",
    "kind": "field",
    "manifest": "Job shop/web",
    "marks": [
      {
        "kind": "hook",
        "text": "runs again at the next sync: a PreSync hook",
      },
    ],
  },
]
`);
});
