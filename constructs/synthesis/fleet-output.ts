import type { OutputFolder } from '../../layers/output';
import type { Problem } from '../../layers/problem';
import type { Token } from '../../layers/token';
import type { Target } from '../target';
import { findTarget } from './check-model';
import type { FleetFacts } from './generated';
import type { ClusterTypeModel, Model, TokensAt } from './model';

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
