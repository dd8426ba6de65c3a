import { Construct } from 'constructs';
import type { DimensionPath } from './config/register';
import type { Target } from './config/target';
import type { LayerOf, LayerScope } from './layer-scope';

/** A permanent layer at a dimension path: it applies to every target below. @typeParam Scope says what may be changed */
export class Override<Scope extends LayerScope = LayerScope> extends Construct {
  /** A path of the hierarchy; in a fleet of hubs and spokes also `*`, the layer of all tenants. */
  readonly path: DimensionPath | '*';
  readonly change: LayerOf<Scope> | ((target: Target) => LayerOf<Scope>);

  constructor(scope: Scope, path: DimensionPath | '*', change: LayerOf<Scope> | ((target: Target) => LayerOf<Scope>)) {
    super(scope, `override ${path}`);
    this.path = path;
    this.change = change;
  }
}
