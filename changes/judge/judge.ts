import { everywhere, isAtOrBelow } from '../../layers/hierarchy';
import type { Exemption, Law } from '../../layers/law/law';
import { tryReadDate } from '../../layers/text/date';
import { compareStates } from '../compare-states';
import type { State } from '../state';
import { lawOf, stricterLaw } from './law';
import type { Past } from './past';
import { contributionsOf, rowsOf } from './row';
import type { ChangeSource, Finding, JudgedChange, Rule } from './rule';
import { Sequence } from './sequence';
import { Sides } from './side';
import { type EvidenceStatement, type Statement, statementText, theLaw } from './statements';

/** What a change is judged from. */
export interface JudgeRequest {
  readonly before: State;
  readonly after: State;
  /** Laws that count beside those of the two states: of the commit since which all changes are judged, and of what is in the work tree. */
  readonly laws: readonly Law[];
  readonly statements: readonly Statement[];
  /** What is on record of evidence. @default [] */
  readonly evidence?: readonly EvidenceStatement[];
  readonly past: Past;
  /** What the clock says, in milliseconds. */
  readonly now: number;
  readonly rules: readonly Rule[];
  /** @default - nobody knows how it arrived */
  readonly source?: ChangeSource;
}

/** What a rule says of a change in the end. */
export interface Verdict extends Omit<Finding, 'severity' | 'digestBelow'> {
  /** The id of the rule. */
  readonly rule: string;
  /** `refused`; `allowed` by a statement or an exemption; `warned`. */
  readonly kind: 'refused' | 'allowed' | 'warned';
  /** What allowed it: the statement as it is written, or the reason of the exemption and whose it is. */
  readonly by?: string;
  /** The line of a commit's message that would allow it. */
  readonly statement?: string;
  /** A statement for the same that names another effect. */
  readonly stale?: string;
}

const unknownSource: ChangeSource = { name: 'the change', commits: [] };

/** Judges a change by all rules. Exemptions that are over allow nothing. */
export function judge({ statements, rules, ...request }: JudgeRequest): readonly Verdict[] {
  const change = judgedChange(request);
  const { exemptions } = change.law;
  return rules.flatMap((rule) => [...rule.judge(change)].map((finding) => verdict(rule.id, finding, statements, exemptions, change.now)));
}

/** A change with all that rules look at. */
export function judgedChange({
  before,
  after,
  laws,
  past,
  now,
  source = unknownSource,
  evidence = [],
}: Omit<JudgeRequest, 'statements' | 'rules'>): JudgedChange {
  const { dimensions } = after.fleet;
  const known = [before.fleet, after.fleet].filter(({ law }) => law !== undefined).map(lawOf);
  const law = stricterLaw([...laws, ...known], dimensions);
  const sides = new Sides(before, after);
  const { changes } = compareStates(before, after);
  const rows = rowsOf(changes, sides);
  const sequence = new Sequence(before.fleet, after.fleet, law);
  return { before, after, changes, rows, contributions: contributionsOf(rows), law, sequence, sides, past, now, source, evidence };
}

function verdict(rule: string, found: Finding, statements: readonly Statement[], exemptions: readonly Exemption[], now: number): Verdict {
  const { severity, digestBelow: _, ...finding } = found;
  if (severity === 'warning') return { rule, kind: 'warned', ...finding };
  const own = statements.filter((statement) => isAbout(statement, rule, found));
  const allowing = own.find((statement) => digestAt(found, statement.path) === statement.digest);
  if (allowing) return { rule, kind: 'allowed', ...finding, by: statementText(allowing) };
  const exemption = finding.what === theLaw ? undefined : exemptions.find((one) => isExempt(one, rule, finding, now));
  if (exemption) return { rule, kind: 'allowed', ...finding, by: `an exemption of ${exemption.owner} until ${exemption.until}: ${exemption.reason}` };
  const [stale] = own;
  const line = statementFor(rule, finding);
  return { rule, kind: 'refused', ...finding, ...(line === undefined ? {} : { statement: line }), ...(stale ? { stale: statementText(stale) } : {}) };
}

function digestAt({ path, digest, digestBelow }: Finding, at: string): string | undefined {
  return at === path ? digest : digestBelow?.(at);
}

/** Whether a statement speaks of a finding, whichever effect it names. */
function isAbout(statement: Statement, rule: string, { what, path, digest }: Finding): boolean {
  if (digest === undefined || statement.what !== what) return false;
  // Each gate asks for itself.
  if (statement.kind === 'approved') return statement.path === path && (rule === 'gate' || rule === 'law');
  if (!isAtOrBelow(path, statement.path)) return false;
  if (statement.kind === 'hotfix') return rule === 'sequence' || rule === 'soak';
  return statement.rule === rule && rule !== 'gate' && rule !== 'law';
}

function isExempt({ rule, app, path, until }: Exemption, asked: string, { what, targets }: Omit<Finding, 'severity'>, now: number): boolean {
  if (rule !== asked || now > (tryReadDate(until, 'end', 'UTC') ?? Number.NEGATIVE_INFINITY)) return false;
  return (app === everywhere || app === what) && targets.length > 0 && targets.every((target) => isAtOrBelow(target, path));
}

function statementFor(rule: string, { what, path, digest }: Omit<Finding, 'severity'>): string | undefined {
  if (digest === undefined || what === undefined) return undefined;
  if (rule === 'gate' || rule === 'law') return statementText({ kind: 'approved', path, what, digest });
  return statementText({ kind: 'allows', rule, what, path, digest });
}
