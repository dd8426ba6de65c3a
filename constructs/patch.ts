import { Construct } from 'constructs';
import type { FleetApp } from './fleet-app';
import type { FleetAppGroup } from './fleet-app-group';
import type { Change } from './override';
import type { DimensionPath } from './register';
import type { Target } from './target';

/** A patch as configuration writes it. */
export interface PatchProps {
  /** What it is for, in a line. @default - none */
  readonly description?: string;
  /** The dimension paths where it sits: none twice, none below another. */
  readonly rolledOutTo: readonly DimensionPath[];
  readonly change: Change | ((target: Target) => Change);
}

/** A temporary, named layer that rolls out along the sequence and ends in the base. */
export class Patch extends Construct {
  readonly name: string;
  readonly description?: string;
  readonly rolledOutTo: readonly DimensionPath[];
  readonly change: Change | ((target: Target) => Change);

  /** @param name unique in its app; within one dimension path patches apply in name order */
  constructor(scope: FleetApp | FleetAppGroup, name: string, props: PatchProps) {
    super(scope, `patch ${name}`);
    this.name = name;
    this.description = props.description;
    this.rolledOutTo = props.rolledOutTo;
    this.change = props.change;
  }
}
