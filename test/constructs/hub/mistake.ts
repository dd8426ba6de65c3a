import { type HubContent, hubProblemsOf } from '../../builders/hub-builder';

/** What is reported of a mistake; what is left out may be anything. */
export interface Expected {
  readonly code: string;
  readonly file?: string;
  /** Keys joined by a dot. */
  readonly at?: string;
  readonly message?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string | undefined;
  readonly app?: string;
  readonly target?: string;
  readonly targets?: number;
  readonly severity?: 'warning';
}

/** A mistake, the configuration that makes it, and what is reported: exactly this, and nothing besides. */
export type Mistake = readonly [name: string, content: HubContent, expected: Expected];

/** One test for each mistake. */
export function reportsEach(mistakes: readonly Mistake[]): void {
  test.each(mistakes)('%s', (_, content, { at, ...fields }) => {
    const problems = hubProblemsOf(content).map(({ place, ...problem }) => ({ ...problem, at: place?.join('.') }));
    expect(problems).toEqual([expect.objectContaining(at === undefined ? fields : { ...fields, at })]);
    expect(problems[0]?.severity).toBe(fields.severity);
  });
}
