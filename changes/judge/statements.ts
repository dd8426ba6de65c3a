import { everywhere, pathsTo, rankPath } from '../../layers/hierarchy';
import { type Answer, answerWords } from '../../layers/law/evidence';
import type { FleetRecord } from '../../layers/record';
import { nearest } from '../../layers/text/nearest';
import { firstOf, noLaw } from './law';

/** What a commit's message says about a change of the fleet. */
export type Statement =
  /** Somebody approves what enters a node; of the law itself, `what` is `law`. */
  | { readonly kind: 'approved'; readonly path: string; readonly what: string; readonly digest: string }
  /** A rule does not hold for one effect. */
  | { readonly kind: 'allows'; readonly rule: string; readonly what: string; readonly path: string; readonly digest: string }
  /** An effect goes straight to a node, past those in front of it. */
  | { readonly kind: 'hotfix'; readonly what: string; readonly path: string; readonly digest: string };

/** What a step saw of one piece of evidence, as its commit says it. */
export interface EvidenceStatement {
  /** `CLUSTER-TYPE/APP` */
  readonly what: string;
  readonly patch: string;
  /** Dimension paths that stand for the targets that were asked about. */
  readonly paths: readonly string[];
  /** Which piece. */
  readonly name: string;
  readonly answer: Answer['is'];
  /** Since when it was good, in milliseconds. @default - it is not, or cannot say */
  readonly since?: number;
  /** Names what was asked where it is good and cannot say since when: what asks something else later has a time of its own. @default - nobody needs to know */
  readonly piece?: string;
  /** Names the effect of the step. */
  readonly digest: string;
}

/** A line that looks like a statement, and is none. */
export interface BrokenStatement {
  readonly line: string;
  readonly expected: string;
}

export interface Statements {
  readonly statements: readonly Statement[];
  readonly evidence: readonly EvidenceStatement[];
  readonly broken: readonly BrokenStatement[];
}

/** What `Fleet-Approved:` says of the law itself. */
export const theLaw = 'law';

/** How each is written. */
const forms = {
  approved: { key: 'Fleet-Approved', words: ['PATH', 'CLUSTER-TYPE/APP', 'DIGEST'] },
  allows: { key: 'Fleet-Allows', words: ['RULE', 'CLUSTER-TYPE/APP', 'PATH', 'DIGEST'] },
  hotfix: { key: 'Fleet-Hotfix', words: ['CLUSTER-TYPE/APP', 'PATH', 'DIGEST'] },
  evidence: { key: 'Fleet-Evidence', words: ['CLUSTER-TYPE/APP', 'PATCH', 'PATHS', 'NAME', 'ANSWER', 'DIGEST'] },
} as const;

/** What each message holds that says anything of evidence, in capitals or not. */
export const evidenceMark = `${forms.evidence.key}:`;

/**
 * Reads what messages say. A line counts wherever it stands: a squash merge puts the messages of a branch one after the other, and
 * makes them items of a list.
 */
export function statementsIn(messages: readonly string[]): Statements {
  const statements: Statement[] = [];
  const evidence: EvidenceStatement[] = [];
  const broken: BrokenStatement[] = [];
  for (const line of messages.flatMap((message) => message.split('\n'))) {
    const [, key, rest = ''] = /^\s*(?:[*-]\s+)?(Fleet-[A-Za-z]+):(.*)$/.exec(line) ?? [];
    const [kind, form] = Object.entries(forms).find(([, one]) => one.key.toLowerCase() === key?.toLowerCase()) ?? [];
    if (!kind || !form) continue;
    const words = rest.trim().split(/\s+/);
    const expected = `${form.key}: ${form.words.join(' ')}`;
    const seen = kind === 'evidence' ? evidenceOf(words) : undefined;
    if (words.length !== form.words.length || !/^[0-9a-f]{16}$/.test(words.at(-1) ?? '')) broken.push({ line: line.trim(), expected });
    else if (kind === 'evidence') {
      if (seen) evidence.push(seen);
      else broken.push({ line: line.trim(), expected: `${answerWords.join(', ')} or good@2026-12-31T18:00:00Z in place of ANSWER` });
    } else statements.push(statementOf(kind as Statement['kind'], words));
  }
  return { statements, evidence, broken };
}

/** Statements about nodes that are not there, before the change or after it: they allow nothing. @param fleets both states */
export function statementsOfNoNode(statements: readonly Statement[], fleets: readonly FleetRecord[]): readonly BrokenStatement[] {
  const known = new Set([everywhere, ...fleets.flatMap(({ sequence }) => sequence.flatMap(pathsTo)), ...fleets.flatMap(ranksIn)]);
  return statements.flatMap((statement) => {
    if (known.has(statement.path)) return [];
    const near = nearest(statement.path, [...known]);
    return [{ line: statementText(statement), expected: `a node of the fleet in place of '${statement.path}'${near === undefined ? '' : `: '${near}'?`}` }];
  });
}

function ranksIn({ sequence, law = noLaw, dimensions }: FleetRecord): readonly string[] {
  const first = firstOf(law, dimensions);
  return first === 0 ? [] : sequence.map((path) => rankPath(path.split('/')[first] ?? '', first));
}

function statementOf(kind: Statement['kind'], words: readonly string[]): Statement {
  const [one = '', two = '', three = '', four = ''] = words;
  if (kind === 'approved') return { kind, path: one, what: two, digest: three };
  if (kind === 'allows') return { kind, rule: one, what: two, path: three, digest: four };
  return { kind, what: one, path: two, digest: three };
}

function evidenceOf([what = '', patch = '', paths = '', name = '', said = '', digest = '']: readonly string[]): EvidenceStatement | undefined {
  const [, word, time, piece] = /^([a-z-]+)(?:@(.+)|#([0-9a-f]{8}))?$/.exec(said) ?? [];
  const answer = answerWords.find((one) => one === word);
  const since = time === undefined ? undefined : Date.parse(time);
  if (answer === undefined || Number.isNaN(since) || ((since ?? piece) !== undefined && answer !== 'good')) return undefined;
  return { what, patch, paths: paths.split(','), name, answer, ...(since === undefined ? {} : { since }), ...(piece === undefined ? {} : { piece }), digest };
}

/** As a line of a commit's message. */
export function evidenceText({ what, patch, paths, name, answer, since, piece, digest }: EvidenceStatement): string {
  const said = since === undefined ? `${answer}${piece === undefined ? '' : `#${piece}`}` : `${answer}@${new Date(since).toISOString().replace('.000Z', 'Z')}`;
  return `${forms.evidence.key}: ${[what, patch, paths.join(','), name, said, digest].join(' ')}`;
}

/** A message without the moments since when evidence was good: of the same step each look gives others. */
export function withoutTimes(message: string): string {
  return message.replace(new RegExp(`^(${forms.evidence.key}: .* good)@\\S+`, 'gm'), '$1');
}

/** As a line of a commit's message. */
export function statementText(statement: Statement): string {
  const { kind, path, what, digest } = statement;
  const { key } = forms[kind];
  if (kind === 'approved') return `${key}: ${path} ${what} ${digest}`;
  return kind === 'allows' ? `${key}: ${statement.rule} ${what} ${path} ${digest}` : `${key}: ${what} ${path} ${digest}`;
}
