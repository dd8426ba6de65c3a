import { everywhere, isAtOrBelow, pathsTo } from '../../layers/hierarchy';
import { type Budget, type Exemption, type Law, type NodeLaw, targetsUnit } from '../../layers/law/law';
import { compare } from '../../layers/problem';
import type { FleetRecord } from '../../layers/record';
import { durationCode } from '../../layers/text/duration';
import { digestOf } from './effect';

const none: Law = { nodes: [], exemptions: [] };

/** The law of a fleet at one moment. @param record of a version that recorded none, it is empty */
export function lawOf({ law }: Pick<FleetRecord, 'law'>): Law {
  return law ?? none;
}

/** Of several laws, what each of them demands. @param dimensions in the singular, from the outermost in */
export function stricterLaw(laws: readonly Law[], dimensions: readonly string[]): Law {
  const paths = [...new Set(laws.flatMap(({ nodes }) => nodes.map(({ path }) => path)))];
  const levels = laws.map(({ level }) => depthOf(level, dimensions));
  const deepest = dimensions[Math.max(...levels)];
  return {
    ...(deepest === undefined ? {} : { level: deepest }),
    nodes: paths.map((path) => laws.flatMap(({ nodes }) => nodes.filter((node) => node.path === path)).reduce(stricterNode)),
    exemptions: (laws[0] ?? none).exemptions.filter((one) => laws.every(({ exemptions }) => exemptions.some((other) => isSameExemption(one, other)))),
  };
}

/** How deep the nodes lie that a change enters whole. */
export function depthOf(level: string | undefined, dimensions: readonly string[]): number {
  const depth = level === undefined ? -1 : dimensions.indexOf(level);
  return depth < 0 ? Math.max(0, dimensions.length - 2) : depth;
}

function stricterNode(one: NodeLaw, other: NodeLaw): NodeLaw {
  const promotion = one.promotion === 'manual' || other.promotion === 'manual' ? 'manual' : undefined;
  const soak = Math.max(one.soak ?? 0, other.soak ?? 0);
  const approvers = [...new Set([...(one.approvers ?? []), ...(other.approvers ?? [])])];
  const freeze = longerFreeze(one, other);
  const budget = smallerBudget(one.budget, other.budget);
  return {
    path: one.path,
    ...(promotion === undefined ? {} : { promotion }),
    ...(soak === 0 ? {} : { soak }),
    ...(approvers.length === 0 ? {} : { approvers }),
    ...(freeze === undefined ? {} : { freeze }),
    ...(budget === undefined ? {} : { budget }),
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
  const { dimensions } = after;
  const [wasDepth, isDepth] = [depthOf(was.level, before.dimensions), depthOf(is.level, dimensions)];
  if (isDepth < wasDepth) found.push({ path: everywhere, text: `changes enter whole ${dimensions[isDepth]} nodes, not ${before.dimensions[wasDepth]} nodes` });
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
