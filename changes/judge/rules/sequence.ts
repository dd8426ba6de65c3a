import { membersName } from '../../../layers/record';
import { patchOf } from '../../strength';
import { effectDigest, stable } from '../effect';
import { goesWithItsApp, Had, whatOf } from '../had';
import { alikeKey, type Contribution, type Row, rendered } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import { keyOf } from '../side';
import { undone } from '../undone';
import { below, broughtBy, few, saidIn, targetsOf } from '../words';

/** A row with the target in front of it that did not have what it says. */
interface Early {
  readonly row: Row;
  readonly earlier: string;
}

/** Nothing reaches a target before those in front of it had it. */
export const sequence: Rule = {
  id: 'sequence',
  what: 'what a layer says reaches a target only when every target in front of it, where the app is, had it before',
  why: 'a mistake shows where it does least harm, and what runs in production ran everywhere else first',
  wayOut: 'write it as a patch that begins at the first node, and promote it; what belongs to a node alone is an override of that node',
  *judge(change: JudgedChange): Generator<Finding> {
    const found = change.contributions.map((contribution) => ({ contribution, early: tooEarly(contribution, change) }));
    const isUndone = undone(
      change.past,
      found.map(({ early }) => early.map(({ row }) => row)),
    );
    for (const { contribution, early } of found) {
      const left = early.filter(({ row }) => !isUndone(row));
      if (left.length > 0) yield finding(contribution, left, change);
    }
  },
};

function tooEarly(contribution: Contribution, change: JudgedChange): readonly Early[] {
  const { sides } = change;
  if (!sides.before.isKnown(contribution)) return [];
  const had = new Had(sides);
  const lacking = new Map<string, readonly string[]>();
  return contribution.rows.flatMap((row): readonly Early[] => {
    if (belongsThere(row) || goesWithItsApp(row, sides) || comesWithTarget(row, change) || isOfMember(row, change)) return [];
    const earlier = firstLacking(row, change, had, lacking);
    return earlier === undefined ? [] : [{ row, earlier }];
  });
}

/** Where a registration finds its secret: each member has one of its own. */
const secretOfMember = /^spec\.data(From)?\..*\.key$/;

/** What a member says of itself is so there, and what a layer makes of it follows: for no other cluster it would be the same. */
function isOfMember(row: Row, { before, rows }: JudgedChange): boolean {
  const { item, field, target, place, isNew, layer, layerBefore } = row;
  if (before.fleet.topology !== 'hub-and-spoke' || isNew) return false;
  if (item.clusterType === membersName) return place === undefined && secretOfMember.test(field);
  if (layer === undefined || layer !== layerBefore) return false;
  const { sayingThemselves, alike } = consequencesIn(rows);
  // What several get alike is no consequence of what one says.
  return sayingThemselves.has(target) && alike.get(valueKey(row)) === 1;
}

interface Consequences {
  /** Members that say something else of themselves. */
  readonly sayingThemselves: ReadonlySet<string>;
  /** How many rows say the same of an item. */
  readonly alike: ReadonlyMap<string, number>;
}

const known = new WeakMap<readonly Row[], Consequences>();

/** All rows are looked through once. */
function consequencesIn(rows: readonly Row[]): Consequences {
  let found = known.get(rows);
  if (!found) {
    const sayingThemselves = rows.flatMap(({ item, target, layer }) => (item.clusterType === membersName && layer === `override ${target}` ? [target] : []));
    const alike = new Map<string, number>();
    for (const key of rows.map(valueKey)) alike.set(key, (alike.get(key) ?? 0) + 1);
    found = { sayingThemselves: new Set(sayingThemselves), alike };
    known.set(rows, found);
  }
  return found;
}

function valueKey({ item, field, after = null }: Row): string {
  return `${keyOf(item)}\n${field}\n${stable(after)}`;
}

/** An override says what is so at a node. What goes with its app is another rule's matter. */
function belongsThere({ layer, layerBefore, field, after }: Row): boolean {
  if (field === rendered && after === false && layer === undefined) return true;
  // What a root injects goes with the last app that asks for it.
  if (after === undefined && (layer ?? layerBefore) === 'generated' && field.startsWith('template.spec.source.helm.valuesObject.')) return true;
  return (layer ?? layerBefore)?.startsWith('override ') === true;
}

