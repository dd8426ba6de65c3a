import { getOr } from '../../../layers/get-or';
import { isAtOrBelow, type PlacedNode } from '../../../layers/hierarchy';
import { isSameWaves, type Wave } from '../../../layers/law/waves';
import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/**
 * Where nodes of one name go together, waves divide all of them at once, as long as each has the same. Who gives waves to most of them
 * and forgets one has a step for each node, and a gate to approve for each: it renders all the same.
 */
export function* unevenWaves({ fleet, nodes, model: { hierarchy } }: FleetSubject): Generator<Problem> {
  for (const { path: rank } of hierarchy.ranks) {
    const placed = hierarchy.nodes.filter(({ path, names }) => names.length > hierarchy.first && isAtOrBelow(path, rank));
    const [usual, odd] = usualAndOdd(placed);
    if (!usual || !odd) continue;
    const name = rank.slice(rank.lastIndexOf('/') + 1);
    const isForgotten = usual.waves === undefined || odd.waves === undefined;
    yield problemAt(nodes.find(({ path }) => path === odd.path) ?? fleet, 'uneven-waves', `${rank} is entered node by node: not all in it has the same waves`, {
      severity: isForgotten ? 'warning' : 'notice',
      expected: `the same waves wherever '${name}' is written, so that a step is a wave of all of them`,
      found: `${textOf(odd.waves)} at ${odd.path}, ${textOf(usual.waves)} at ${usual.path}`,
      hint: `say the same \`waves\` there, \`['rest']\` for all at once, or say them in fleet.ts for all`,
    });
  }
}

/** The first node with the waves that most have, and the first with other ones. */
function usualAndOdd(placed: readonly PlacedNode[]): readonly [PlacedNode?, PlacedNode?] {
  const alike = new Map<string, PlacedNode[]>();
  for (const one of placed) getOr(alike, textOf(one.waves), () => []).push(one);
  const [usual = []] = [...alike.values()].sort((a, b) => b.length - a.length);
  return [usual[0], placed.find(({ waves }) => !isSameWaves(waves, usual[0]?.waves))];
}

function textOf(waves: readonly Wave[] | undefined): string {
  return waves === undefined ? 'none' : `[${waves.map((wave) => (typeof wave === 'number' ? wave : `'${wave}'`)).join(', ')}]`;
}
