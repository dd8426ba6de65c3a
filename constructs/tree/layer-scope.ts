import { Construct } from 'constructs';

declare const layerType: unique symbol;

/** What overrides and patches can be declared in. @typeParam Layer what one of them may change */
export abstract class LayerScope<Layer extends object = object> extends Construct {
  /** For the compiler alone: a layer of another kind of app does not fit here. */
  declare readonly [layerType]?: Layer;

  abstract readonly name: string;
}

/** What a layer in a scope may change. */
export type LayerOf<Scope extends LayerScope> = NonNullable<Scope[typeof layerType]>;
