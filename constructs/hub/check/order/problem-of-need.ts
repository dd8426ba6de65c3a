import type { Finding } from '../../../../layers/consequences';
import type { WrongNeed } from '../../../check/order/needs';
import { problemAt } from '../../../tree/origin';
import type { Component } from '../../tree/component';

/** A mistake in a component's `after`, where it stands. */
export function problemOfNeed(component: Component, { name, index, code, message, ...rest }: WrongNeed, more: Partial<Finding> = {}): Finding {
  return problemAt(component, code, message, { ...rest, app: name, at: ['after', String(index)], ...more });
}
