/** A value as TypeScript source. */
export type Source = ScalarSource | CodeSource | MapSource | ListSource;

/** A value that JSON knows. Numbers that are none (`NaN`, `Infinity`) are written as TypeScript names them. */
export interface ScalarSource {
  readonly kind: 'value';
  readonly value: string | number | boolean | null;
}

/** An expression: `(target) => target.region`, `unset`, a template literal, which may have several lines. It is written as it is. */
export interface CodeSource {
  readonly kind: 'code';
  readonly text: string;
}

/** An object literal. */
export interface MapSource {
  readonly kind: 'map';
  /** In the order in which they are written; keys are unique. */
  readonly entries: readonly Entry[];
  /**
   * One entry a line, even where all of them would fit on one.
   *
   * @default - on one line where they fit and none has comments
   */
  readonly expanded?: boolean;
  /**
   * Lines of text below the last entry, without `//`.
   *
   * @default - none
   */
  readonly end?: readonly string[];
}

/** An array literal. */
export interface ListSource {
  readonly kind: 'list';
  readonly items: readonly Item[];
  /**
   * Lines of text below the last item, without `//`.
   *
   * @default - none
   */
  readonly end?: readonly string[];
}

/** What is said about an entry of a map or an item of a list. Any text is safe: none ends its comment. */
export interface Comments {
  /**
   * Lines of text above it, without `//`.
   *
   * @default - none
   */
  readonly before?: readonly string[];
  /**
   * Text behind it, on the line where it ends.
   *
   * @default - none
   */
  readonly after?: string;
}

/** An entry of a map. */
export interface Entry extends Comments {
  readonly key: string;
  readonly value: Source;
}

/** An item of a list. */
export interface Item extends Comments {
  readonly value: Source;
}

/** Plain data as source. */
export function sourceOf(value: unknown): Source {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => ({ value: sourceOf(item) })) };
  if (typeof value === 'object' && value !== null)
    return { kind: 'map', entries: Object.entries(value).map(([key, item]) => ({ key, value: sourceOf(item) })) };
  return { kind: 'value', value: value as string };
}
