import { suggestion } from '../../layers/nearest';
import { describe, isMap } from '../../layers/plain-data';
import type { Problem, Problems } from '../../layers/problem';
import { checkLabels } from '../argocd/metadata';
import { problemAt } from '../origin';
import type { Component } from './component';
import { textRemark } from './fixed-fields';
import type { HubFleet } from './hub-fleet';
import type { LabelSelector } from './selector';

type Report = (at: readonly string[], code: Problem['code'], message: string, rest?: Partial<Problem>) => void;

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** Which members a component is for. @returns `undefined` where it says nothing, or nothing that can be read */
export function usableSelector(fleet: HubFleet, component: Component, problems: Problems): LabelSelector | undefined {
  const selector = component.selector as unknown;
  if (selector === undefined) return undefined;
  let isUsable = true;
  const report: Report = (at, code, message, rest = {}) => {
    isUsable = false;
    problems.add(problemAt(component, code, message, { app: component.name, at: ['selector', ...at], ...rest }));
  };
  checkSelector(fleet, selector, report);
  return isUsable ? (selector as LabelSelector) : undefined;
}

function checkSelector(fleet: HubFleet, selector: unknown, report: Report): void {
  if (!isMap(selector)) {
    report([], 'wrong-type', "'selector' has the wrong type", { expected: '{ matchLabels, matchExpressions }', found: describe(selector) });
    return;
  }
  checkKeys(selector, ['matchLabels', 'matchExpressions'], [], report);
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (isMap(matchLabels)) {
    for (const [label, value] of Object.entries(matchLabels)) {
      checkLabel(fleet, label, ['matchLabels', label], report);
      checkValue(value, ['matchLabels', label], report);
    }
  } else report(['matchLabels'], 'wrong-type', "'matchLabels' has the wrong type", { expected: 'a map of strings', found: describe(matchLabels) });
  if (Array.isArray(matchExpressions)) {
    for (const [index, expression] of matchExpressions.entries()) checkExpression(fleet, expression, ['matchExpressions', String(index)], report);
  } else report(['matchExpressions'], 'wrong-type', "'matchExpressions' has the wrong type", { expected: 'a list', found: describe(matchExpressions) });
}

function checkExpression(fleet: HubFleet, expression: unknown, at: readonly string[], report: Report): void {
  if (!isMap(expression) || typeof expression.key !== 'string') {
    const found = isMap(expression) ? `a map whose key is ${describe(expression.key)}` : describe(expression);
    report(at, 'wrong-type', 'an expression of the selector cannot be read', { expected: '{ key, operator, values }', found });
    return;
  }
  checkKeys(expression, ['key', 'operator', 'values'], at, report);
  const { key, operator, values = [] } = expression;
  checkLabel(fleet, key as string, [...at, 'key'], report);
  if (!operators.includes(operator as string)) {
    report([...at, 'operator'], 'invalid-field', 'the operator of the selector is not known', {
      expected: `one of ${operators.join(', ')}`,
      found: describe(operator),
      ...(typeof operator === 'string' ? { hint: suggestion(operator, operators, 'operators') } : {}),
    });
    return;
  }
  const isOfValues = operator === 'In' || operator === 'NotIn';
  if (!Array.isArray(values) || values.length > 0 !== isOfValues) {
    report([...at, 'values'], 'invalid-field', `the values of ${operator} cannot be used`, {
      expected: isOfValues ? 'a list with at least one value' : 'none',
      found: Array.isArray(values) && values.length === 0 ? 'none' : describe(values),
    });
    return;
  }
  for (const [index, value] of values.entries()) checkValue(value, [...at, 'values', String(index)], report);
}

/** What is computed from groups and components is what ApplicationSets select by: there it would say two things. */
function checkLabel({ labels, groups }: HubFleet, label: string, at: readonly string[], report: Report): void {
  const [invalid] = checkLabels({ [label]: '' }, {});
  const remark = textRemark(label) ?? invalid;
  if (remark) report(at, remark.code, remark.message, { expected: remark.expected, hint: remark.hint });
  const hint = isComputed()
    ? 'who gets a component is said by its layers: `enabled: true`, `enabled: false`, or a function of the target'
    : label === labels.remoteArgo
      ? "write it as a layer: `enabled: (target) => target.model === 'distributed'`"
      : undefined;
  if (hint) report(at, 'computed-label', `the label '${label}' is computed, and no selector may ask for it`, { hint });

  function isComputed(): boolean {
    return groups.some(
      ({ name, components }) =>
        label === labels.release(name) || label === labels.remoteGroup(name) || components.some((component) => label === labels.enable(component.name)),
    );
  }
}

function checkValue(value: unknown, at: readonly string[], report: Report): void {
  if (typeof value !== 'string') {
    report(at, 'wrong-type', 'the value of a label has the wrong type', { expected: 'a string', found: describe(value) });
    return;
  }
  const [invalid] = checkLabels({ label: value }, {});
  const remark = textRemark(value) ?? invalid;
  if (remark) report(at, remark.code, remark.message, { expected: remark.expected, hint: remark.hint });
}

function checkKeys(map: Readonly<Record<string, unknown>>, known: readonly string[], at: readonly string[], report: Report): void {
  for (const key of Object.keys(map)) {
    if (!known.includes(key) && map[key] !== undefined)
      report([...at, key], 'unknown-key', `'${key}' is not known here`, { hint: suggestion(key, known, 'keys') });
  }
}
