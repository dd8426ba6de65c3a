import type { Branch } from '../../layers/node';
import type { OutputFolder } from '../../layers/output';
import type { Problem } from '../../layers/problem';
import type { Token } from '../../layers/token';
import type { AppKind } from '../fleet-app';
import { originOf } from '../origin';
import type { Target } from '../target';
import { findTarget } from './check-model';
import type { FleetFacts } from './generated';
import { type ClusterTypeModel, layerConstructs, type Model, type TokensAt } from './model';
import { type PatchView, patchViews } from './patch-view';

/** An app as commands see it that change its configuration. */
export interface AppView {
  readonly name: string;
  readonly kind: AppKind;
  /** Whether it shares its file with others. */
  readonly isGroup: boolean;
  /** @default - it was declared in code */
  readonly file?: string;
  readonly owners: readonly string[];
  /** Names of its patches, the group's included. */
  readonly patches: readonly string[];
  /** All layers merged. */
  valuesAt(target: Target): Branch;
}

/** Rendered output, target by target: whoever reads it never has the whole fleet in memory. */
export class FleetOutput implements Iterable<OutputFolder> {
  readonly targets: number;
  /** What generated values are made of. */
  readonly facts: FleetFacts;
  readonly #model: Model;
  readonly #folder: (clusterType: ClusterTypeModel, target: Target) => OutputFolder;
  readonly #tokens: TokensAt;

  constructor(
    model: Model,
    /** What was noticed and stops nothing. */
    readonly warnings: readonly Problem[],
    folder: (clusterType: ClusterTypeModel, target: Target) => OutputFolder,
    tokens: TokensAt,
  ) {
    this.#model = model;
    this.#folder = folder;
    this.#tokens = tokens;
    this.facts = model.facts;
    this.targets = model.clusterTypes.reduce((sum, { targets }) => sum + targets.length, 0);
  }

  /** @throws FleetError where there is no such target */
  findTarget(clusterType: string, path: string): Target {
    return findTarget(this.#model, clusterType, path);
  }

  /** Every patch in flight, by cluster type and app; those of one app in name order. */
  patches(): readonly PatchView[] {
    return patchViews(this.#model);
  }

  /** The apps of a cluster type, as their files name them: a file with several is one. */
  appNames(clusterType: string): readonly string[] {
    const apps = this.#model.clusterTypes.find(({ name }) => name === clusterType)?.apps ?? [];
    return [...new Set(apps.map(({ construct }) => construct.group?.name ?? construct.name))];
  }

  /** An app by the name of its file, with what each of its members says everywhere. */
  apps(clusterType: string, name: string): readonly AppView[] {
    const apps = this.#model.clusterTypes.find((one) => one.name === clusterType)?.apps ?? [];
    return apps
      .filter(({ construct }) => (construct.group?.name ?? construct.name) === name)
      .map(({ construct, resolver }) => {
        const { file } = originOf(construct.group ?? construct);
        return {
          name: construct.name,
          kind: construct.kind,
          isGroup: construct.group !== undefined,
          file,
          owners: construct.owners,
          patches: layerConstructs(construct).patches.map((patch) => patch.name),
          valuesAt: (target: Target) => resolver.at(target).values,
        };
      });
  }

  /** In the order in which they were declared. */
  get clusterTypes(): readonly string[] {
    return this.#model.clusterTypes.map(({ name }) => name);
  }

  /** The targets of a cluster type, in sequence. */
  targetsOf(clusterType: string): readonly Target[] {
    return this.#model.clusterTypes.find(({ name }) => name === clusterType)?.targets ?? [];
  }

  /** The folder of one target. @throws FleetError where there is no such target */
  folder(clusterType: string, path: string): OutputFolder {
    const target = this.findTarget(clusterType, path);
    return this.#folder(this.#model.clusterTypes.find(({ name }) => name === clusterType) as ClusterTypeModel, target);
  }

  /** The cluster values that the apps of a target use. */
  tokens(clusterType: string, path: string): readonly Token[] {
    return this.#tokens(clusterType, path);
  }

  *[Symbol.iterator](): Iterator<OutputFolder> {
    for (const clusterType of this.#model.clusterTypes) {
      for (const target of clusterType.targets) yield this.#folder(clusterType, target);
    }
  }
}
