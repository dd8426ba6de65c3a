/**
 * Every kind of problem the tool can report. The set is closed: `docs/problems.md` explains each code, and tests assert
 * codes, not prose.
 */
export const problemCodes = [
  'config-missing',
  'config-compile',
  'config-throws',
  'config-export',
  'config-shape',
  'config-misplaced',
  'config-both',
  'yaml-syntax',
  'yaml-reading',
  'yaml-key',
  'file-empty',
  'file-unused',
  'folder-stray',
  'symlink',
  'defaults-missing',
  'copies-differ',
  'key-unused',
  'null-removes',
  'expression',
  'unknown-key',
  'wrong-type',
  'missing-field',
  'invalid-name',
  'duplicate-name',
  'empty-hierarchy',
  'empty-fleet',
  'invalid-dimension',
  'unknown-path',
  'path-repeated',
  'path-covered',
  'path-without-target',
  'empty-patch',
  'rollout-gap',
  'rollout-inversion',
  'rollout-conflict',
  'rollout-no-effect',
  'layer-moved',
  'unknown-app',
  'unknown-cluster-type',
  'layer-throws',
  'not-plain-data',
  'null-value',
  'named-sources',
  'no-source',
  'source-and-sources',
  'values-twice',
  'release-name',
  'unused-values',
  'source-incomplete',
  'destination',
  'unknown-field',
  'invalid-field',
  'duplicate-root',
  'root-missing',
  'token-not-injected',
  'token-conflict',
  'token-broken',
  'output-elsewhere',
  'token-in-manifest',
  'handwritten-expression',
  'workloads',
  'duplicate-file',
  'validation',
  'bootstrap',
  'cannot-edit',
  'config-busy',
  'config-journal',
  'config-write',
  'rollout',
  'rollout-proof',
  'unknown-hub',
  'unknown-group',
  'unknown-component',
  'unknown-release',
  'release-unused',
  'selector-unmatched',
  'duplicate-secret',
  'component-field',
  'component-source',
  'no-version',
  'computed-label',
  'model-conflict',
  'bootstrap-group',
  'name-too-long',
  'secret-store',
  'secret-value',
  'deployment',
  'migrate-from',
  'migrate-target',
  'output-folder',
  'output-stranger',
  'output-busy',
  'output-write',
] as const;

/** What kind of problem it is: one row of `docs/problems.md`. */
export type ProblemCode = (typeof problemCodes)[number];

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
}

/** Thrown once, with every problem of the run: a mistake of the user, never a bug. */
export class FleetError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
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

/** Collects problems; the same mistake seen at many targets is one problem that counts them. */
export class Problems {
  readonly #found = new Map<string, Problem>();
  readonly #others = new Map<string, Set<string>>();

  add(problem: Problem): void {
    // What a user's own code threw may name the target: it is the same mistake at every one.
    const message = thrown.has(problem.code) && problem.target !== undefined ? '' : problem.message;
    const key = [problem.code, problem.file, problem.place?.join('\u0000'), problem.file === undefined ? problem.app : '', message, problem.found].join(
      '\u0001',
    );
    const known = this.#found.get(key);
    if (!known) {
      this.#found.set(key, problem);
    } else if (problem.target !== undefined && problem.target !== known.target) {
      const others = this.#others.get(key) ?? new Set();
      this.#others.set(key, others.add(problem.target));
      this.#found.set(key, { ...known, targets: others.size + 1 });
    }
  }

  addAll(problems: Iterable<Problem>): void {
    for (const problem of problems) this.add(problem);
  }

  /** Sorted by file, place and code, so that the same mistakes are always reported in the same order. */
  sorted(): readonly Problem[] {
    const found = [...this.#found.values()];
    // What cannot be written into a manifest is missing there: that is one mistake and not two.
    const refused = new Set(found.filter((problem) => refusals.has(problem.code) && isError(problem)).map(placeOf));
    const withoutDefaults = found.flatMap(({ code, file }) =>
      code === 'defaults-missing' && file !== undefined ? [file.slice(0, file.lastIndexOf('/') + 1)] : [],
    );
    const follows = (problem: Problem) =>
      (consequences.has(problem.code) && refused.has(placeOf(problem))) ||
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

const thrown: ReadonlySet<ProblemCode> = new Set(['layer-throws', 'config-throws', 'workloads']);

const refusals: ReadonlySet<ProblemCode> = new Set(['not-plain-data', 'handwritten-expression']);

const consequences: ReadonlySet<ProblemCode> = new Set(['null-value', 'invalid-field', 'missing-field', 'wrong-type']);

const fromDefaults: ReadonlySet<ProblemCode> = new Set(['missing-field', 'destination']);

function placeOf({ file, place = [] }: Problem): string {
  return [file, ...place].join('\u0000');
}

/** Order by code unit: the same everywhere, whatever the locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
