import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One experiment, made by chance. */
export interface Trial {
  readonly seed: number;
  /** A folder of its own, which is kept where a law was broken. */
  readonly folder: string;
}

/** A kind of experiment that is repeated, with the laws that must hold in each. */
export interface Campaign {
  /** Of what there are many: `fleets`. */
  readonly name: string;
  /** @returns every law that was broken, in words */
  readonly run: (trial: Trial) => Promise<readonly string[]>;
}

export interface Failure {
  readonly campaign: string;
  readonly seed: number;
  readonly folder: string;
  readonly broken: readonly string[];
}

/**
 * Repeats an experiment. One that throws has failed like one that breaks a law, and the others go on.
 *
 * @param seed of the first trial; the next has the next one
 */
export async function repeat(
  { name, run }: Campaign,
  count: number,
  seed: number,
  told: (done: number, failure?: Failure) => void,
): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for (let index = 0; index < count; index += 1) {
    const trial = { seed: seed + index, folder: realpathSync(mkdtempSync(join(tmpdir(), `fleet-campaign-${name}-`))) };
    const broken = await run(trial).catch((cause: unknown) => [cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)]);
    if (broken.length === 0) {
      rmSync(trial.folder, { recursive: true, force: true });
      told(index + 1);
      continue;
    }
    const failure = { campaign: name, ...trial, broken };
    failures.push(failure);
    mkdirSync(trial.folder, { recursive: true });
    writeFileSync(join(trial.folder, 'FAILURE.txt'), `${failureText(failure)}\n`);
    told(index + 1, failure);
  }
  return failures;
}

export function failureText({ campaign, seed, folder, broken }: Failure): string {
  const again = `npm run campaign -- --${campaign} 1 --seed ${seed}`;
  return [
    `${campaign}, seed ${seed}: ${broken.length} broken`,
    ...broken.map((law) => `  ${law.replaceAll('\n', '\n  ')}`),
    `  kept in ${folder}`,
    `  again: ${again}`,
  ].join('\n');
}
