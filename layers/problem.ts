import { commonCauses, type Finding, reported } from './consequences';
import type { ProblemCode } from './problem-codes';

/** One mistake: what is wrong and where, what was expected, what was found, what to do. */
export interface Problem {
  readonly code: ProblemCode;
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
  /** @default 'error'; the others are printed and change no exit status: a warning is a risk, a notice says what was left alone */
  readonly severity?: 'error' | 'warning' | 'notice';
  /** The file to edit, relative to the working directory. @default - no single file is to blame */
  readonly file?: string;
  /** Keys from the file's default export down to the value. @default - the file as a whole */
  readonly place?: readonly string[];
  /** One-based. @default - not known */
  readonly line?: number;
  /** One-based. @default - not known */
  readonly column?: number;
  readonly app?: string;
  /** `{cluster type}/{dimension path}` of the first target that shows the problem. */
  readonly target?: string;
  /** How many targets show it. @default 1 where `target` is given */
  readonly targets?: number;
  readonly expected?: string;
  readonly found?: string;
  /** What to do about it, a near miss included. */
  readonly hint?: string;
  /** Another place that the mistake is about: what does not allow it, say. @default - none */
  readonly see?: Pick<Problem, 'file' | 'place' | 'line' | 'column'>;
}

/** Thrown once, with every problem of the run: a mistake of the user, never a bug. */
export class FleetError extends Error {
  readonly problems: readonly Problem[];

  constructor(findings: readonly Finding[]) {
    const problems = reported(findings);
    super(problems.map((problem) => `${describePlace(problem)}${problem.code}: ${problem.message}`).join('\n'));
    this.name = 'FleetError';
    this.problems = problems;
  }
}

/** Thrown by a function of the target that knows what is wrong with it better than that it threw. */
export class ValueError extends Error {
  constructor(
    message: string,
    readonly problem: Pick<Problem, 'code' | 'expected' | 'found' | 'hint'>,
  ) {
    super(message);
  }
}

/** Whether the problem stops the run. */
export function isError(problem: Problem): boolean {
  return problem.severity === undefined || problem.severity === 'error';
}

function describePlace(problem: Problem): string {
  const parts = [problem.file, problem.place?.join('.')].filter((part) => part);
  return parts.length > 0 ? `${parts.join(' ')}: ` : '';
}

/**
 * Collects what is found, and gives out what there is to report: the same mistake seen at many targets is one problem that
 * counts them, and what follows from another problem is none. Whoever finds something says what it would follow from
 * ({@link Finding}), and looks at nothing that others found.
 */
export class Problems {
  readonly #found = new Map<string, Finding>();
  readonly #others = new Map<string, Set<string>>();
  readonly #unread = new Set<string>();

  add(problem: Finding): void {
    // What a user's own code threw or answered may name the target: it is the same mistake at every one.
    const isOwn = thrown.has(problem.code) && problem.target !== undefined;
    const said = isOwn ? [] : [problem.message, problem.found];
    const key = [problem.code, problem.file, problem.place?.join('\u0000'), problem.file === undefined ? problem.app : '', ...said].join('\u0001');
    const known = this.#found.get(key);
    if (!known) {
      this.#found.set(key, problem);
      return;
    }
    let merged = known;
    if (problem.target !== undefined && problem.target !== known.target) {
      const others = this.#others.get(key) ?? new Set();
      this.#others.set(key, others.add(problem.target));
      merged = { ...merged, targets: others.size + 1 };
    }
    if (known.follows !== undefined && known.follows !== problem.follows) merged = { ...merged, follows: commonCauses(known, problem) };
    if (merged !== known) this.#found.set(key, merged);
  }

  addAll(problems: Iterable<Finding>): void {
    for (const problem of problems) this.add(problem);
  }

  /** Says which files of the configuration could not be read, which is reported: what follows from one of them is not. */
  addUnread(files: Iterable<string>): void {
    for (const file of files) this.#unread.add(file);
  }

  /** Sorted by file, place and code, so that the same mistakes are always reported in the same order. */
  sorted(): readonly Problem[] {
    const found = reported([...this.#found.values()], this.#unread);
    // What cannot be written into a manifest is missing there: that is one mistake and not two.
    const refused = new Set(found.filter((problem) => refusals.has(problem.code) && isError(problem)).map(placeOf));
    const impure = new Set(found.filter(({ code }) => code === 'impure-function').map(placeOf));
    const withoutDefaults = found.flatMap(({ code, file }) =>
      code === 'defaults-missing' && file !== undefined ? [file.slice(0, file.lastIndexOf('/') + 1)] : [],
    );
    const follows = (problem: Problem) =>
      (consequences.has(problem.code) && refused.has(placeOf(problem))) ||
      (sometimes.has(problem.code) && impure.has(placeOf(problem))) ||
      // What defaults would have said is missing everywhere: that, too, is one mistake.
      (fromDefaults.has(problem.code) && withoutDefaults.some((folder) => problem.file?.startsWith(folder)));
    return found
      .filter((problem) => !follows(problem))
      .sort(
        (a, b) =>
          compare(a.file ?? '', b.file ?? '') ||
          compare((a.place ?? []).join('.'), (b.place ?? []).join('.')) ||
          compare(a.code, b.code) ||
          compare(a.message, b.message),
      );
  }

  /** @throws FleetError with everything found, if any of it is an error */
  throwIfAny(): void {
    const problems = this.sorted();
    if (problems.some(isError)) throw new FleetError(problems);
  }
}

const thrown: ReadonlySet<ProblemCode> = new Set(['layer-throws', 'impure-function', 'config-throws', 'workloads']);

const refusals: ReadonlySet<ProblemCode> = new Set(['not-plain-data', 'handwritten-expression', 'impure-function']);

const consequences: ReadonlySet<ProblemCode> = new Set(['null-value', 'invalid-field', 'missing-field', 'wrong-type']);

/** What a function answers at one time and not at another is no second mistake. */
const sometimes: ReadonlySet<ProblemCode> = new Set(['not-plain-data', 'layer-throws']);

const fromDefaults: ReadonlySet<ProblemCode> = new Set(['missing-field', 'destination']);

function placeOf({ file, place = [] }: Problem): string {
  return [file, ...place].join('\u0000');
}

/** Order by code unit: the same everywhere, whatever the locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
