import { plainOf, tryChild } from '../../../../layers/node';
import { describe } from '../../../../layers/plain-data';
import type { ManifestRule } from '../../manifest-rule';

/** Whether an app is rendered is said by `true` or `false`. */
export const enabled: ManifestRule = ({ values }) => {
  const said = tryChild(values, 'enabled');
  if (!said || typeof plainOf(said) === 'boolean') return [];
  const found = describe(plainOf(said));
  return [{ code: 'wrong-type', path: ['enabled'], message: "'enabled' has the wrong type", expected: 'true or false', found }];
};
