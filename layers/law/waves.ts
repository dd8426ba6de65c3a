import { describe } from '../plain-data';

/** A part of a node that a change enters at once: a number of targets, a share of them, or all that are left. */
export type Wave = number | `${number}%` | 'rest';

/** What is wrong with waves as they are written. */
export interface WrongWaves {
  readonly message: string;
  /** Which of them. @default - the list as a whole */
  readonly index?: number;
  readonly expected: string;
  readonly found: string;
}

/** What waves are, in words. */
export const wavesInWords = "a list such as [1, '10%', 'rest']";

const waveInWords = "a whole number of 1 or more, a share from '1%' to '100%', or 'rest'";

/** The first mistake in waves; `undefined` where they are right. @param key how messages call them */
export function wrongWaves(written: unknown, key = 'waves'): WrongWaves | undefined {
  if (!Array.isArray(written)) return { message: `'${key}' has the wrong type`, expected: wavesInWords, found: describe(written) };
  if (written.length === 0) return { message: `'${key}' is empty`, expected: wavesInWords, found: 'an empty list' };
  const wrong = written.findIndex((wave) => !isWave(wave));
  if (wrong >= 0) {
    const found: unknown = written[wrong];
    const isMore = (shareOf(found) ?? 0) > 100;
    const message = isMore ? `the wave ${String(found)} is more than the whole node` : `there is no such wave in '${key}'`;
    return { message, index: wrong, expected: waveInWords, found: describe(found) };
  }
  const rest = written.indexOf('rest');
  if (rest < 0 || rest === written.length - 1) return undefined;
  return { message: "nothing is left behind the wave 'rest'", index: rest + 1, expected: "'rest' at the end", found: describe(written[rest + 1]) };
}

function isWave(wave: unknown): wave is Wave {
  if (typeof wave === 'number') return Number.isSafeInteger(wave) && wave > 0;
  const share = shareOf(wave);
  return wave === 'rest' || (share !== undefined && share > 0 && share <= 100);
}

function shareOf(wave: unknown): number | undefined {
  const [, share] = typeof wave === 'string' ? (/^(\d+(?:\.\d+)?)%$/.exec(wave) ?? []) : [];
  return share === undefined ? undefined : Number(share);
}

/** How many of a node's targets are entered with the end of each wave; what no wave names comes with a last one. */
export function waveEnds(waves: readonly Wave[], count: number): readonly number[] {
  const ends: number[] = [];
  let end = 0;
  for (const wave of [...waves, 'rest' as const]) {
    if (end >= count) break;
    // 10 % of 10 is 1, and not a little more of it.
    const size = typeof wave === 'number' ? wave : wave === 'rest' ? count : Math.ceil(Number(((count * (shareOf(wave) ?? 100)) / 100).toFixed(6)));
    end = Math.min(count, end + Math.max(1, size));
    ends.push(end);
  }
  return ends;
}

/** Whether some waves let more be entered at once than others do, in a node of any size that is tried. */
export function areLooser(waves: readonly Wave[], others: readonly Wave[]): boolean {
  return Array.from({ length: 200 }, (_, index) => index + 1).some((count) => {
    const ends = waveEnds(waves, count);
    return waveEnds(others, count).some((end) => !ends.includes(end));
  });
}

/** Whether two nodes are entered alike. */
export function isSameWaves(one: readonly Wave[] | undefined, other: readonly Wave[] | undefined): boolean {
  return one === other || one?.join() === other?.join();
}
