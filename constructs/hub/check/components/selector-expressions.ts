import { describe, isMap } from '../../../../layers/plain-data';
import { suggestion } from '../../../../layers/text/nearest';
import type { HubTree } from '../../tree/hub-tree';
import { type PartRemark, strangeKeys } from '../part-remark';
import { labelRemarks, labelValueRemarks } from './selector-labels';

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** What is wrong with an expression of a selector, at paths below it. */
export function* expressionRemarks(fleet: HubTree, expression: unknown): Generator<PartRemark> {
  if (!isMap(expression) || typeof expression.key !== 'string') {
    const found = isMap(expression) ? `a map whose key is ${describe(expression.key)}` : describe(expression);
    yield { path: [], code: 'wrong-type', message: 'an expression of the selector cannot be read', expected: '{ key, operator, values }', found };
    return;
  }
  yield* strangeKeys(expression, ['key', 'operator', 'values']);
  const { key, operator, values = [] } = expression;
  yield* labelRemarks(fleet, key, ['key']);
  if (typeof operator !== 'string' || !operators.includes(operator)) {
    yield {
      path: ['operator'],
      code: 'invalid-field',
      message: 'the operator of the selector is not known',
      expected: `one of ${operators.join(', ')}`,
      found: describe(operator),
      ...(typeof operator === 'string' ? { hint: suggestion(operator, operators, 'operators') } : {}),
    };
    return;
  }
  const isOfValues = operator === 'In' || operator === 'NotIn';
  if (!Array.isArray(values) || values.length > 0 !== isOfValues) {
    yield {
      path: ['values'],
      code: 'invalid-field',
      message: `the values of ${operator} cannot be used`,
      expected: isOfValues ? 'a list with at least one value' : 'none',
      found: Array.isArray(values) && values.length === 0 ? 'none' : describe(values),
    };
    return;
  }
  for (const [index, value] of values.entries()) yield* labelValueRemarks(value, ['values', String(index)]);
}
