import { describe } from '../../../../layers/plain-data';
import { suggestion } from '../../../../layers/text/nearest';
import type { PartRemark } from '../part-remark';
import type { SettingSubject } from './setting-rule';

/** What a spoke manages are groups that it may. */
export function* groupsOfSpokes({ fleet: { groups }, values }: SettingSubject): Generator<PartRemark> {
  const { manages } = values.plain;
  if (manages === undefined) return;
  const wrong = { code: 'wrong-type', message: "'manages' has the wrong type", expected: 'a list of groups' } as const;
  if (!Array.isArray(manages)) {
    yield { path: ['manages'], ...wrong, found: describe(manages) };
    return;
  }
  const known = groups.filter(({ bootstrap }) => !bootstrap).map(({ name }) => name);
  for (const [index, group] of (manages as readonly unknown[]).entries()) {
    const path = ['manages', String(index)];
    if (typeof group !== 'string') {
      yield { path, ...wrong, found: `a list with ${describe(group)} in it` };
    } else if (groups.some(({ name, bootstrap }) => name === group && bootstrap)) {
      yield { path, code: 'unknown-group', message: `no spoke can manage '${group}'`, hint: 'the hub deploys the bootstrap group, always' };
    } else if (!known.includes(group)) {
      yield { path, code: 'unknown-group', message: `'${group}' is no group of the fleet`, hint: suggestion(group, known, 'groups') };
    }
  }
}
