import type { Construct } from 'constructs';
import type { Source } from '../../../imports/argoproj.io.types.ts';
import type { Plain } from '../../../layers/layer';
import { isMap, withoutUndefined } from '../../../layers/plain-data';
import { keyedSources } from '../../../layers/shape/keyed-lists';
import { keysInOrder, listOf } from '../../argocd/keyed-lists';
import { patientRetry } from '../../resolve/patient-retry';
import type { ClusterHome } from '../tree/cluster-home';
import type { Component } from '../tree/component';
import type { ComponentFields } from '../tree/component-config';
import type { ComponentGroup } from '../tree/component-group';
import type { Pin, PinFields, ReleaseConfig } from '../tree/hub-config';
import type { HubTree } from '../tree/hub-tree';
import type { LiveValues, Variant } from './variants/variant';

type SyncPolicy = NonNullable<ComponentFields['syncPolicy']>;

/** A component as it is deployed in one release. */
export interface ReleasedComponent extends Omit<ComponentFields, 'extraSources'> {
  /** Those by name in the order of their names. @default - none */
  readonly extraSources?: readonly Source[];
  /** Their names, where they are said by name. */
  readonly sourceNames?: readonly string[];
  readonly version: string;
  readonly repoURL: string;
  readonly namespace: string;
  readonly syncPolicy: SyncPolicy;
  /** Values that only the live cluster knows. @default - none */
  readonly live?: LiveValues;
  /** Where the files of values are read, and charts of the same repository. */
  readonly home: ClusterHome;
  /** What nobody says: without a version and a namespace nothing is deployed, and a path lies in the fleet's own repository. */
  readonly unsaid: ReadonlySet<'version' | 'namespace' | 'repoURL'>;
}

/** Where configuration says what a field is. */
export interface FieldPlace {
  readonly construct: Construct;
  readonly at: readonly string[];
}

/** A field of a component that its releases may say, too. */
export type Field = keyof ComponentFields;

/** Fields that may hold tokens, in any of their texts or, of `helm`, in some: Argo CD fills them in there. */
export const liveFields = ['namespace', 'helm', 'extraSources'] as const satisfies readonly Field[];

/** Of a component in a release, the fields that may hold tokens. */
export function liveFieldsOf({ namespace, helm, extraSources }: ReleasedComponent): Pick<ReleasedComponent, (typeof liveFields)[number]> {
  return { namespace, helm, extraSources };
}

/** What a component does where neither it nor its group says it. */
const defaultSyncPolicy: SyncPolicy = { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] };

/** A component in every release of its group, as members with a variant of it get it; what is missing is empty. */
export function releasedComponents(fleet: HubTree, group: ComponentGroup, component: Component, variant?: Variant): ReadonlyMap<string, ReleasedComponent> {
  return new Map(Object.entries(group.releases.releases).map(([name, release]) => [name, releasedComponent(fleet, group, component, name, release, variant)]));
}

/** What group, component, release and layers of members say together, each over those before. */
function releasedComponent(
  fleet: HubTree,
  group: ComponentGroup,
  component: Component,
  name: string,
  release: ReleaseConfig,
  variant: Variant | undefined,
): ReleasedComponent {
  const { values: _, ...pin } = fieldsOf(release.components?.[component.name]);
  const live = variant?.liveIn(name);
  const whole = besides({ syncPolicy: defaultSyncPolicy, ...withoutUnsaid(group.fields) }, withoutUnsaid(component.fields));
  const pinned = over(whole, withoutUnsaid(pin), besides);
  const fields = variant ? over(pinned, variant.says, variant.over) : pinned;
  const home = variant?.home ?? fleet;
  const { repoURL } = fields;
  const own = fields.chart === undefined ? [home, fleet].find(({ repository }) => repoURL === undefined || repoURL === repository) : undefined;
  const version = fields.version ?? release.version ?? own?.revision;
  const namespace = fields.namespace ?? (group.bootstrap ? home.platformNamespace : undefined);
  const { extraSources, ...others } = fields;
  const needed = { version, namespace, repoURL };
  return {
    ...others,
    ...sourcesOf(extraSources),
    ...(live === undefined ? {} : { live }),
    version: version ?? '',
    repoURL: repoURL ?? home.repository,
    namespace: namespace ?? '',
    home,
    syncPolicy: inOrder(component, withRetry(fields.syncPolicy ?? defaultSyncPolicy)),
    unsaid: new Set((['version', 'namespace', 'repoURL'] as const).filter((field) => needed[field] === undefined)),
  };
}

