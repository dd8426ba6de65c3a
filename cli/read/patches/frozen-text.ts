import type { FrozenNode } from '../../../rollout/freezes';

/** `production is frozen until 2026-12-31: the holidays`. */
export function frozenText(nodes: readonly FrozenNode[]): string {
  return nodes.map(({ path, reason, until }) => `${path} is frozen${until === undefined ? '' : ` until ${until}`}: ${reasonText(reason)}`).join('; ');
}

/** A reason on one line, whatever somebody wrote into it. */
export function reasonText(reason: string): string {
  return reason.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** What to do about it. */
export function thawHint(nodes: readonly FrozenNode[]): string {
  const commands = nodes.map(({ path }) => `\`fleet unfreeze ${path}\``).join(' and ');
  return nodes.every(({ ends }) => ends !== undefined) ? `wait until that is over, or end it: ${commands}` : `it goes on after ${commands}`;
}
