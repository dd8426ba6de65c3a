export interface Placed {
  /** Index in the scalar's text. */
  readonly offset: number;
  /** As it is written. */
  readonly source: string;
}

export interface Literal extends Placed {
  readonly kind: 'literal';
  /** A whole number is a bigint: unlike a number of a file it is an integer to Helm, too. */
  readonly value: string | number | bigint | boolean;
  /** Whether it stands between back-quotes. @default false */
  readonly isRaw?: boolean;
}

/** `.Values.a.b`, or the same by `index .Values "a" "b"`. */
export interface Reference extends Placed {
  readonly kind: 'reference';
  /** Its keys below `.Values`. */
  readonly path: readonly string[];
  /** Whether some of its keys are arguments of `index`. */
  readonly byIndex: boolean;
}

export interface Call extends Placed {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Term[];
}

/** A pipeline `a | f b` is the call `f b a`. */
export type Term = Literal | Reference | Call;

/** The keys as a reference is written: `.Values.a.b`. */
export function referenceName(path: readonly string[]): string {
  const isPlain = path.every((key) => /^[\p{L}\p{Nd}_]+$/u.test(key));
  return isPlain ? ['.Values', ...path].join('.') : ['index .Values', ...path.map((key) => JSON.stringify(key))].join(' ');
}

/** The keys of `.Values.cluster.KEY`, and of `.Values.KEY`: only they can be live. */
export function liveKeys(term: Term): readonly string[] | undefined {
  if (term.kind !== 'reference' || term.byIndex || !isLivePath(term.path)) return undefined;
  return term.path;
}

/** Whether a value that only the cluster knows may stand at a path below `.Values`. */
export function isLivePath(path: readonly string[]): boolean {
  const [first = '', key] = path;
  return path.every((part) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(part)) && (key === undefined ? first !== 'cluster' : first === 'cluster' && path.length === 2);
}

/** The term that has no value because of which a term has none. */
export function missingTerm(term: Term): Term {
  if (term.kind !== 'call') return term;
  const [first] = term.args;
  return term.name === 'default' && first ? missingTerm(first) : term;
}
