import { everywhere, pathsTo, rankPath } from '../../layers/hierarchy';
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

/** A line that looks like a statement, and is none. */
export interface BrokenStatement {
  readonly line: string;
  readonly expected: string;
}

export interface Statements {
  readonly statements: readonly Statement[];
  readonly broken: readonly BrokenStatement[];
}

/** What `Fleet-Approved:` says of the law itself. */
export const theLaw = 'law';

/** How each is written. */
const forms = {
  approved: { key: 'Fleet-Approved', words: ['PATH', 'CLUSTER-TYPE/APP', 'DIGEST'] },
  allows: { key: 'Fleet-Allows', words: ['RULE', 'CLUSTER-TYPE/APP', 'PATH', 'DIGEST'] },
  hotfix: { key: 'Fleet-Hotfix', words: ['CLUSTER-TYPE/APP', 'PATH', 'DIGEST'] },
} as const;

/**
 * Reads what messages say. A line counts wherever it stands: a squash merge puts the messages of a branch one after the other, and
 * makes them items of a list.
 */
export function statementsIn(messages: readonly string[]): Statements {
  const statements: Statement[] = [];
  const broken: BrokenStatement[] = [];
  for (const line of messages.flatMap((message) => message.split('\n'))) {
    const [, key, rest = ''] = /^\s*(?:[*-]\s+)?(Fleet-[A-Za-z]+):(.*)$/.exec(line) ?? [];
    const [kind, form] = Object.entries(forms).find(([, one]) => one.key.toLowerCase() === key?.toLowerCase()) ?? [];
    if (!kind || !form) continue;
    const words = rest.trim().split(/\s+/);
    const expected = `${form.key}: ${form.words.join(' ')}`;
    if (words.length !== form.words.length || !/^[0-9a-f]{16}$/.test(words.at(-1) ?? '')) broken.push({ line: line.trim(), expected });
    else statements.push(statementOf(kind as Statement['kind'], words));
  }
  return { statements, broken };
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

/** As a line of a commit's message. */
export function statementText(statement: Statement): string {
  const { kind, path, what, digest } = statement;
  const { key } = forms[kind];
  if (kind === 'approved') return `${key}: ${path} ${what} ${digest}`;
  return kind === 'allows' ? `${key}: ${statement.rule} ${what} ${path} ${digest}` : `${key}: ${what} ${path} ${digest}`;
}
