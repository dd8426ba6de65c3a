import fc from 'fast-check';
import { isLongForm, ofSlow } from '../../runs';
import { eventful, fields, type Patch, RandomFleet, topologies, turns } from './random-fleet';

jest.setTimeout(900_000);

const hour = 3_600_000;

/** A line of a commit's message. */
interface Line {
  readonly patch: string;
  readonly paths: readonly string[];
  readonly name: string;
  readonly is: string;
  /** In milliseconds. */
  readonly since?: number;
}

interface Commit {
  readonly time: number;
  /** Whether somebody made it by hand. */
  readonly isByHand: boolean;
  readonly lines: readonly Line[];
  /** What is rendered: the value of the field that a patch changes, by patch and target. */
  readonly values: ReadonlyMap<string, number>;
}

/** A commit as Git has it, read without this tool. */
function commitOf(fleet: RandomFleet, hash: string): Commit {
  const { sequence, what, rendered } = fleet.topology;
  const [seconds, ...rest] = fleet.git('log', '-1', '--format=%ct%n%B', hash).split('\n');
  const message = rest.join('\n');
  const lines = [...message.matchAll(/^Fleet-Evidence: (.*)$/gm)].map(([, text = '']): Line => {
    const [, about, patch = '', paths = '', name = '', is = '', since] =
      /^(\S+) (\S+) (\S+) (\S+) ([a-z-]+)(?:#[0-9a-f]{8})?(?:@(\S+))? [0-9a-f]{16}$/.exec(text) ?? [];
    expect([text, about]).toEqual([text, what]);
    return { patch, paths: paths.split(','), name, is, ...(since === undefined ? {} : { since: Date.parse(since) }) };
  });
  const targets = new Map(sequence.map((target) => [rendered(target), target]));
  const values = new Map<string, number>();
  for (const row of fleet
    .git('grep', '-E', '^ *(level|size): [0-9]+$', hash, '--', ...targets.keys())
    .trim()
    .split('\n')) {
    const [, path = '', field, value] = /^[0-9a-f]+:(.*): *(\w+): (\d+)$/.exec(row) ?? [];
    const patch = Object.entries(fields).find(([, one]) => one === field)?.[0];
    values.set(`${patch} ${targets.get(path)}`, Number(value));
  }
  expect([...values.keys()].sort()).toEqual(
    Object.keys(fields)
      .flatMap((patch) => sequence.map((target) => `${patch} ${target}`))
      .sort(),
  );
  return { time: Number(seconds) * 1000, isByHand: /^(Start|Edit)\n/.test(message), lines, values };
}

/** What a fleet has gone through, and what it may not: by its commits, and what was true when each was made. */
class Story {
  readonly #fleet: RandomFleet;
  readonly #commits: Commit[] = [];
  /** What was taken back, by patch, target and value. */
  readonly #left = new Set<string>();
  entered = 0;
  back = 0;

  constructor(fleet: RandomFleet) {
    this.#fleet = fleet;
    this.goOn();
  }

  /** Looks at the commits that are new. */
  goOn(): void {
    const all = this.#fleet.git('rev-list', '--reverse', '--first-parent', 'HEAD').trim().split('\n');
    for (const hash of all.slice(this.#commits.length)) {
      const commit = commitOf(this.#fleet, hash);
      if (!commit.isByHand) for (const patch of Object.keys(fields) as Patch[]) this.#look(commit, patch);
      this.#commits.push(commit);
    }
  }

  #look(commit: Commit, patch: Patch): void {
    const { sequence } = this.#fleet.topology;
    const [was, is] = [this.#commits.at(-1) as Commit, commit].map(
      ({ values }) =>
        (target: string) =>
          values.get(`${patch} ${target}`) as number,
    ) as [At, At];
    const changed = sequence.filter((target) => is(target) !== was(target));
    const [left, entered] = [changed.filter((target) => is(target) === 1), changed.filter((target) => is(target) !== 1)];
    for (const target of left) this.#left.add(`${patch} ${target} ${was(target)}`);
    if (left.length > 0) {
      this.back += 1;
      const bad = commit.lines.filter((line) => line.patch === patch && line.is === 'bad');
      expect(left.some((target) => bad.some((line) => covers(line, target)))).toBe(true);
    }
    for (const target of entered) {
      this.entered += 1;
      const step = `${patch} enters ${target}`;
      expect([step, this.#left.has(`${patch} ${target} ${is(target)}`)]).toEqual([step, false]);
      // One step enters a node whole.
      for (const before of sequence.slice(0, sequence.indexOf(target)).filter((one) => !entered.includes(one))) {
        expect([step, before, was(before)]).toEqual([step, before, is(target)]);
        expect([step, ...this.#lacking(commit, patch, before)]).toEqual([step]);
      }
    }
  }

  /** What a step is made without, about a target in front of it. */
  #lacking(commit: Commit, patch: Patch, target: string): readonly string[] {
    const soak = this.#fleet.soakOf(target) * hour;
    const arrived = this.#arrived(patch, target);
    const early = commit.time - arrived < soak ? [`${target} has it since ${new Date(arrived).toISOString()}`] : [];
    const unproved = this.#fleet.piecesOf(target).flatMap((name) => {
      const truth = this.#fleet.truth(name, target);
      const line = commit.lines.find((one) => isAbout(one, patch, name, target));
      const since = line?.since ?? (soak === 0 ? commit.time : this.#recorded(patch, name, target, arrived));
      // The line of several targets has the last moment of theirs; what was recorded was so at that time, and ever since.
      const isProved = line?.is === 'good' && since !== undefined && since >= (soak === 0 ? 0 : truth.since);
      const isTrue = truth.is === 'good' && (soak === 0 || truth.since <= commit.time - soak);
      const isLong = line?.since !== undefined || (since ?? Number.POSITIVE_INFINITY) <= commit.time - soak;
      return isProved && isTrue && isLong ? [] : [`${name} at ${target}: ${JSON.stringify({ line, since, truth, time: commit.time })}`];
    });
    return [...early, ...unproved];
  }

  /** Since when a target has a patch as it is in the last commit. */
  #arrived(patch: Patch, target: string): number {
    const key = `${patch} ${target}`;
    const last = this.#commits.at(-1)?.values.get(key);
    const other = this.#commits.findLastIndex(({ values }) => values.get(key) !== last);
    return (this.#commits[other + 1] as Commit).time;
  }

  /** The first line on record which says good of a piece, and which no other one follows. */
  #recorded(patch: Patch, name: string, target: string, from: number): number | undefined {
    let first: number | undefined;
    for (const { time, lines } of this.#commits) {
      const line = time < from ? undefined : lines.find((one) => isAbout(one, patch, name, target));
      if (line !== undefined) first = line.is === 'good' ? (first ?? time) : undefined;
    }
    return first;
  }
}

type At = (target: string) => number;

const covers = ({ paths }: Line, target: string) => paths.some((path) => `${target}/`.startsWith(`${path}/`));
const isAbout = (line: Line, patch: string, name: string, target: string) => line.patch === patch && line.name === name && covers(line, target);

test.each(Object.entries(topologies))(
  'of %s, no commit of `promote --auto` has a patch enter a node before all that precedes it was good for its soak, or where it was taken back from',
  (_, topology) => {
    let [entered, waited, back] = [0, 0, 0];
    fc.assert(
      fc.property(turns, (all) => {
        const fleet = new RandomFleet(topology);
        try {
          const story = new Story(fleet);
          for (const turn of all) {
            const before = story.entered;
            fleet.play(turn);
            story.goOn();
            if (story.entered === before) waited += 1;
          }
          if (all.every(({ edit }) => edit === undefined)) expect(fleet.judge()).toBe(0);
          entered += story.entered;
          back += story.back;
        } finally {
          fleet.remove();
        }
      }),
      { numRuns: ofSlow(40), examples: isLongForm ? [[eventful]] : [] },
    );
    // All of it happens.
    if (isLongForm) expect([entered, waited, back].map((count) => count > 0)).toEqual([true, true, true]);
  },
);
