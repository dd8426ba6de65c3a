import { isMap } from '../../../../layers/plain-data';
import type { PartRemark } from '../part-remark';
import type { Fields } from './field-rule';

/** Keys of `helm` that are ours: values have layers. */
const ours = ['values', 'valuesObject', 'valueFiles', 'ignoreMissingValueFiles'];

/** Values are said in layers, and nowhere else. */
export function* helmValues({ helm }: Fields): Generator<PartRemark> {
  if (!isMap(helm)) return;
  for (const key of ours) {
    if (helm[key] === undefined) continue;
    yield {
      path: ['helm', key],
      code: 'component-field',
      message: `'helm.${key}' has no place beside the layers of values`,
      hint: 'write `values`, in the component or a layer of it',
    };
  }
}
