import type { Finding } from '../../../../layers/consequences';
import { isMap } from '../../../../layers/plain-data';
import type { HubSubject } from '../hub-rule';
import { fieldProblem } from './statement';

/** Keys of `helm` that are ours: values have layers. */
const ours = ['values', 'valuesObject', 'valueFiles', 'ignoreMissingValueFiles'];

/** Values are said in layers, and nowhere else. */
export function* helmValues({ usable }: HubSubject): Generator<Finding> {
  for (const statement of usable) {
    const { helm } = statement.fields;
    if (statement.about !== 'components' || !isMap(helm)) continue;
    for (const key of ours) {
      if (helm[key] === undefined) continue;
      yield fieldProblem(statement, ['helm', key], 'component-field', `'helm.${key}' has no place beside the layers of values`, {
        hint: 'write `values`, in the component or a layer of it',
      });
    }
  }
}
