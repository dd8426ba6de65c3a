import { type Finding, unread } from '../../../../layers/consequences';
import { repeatedNames, unknownNames } from '../../../check/order/needs';
import type { HubSubject } from '../hub-rule';
import { problemOfNeed } from './problem-of-need';

const words = { code: 'unknown-component', what: 'component of the fleet', words: 'components' } as const;

/** What a component needs is a component of the fleet, and named once. */
export function* neededComponents({ fleet }: HubSubject): Generator<Finding> {
  const all = fleet.groups.flatMap(({ components }) => components);
  const known = all.map(({ name }) => name);
  for (const component of all) {
    const { name, after } = component;
    for (const wrong of repeatedNames(name, after)) yield problemOfNeed(component, wrong);
    for (const wrong of unknownNames(name, after, known, words)) {
      // It may be in a file that could not be read.
      const follows = fleet.groups.map((group) => unread(group.name, after[wrong.index]));
      yield problemOfNeed(component, wrong, { follows });
    }
  }
}
