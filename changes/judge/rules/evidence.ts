import { isAtOrBelow } from '../../../layers/hierarchy';
import { evidenceRule, type NodeLaw } from '../../../layers/law/law';
import { effectDigest } from '../effect';
import { whatOf } from '../had';
import { lawOf } from '../law';
import { type Contribution, patchesIn, type Row } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import { type Standing, standingIn } from '../standing';
import type { EvidenceStatement } from '../statements';
import { undone } from '../undone';
import { below, broughtBy, few, saidIn, targetsOf } from '../words';

/** What goes on was good, by what the nodes in front of it ask, when that was looked at. */
export const evidence: Rule = {
  id: evidenceRule,
  what: 'what goes on to the next target was good by the `evidence` of every node in front of it, and its commit has that on record',
  why: 'a day that went by proves that a day went by',
  wayOut: 'let `npx fleet promote` make the commit: it asks, and records what it sees',
  *judge(change: JudgedChange): Generator<Finding> {
    const nodes = change.law.nodes.filter(({ evidence: names = [] }) => names.length > 0);
    if (nodes.length === 0) return;
    const known = change.contributions.filter((contribution) => change.sides.before.isKnown(contribution));
    const found = known.flatMap((contribution) => nodes.map((node) => lackingIn(standingIn(node, contribution, change), change)));
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

/** What goes on from a node, with the names of the pieces that nobody recorded as good about a target in front of it. */
interface Lacking {
  readonly contribution: Contribution;
  readonly node: NodeLaw;
  readonly rows: ReadonlyMap<Row, readonly string[]>;
}

function lackingIn({ contribution, node, pairs }: Standing, { sequence, evidence: all }: JudgedChange): Lacking {
  const own = statementsOf(contribution, all).filter(({ answer }) => answer === 'good');
  const rows = new Map<Row, readonly string[]>();
  for (const { rows: alike, targets } of pairs) {
    for (const row of alike) {
      const before = targets.filter((target) => sequence.isEarlier(target, row.target));
      const lacking = (node.evidence ?? []).filter((name) => {
        const paths = own.filter((one) => one.name === name).flatMap((one) => one.paths);
        return before.some((target) => !paths.some((path) => isAtOrBelow(target, path)));
      });
      if (lacking.length > 0) rows.set(row, lacking);
    }
  }
  return { contribution, node, rows };
}

/** What is on record about this very effect. */
function statementsOf(contribution: Contribution, all: readonly EvidenceStatement[]): readonly EvidenceStatement[] {
  const [what, digest, patches] = [whatOf(contribution), effectDigest(contribution.rows), patchesIn(contribution)];
  return all.filter((one) => one.what === what && one.digest === digest && patches.includes(one.patch));
}

function finding(
  contribution: Contribution,
  { path }: NodeLaw,
  lacking: readonly (readonly [row: Row, names: readonly string[]])[],
  { after, sequence, evidence: all }: JudgedChange,
): Finding {
  const rows = lacking.map(([row]) => row);
  const names = [...new Set(lacking.flatMap(([, some]) => some))];
  const targets = sequence.sorted(targetsOf(rows));
  const node = sequence.commonNode(targets);
  const said = statementsOf(contribution, all).flatMap((one) => (names.includes(one.name) ? [`${one.name} ${one.answer} at ${few(one.paths)}`] : []));
  const given = lawOf(after.fleet).nodes.flatMap((one) => (isAtOrBelow(path, one.path) ? (one.evidence ?? []) : []));
  const gone = names.filter((name) => !given.includes(name));
  const [first] = rows;
  return {
    message: `${broughtBy(contribution)} goes on from ${path} without the evidence ${few(names)}: ${saidIn(rows)}`,
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
