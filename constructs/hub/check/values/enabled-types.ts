import { plainOf, tryChild } from '../../../../layers/node';
import { describe } from '../../../../layers/plain-data';
import type { PartRemark } from '../part-remark';
import type { LayerSubject } from './layer-rule';

/** A member gets a component, or does not. */
export function* enabledTypes({ values }: LayerSubject): Generator<PartRemark> {
  const enabled = tryChild(values, 'enabled');
  const said = enabled && plainOf(enabled);
  if (said === undefined || typeof said === 'boolean') return;
  yield { path: ['enabled'], code: 'wrong-type', message: "'enabled' has the wrong type", expected: 'true or false', found: describe(said) };
}
