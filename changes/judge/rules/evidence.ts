import { getOr } from '../../../layers/get-or';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { demandingAt } from '../../../layers/law/demanded';
import { evidenceRule, type NodeLaw } from '../../../layers/law/law';
import { patchLabel } from '../../../layers/layer';
import { patchOf } from '../../strength';
import { effectDigest } from '../effect';
import { whatOf } from '../had';
import { lawOf } from '../law';
import { type Contribution, patchesIn, type Row } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import { standingRows } from '../standing';
import type { EvidenceStatement } from '../statements';
import { undone } from '../undone';
import { below, broughtBy, few, saidIn, targetsOf } from '../words';

/** What goes on was good, by what the targets in front of it are asked, when that was looked at. */
export const evidence: Rule = {
  id: evidenceRule,
  what: 'what goes on to the next target was good by the `evidence` of every target in front of it, and its commit has that on record',
  why: 'a day that went by proves that a day went by',
  wayOut: 'let `npx fleet promote` make the commit: it asks, and records what it sees',
  *judge(change: JudgedChange): Generator<Finding> {
    if (change.law.nodes.every(({ evidence: names = [] }) => names.length === 0)) return;
    const known = change.contributions.filter((contribution) => change.sides.before.isKnown(contribution));
    const found = known.flatMap((contribution) => lackingIn(contribution, change));
    // What goes back need not prove anything.
    const isUndone = undone(
      change.past,
      found.map(({ rows }) => [...rows.keys()]),
    );
    for (const { contribution, node, rows } of found) {
      const left = [...rows].filter(([row]) => !isUndone(row));
      if (left.length > 0) yield finding(contribution, node, left, change);
    }
  },
};

/** What goes on from targets of a node, or within it, with the names of its pieces that nobody recorded as good about all of them. */
interface Lacking {
  readonly contribution: Contribution;
  readonly node: NodeLaw;
  readonly rows: ReadonlyMap<Row, ReadonlySet<string>>;
}

function lackingIn(contribution: Contribution, change: JudgedChange): readonly Lacking[] {
  const { law, sides, sequence, evidence: all } = change;
  const moving = contribution.rows.filter((row) => !comesAlong(row, change));
  const demanding = sides.before.targets(contribution.clusterType).filter((target) => demandingAt(law.nodes, target).length > 0);
  const own = statementsOf(contribution, all);
  const startOf = stepStarts(moving, contribution, change);
  const found = new Map<NodeLaw, Map<Row, Set<string>>>();
  const add = (node: NodeLaw, row: Row, name: string) => {
    const rows = getOr(found, node, () => new Map<Row, Set<string>>());
    getOr(rows, row, () => new Set<string>()).add(name);
  };
  for (const { rows, targets } of standingRows(moving, demanding, change)) {
    for (const [node, name, lacking] of lackingAt(targets, law.nodes, own)) {
      for (const row of rows) if (lacking.some((target) => sequence.isEarlier(target, startOf(row)))) add(node, row, name);
    }
    // What was seen to be bad is that, whichever targets have it to be seen.
    for (const [node, name] of badIn(law.nodes, own)) for (const row of rows) add(node, row, name);
  }
  return [...found].map(([node, rows]) => ({ contribution, node, rows }));
}

/** The pieces that some targets are asked, with those of the targets about which nobody recorded that they are good. */
function lackingAt(
  targets: readonly string[],
  nodes: readonly NodeLaw[],
  own: readonly EvidenceStatement[],
): readonly (readonly [node: NodeLaw, name: string, targets: readonly string[]])[] {
  const isGood = (name: string, target: string) =>
    own.some((one) => one.answer === 'good' && one.name === name && one.paths.some((path) => isAtOrBelow(target, path)));
  return nodes.flatMap((node) =>
    (node.evidence ?? []).flatMap((name) => {
      const lacking = targets.filter((target) => demandingAt([node], target).length > 0 && !isGood(name, target));
      return lacking.length === 0 ? [] : [[node, name, lacking] as const];
    }),
  );
}

