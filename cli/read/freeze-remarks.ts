import type { Problem } from '../../constructs';
import type { DimensionNode } from '../../constructs/tree/dimension-node';
import { problemAt } from '../../constructs/tree/origin';
import { isBinding } from '../../rollout/freezes';
import { reasonText } from './patches/frozen-text';

/** Freezes that are over: what nobody takes out is read for one that holds. @param now what the clock says */
export function freezeRemarks(nodes: readonly DimensionNode[], now: Date): readonly Problem[] {
  return nodes.flatMap((node) => {
    const { path, freeze } = node;
    if (!freeze || isBinding(freeze, now.getTime())) return [];
    const message = `the freeze of '${path}' is over and holds nothing any more`;
    const rest = {
      severity: 'warning',
      at: ['freeze'],
      found: `until ${freeze.until}: ${reasonText(freeze.reason)}`,
      hint: `take it out: \`fleet unfreeze ${path}\``,
    } as const;
    return [problemAt(node, 'freeze-over', message, rest)];
  });
}
