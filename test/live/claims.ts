/** What is said of the project, and what proves it on live systems. */
export interface Claim<T> {
  /** A sentence, as `docs/live.md` tells it. */
  readonly says: string;
  /** Throws where it does not hold, with what the live system says. */
  readonly prove: (topology: T) => Promise<void>;
}

export interface Step<T> {
  readonly name: string;
  readonly title: string;
  /** Steps that have to come before, besides those that every run begins with. */
  readonly needs?: readonly string[];
  readonly claims: readonly Claim<T>[];
}

export interface Result {
  readonly topology: string;
  readonly step: string;
  readonly title: string;
  readonly claim: string;
  readonly outcome: 'holds' | 'fails' | 'not run';
  readonly seconds: number;
  readonly message?: string;
}

/** The steps that were asked for, with all that these need, in the order in which they stand. */
export function chosenSteps<T>(all: readonly Step<T>[], always: readonly string[], names: readonly string[] | undefined): readonly Step<T>[] {
  if (!names) return all;
  const wanted = new Set<string>(always);
  const take = (name: string) => {
    const step = all.find((candidate) => candidate.name === name);
    if (!step) throw new Error(`there is no step '${name}': there are ${all.map((known) => known.name).join(', ')}`);
    if (wanted.has(name) && !always.includes(name)) return;
    wanted.add(name);
    for (const needed of step.needs ?? []) take(needed);
  };
  for (const name of names) take(name);
  return all.filter(({ name }) => wanted.has(name));
}

/** Proves claim after claim. What stands on one that fails is not tried: it would say the same, later. */
export async function walk<T>(name: string, steps: readonly Step<T>[], topology: T, say: (line: string) => void): Promise<readonly Result[]> {
  const results: Result[] = [];
  let hasFailed = false;
  for (const step of steps) {
    say(`\n${name}: ${step.name}: ${step.title}`);
    for (const claim of step.claims) {
      const about = { topology: name, step: step.name, title: step.title, claim: claim.says };
      if (hasFailed) {
        results.push({ ...about, outcome: 'not run', seconds: 0 });
        continue;
      }
      const start = Date.now();
      const seconds = () => Math.round((Date.now() - start) / 1000);
      try {
        await claim.prove(topology);
        results.push({ ...about, outcome: 'holds', seconds: seconds() });
        say(`  holds  ${claim.says} (${seconds()} s)`);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        results.push({ ...about, outcome: 'fails', seconds: seconds(), message });
        say(`  FAILS  ${claim.says} (${seconds()} s)\n         ${message.replaceAll('\n', '\n         ')}`);
        hasFailed = true;
      }
    }
  }
  return results;
}
