import type { CompiledLayer } from '../../layers/compile';
import type { Plain } from '../../layers/layer';
import { suggestion } from '../../layers/nearest';
import { Branch, leaves, plainOf, tryChild } from '../../layers/node';
import { describe } from '../../layers/plain-data';
import type { Problem, Problems } from '../../layers/problem';
import type { Resolved } from '../../layers/resolve';
import { hasToken, someString } from '../../layers/token';
import { problemAt } from '../origin';
import { type AppModel, type ClusterTypeModel, layerConstructs, patchLayers } from '../synthesis/model';
import type { Target } from '../target';
import { Component, componentLayerKeys } from './component';
import { type ComponentGroup, GroupReleases } from './component-group';
import type { ComponentFields, ReleaseConfig } from './hub-config';
import type { HubFleet } from './hub-fleet';
import type { MemberModel } from './members';
import { valueProblem } from './value-problem';

/** What a member gets of a component. */
export interface ComponentAt {
  /** As the layers say; a selector may narrow it. */
  readonly isEnabled: boolean;
  /** For its chart, all layers merged. */
  readonly values: Branch;
}

/** A component as it is deployed in one release. */
export interface ReleasedComponent extends ComponentFields {
  readonly version: string;
  readonly repoURL: string;
  readonly namespace: string;
  readonly syncPolicy: NonNullable<ComponentFields['syncPolicy']>;
}

export interface ComponentModel {
  readonly construct: Component;
  readonly name: string;
  readonly app: AppModel;
  /** The label that says whether a member gets it. */
  readonly label: string;
  /** Whether Helm renders it: then every member has a file of values. */
  readonly isChart: boolean;
  readonly releases: ReadonlyMap<string, ReleasedComponent>;
}

export interface GroupModel {
  readonly construct: ComponentGroup;
  readonly name: string;
  readonly isBootstrap: boolean;
  readonly clusterType: ClusterTypeModel;
  readonly releasesApp: AppModel;
  /** What patches say of the release, wherever they have got to. */
  readonly upcoming: readonly CompiledLayer[];
  /** In name order. */
  readonly components: readonly ComponentModel[];
}

/** What a component does where neither it nor its group says it. */
const defaultSyncPolicy = { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] };

/** A group with its components in every release. */
export function groupModel(fleet: HubFleet, clusterType: ClusterTypeModel, problems: Problems): GroupModel {
  const construct = clusterType.construct as ComponentGroup;
  const apps = clusterType.apps.filter(({ construct: app }) => app instanceof Component);
  checkPins(construct, problems);
  return {
    construct,
    name: construct.name,
    isBootstrap: construct.bootstrap !== undefined,
    clusterType,
    releasesApp: clusterType.apps.find(({ construct: app }) => app instanceof GroupReleases) as AppModel,
    upcoming: layerConstructs(construct.releases).patches.flatMap((patch) => [...patchLayers(construct.releases, patch, ['anywhere']).values()]),
    components: apps.map((app): ComponentModel => {
      const component = app.construct as Component;
      const releases = Object.entries(construct.releases.releases).map(([name, release]): readonly [string, ReleasedComponent] => [
        name,
        released(fleet, construct, component, name, release, problems),
      ]);
      const isChart = component.fields.chart !== undefined || component.fields.helm !== undefined || 'values' in component.base;
      return { construct: component, name: component.name, app, label: fleet.labels.enable(component.name), isChart, releases: new Map(releases) };
    }),
  };
}

/** Releases name components of their group. */
function checkPins({ name, releases, components }: ComponentGroup, problems: Problems): void {
  const known = components.map((component) => component.name);
  for (const [release, { components: pins = {}, version }] of Object.entries(releases.releases)) {
    for (const component of Object.keys(pins)) {
      if (known.includes(component)) continue;
      problems.add(
        problemAt(releases, 'unknown-component', `the release '${release}' pins '${component}', which is no component of ${name}`, {
          at: ['releases', release, 'components', component],
          hint: suggestion(component, known, 'components'),
        }),
      );
    }
    const isUsed = components.some((component) => component.fields.version === undefined && versionOf(pins[component.name]) === undefined);
    if (version !== undefined && !isUsed) {
      problems.add(
        problemAt(releases, 'component-field', `the version of the release '${release}' is that of no component`, {
          severity: 'warning',
          at: ['releases', release, 'version'],
          hint: 'it is for components that neither have a version of their own nor one in the release',
        }),
      );
    }
  }
}

