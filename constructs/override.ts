import { Construct } from 'constructs';
import type { ApplicationFields, ApplicationSetFields } from './app-config';
import type { FleetApp } from './fleet-app';
import type { FleetAppGroup } from './fleet-app-group';
import type { ComponentLayer, GroupLayer, MemberLayer } from './hub/hub-config';
import type { DimensionPath } from './register';
import type { Target } from './target';

/** What a layer changes: fields of one app, or of each app of a group by its name; of hubs and spokes, a component, a group's release, or settings. */
export type Change =
  | ApplicationFields
  | ApplicationSetFields
  | ComponentLayer
  | GroupLayer
  | MemberLayer
  | { readonly [app: string]: ApplicationFields | ApplicationSetFields | undefined };

/** A permanent layer at a dimension path: it applies to every target below. */
export class Override extends Construct {
  /** A path of the hierarchy; in a fleet of hubs and spokes also `*`, the layer of all tenants. */
  readonly path: DimensionPath | '*';
  readonly change: Change | ((target: Target) => Change);

  constructor(scope: FleetApp | FleetAppGroup, path: DimensionPath | '*', change: Change | ((target: Target) => Change)) {
    super(scope, `override ${path}`);
    this.path = path;
    this.change = change;
  }
}
