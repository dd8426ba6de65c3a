import type { BoardApp } from '../../board';
import type { Fleet } from './fleet';
import { countsOf, type ShownValue, valuesOf } from './values';

/** What a field is at the targets of one side. */
export interface Side {
  readonly counts: readonly (readonly [ShownValue, number])[];
  /** Targets where it is not set. */
  readonly without: number;
}

export interface FieldDifference {
  readonly field: string;
  readonly left: Side;
  readonly right: Side;
}

export interface AppDifference {
  readonly app: BoardApp;
  /** How many targets of each side have it. */
  readonly targets: readonly [number, number];
  /** Empty where one side does not have the app: then that is the difference. */
  readonly fields: readonly FieldDifference[];
  readonly alike: number;
}

/** Field by field, what is not the same at the targets in two nodes. Sets of values are compared, not how often there is which. */
export function differencesOf(fleet: Fleet, left: number, right: number): readonly AppDifference[] {
  const [leftTargets, rightTargets] = [fleet.targetsIn(left), fleet.targetsIn(right)];
  return fleet.board.apps.flatMap((app) => {
    const [here, there] = [positionsOf(fleet, app, leftTargets), positionsOf(fleet, app, rightTargets)];
    if (here.length + there.length === 0) return [];
    if (here.length === 0 || there.length === 0) return [{ app, targets: [here.length, there.length] as const, fields: [], alike: 0 }];
    const fields = app.fields.flatMap((field) => {
      const values = valuesOf(app, field);
      const [one, other] = [countsOf(values, here), countsOf(values, there)];
      return areAlike(one, other) ? [] : [{ field: field.name, left: one, right: other }];
    });
    return [{ app, targets: [here.length, there.length] as const, fields, alike: app.fields.length - fields.length }];
  });
}

export function isDifferent({ targets, fields }: AppDifference): boolean {
  return fields.length > 0 || targets.includes(0);
}

function positionsOf(fleet: Fleet, app: BoardApp, targets: readonly number[]): readonly number[] {
  return targets.flatMap((target) => fleet.position(app, target) ?? []);
}

function areAlike(one: Side, other: Side): boolean {
  if (one.counts.length !== other.counts.length || one.without > 0 !== other.without > 0) return false;
  const values = new Set(one.counts.map(([value]) => value));
  return other.counts.every(([value]) => values.has(value));
}