type Pin = NonNullable<ReleaseConfig['components']>[string];

function versionOf(pin: Pin | undefined): string | undefined {
  return typeof pin === 'string' ? pin : pin?.version;
}

function released(fleet: HubFleet, group: ComponentGroup, component: Component, name: string, release: ReleaseConfig, problems: Problems): ReleasedComponent {
  const pin = release.components?.[component.name];
  const own = typeof pin === 'string' ? { version: pin } : (pin ?? {});
  const merged: ComponentFields = { ...withoutUndefined(group.fields), ...component.fields, ...withoutUndefined(own) };
  // A release that takes the component from elsewhere says all of it.
  const fields = own.path !== undefined ? { ...merged, chart: own.chart } : own.chart !== undefined ? { ...merged, path: undefined } : merged;
  const { chart, path } = fields;
  if ((chart === undefined) === (path === undefined)) {
    problems.add(
      problemAt(component, 'component-source', `'${component.name}' needs a chart or a path`, {
        app: component.name,
        expected: "either 'chart' or 'path'",
        found: chart === undefined ? 'neither' : 'both',
      }),
    );
  }
  if (chart !== undefined && fields.repoURL === undefined) {
    problems.add(
      problemAt(component, 'missing-field', `the chart of '${component.name}' needs 'repoURL'`, {
        app: component.name,
        expected: 'the chart repository, such as https://charts.jetstack.io',
      }),
    );
  }
  const isOwn = chart === undefined && (fields.repoURL === undefined || fields.repoURL === fleet.repository);
  const version = fields.version ?? release.version ?? (isOwn ? fleet.revision : undefined);
  if (version === undefined) {
    problems.add(
      problemAt(component, 'no-version', `'${component.name}' has no version in the release '${name}'`, {
        app: component.name,
        expected: `'version' in the component, or in the release: \`components: { '${component.name}': '1.2.3' }\``,
      }),
    );
  }
  const namespace = fields.namespace ?? (group.bootstrap ? fleet.platformNamespace : undefined);
  if (namespace === undefined) {
    problems.add(
      problemAt(component, 'missing-field', `'${component.name}' needs 'namespace'`, { app: component.name, expected: 'the namespace that it is deployed to' }),
    );
  }
  return {
    ...fields,
    version: version ?? '',
    repoURL: fields.repoURL ?? fleet.repository,
    namespace: namespace ?? '',
    syncPolicy: fields.syncPolicy ?? defaultSyncPolicy,
  };
}

function withoutUndefined<T extends object>(map: T): T {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined)) as T;
}

/** What a member gets of a component, computed once for members with the same layers. */
export class ComponentValues {
  readonly #known = new WeakMap<Resolved, ComponentAt>();
  readonly #remarks = new WeakMap<Resolved, readonly Problem[]>();

