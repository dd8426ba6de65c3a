import { everywhere, isAtOrBelow, pathsTo, rankPath } from '../../layers/hierarchy';
import { type Budget, type Exemption, type Law, type NodeLaw, targetsUnit } from '../../layers/law/law';
import { areLooser, type Wave } from '../../layers/law/waves';
import { compare } from '../../layers/problem';
import type { FleetRecord } from '../../layers/record';
import { durationCode } from '../../layers/text/duration';
import { digestOf } from './effect';

/** That of a fleet which demands nothing. */
export const noLaw: Law = { nodes: [], exemptions: [] };

/** The law of a fleet at one moment. @param record of a version that recorded none, it is empty */
export function lawOf({ law }: Pick<FleetRecord, 'law'>): Law {
  return law ?? noLaw;
}

/** Of several laws, what each of them demands. @param dimensions in the singular, from the outermost in */
export function stricterLaw(laws: readonly Law[], dimensions: readonly string[]): Law {
  const paths = [...new Set(laws.flatMap(({ nodes }) => nodes.map(({ path }) => path)))];
  const finest = [...laws].sort((a, b) => finenessOf(b, dimensions) - finenessOf(a, dimensions))[0] ?? noLaw;
  const deepest = dimensions[depthOf(finest.level, dimensions)];
  const [{ first } = noLaw] = laws;
  const waves = laws.find((law) => law.waves !== undefined)?.waves;
  return {
    ...(deepest === undefined ? {} : { level: deepest }),
    ...(first !== undefined && laws.every((law) => law.first === first) ? { first } : {}),
    ...(waves === undefined ? {} : { waves }),
    nodes: paths.map((path) => laws.flatMap(({ nodes }) => nodes.filter((node) => node.path === path)).reduce(stricterNode)),
    exemptions: (laws[0] ?? noLaw).exemptions.filter((one) => laws.every(({ exemptions }) => exemptions.some((other) => isSameExemption(one, other)))),
  };
}

/** How deep the nodes lie that a change enters whole. */
export function depthOf(level: string | undefined, dimensions: readonly string[]): number {
  const depth = level === undefined ? -1 : dimensions.indexOf(level);
  return depth < 0 ? Math.max(0, dimensions.length - 2) : depth;
}

/** How deep the nodes lie of which those of one name are entered before those of the next; 0 where it is depth-first. */
export function firstOf({ first }: Law, dimensions: readonly string[]): number {
  return first === undefined ? 0 : Math.max(0, dimensions.indexOf(first));
}

/** How fine the steps of a law are: of a rank, of a node around others, of a node. */
function finenessOf(law: Law, dimensions: readonly string[]): number {
  const [depth, first] = [depthOf(law.level, dimensions), firstOf(law, dimensions)];
  return depth === first ? 0 : depth < first ? depth + 1 : depth;
}

/** Nodes that ask for an approval, with a rank in place of those that go first. */
export function gatesOf(law: Law, dimensions: readonly string[]): readonly NodeLaw[] {
  const first = firstOf(law, dimensions);
  const found = new Map<string, NodeLaw>();
  for (const node of law.nodes) {
    if (node.promotion !== 'manual') continue;
    const names = node.path.split('/');
    const path = first > 0 && names.length === first + 1 ? rankPath(names[first] as string, first) : node.path;
    const approvers = [...new Set([...(found.get(path)?.approvers ?? []), ...(node.approvers ?? [])])];
    found.set(path, { path, promotion: 'manual', ...(approvers.length === 0 ? {} : { approvers }) });
  }
  return [...found.values()];
}

/** In which parts a change enters what is at a path. */
export function wavesAt({ nodes, waves }: Law, path: string): readonly Wave[] | undefined {
  const above = nodes.filter((node) => node.waves !== undefined && isAtOrBelow(path, node.path));
  return above.sort((a, b) => b.path.length - a.path.length)[0]?.waves ?? waves;
}

