import { plainOf, tryChild } from '../../../../layers/node';
import { describe } from '../../../../layers/plain-data';
import type { ManifestRule } from '../../manifest-rule';

/** What an app needs is a list of names; a project needs nothing. */
export const after: ManifestRule = ({ values, written }) => {
  const said = values && tryChild(values, 'after');
  if (!said) return [];
  const path = ['after'];
  if (written.kind === 'AppProject') {
    const hint = 'Argo CD applies projects before the Applications that name them: leave it out';
    return [{ code: 'unknown-field', path, message: "AppProject has no field 'after'", hint }];
  }
  const plain = plainOf(said);
  if (Array.isArray(plain) && plain.every((name) => typeof name === 'string' && name !== '')) return [];
  const found = Array.isArray(plain) ? `a list with ${describe(plain.find((name) => typeof name !== 'string' || name === ''))}` : describe(plain);
  return [{ code: 'wrong-type', path, message: "'after' has the wrong type", expected: "a list of apps of the cluster type: ['cert-manager']", found }];
};
