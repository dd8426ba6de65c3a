import type { Freeze } from '../layers/hierarchy';

/** A node into which nothing is promoted now. */
export interface FrozenNode extends Freeze {
  readonly path: string;
}

/** What a freeze is looked for in: nodes of a hierarchy, with the targets at or below each. */
interface Freezable {
  readonly path: string;
  readonly freeze?: Freeze;
  readonly targets: readonly string[];
}

/** Whether a freeze still holds. @param now what the clock says, in milliseconds */
export function isBinding({ ends }: Freeze, now: number): boolean {
  return ends === undefined || now <= ends;
}

/** The nodes that are frozen. @param now what the clock says, in milliseconds */
export function frozenNow(nodes: readonly Pick<Freezable, 'path' | 'freeze'>[], now: number): readonly FrozenNode[] {
  return nodes.flatMap(({ path, freeze }) => (freeze && isBinding(freeze, now) ? [{ path, ...freeze }] : []));
}

/** The nodes, the broadest first, that are frozen and have one of these targets. @param now what the clock says, in milliseconds */
export function frozenNodes(nodes: readonly Freezable[], targets: readonly string[], now: number): readonly FrozenNode[] {
  const asked = new Set(targets);
  return frozenNow(
    nodes.filter((node) => node.freeze && node.targets.some((target) => asked.has(target))),
    now,
  );
}
