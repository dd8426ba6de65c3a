import { FleetError } from '../../constructs';
import type { Freeze } from '../../layers/hierarchy';
import { isAtOrBelow } from '../../layers/hierarchy';
import { frozenNodes } from '../../rollout/freezes';
import { frozenText, thawHint } from '../read/patches/frozen-text';

interface Freezable {
  readonly path: string;
  readonly freeze?: Freeze;
}

/**
 * @param what enters the targets, as a message begins
 * @param now  what the clock says
 * @throws FleetError where one of the targets is at or below a frozen node
 */
export function expectThawed(nodes: readonly Freezable[], targets: readonly string[], what: string, now: Date): void {
  const all = nodes.map(({ path, freeze }) => ({ path, freeze, targets: freeze ? targets.filter((target) => isAtOrBelow(target, path)) : [] }));
  const frozen = frozenNodes(all, targets, now.getTime());
  if (frozen.length === 0) return;
  throw new FleetError([{ code: 'rollout', message: `${what}: ${frozenText(frozen)}`, place: [], hint: thawHint(frozen) }]);
}
