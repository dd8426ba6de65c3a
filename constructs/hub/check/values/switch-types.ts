import { plainOf, tryChild } from '../../../../layers/node';
import { describe } from '../../../../layers/plain-data';
import type { PartRemark } from '../part-remark';
import type { LayerSubject } from './layer-rule';

/** A member gets a component, or does not; what it deployed goes with it, or stays. */
export function* switchTypes({ values }: LayerSubject): Generator<PartRemark> {
  for (const key of ['enabled', 'uninstall']) {
    const node = tryChild(values, key);
    const said = node && plainOf(node);
    if (said === undefined || typeof said === 'boolean') continue;
    yield { path: [key], code: 'wrong-type', message: `'${key}' has the wrong type`, expected: 'true or false', found: describe(said) };
  }
}
