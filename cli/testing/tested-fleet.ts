import type { MemberView } from '../../constructs';
import type { Problem } from '../../layers/problem';
import { suggestion } from '../../layers/text/nearest';
import type { AppManifest } from './manifests';
import type { AppRecord, FleetRecord } from './record';
import { mistake, TestedTarget } from './tested-target';

/** An app, or a component of hubs and spokes, as it is declared. */
export class TestedApp {
  /** The cluster type, or the group. */
  readonly clusterType: string;
  readonly name: string;
  readonly kind: AppManifest['kind'];
  readonly description?: string;
  /** A component's own, or those of its group. */
  readonly owners: readonly string[];

  constructor({ clusterType, name, kind, description, owners }: AppRecord) {
    this.clusterType = clusterType;
    this.name = name;
    this.kind = kind;
    if (description !== undefined) this.description = description;
    this.owners = owners;
  }

  toString(): string {
    return `${this.name} of ${this.clusterType}`;
  }
}

/** An app at a target where it is rendered. */
export class DeployedApp {
  constructor(
    readonly app: TestedApp,
    readonly target: TestedTarget,
  ) {}

  /** As Argo CD gets it. */
  get manifest(): AppManifest {
    return this.target.manifest(this.app.name);
  }

  /** The versions of its sources. */
  get versions(): readonly string[] {
    return this.target.versions(this.app.name);
  }

  /** Its Helm values, all layers merged. */
  get values(): { readonly [key: string]: unknown } {
    return this.target.values(this.app.name);
  }

  /** `cert-manager of management-cluster at production/prod-canary/us-east1 (v1.17.0)` */
  toString(): string {
    return `${this.app} at ${this.target.path}${this.versions.length > 0 ? ` (${this.versions.join(', ')})` : ''}`;
  }
}

/** A fleet as it renders, for the tests of its owners. It is plain data: asking it changes nothing. */
export class TestedFleet {
  /** Whether it has cluster types in regions, or hubs and spokes. */
  readonly topology: 'dimensions' | 'hub-and-spoke';
  /** The names of the dimensions, from the outermost in: `['environment', 'sector', 'region']`. */
  readonly dimensions: readonly string[];
  /** Every dimension path, in sequence: `integration`, `integration/int-sector-1`, … */
  readonly paths: readonly string[];
  /** The cluster types, or in a fleet of hubs and spokes the groups, and `members` for what clusters are apart from those. */
  readonly clusterTypes: readonly string[];
  /** Every app, or component, as it is declared. */
  readonly apps: readonly TestedApp[];
  /** What each cluster type is at each of its paths, in sequence. */
  readonly targets: readonly TestedTarget[];
  /** The clusters of a fleet of hubs and spokes: their labels, releases, and which component they get from whom. Empty in any other. */
  readonly members: readonly MemberView[];
  /** What was noticed and stops nothing. */
  readonly warnings: readonly Problem[];
  readonly #without: (path: string) => FleetRecord;

  /** @param without the same fleet without what is said for a path */
  constructor(record: FleetRecord, without: (path: string) => FleetRecord) {
    this.topology = record.topology;
    this.dimensions = record.dimensions;
    this.paths = record.paths;
    this.clusterTypes = record.clusterTypes;
    this.apps = record.apps.map((app) => new TestedApp(app));
    this.targets = record.targets.map((target) => new TestedTarget(target, record));
    this.members = record.members;
    this.warnings = record.warnings;
    this.#without = without;
  }

  /** The nodes of the outermost dimension, in sequence: `integration`, `stage`, `production`. */
  get outermost(): readonly string[] {
    return this.paths.filter((path) => !path.includes('/'));
  }

  /**
   * One target.
   *
   * @param clusterType the cluster type, or the group of components
   * @param path        its complete path; in a fleet of hubs and spokes the cluster's name will do
   * @throws FleetError where there is none
   */
  target(clusterType: string, path: string): TestedTarget {
    const all = this.targetsOf(clusterType);
    const found = all.find((target) => target.path === path) ?? all.find((target) => target.path === this.members.find(({ name }) => name === path)?.path);
    if (found) return found;
    const known = all.map((target) => target.path);
    throw mistake('unknown-path', `'${path}' is no target of ${clusterType}`, suggestion(path, known, 'targets'));
  }

  /** The targets of a cluster type, or a group, in sequence. @throws FleetError where there is no such cluster type */
  targetsOf(clusterType: string): readonly TestedTarget[] {
    if (!this.clusterTypes.includes(clusterType)) {
      const hint = suggestion(clusterType, this.clusterTypes, 'cluster types');
      throw mistake('unknown-cluster-type', `'${clusterType}' is no cluster type`, hint);
    }
    return this.targets.filter((target) => target.clusterType === clusterType);
  }

  /** An app as it is declared. @throws FleetError where there is none */
  app(clusterType: string, name: string): TestedApp {
    const all = this.apps.filter((app) => app.clusterType === clusterType);
    const found = all.find((app) => app.name === name);
    if (found) return found;
    this.targetsOf(clusterType);
    const known = all.map((app) => app.name);
    throw mistake('unknown-app', `${clusterType} has no app '${name}'`, suggestion(name, known, 'apps'));
  }

  /** A hub or a spoke. @throws FleetError where there is none */
  member(name: string): MemberView {
    const found = this.members.find((member) => member.name === name);
    if (found) return found;
    const known = this.members.map((member) => member.name);
    throw mistake('unknown-path', `there is no cluster '${name}'`, suggestion(name, known, 'clusters'));
  }

  /**
   * Every app at every target where it is rendered, by cluster type and in sequence.
   *
   * @param path only at this dimension path and below. @default - everywhere
   * @throws FleetError where there is no such path: a test that is misspelt finds no mistake
   */
  deployed(path?: string): readonly DeployedApp[] {
    if (path !== undefined) this.#expectPath(path);
    const apps = new Map(this.apps.map((app) => [`${app.clusterType}/${app.name}`, app]));
    return this.targets
      .filter((target) => path === undefined || target.isIn(path))
      .flatMap((target) =>
        target.apps.flatMap((name) => {
          const app = apps.get(`${target.clusterType}/${name}`);
          return app ? [new DeployedApp(app, target)] : [];
        }),
      );
  }

  /**
   * The same fleet with nothing said for a dimension path: no override and no patch at it or below, and no app rendered there.
   * What is elsewhere should be the same: see {@link differences}. In a fleet of hubs and spokes the clusters stay, with what
   * everybody else gets.
   *
   * @throws FleetError where there is no such path, or where the fleet does not render without it
   */
  without(path: string): TestedFleet {
    this.#expectPath(path);
    return new TestedFleet(this.#without(path), this.#without);
  }

  #expectPath(path: string): void {
    if (!this.paths.includes(path)) throw mistake('unknown-path', `the dimension path '${path}' does not exist`, suggestion(path, this.paths, 'paths'));
  }
}