/** What says the same key wins whole; labels and annotations add up. */
function besides(broad: ComponentFields, own: ComponentFields): ComponentFields {
  const both = (key: 'labels' | 'annotations') => (broad[key] && own[key] && isMap(own[key]) ? { [key]: { ...broad[key], ...own[key] } } : {});
  return { ...broad, ...own, ...both('labels'), ...both('annotations') };
}

/** Further sources as the list that Argo CD receives. */
function sourcesOf(sources: ComponentFields['extraSources']): Pick<ReleasedComponent, 'extraSources' | 'sourceNames'> {
  if (sources === undefined) return {};
  if (!isMap(sources)) return { extraSources: sources as readonly Source[] };
  return { extraSources: listOf(sources as unknown as Plain, keyedSources) as unknown as readonly Source[], sourceNames: keysInOrder(sources as never) };
}

/** Fields with others over them. Whoever takes the component from elsewhere, a chart or a path, says all of it. */
function over(broad: ComponentFields, own: ComponentFields, merged: (broad: ComponentFields, own: ComponentFields) => ComponentFields): ComponentFields {
  const fields = merged(broad, own);
  return own.path !== undefined ? { ...fields, chart: own.chart } : own.chart !== undefined ? { ...fields, path: undefined } : fields;
}

/** What is automated is tried until it succeeds, unless its `retry` says otherwise. What is no policy is reported where it is said. */
function withRetry(policy: SyncPolicy): SyncPolicy {
  return isMap(policy) && policy.automated !== undefined && policy.retry === undefined ? { ...policy, retry: patientRetry } : policy;
}

const skipDryRun = 'SkipDryRunOnMissingResource';

/** Of what a needed component brings, the definitions may come later: a dry run of their objects would fail the whole sync until then. */
function inOrder({ after }: Component, policy: SyncPolicy): SyncPolicy {
  if (after.length === 0 || !isMap(policy)) return policy;
  const { syncOptions = [] } = policy;
  if (!Array.isArray(syncOptions) || syncOptions.some((option) => String(option).startsWith(`${skipDryRun}=`))) return policy;
  return { ...policy, syncOptions: [...syncOptions, `${skipDryRun}=true`] };
}

/** Where a field of a component in a release is said; the component itself where nobody says it. */
export function fieldPlace(group: ComponentGroup, component: Component, release: string, field: Field): FieldPlace {
  const { version, components: pins = {} } = group.releases.releases[release] as ReleaseConfig;
  const pin = pins[component.name];
  const at = ['releases', release];
  if (typeof pin === 'string' && field === 'version') return { construct: group.releases, at: [...at, 'components', component.name] };
  if (fieldsOf(pin)[field] !== undefined) return { construct: group.releases, at: [...at, 'components', component.name, field] };
  if (component.fields[field] !== undefined) return { construct: component, at: [field] };
  if (field === 'version' && version !== undefined) return { construct: group.releases, at: [...at, 'version'] };
  if ((group.fields as ComponentFields)[field] !== undefined) return { construct: group, at: [field] };
  return { construct: component, at: [] };
}

/** What a release says of a component, as fields. */
export function fieldsOf(pin: Pin | undefined): PinFields {
  return typeof pin === 'string' ? { version: pin } : (pin ?? {});
}

function withoutUnsaid(fields: ComponentFields): ComponentFields {
  return withoutUndefined(fields) as ComponentFields;
}