  at({ app, construct, isChart }: ComponentModel, target: Target, problems: Problems): ComponentAt {
    const resolved = app.resolver.at(target);
    let known = this.#known.get(resolved);
    if (!known) {
      const values = tryChild(resolved.values, 'values');
      const enabled = tryChild(resolved.values, 'enabled');
      known = {
        isEnabled: enabled !== undefined && plainOf(enabled) === true,
        values: values instanceof Branch ? values : new Branch(Object.create(null), { kind: 'base', place: [] }),
      };
      this.#known.set(resolved, known);
      this.#remarks.set(resolved, [...resolved.problems, ...remarksOn(construct, isChart, resolved.values)]);
    }
    for (const problem of this.#remarks.get(resolved) ?? []) problems.add({ ...problem, target: `${target.clusterType}/${target.path}` });
    return known;
  }
}

function remarksOn(component: Component, isChart: boolean, values: Branch): readonly Problem[] {
  const at = (path: readonly string[], code: Problem['code'], message: string, rest: Partial<Problem> = {}) =>
    valueProblem(component, values, path, code, message, { app: component.name, ...rest });
  const problems: Problem[] = [];
  for (const key of values.keys) {
    if (componentLayerKeys.includes(key)) continue;
    problems.push(
      at([key], 'component-field', `'${key}' of '${component.name}' is not layered`, {
        expected: 'layers of members set `enabled` and `values`',
        hint: `'${key}' belongs to the component, or to a release of its group: what differs there is another release`,
      }),
    );
  }
  const enabled = tryChild(values, 'enabled');
  if (enabled && typeof plainOf(enabled) !== 'boolean') {
    problems.push(at(['enabled'], 'wrong-type', "'enabled' has the wrong type", { expected: 'true or false', found: describe(plainOf(enabled)) }));
  }
  const own = tryChild(values, 'values');
  if (!own) return problems;
  if (!(own instanceof Branch)) return [...problems, at(['values'], 'wrong-type', "'values' has the wrong type", { expected: 'a map' })];
  if (!isChart && own.keys.length > 0) {
    problems.push(
      at(['values'], 'unused-values', `'${component.name}' is no chart, so its values have no effect`, {
        hint: 'where its path holds a chart, write `values: {}` in the component',
      }),
    );
  }
  if (someString(own.plain, hasToken)) {
    for (const { path, node } of leaves(own)) {
      if (![...path, JSON.stringify(plainOf(node))].some(hasToken)) continue;
      problems.push(
        at(['values', ...path], 'token-in-manifest', `a cluster token in the values of '${component.name}'`, {
          hint: 'these files are read as they are: what differs per cluster is a layer, or a function of the target',
        }),
      );
    }
  }
  return problems;
}

/** The release that a member gets of a group. @returns `undefined` where it is none of the group's: that was reported */
export function releaseAt({ construct, releasesApp }: GroupModel, target: Target, problems: Problems): string | undefined {
  const { values, problems: thrown } = releasesApp.resolver.at(target);
  const at = `${target.clusterType}/${target.path}`;
  const report = (path: readonly string[], code: Problem['code'], message: string, rest: Partial<Problem> = {}) =>
    problems.add(valueProblem(releasesApp.construct, values, path, code, message, { target: at, ...rest }));
  for (const problem of thrown) problems.add({ ...problem, target: at });
  for (const key of values.keys) {
    if (key !== 'release')
      report([key], 'unknown-key', `'${key}' is no setting of a group`, { expected: "'release'", hint: suggestion(key, ['release'], 'keys') });
  }
  const release = values.plain.release as Plain | undefined;
  const known = Object.keys(construct.releases.releases);
  if (typeof release === 'string' && known.includes(release)) return release;
  report(['release'], 'unknown-release', `${construct.name} has no release ${typeof release === 'string' ? `'${release}'` : 'at all here'}`, {
    expected: `one of ${known.join(', ')}`,
    found: describe(release),
    ...(typeof release === 'string' ? { hint: suggestion(release, known, 'releases') } : {}),
  });
  return undefined;
}

/** The releases that some members have, and those that a layer on its way will give them. */
export function releasesInUse({ construct, releasesApp, upcoming }: GroupModel, targets: readonly Target[]): readonly string[] {
  const known = Object.keys(construct.releases.releases);
  const found = new Set<string>();
  // A patch gives a release to members one after the other: an ApplicationSet knows it before the first has it, and the
  // one before until the last has left it, so that no member is without one for a moment.
  const layers = [...releasesApp.layers.everywhere, ...upcoming];
  for (const target of targets) {
    const own = releasesApp.resolver.at(target).values.plain.release;
    if (typeof own === 'string') found.add(own);
    for (const layer of layers) {
      const release = layer.at(target).values.children.release;
      const plain = release && plainOf(release);
      if (typeof plain === 'string') found.add(plain);
    }
  }
  return known.filter((release) => found.has(release)).sort();
}

/** Whether a member has a component of a group from the Argo CD of its own cluster. */
export function isOwnDeployer({ isBootstrap, name }: GroupModel, member: MemberModel): boolean {
  return member.kind === 'hub' || (!isBootstrap && member.manages.has(name));
}
