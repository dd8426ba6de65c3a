import type { PartRemark } from '../part-remark';
import type { LayerSubject } from './layer-rule';
import { chartValues } from './value-types';

/** Values are for charts. */
export function* chartlessValues({ component, values }: LayerSubject): Generator<PartRemark> {
  const own = chartValues(values);
  if (!own || component.isChart || own.keys.length === 0) return;
  yield {
    path: ['values'],
    code: 'unused-values',
    message: `'${component.name}' is no chart, so its values have no effect`,
    hint: 'where its path holds a chart, write `values: {}` in the component',
  };
}
