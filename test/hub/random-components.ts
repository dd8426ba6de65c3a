import fc from 'fast-check';
import { cluster, unset } from '../../constructs';

// biome-ignore lint/suspicious/noExplicitAny: configuration as its files would export it
type Loose = any;
type Map<T = Loose> = { readonly [key: string]: T };

/** What components of random fleets say, and layers and releases of them. */

export const repository = 'https://example.com/fleet.git';

const optional = { requiredKeys: [] };

/** What many clusters have, and some lack. */
export const annotations = fc.record({ role: fc.constantFrom('admin', '012', 'a: "b"'), 'example.com/zone': fc.constantFrom('z1', 'z2') }, optional);
const role = cluster.annotation('role');
const zone = cluster.annotation('example.com/zone');

/** What a layer says of values: few fields, so that layers meet. */
export const values = fc.record(
  {
    size: fc.integer({ min: 1, max: 3 }),
    map: fc.record({ a: fc.constantFrom('x', 'y'), b: fc.boolean() }, optional),
    list: fc.array(fc.constantFrom('010', 'yes'), { maxLength: 2 }),
    cluster: fc.constant((target: Loose) => `${target.kind} ${target.cluster} of ${target.hub}`),
    live: fc.constantFrom<Loose>('none', { of: 'none' }, { of: `the ${role}` }, [role, 1, true]),
  },
  optional,
);

export const enabled = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Loose>(true) },
  { weight: 2, arbitrary: fc.constant<Loose>(false) },
  { weight: 1, arbitrary: fc.constant<Loose>((target: Loose) => 'tier' in target.labels && target.labels.tier === 'gold') },
);

/** A kind of source: what a component says of it, what a release may say otherwise, and what layers may. */
interface SourceKind {
  readonly isChart: boolean;
  readonly fields: Map;
  readonly pins: readonly Map[];
  readonly layers: readonly Map[];
}

const other = 'https://example.com/other.git';
const charts = 'https://charts.example.com';
const extra = { repoURL: repository, path: 'extra', targetRevision: 'HEAD' };

/** Not of a chart in the fleet's repository: one Application reads one revision of it. */
const versions: readonly Map[] = [{ version: '7.0.0' }, { version: (target: Loose) => (target.environment === 'dev' ? '8.0.0' : '8.0.1') }];

export const sources: readonly SourceKind[] = [
  {
    isChart: true,
    fields: { repoURL: charts, chart: 'web', version: '1.0.0', values: {} },
    pins: [{ chart: 'other' }, { repoURL: other, path: 'charts/web' }, { extraSources: [{ repoURL: repository, path: 'extra' }] }],
    layers: [
      ...versions,
      { chart: 'newer', repoURL: charts, version: '5.0.0' },
      { repoURL: 'https://mirror.example.com/charts' },
      { extraSources: [{ repoURL: other, path: `extra/${zone}`, targetRevision: 'v1' }] },
    ],
  },
  {
    isChart: true,
    fields: { path: 'charts/own', values: { size: 0 }, extraSources: { extra } },
    pins: [{ path: 'charts/newer' }, { extraSources: { extra: { ...extra, path: 'extra/newer' }, more: extra } }],
    layers: [
      { path: 'charts/layer' },
      { path: 'charts/moved', repoURL: other, version: 'v3' },
      { extraSources: { extra: { targetRevision: 'next' } } },
      { extraSources: { eu: { repoURL: other, path: zone, targetRevision: 'v1' }, extra: { path: (target: Loose) => `extra/${target.environment}` } } },
      { extraSources: { extra: unset, own: extra } },
    ],
  },
  {
    isChart: false,
    fields: { path: 'plain/own', directory: { recurse: true } },
    pins: [{ path: 'plain/newer' }, { directory: { exclude: 'old/*' } }],
    layers: [
      ...versions,
      { path: 'plain/layer' },
      { directory: { include: '*.yaml', recurse: false } },
      { path: 'plain/moved', repoURL: other, version: 'v3' },
    ],
  },
  {
    isChart: false,
    fields: { repoURL: other, path: 'plain', version: 'v1', kustomize: { namePrefix: 'a-', commonLabels: { a: 'b' } } },
    pins: [{ version: 'v2' }, { kustomize: { nameSuffix: '-r' } }],
    layers: [...versions, { path: 'plain/eu' }, { kustomize: { namePrefix: 'b-' } }, { kustomize: { commonLabels: { a: unset, c: 'd' } } }],
  },
];

/** The kind that a component is of; another one of charts. */
function kindOf({ repoURL, chart, path }: Map): Pick<SourceKind, 'isChart' | 'layers'> {
  const kind = sources.find(({ fields }) => fields['repoURL'] === repoURL && fields['chart'] === chart && fields['path'] === path);
  return kind ?? { isChart: true, layers: [] };
}

/** What layers say of fields of any component: what differs between members besides values. */
const fields: readonly Map[] = [
  { namespace: 'here' },
  { namespace: 'there' },
  { namespace: (target: Loose) => `of-${target.tenant}` },
  { namespace: `at-${zone}` },
  { syncPolicy: { automated: { prune: false } } },
  { syncPolicy: { syncOptions: unset } },
  { ignoreDifferences: [] },
  { ignoreDifferences: [{ kind: 'Secret', jsonPointers: ['/data'] }] },
  { labels: { team: 'a', 'example.com/tier': 'x' } },
  { labels: { team: unset } },
  { annotations: { 'example.com/owner': 'layer', 'example.com/more': (target: Loose) => target.cluster } },
];

