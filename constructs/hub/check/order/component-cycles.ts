import type { Finding } from '../../../../layers/consequences';
import { compare } from '../../../../layers/problem';
import { problemAt } from '../../../tree/origin';
import type { Component } from '../../tree/component';
import type { HubSubject } from '../hub-rule';

/** Components that need each other are enabled by nobody in the right order: one mistake for all that lie on one way around. */
export function* componentCycles({ fleet }: HubSubject): Generator<Finding> {
  const all = new Map(fleet.groups.flatMap(({ components }) => components).map((component) => [component.name, component]));
  const done = new Set<string>();
  for (const name of [...all.keys()].sort(compare)) {
    if (done.has(name)) continue;
    const around = wayBack(all, name);
    if (!around) continue;
    for (const one of around) done.add(one);
    const component = all.get(name) as Component;
    yield problemAt(component, 'component-order', around.length === 1 ? `'${name}' needs itself` : `${around.join(' and ')} need each other`, {
      app: name,
      at: ['after', String(component.after.indexOf(around[1] ?? name))],
      found: [...around, name].join(' → '),
      hint: 'take one of them out of `after`',
    });
  }
}

/** The shortest way from a component by what it needs to itself again. */
function wayBack(all: ReadonlyMap<string, Component>, start: string): readonly string[] | undefined {
  const from = new Map<string, string>();
  const queue = [start];
  for (const name of queue) {
    for (const needed of all.get(name)?.after ?? []) {
      if (needed === start) return trace(from, start, name);
      if (from.has(needed) || !all.has(needed)) continue;
      from.set(needed, name);
      queue.push(needed);
    }
  }
  return undefined;
}

function trace(from: ReadonlyMap<string, string>, start: string, end: string): readonly string[] {
  const way = [end];
  while (way[0] !== start) way.unshift(from.get(way[0] as string) as string);
  return way;
}
