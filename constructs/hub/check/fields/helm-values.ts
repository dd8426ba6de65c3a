import { isMap } from '../../../../layers/plain-data';
import type { PartRemark } from '../part-remark';
import type { Fields } from './field-rule';

/** The file of values that is rendered for a cluster is one of those that would be missed in silence. */
export function* helmValues({ helm }: Fields): Generator<PartRemark> {
  if (!isMap(helm) || helm.ignoreMissingValueFiles === undefined) return;
  yield {
    path: ['helm', 'ignoreMissingValueFiles'],
    code: 'component-field',
    message: "'helm.ignoreMissingValueFiles' would let a cluster do without the values of its layers",
    hint: 'say `helm.valueFiles` in layers, where the files are',
  };
}
