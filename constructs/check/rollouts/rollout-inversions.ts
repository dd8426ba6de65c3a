import { commonFields } from '../../../layers/coverage';
import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';
import { type AppRollouts, appRollouts, type Rollout, targetsOf } from './app-rollouts';

/** How many inversions of one app are told one by one: whoever has more has made one mistake many times. */
const maxTold = 100;

/** Of two patches that set one field the newer wins; a fleet where it does not renders all the same. */
export function* rolloutInversions({ model }: FleetSubject): Generator<Problem> {
  for (const { app, clusterType, rollouts } of appRollouts(model)) {
    let told = 0;
    for (const [index, older] of rollouts.entries()) {
      for (let next = index + 1; next < rollouts.length && told < maxTold; next += 1) {
        const inversion = tryFindInversion(app, older, rollouts[next] as Rollout, clusterType);
        if (!inversion) continue;
        told += 1;
        yield inversion;
      }
    }
  }
}

/** Where the older of two patches wins. */
function tryFindInversion(
  { construct: app }: AppRollouts['app'],
  older: Rollout,
  newer: Rollout,
  clusterType: AppRollouts['clusterType'],
): Problem | undefined {
  // Most patches sit at the same places, or at others.
  if (!older.coverage.isBelow(newer.coverage)) return undefined;
  const fields = commonFields(older.fields, newer.fields).map((field) => field.join('.'));
  if (fields.length === 0) return undefined;
  const places = new Set(older.coverage.inversions(newer.coverage));
  // What a function gives may have the field at some targets only.
  const inverted = clusterType.targets
    .filter((target) => places.has(target.path) && commonFields(older.fieldsAt([target]), newer.fieldsAt([target])).length > 0)
    .map(({ path }) => path);
  const [first] = inverted;
  if (first === undefined) return undefined;
  return problemAt(
    older.construct,
    'rollout-inversion',
    `the older patch '${older.construct.name}' wins over '${newer.construct.name}' in ${fields.join(', ')}`,
    {
      severity: 'warning',
      app: app.name,
      ...targetsOf(clusterType, inverted),
      found: `'${older.construct.name}' at ${older.coverage.placeAt(first)}, '${newer.construct.name}' at ${newer.coverage.placeAt(first)}`,
      hint: `let '${newer.construct.name}' sit at the more specific path too`,
    },
  );
}
