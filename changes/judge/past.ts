import type { Plain } from '../../layers/layer';
import type { Fields } from '../fields';
import { stable } from './effect';
import { rendered, there } from './row';
import type { Item } from './side';

/** What an item said at a target, from a commit on. */
export interface PastContent {
  /** When that was committed to what is deployed, in milliseconds. */
  readonly time: number;
  /** @default - it was not there */
  readonly fields?: Fields;
}

/** What is known of the time before a change. */
export interface Past {
  /** Why it cannot be told what was there before, as the end of a sentence. @default - it can */
  readonly trouble?: string;
  /** What an item said at a target: as it was right before the change first, then back in time. */
  contents(item: Item, target: string): readonly PastContent[];
  /** Says which will be asked about, so that one look at the history is enough. */
  prepare(asked: readonly { readonly item: Item; readonly target: string }[]): void;
}

const nothing = Symbol('nothing was there');

/** What a field said, or that nothing was there that could have said it. */
function said({ fields }: PastContent, field: string): string | typeof nothing | undefined {
  if (field === rendered || field === there) return stable(fields !== undefined);
  if (!fields) return nothing;
  const value = fields.get(field);
  return value === undefined ? undefined : stable(value);
}

/**
 * Whether a value goes back to what was there before, as an undone change does. Undoing takes the last change back, or the last
 * few; what was taken back once and comes again is new.
 */
export function isReturn(past: readonly PastContent[], field: string, value: Plain | undefined): boolean {
  // What runs was not there once; to take it away undoes nothing.
  if ((field === rendered || field === there) && value === false) return false;
  const stack: (string | typeof nothing | undefined)[] = [];
  for (const content of [...past].reverse()) {
    const one = said(content, field);
    const at = stack.lastIndexOf(one);
    if (at >= 0) stack.length = at + 1;
    else stack.push(one);
  }
  const wanted = value === undefined ? undefined : stable(value);
  return stack.slice(0, -1).includes(wanted);
}

/** Since when a field says what it says, in milliseconds; `undefined` where it does not say it, or no commit has it. */
export function sinceWhen(past: readonly PastContent[], field: string): number | undefined {
  const [last] = past;
  if (!last) return undefined;
  const now = said(last, field);
  let since = last.time;
  for (const content of past) {
    if (said(content, field) !== now) break;
    since = content.time;
  }
  return since;
}
