import { Branch, plainOf, tryChild } from '../../../../layers/node';
import { describe } from '../../../../layers/plain-data';
import type { PartRemark } from '../part-remark';
import type { LayerSubject } from './layer-rule';

/** Values are a map. */
export function* valueTypes({ values }: LayerSubject): Generator<PartRemark> {
  const own = tryChild(values, 'values');
  if (!own || own instanceof Branch) return;
  yield { path: ['values'], code: 'wrong-type', message: "'values' has the wrong type", expected: 'a map', found: describe(plainOf(own)) };
}

/** The values of a chart, where they can be read. */
export function chartValues(values: Branch): Branch | undefined {
  const own = tryChild(values, 'values');
  return own instanceof Branch ? own : undefined;
}
