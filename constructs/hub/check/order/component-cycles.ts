import type { Finding } from '../../../../layers/consequences';
import { waysAround } from '../../../check/order/needs';
import type { Component } from '../../tree/component';
import type { HubSubject } from '../hub-rule';
import { problemOfNeed } from './problem-of-need';

/** Components that need each other are enabled by nobody in the right order. */
export function* componentCycles({ fleet }: HubSubject): Generator<Finding> {
  const all = new Map(fleet.groups.flatMap(({ components }) => components).map((component) => [component.name, component]));
  for (const wrong of waysAround(new Map([...all].map(([name, { after }]) => [name, after])))) yield problemOfNeed(all.get(wrong.name) as Component, wrong);
}
