import type { Finding } from '../../../../layers/consequences';
import { isMap } from '../../../../layers/plain-data';
import type { HubSubject } from '../hub-rule';
import { fieldProblem } from './statement';

/** No source is called like that of our values. */
export function* sourceRefs({ usable }: HubSubject): Generator<Finding> {
  for (const statement of usable) {
    if (statement.about !== 'components') continue;
    for (const [index, source] of Object.entries(statement.fields.extraSources ?? [])) {
      if (!isMap(source) || source.ref !== 'values') continue;
      yield fieldProblem(statement, ['extraSources', index, 'ref'], 'component-source', "two sources would be called 'values'", {
        found: 'the fleet calls the source of its files of values like that',
        hint: 'give this one another `ref`',
      });
    }
  }
}
