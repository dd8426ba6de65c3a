import type { Construct } from 'constructs';
import type { Problem } from '../../layers/problem';
import type { Model } from '../resolve/model';
import { DimensionNode } from '../tree/dimension-node';
import type { FleetTree } from '../tree/fleet-tree';
import { Override } from '../tree/override';
import { Patch } from '../tree/patch';

/** What rules of a fleet look at: what was declared, and what the model makes of it. */
export class FleetSubject {
  readonly fleet: FleetTree;
  readonly model: Model;
  #constructs: readonly Construct[] | undefined;
  #nodes: readonly DimensionNode[] | undefined;
  #layers: readonly (Override | Patch)[] | undefined;

  constructor(fleet: FleetTree, model: Model) {
    this.fleet = fleet;
    this.model = model;
  }

  /** Everything that was declared, from the fleet down. */
  get constructs(): readonly Construct[] {
    this.#constructs ??= this.fleet.node.findAll();
    return this.#constructs;
  }

  /** The nodes of the hierarchy, of every depth. */
  get nodes(): readonly DimensionNode[] {
    this.#nodes ??= this.constructs.filter((construct) => construct instanceof DimensionNode);
    return this.#nodes;
  }

  /** Overrides and patches, wherever they are declared. */
  get layers(): readonly (Override | Patch)[] {
    this.#layers ??= this.constructs.filter((construct) => construct instanceof Override || construct instanceof Patch);
    return this.#layers;
  }
}

/** One kind of mistake, looked for in a whole fleet. A pure function. */
export type FleetRule = (subject: FleetSubject) => Iterable<Problem>;
