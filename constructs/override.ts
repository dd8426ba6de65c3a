import { Construct } from 'constructs';
import type { ApplicationFields, ApplicationSetFields } from './app-config';
import type { FleetApp } from './fleet-app';
import type { FleetAppGroup } from './fleet-app-group';
import type { DimensionPath } from './register';
import type { Target } from './target';

/** What a layer changes: fields of one app, or of each app of a group by its name. */
export type Change = ApplicationFields | ApplicationSetFields | { readonly [app: string]: ApplicationFields | ApplicationSetFields | undefined };

/** A permanent layer at a dimension path: it applies to every target below. */
export class Override extends Construct {
  readonly path: DimensionPath;
  readonly change: Change | ((target: Target) => Change);

  constructor(scope: FleetApp | FleetAppGroup, path: DimensionPath, change: Change | ((target: Target) => Change)) {
    super(scope, `override ${path}`);
    this.path = path;
    this.change = change;
  }
}
