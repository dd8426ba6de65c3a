import { isMap } from '../../../../layers/plain-data';
import type { PartRemark } from '../part-remark';
import type { Fields } from './field-rule';

/** No source is called like that of our values. */
export function* sourceRefs({ extraSources }: Fields): Generator<PartRemark> {
  for (const [index, source] of Object.entries(extraSources ?? [])) {
    if (!isMap(source) || source.ref !== 'values') continue;
    yield {
      path: ['extraSources', index, 'ref'],
      code: 'component-source',
      message: "two sources would be called 'values'",
      found: 'the fleet calls the source of its files of values like that',
      hint: 'give this one another `ref`',
    };
  }
}