function badIn(nodes: readonly NodeLaw[], own: readonly EvidenceStatement[]): readonly (readonly [node: NodeLaw, name: string])[] {
  const bad = own.filter(({ answer }) => answer === 'bad');
  const isIn = ({ path }: NodeLaw, name: string) =>
    bad.some((one) => one.name === name && one.paths.some((other) => isAtOrBelow(other, path) || isAtOrBelow(path, other)));
  return nodes.flatMap((node) => (node.evidence ?? []).flatMap((name) => (isIn(node, name) ? [[node, name] as const] : [])));
}

/**
 * Whether a target that comes gets what is around it: a layer that reached it before it was there. Nothing goes on to it, and no command
 * could ask.
 */
function comesAlong({ item, target, layer, place }: Row, { sides: { before } }: JudgedChange): boolean {
  if (before.targets(item.clusterType).includes(target)) return false;
  const patch = layer === undefined ? undefined : patchOf(layer);
  if (patch === undefined) return true;
  const { clusterType, app } = place ?? item;
  return before.layers.record(clusterType, app)?.patchAt?.(patchLabel(patch.layer))?.includes(patch.path) === true;
}

/** The first target that is entered with each: what the step has reached behind it says nothing about it. */
function stepStarts(rows: readonly Row[], { clusterType }: Contribution, { sides, sequence }: JudgedChange): (row: Row) => string {
  const all = sides.after.targets(clusterType);
  const starts = new Map<string, string>();
  for (const target of sequence.sorted(targetsOf(rows))) getOr(starts, sequence.stepOf(target, all), () => target);
  return ({ target }) => starts.get(sequence.stepOf(target, all)) ?? target;
}

/** What is on record about this very effect. */
function statementsOf(contribution: Contribution, all: readonly EvidenceStatement[]): readonly EvidenceStatement[] {
  const [what, digest, patches] = [whatOf(contribution), effectDigest(contribution.rows), patchesIn(contribution)];
  return all.filter((one) => one.what === what && one.digest === digest && patches.includes(one.patch));
}

function finding(
  contribution: Contribution,
  { path }: NodeLaw,
  lacking: readonly (readonly [row: Row, names: ReadonlySet<string>])[],
  { after, sequence, evidence: all }: JudgedChange,
): Finding {
  const rows = lacking.map(([row]) => row);
  const names = [...new Set(lacking.flatMap(([, some]) => [...some]))];
  const targets = sequence.sorted(targetsOf(rows));
  const node = sequence.commonNode(targets);
  const said = statementsOf(contribution, all).flatMap((one) => (names.includes(one.name) ? [`${one.name} ${one.answer} at ${few(one.paths)}`] : []));
  const given = lawOf(after.fleet).nodes.flatMap((one) => (isAtOrBelow(path, one.path) ? (one.evidence ?? []) : []));
  const gone = names.filter((name) => !given.includes(name));
  const [first] = rows;
  const goes = isAtOrBelow(node, path) ? `within ${path}` : `from ${path}`;
  return {
    message: `${broughtBy(contribution)} goes on ${goes} without the evidence ${few(names)}: ${saidIn(rows)}`,
    what: whatOf(contribution),
    path: node,
    targets,
    expected: `a line 'Fleet-Evidence: …' that says good, of all targets in front`,
    found: said.length === 0 ? 'no line about this change' : few([...new Set(said)]),
    hint:
      gone.length > 0
        ? `the configuration gives ${few(gone)} no more, so that nobody can ask: put it back in 'evidence' until this has gone on`
        : "let `npx fleet promote` make the commit; `--despite 'REASON'` writes the line that allows it",
    digest: effectDigest(below(contribution.rows, node)),
    digestBelow: (other) => effectDigest(below(contribution.rows, other)),
    ...(first ? { row: first } : {}),
  };
}