/**
 * A target that comes gets the apps that layers say for it: where an app is not, nobody waits for it. One that is nowhere yet, and one
 * that a patch brings, goes along the sequence.
 */
function comesWithTarget({ item, target, field, after, layer = '' }: Row, { sides: { before } }: JudgedChange): boolean {
  if (field !== rendered || after !== true || patchOf(layer) !== undefined) return false;
  const targets = before.targets(item.clusterType);
  return !targets.includes(target) && targets.some((other) => before.has(item, other));
}

/** The first target in front of a row's that could have what it says, and did not. */
function firstLacking(row: Row, { sequence: order, sides }: JudgedChange, had: Had, known: Map<string, readonly string[]>): string | undefined {
  const key = alikeKey(row);
  let lacking = known.get(key);
  if (!lacking) {
    // What a target lacks is asked once for all that get the same.
    const targets = sides.before.targets(row.item.clusterType);
    lacking = order.sorted(targets).filter((target) => had.isAsked(row, target) && !had.before(row, target));
    known.set(key, lacking);
  }
  const all = sides.before.targets(row.item.clusterType);
  const step = order.stepOf(row.target, all);
  return lacking.find((target) => order.isEarlier(target, row.target) && !(order.stepOf(target, all) === step && had.after(row, target)));
}

function finding(contribution: Contribution, early: readonly Early[], { sequence: order, rows: all }: JudgedChange): Finding {
  const rows = early.map(({ row }) => row);
  const targets = order.sorted(targetsOf(rows));
  const path = order.commonNode(targets);
  const missing = order.sorted(early.map(({ earlier }) => earlier));
  const what = whatOf(contribution);
  const [first] = rows;
  return {
    message: `${broughtBy(contribution)} reaches ${few(targets)} before ${few(missing)} had it: ${saidIn(rows)}`,
    what,
    path,
    targets,
    expected: `the same content at ${few(missing)} first`,
    hint: wayOut(contribution, rows, all),
    digest: effectDigest(below(contribution.rows, path)),
    digestBelow: (other) => effectDigest(below(contribution.rows, other)),
    ...(first ? { row: first } : {}),
  };
}

/** A longer one nobody types: the patch is edited then. */
const longestSetting = 160;

/** The patch to write instead. @param all what differs, whatever brings it */
function wayOut({ clusterType, app, layer = 'base', isArrival }: Contribution, rows: readonly Row[], all: readonly Row[]): string {
  if (isArrival)
    return `let it come to one node after the other: \`enabled: false\` keeps it away, and a patch with \`enabled: true\` brings it along the sequence`;
  const isPatch = !['base', 'defaults', 'generated', 'release'].includes(layer);
  if (isPatch) return `let it go on step by step: \`npx fleet promote ${clusterType} ${app} ${layer}\``;
  const values = writtenRows(rows, all).flatMap(({ item, field, after }) => {
    if (item.object !== undefined && item.object !== 'values') return [];
    if (field === rendered) return [`enabled=${String(after)}`];
    if (after === undefined) return [];
    const text = `${field}=${typeof after === 'string' ? after : JSON.stringify(after)}`;
    return text.length > longestSetting ? [] : [text];
  });
  const sets = [...new Set(values)].slice(0, 3).map((text) => `--set ${/^[\w.=:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`}`);
  return `take it back there, and write a patch: \`npx fleet new patch ${[clusterType, app, ...sets].join(' ')}\``;
}

/** Of an app that is opened or closed, what somebody writes is that: the rest of what comes and goes with it follows. */
function writtenRows(rows: readonly Row[], all: readonly Row[]): readonly Row[] {
  const placeOf = ({ item: { clusterType, app }, target }: Row) => [clusterType, app, target].join('\n');
  const switches = new Map(
    all.filter(({ item, field }) => field === 'hydrate' && item.object === undefined).map((row) => [placeOf(row), { ...row, after: row.after ?? false }]),
  );
  return rows.map((row) => {
    const isWritten = row.item.object === undefined && row.before !== undefined && row.after !== undefined;
    return isWritten ? row : (switches.get(placeOf(row)) ?? row);
  });
}
