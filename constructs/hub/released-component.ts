import type { Construct } from 'constructs';
import { withoutUndefined } from '../../layers/plain-data';
import type { Problem, Problems } from '../../layers/problem';
import { problemAt } from '../origin';
import type { Component } from './component';
import type { ComponentGroup } from './component-group';
import type { ComponentFields, Pin, ReleaseConfig } from './hub-config';
import type { HubFleet } from './hub-fleet';
import { isReported } from './value-problem';

/** A component as it is deployed in one release. */
export interface ReleasedComponent extends ComponentFields {
  readonly version: string;
  readonly repoURL: string;
  readonly namespace: string;
  readonly syncPolicy: NonNullable<ComponentFields['syncPolicy']>;
}

/** Where configuration says what a field is. */
export interface FieldPlace {
  readonly construct: Construct;
  readonly at: readonly string[];
}

type Field = keyof ComponentFields;

/** What a group may say for all of its components. */
const groupFields: readonly Field[] = ['repoURL', 'namespace', 'syncPolicy'];

/** What a component does where neither it nor its group says it. */
const defaultSyncPolicy = { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] };

/** A component in every release of its group; what is missing is reported and left empty. */
export function releasedComponents(fleet: HubFleet, group: ComponentGroup, component: Component, problems: Problems): ReadonlyMap<string, ReleasedComponent> {
  const all = Object.entries(group.releases.releases).map(([name, release]) => new Composition(fleet, group, component, name, release));
  for (const one of all) problems.addAll(one.problems());
  checkVersions(component, all, problems);
  return new Map(all.map((one) => [one.name, one.released]));
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

export function fieldsOf(pin: Pin | undefined): ComponentFields {
  return typeof pin === 'string' ? { version: pin } : (pin ?? {});
}

/** What group, component and release say together. */
class Composition {
  readonly released: ReleasedComponent;
  /** Nobody says it, and there is none that would do. */
  readonly hasNoVersion: boolean;
  readonly #fields: ComponentFields;
  readonly #pin: ComponentFields;
  readonly #hasNamespace: boolean;

  constructor(
    readonly fleet: HubFleet,
    readonly group: ComponentGroup,
    readonly component: Component,
    readonly name: string,
    release: ReleaseConfig,
  ) {
    this.#pin = fieldsOf(release.components?.[component.name]);
    const merged: ComponentFields = { ...said(group.fields), ...said(component.fields), ...said(this.#pin) };
    // A release that takes the component from elsewhere says all of it.
    const { chart, path } = this.#pin;
    const fields = path !== undefined ? { ...merged, chart } : chart !== undefined ? { ...merged, path: undefined } : merged;
    const isOwn = fields.chart === undefined && (fields.repoURL === undefined || fields.repoURL === fleet.repository);
    const version = fields.version ?? release.version ?? (isOwn ? fleet.revision : undefined);
    const namespace = fields.namespace ?? (group.bootstrap ? fleet.platformNamespace : undefined);
    this.#fields = fields;
    this.#hasNamespace = namespace !== undefined;
    this.hasNoVersion = version === undefined && !this.isUnclear('version');
    this.released = {
      ...fields,
      version: version ?? '',
      repoURL: fields.repoURL ?? fleet.repository,
      namespace: namespace ?? '',
      syncPolicy: fields.syncPolicy ?? defaultSyncPolicy,
    };
  }

  *problems(): Generator<Problem> {
    const { group, component, name } = this;
    const { chart, path, repoURL } = this.#fields;
    const app = component.name;
    if ((chart === undefined) === (path === undefined) && !this.isUnclear('chart', 'path')) {
      const { construct } = fieldPlace(group, component, name, 'chart');
      const at = construct === component ? [] : this.#placeOfPin;
      yield problemAt(construct, 'component-source', `'${app}' needs a chart or a path`, {
        app,
        at,
        expected: "either 'chart' or 'path'",
        found: chart === undefined ? 'neither' : 'both',
      });
    }
    if (chart !== undefined && repoURL === undefined && !this.isUnclear('repoURL')) {
      const { construct, at } = fieldPlace(group, component, name, 'chart');
      yield problemAt(construct, 'missing-field', `the chart of '${app}' needs 'repoURL'`, {
        app,
        at: at.slice(0, -1),
        expected: 'the chart repository, such as https://charts.jetstack.io',
      });
    }
    if (!this.#hasNamespace && !this.isUnclear('namespace')) {
      yield problemAt(component, 'missing-field', `'${app}' needs 'namespace'`, {
        app,
        expected: 'the namespace that it is deployed to, in the component or for all of them in the defaults.ts of the group',
      });
    }
    // Whether members have values is the component's to say: a chart of one release only would be one without any.
    const made = (['chart', 'helm'] as const).find((field) => this.#pin[field] !== undefined);
    if (made !== undefined && !component.isChart) {
      yield problemAt(group.releases, 'component-source', `the release '${name}' makes a chart of '${app}', which is none elsewhere`, {
        app,
        at: [...this.#placeOfPin, made],
        hint: 'where its path holds a chart, write `values: {}` in the component; otherwise make two components of it',
      });
    }
  }

  get #placeOfPin(): readonly string[] {
    return ['releases', this.name, 'components', this.component.name];
  }

  /** Whether what is said of one of the fields, or where it would be said, could not be read: that is reported. */
  isUnclear(...fields: readonly Field[]): boolean {
    const { fleet, group, component } = this;
    const at = this.#placeOfPin;
    return (
      (fleet.isUnread(group.name, 'defaults') && fields.some((field) => groupFields.includes(field))) ||
      fleet.isUnread(group.name, 'releases') ||
      [at, at.slice(0, 3), at.slice(0, 2)].some((place) => isReported(fleet, group.releases, place)) ||
      fields.some(
        (field) =>
          isReported(fleet, component, [field]) ||
          isReported(fleet, group, [field]) ||
          isReported(fleet, group.releases, [...at, field]) ||
          (field === 'version' && isReported(fleet, group.releases, [...at.slice(0, 2), field])),
      )
    );
  }
}

/** One mistake where no release has a version; one for each where some have. */
function checkVersions(component: Component, all: readonly Composition[], problems: Problems): void {
  const without = all.filter(({ hasNoVersion }) => hasNoVersion);
  const app = component.name;
  const pinned = `\`components: { '${app}': '1.2.3' }\``;
  if (without.length === all.length) {
    const names = without.map(({ name }) => name).join(', ');
    if (without.length === 0) return;
    problems.add(
      problemAt(component, 'no-version', `'${app}' has no version`, {
        app,
        expected: `'version' in the component, or in each release of its group: ${pinned}`,
        found: `none in ${without.length === 1 ? 'the release' : 'the releases'} ${names}`,
      }),
    );
    return;
  }
  for (const { name, group } of without) {
    problems.add(
      problemAt(group.releases, 'no-version', `'${app}' has no version in the release '${name}'`, {
        app,
        at: ['releases', name],
        expected: `${pinned} there, or 'version' in the component for releases that say nothing of it`,
      }),
    );
  }
}

function said<T extends object>(fields: T): T {
  return withoutUndefined(fields) as T;
}
