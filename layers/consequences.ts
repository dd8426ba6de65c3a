import type { Problem } from './problem';
import type { ProblemCode } from './problem-codes';

/** A place where something may be wrong: a part of a file of the configuration, or a construct that was declared in code. */
export interface WrongPlace {
  readonly file?: string;
  readonly place: readonly string[];
  /** What is wrong there. @default - anything */
  readonly code?: ProblemCode;
}

/** A file of the configuration that may be there, and could not be read. */
export interface UnreadFile {
  /** As {@link unread} calls it. */
  readonly unread: string;
}

/** What a finding may follow from: as long as that is wrong, nobody knows whether this is. */
export type Cause = WrongPlace | UnreadFile;

/** A problem as it was found, before anybody knows what else was. */
export interface Finding extends Problem {
  /** Whatever it would follow from, found or not: where one of these was found, this is not reported. @default - it stands for itself */
  readonly follows?: readonly Cause[];
  /** The key that was meant by one that is not known: what is missing under that name follows from this. @default - nobody knows */
  readonly meant?: string;
}

/** A file of a folder of the configuration as a cause; without a name, any file of the folder. */
export function unread(folder: string, name?: string): UnreadFile {
  return { unread: name === undefined ? folder : `${folder}/${name}` };
}

/**
 * What there is to report, in the order in which it was found. A finding is left out where an error stands at a place that
 * it follows from, or where a key stands there that was meant to be the last of the place's, or where a file that it
 * follows from could not be read. An error that would itself be left out is the cause of nothing: so what is left out
 * always follows from what is reported. Only problems are given out: what they follow from is nobody's business.
 *
 * @param unreadFiles as {@link unread} calls them; that they could not be read is reported
 */
export function reported(findings: readonly Finding[], unreadFiles: ReadonlySet<string> = new Set()): readonly Problem[] {
  if (!findings.some(({ follows, meant }) => follows !== undefined || meant !== undefined)) return findings;
  const found = errorsByPlace(findings);
  const follows = (finding: Finding, isCause: (error: Finding) => boolean) =>
    (finding.follows ?? []).some((cause) => {
      if ('unread' in cause) return unreadFiles.has(cause.unread);
      const errors = found.get(placeKeyOf(cause)) ?? [];
      return errors.some((error) => error !== finding && (cause.code === undefined || cause.code === error.code) && isCause(error));
    });
  const roots = new Set(findings.filter((finding) => !follows(finding, () => true)));
  return findings.filter((finding) => roots.has(finding) || !follows(finding, (error) => roots.has(error))).map(problemOf);
}

/** The causes that two findings have in common: what follows from nothing at one target is no consequence at another. */
export function commonCauses({ follows: one }: Finding, { follows: other }: Finding): readonly Cause[] | undefined {
  if (one === other || one === undefined || other === undefined) return one && other;
  const keys = new Set(other.map(causeKeyOf));
  return one.filter((cause) => keys.has(causeKeyOf(cause)));
}

function errorsByPlace(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { file, place = [], meant, severity = 'error' } = finding;
    if (severity !== 'error') continue;
    for (const at of meant === undefined ? [place] : [place, [...place.slice(0, -1), meant]]) {
      const key = placeKeyOf({ file, place: at });
      const known = found.get(key);
      if (known) known.push(finding);
      else found.set(key, [finding]);
    }
  }
  return found;
}

function placeKeyOf({ file = '', place }: WrongPlace): string {
  return [file, ...place].join('\u0000');
}

function causeKeyOf(cause: Cause): string {
  return 'unread' in cause ? cause.unread : `${cause.code}\u0001${placeKeyOf(cause)}`;
}

function problemOf(finding: Finding): Problem {
  if (!('follows' in finding || 'meant' in finding)) return finding;
  const { follows: _, meant: __, ...problem } = finding;
  return problem;
}