function stricterNode(one: NodeLaw, other: NodeLaw): NodeLaw {
  const promotion = one.promotion === 'manual' || other.promotion === 'manual' ? 'manual' : undefined;
  const soak = Math.max(one.soak ?? 0, other.soak ?? 0);
  const approvers = [...new Set([...(one.approvers ?? []), ...(other.approvers ?? [])])];
  const freeze = longerFreeze(one, other);
  const budget = smallerBudget(one.budget, other.budget);
  const waves = one.waves ?? other.waves;
  const evidence = [...new Set([...(one.evidence ?? []), ...(other.evidence ?? [])])];
  return {
    path: one.path,
    ...(promotion === undefined ? {} : { promotion }),
    ...(soak === 0 ? {} : { soak }),
    ...(approvers.length === 0 ? {} : { approvers }),
    ...(freeze === undefined ? {} : { freeze }),
    ...(budget === undefined ? {} : { budget }),
    ...(waves === undefined ? {} : { waves }),
    ...(evidence.length === 0 ? {} : { evidence }),
  };
}

function longerFreeze({ freeze: one }: NodeLaw, { freeze: other }: NodeLaw): NodeLaw['freeze'] {
  if (!one || !other) return one ?? other;
  return (one.ends ?? Number.POSITIVE_INFINITY) >= (other.ends ?? Number.POSITIVE_INFINITY) ? one : other;
}

function smallerBudget(one: Budget | undefined, other: Budget | undefined): Budget | undefined {
  if (!one || !other) return one ?? other;
  const units = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(units.map((unit) => [unit, Math.min(one[unit] ?? Number.POSITIVE_INFINITY, other[unit] ?? Number.POSITIVE_INFINITY)]));
}

function isSameExemption(one: Exemption, other: Exemption): boolean {
  return one.rule === other.rule && one.app === other.app && one.path === other.path && one.until === other.until;
}

/** One thing that the law demanded and does not any more. */
export interface Loosening {
  /** The node, or `*` where it is everybody's matter. */
  readonly path: string;
  readonly text: string;
  /** What is demanded now, where the text leaves it out: who approves it approves no less than that. @default - the text says it */
  readonly demanded?: string;
}

/**
 * What one law demands less than another. What is gone with its node is none: nothing can enter it any more.
 *
 * @param now what the clock says, in milliseconds: a freeze that is over, and an exemption, hold nothing
 */
export function loosenings(before: FleetRecord, after: FleetRecord, now: number): readonly Loosening[] {
  const [was, is] = [lawOf(before), lawOf(after)];
  const left = new Set(after.sequence.flatMap(pathsTo));
  const found: Loosening[] = [];
  for (const node of was.nodes) {
    if (!left.has(node.path)) continue;
    const made = is.nodes.find(({ path }) => path === node.path) ?? { path: node.path };
    for (const one of nodeLoosenings(node, made, now)) found.push({ path: node.path, ...one });
  }
  if (finenessOf(is, after.dimensions) < finenessOf(was, before.dimensions))
    found.push({ path: everywhere, text: `changes enter whole ${stepWords(is, after)}, not ${stepWords(was, before)}` });
  for (const text of lostWaves(was, is)) found.push({ path: everywhere, text });
  for (const one of is.exemptions) {
    if (was.exemptions.some((other) => isSameExemption(one, other))) continue;
    found.push({ path: one.path, text: `the rule '${one.rule}' does not hold for ${one.app === everywhere ? 'any app' : one.app} until ${one.until}` });
  }
  const order = new Map(after.sequence.map((path, index) => [path, index]));
  const stayed = before.sequence.filter((path) => order.has(path));
  const turned = stayed.find((path, index) => index > 0 && (order.get(path) ?? 0) < (order.get(stayed[index - 1] as string) ?? 0));
  if (turned !== undefined) found.push({ path: everywhere, text: `${turned} comes earlier in the sequence`, demanded: turnedIn(stayed, order).join() });
  return found.sort((a, b) => compare(a.path, b.path) || compare(a.text, b.text));
}

