import type { Finding } from '../../../../layers/consequences';
import { describe, isMap } from '../../../../layers/plain-data';
import { problemAt } from '../../../tree/origin';
import type { LabelSelector } from '../../resolve/selector';
import type { Component } from '../../tree/component';
import type { HubTree } from '../../tree/hub-tree';
import type { HubSubject } from '../hub-rule';
import { below, type PartRemark, strangeKeys } from '../part-remark';
import { expressionRemarks } from './selector-expressions';
import { labelRemarks, labelValueRemarks } from './selector-labels';

/** Selectors can be read, and ask for labels that members have of their own. */
export function* componentSelectors({ fleet }: HubSubject): Generator<Finding> {
  for (const component of fleet.groups.flatMap(({ components }) => components)) {
    for (const { path, code, message, ...rest } of selectorRemarks(fleet, component)) {
      yield problemAt(component, code, message, { app: component.name, at: ['selector', ...path], ...rest });
    }
  }
}

/** Which members a component is for. @returns `undefined` where it says nothing, or nothing that can be used */
export function usableSelector(fleet: HubTree, component: Component): LabelSelector | undefined {
  const { selector } = component;
  if (selector === undefined || selectorRemarks(fleet, component).length > 0) return undefined;
  return selector as LabelSelector;
}

function selectorRemarks(fleet: HubTree, { selector }: Component): readonly PartRemark[] {
  return selector === undefined ? [] : [...partRemarks(fleet, selector)];
}

function* partRemarks(fleet: HubTree, selector: unknown): Generator<PartRemark> {
  if (!isMap(selector)) {
    const expected = '{ matchLabels, matchExpressions }';
    yield { path: [], code: 'wrong-type', message: "'selector' has the wrong type", expected, found: describe(selector) };
    return;
  }
  yield* strangeKeys(selector, ['matchLabels', 'matchExpressions']);
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (isMap(matchLabels)) {
    for (const [label, value] of Object.entries(matchLabels)) {
      const path = ['matchLabels', label];
      yield* labelRemarks(fleet, label, path);
      yield* labelValueRemarks(value, path);
    }
  } else
    yield {
      path: ['matchLabels'],
      code: 'wrong-type',
      message: "'matchLabels' has the wrong type",
      expected: 'a map of strings',
      found: describe(matchLabels),
    };
  if (Array.isArray(matchExpressions)) {
    for (const [index, expression] of matchExpressions.entries()) yield* below('matchExpressions', below(String(index), expressionRemarks(fleet, expression)));
  } else {
    yield {
      path: ['matchExpressions'],
      code: 'wrong-type',
      message: "'matchExpressions' has the wrong type",
      expected: 'a list',
      found: describe(matchExpressions),
    };
  }
}