/** What layers say of Helm. */
const helm: readonly Map[] = [
  { helm: { valuesObject: { size: 9, more: { a: 1 } } } },
  { helm: { valuesObject: { more: { b: true } } } },
  { helm: { valueFiles: ['values-eu.yaml'] } },
  { helm: { skipCrds: true } },
  { helm: { parameters: [{ name: 'a.b', value: role }] } },
];

/** What a layer says of fields of a component; of one, or of two at once. */
export function fieldsLayer(component: Map): fc.Arbitrary<Map> {
  const kind = kindOf(component);
  // A field is as likely as its kind, not as there are examples of it.
  const one = fc.oneof(...[fields, kind.layers, kind.isChart ? helm : []].flatMap((some) => (some.length === 0 ? [] : [fc.constantFrom(...some)])));
  return fc.tuple(one, fc.option(one, { nil: {}, freq: 2 })).map(([first, second]) => ({ ...first, ...second }));
}

/** A layer of a component; what is no chart has no values. */
export function componentLayer(component: Map): fc.Arbitrary<Map> {
  const use = kindOf(component).isChart ? fc.record({ enabled, values }, optional) : fc.record({ enabled }, optional);
  const more = fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 2, arbitrary: fieldsLayer(component) }, fc.constant({ uninstall: true }));
  return fc.tuple(use, more).map(([own, others]) => ({ ...own, ...others }));
}

const selectors: readonly Loose[] = [
  { matchLabels: { tier: 'gold' } },
  { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['gold'] }] },
  { matchExpressions: [{ key: 'gpu', operator: 'DoesNotExist' }] },
  { matchLabels: { fleet_member: 'spoke' }, matchExpressions: [{ key: 'gpu', operator: 'Exists' }] },
  { matchExpressions: [{ key: 'environment', operator: 'In', values: ['dev'] }] },
];

const templatePatches: readonly Loose[] = [
  { metadata: { annotations: { 'example.com/zone': zone, note: 'a "x" {c}' } } },
  { metadata: { labels: { patched: 'yes' } }, spec: { info: [{ name: 'cluster', value: cluster.name }] } },
  { spec: { revisionHistoryLimit: 3, syncPolicy: { managedNamespaceMetadata: { labels: { zone } } } } },
];

/** The component that others need, wherever any says so: every cluster has it. */
export const needed = 'needed';
export const neededComponent: Loose = { repoURL: charts, chart: 'needed', version: '1.0.0', namespace: 'needed', values: {}, enabled: true };

/** Components that no layer may take away or move. */
export const fixedComponents: readonly string[] = ['argo-cd', 'external-secrets', needed];

/** What components may say besides where they are from, and besides their layers. */
const besides = {
  enabled,
  selector: fc.constantFrom(...selectors),
  labels: fc.constant({ team: 'own' }),
  annotations: fc.constant({ 'example.com/owner': 'own' }),
  templatePatch: fc.constantFrom(...templatePatches),
  strategy: fc.constantFrom<Loose>(
    { type: 'AllAtOnce' },
    { type: 'RollingSync', rollingSync: { steps: [{ matchExpressions: [{ key: 'team', operator: 'In', values: ['own'] }] }] } },
  ),
  preservedFields: fc.constant({ annotations: ['example.com/theirs'] }),
  ignoreApplicationDifferences: fc.constant([{ jsonPointers: ['/spec/source/targetRevision'] }]),
  after: fc.constant([needed]),
};

/** Some of it. */
export const ownFields: fc.Arbitrary<Map> = fc
  .tuple(fc.record(besides), fc.subarray(Object.keys(besides) as (keyof typeof besides)[], { maxLength: 5 }))
  .map(([all, some]) => Object.fromEntries(some.map((key) => [key, all[key]])));

/** What a group says of all its components. */
export const groupDefaults: fc.Arbitrary<Map> = fc.record(
  {
    values: fc.constantFrom<Loose>({ size: 5, global: { region: 'eu' } }, { global: (target: Loose) => ({ of: target.tenant }) }, { global: { role } }),
    labels: fc.constant({ team: 'group', group: 'yes' }),
    annotations: fc.constant({ 'example.com/owner': 'group' }),
    syncPolicy: fc.constantFrom<Loose>({ automated: { prune: true } }, { syncOptions: ['ServerSideApply=true'] }),
    ignoreDifferences: fc.constant([{ kind: 'Service', jsonPointers: ['/spec'] }]),
  },
  optional,
);

/** What a release may say of any component. */
export const pins: readonly Map[] = [
  { syncPolicy: {} },
  { syncPolicy: { automated: { selfHeal: false } } },
  { syncPolicy: { syncOptions: ['ServerSideApply=true'] } },
  { ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }] },
  { ignoreDifferences: [] },
  { namespace: 'elsewhere' },
  { labels: { release: 'yes' } },
  { annotations: { 'example.com/owner': 'release' } },
  {},
];

/** What releases may say of charts besides: values among it, above those of the component and below layers. */
export const pinsOfCharts: readonly Map[] = [
  { helm: { skipCrds: true } },
  { helm: { valuesObject: { more: { c: 1 } }, valueFiles: ['values-release.yaml'] } },
  { values: { size: 7, map: { c: 1 } } },
  { values: (target: Loose) => ({ list: [target.cluster] }) },
];
