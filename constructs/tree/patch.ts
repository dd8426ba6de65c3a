import { Construct } from 'constructs';
import type { DimensionPath } from './config/register';
import type { Target } from './config/target';
import type { LayerOf, LayerScope } from './layer-scope';

/** A patch as configuration writes it. */
export interface PatchProps<Layer extends object = object> {
  /** What it is for, in a line. @default - none */
  readonly description?: string;
  /** The dimension paths where it sits: none twice, none below another. */
  readonly rolledOutTo: readonly DimensionPath[];
  readonly change: Layer | ((target: Target) => Layer);
}

/** A temporary, named layer that rolls out along the sequence and ends in the base. @typeParam Scope says what may be changed */
export class Patch<Scope extends LayerScope = LayerScope> extends Construct {
  readonly name: string;
  readonly description?: string;
  readonly rolledOutTo: readonly DimensionPath[];
  readonly change: LayerOf<Scope> | ((target: Target) => LayerOf<Scope>);

  /** @param name unique in its app; within one dimension path patches apply in name order */
  constructor(scope: Scope, name: string, props: PatchProps<LayerOf<Scope>>) {
    super(scope, `patch ${name}`);
    this.name = name;
    this.description = props.description;
    this.rolledOutTo = props.rolledOutTo;
    this.change = props.change;
  }
}