/** Targets that have another place to each other now than before, in their order now. */
function turnedIn(before: readonly string[], now: ReadonlyMap<string, number>): readonly string[] {
  const places = before.map((path) => now.get(path) ?? 0);
  const turned = new Set<string>();
  let last = Number.NEGATIVE_INFINITY;
  for (const [index, place] of places.entries()) {
    if (place < last) turned.add(before[index] as string);
    last = Math.max(last, place);
  }
  let first = Number.POSITIVE_INFINITY;
  for (const [index, place] of [...places.entries()].reverse()) {
    if (place > first) turned.add(before[index] as string);
    first = Math.min(first, place);
  }
  return [...turned].sort((a, b) => (now.get(a) ?? 0) - (now.get(b) ?? 0));
}

function stepWords(law: Law, { dimensions }: FleetRecord): string {
  const [depth, first] = [depthOf(law.level, dimensions), firstOf(law, dimensions)];
  if (first > 0 && depth === first) return `${dimensions[depth]} nodes of every ${dimensions[0]}`;
  return `${dimensions[Math.max(depth, first)]} nodes`;
}

function* lostWaves({ waves: was }: Pick<NodeLaw, 'waves'>, { waves: is }: Pick<NodeLaw, 'waves'>): Generator<string> {
  if (was === undefined || (is !== undefined && !areLooser(is, was))) return;
  yield is === undefined ? `changes enter at once, not in the waves ${was.join(', ')}` : `changes enter in the waves ${is.join(', ')}, not ${was.join(', ')}`;
}

function* nodeLoosenings(was: NodeLaw, is: NodeLaw, now: number): Generator<Omit<Loosening, 'path'>> {
  if (was.promotion === 'manual' && is.promotion !== 'manual') yield { text: 'nobody has to approve what enters it' };
  const [soaked, soaks] = [was.soak ?? 0, is.soak ?? 0];
  if (soaked > soaks)
    yield {
      text: soaks === 0 ? 'changes do not soak any more' : `changes soak for ${durationCode(soaks)} instead of ${durationCode(soaked)}`,
      demanded: `soak ${soaks}`,
    };
  const gone = (was.approvers ?? []).filter((name) => !is.approvers?.includes(name));
  if (gone.length > 0) yield { text: `${gone.join(', ')} ${gone.length === 1 ? 'is' : 'are'} asked no more` };
  const ends = (node: NodeLaw) => (node.freeze === undefined ? Number.NEGATIVE_INFINITY : (node.freeze.ends ?? Number.POSITIVE_INFINITY));
  if (ends(was) >= now && ends(is) < ends(was)) {
    const { freeze } = is;
    yield { text: freeze === undefined ? 'it is frozen no more' : `its freeze ends earlier, ${freeze.until}` };
  }
  for (const text of lostWaves(was, is)) yield { text };
  const unasked = (was.evidence ?? []).filter((name) => !is.evidence?.includes(name));
  if (unasked.length > 0) yield { text: `changes go on without the evidence ${unasked.join(', ')}` };
  for (const [unit, most] of Object.entries(was.budget ?? {})) {
    const now = is.budget?.[unit];
    if ((now ?? Number.POSITIVE_INFINITY) <= most) continue;
    const count = now === undefined ? 'any number of' : `${now}`;
    yield {
      text: `${count} ${unit === targetsUnit ? unit : `${unit} nodes`} may change in one merge instead of ${most}`,
      demanded: `budget ${unit} ${now ?? ''}`,
    };
  }
}

/** Nodes of a law that a target lies in, the broadest first. */
export function nodesAbove({ nodes }: Law, target: string): readonly NodeLaw[] {
  return nodes.filter(({ path }) => isAtOrBelow(target, path)).sort((a, b) => a.path.length - b.path.length);
}

/** Names what a law demands less at a node. */
export function lawDigest(found: readonly Loosening[], path: string): string {
  return digestOf(
    found
      .filter((one) => one.path === path)
      .map(({ text, demanded }) => demanded ?? text)
      .join('\n'),
  );
}
