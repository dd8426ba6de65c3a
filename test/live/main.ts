import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPrograms, type ProgramName } from './build';
import { chosenSteps, type Result, type Step, walk } from './claims';
import { Lab } from './lab';
import { onInterrupt } from './processes';
import { liveDocument, type Section, table } from './report';
import { endRuns } from './run';
import { First } from './steps/first/first';
import { firstSteps } from './steps/first/steps';
import { Second } from './steps/second/second';
import { secondSteps } from './steps/second/steps';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    steps: { type: 'string' },
    keep: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    build: { type: 'boolean', default: false },
  },
});

interface Topology {
  readonly programs: readonly ProgramName[];
  /** What every run of it begins with. */
  readonly always: readonly string[];
  readonly names: readonly string[];
  readonly walk: (lab: Lab, steps: readonly string[] | undefined, say: (line: string) => void) => Promise<readonly Result[]>;
}

function topology<T>(name: string, programs: readonly ProgramName[], steps: readonly Step<T>[], always: readonly string[], make: (lab: Lab) => T): Topology {
  return {
    programs,
    always,
    names: steps.map((step) => step.name),
    walk: (lab, names, say) => walk(name, chosenSteps(steps, always, names), make(lab), say),
  };
}

const topologies: Readonly<Record<string, Topology>> = {
  first: topology('first', ['world', 'kubernetes-argo-cd'], firstSteps, ['up', 'bootstrap', 'register'], (lab) => new First(lab)),
  second: topology('second', ['world', 'kubernetes-argo-cd', 'external-secrets'], secondSteps, ['up', 'bootstrap'], (lab) => new Second(lab)),
};

const say = (line: string) => process.stdout.write(`${line}\n`);

const labs = new Set<Lab>();

async function stopAll(forGood = false): Promise<void> {
  endRuns(forGood);
  await Promise.all([...labs].map((lab) => lab.stop(values.keep)));
  if (values.keep) for (const { folder } of labs) say(`what is left of it: ${folder}`);
  labs.clear();
}

async function main(): Promise<number> {
  const named = Object.entries(topologies).filter(([name]) => values.only === undefined || values.only === name);
  if (named.length === 0) throw new Error(`there is no topology '${values.only}': there are ${Object.keys(topologies).join(', ')}`);
  const steps = values.steps?.split(',').filter(Boolean);
  const chosen = named.filter(([, { names }]) => steps?.every((step) => names.includes(step)) ?? true);
  if (chosen.length === 0) {
    throw new Error(`no topology has all of the steps ${values.steps}: ${named.map(([name, { names }]) => `${name} has ${names.join(', ')}`).join('; ')}`);
  }
  const start = Date.now();
  const programs = await buildPrograms([...new Set(chosen.flatMap(([, { programs: needed }]) => needed))], say);
  if (values.build) return 0;
  const results: Result[] = [];
  const sections: Section[] = [];
  let hasLost = false;
  for (const [name, { walk: walkThrough, programs: needed }] of chosen) {
    const lab = new Lab(programs, name);
    labs.add(lab);
    try {
      await lab.start(needed.includes('external-secrets'));
      const begin = Date.now();
      const own = await walkThrough(lab, steps, say);
      results.push(...own);
      sections.push({ topology: name, date: new Date().toISOString().slice(0, 10), results: own, seconds: (Date.now() - begin) / 1000 });
      for (const lost of lab.processes.lost()) {
        hasLost = true;
        say(`this process is gone: ${lost}`);
      }
    } finally {
      await stopAll();
    }
  }
  const failed = results.filter(({ outcome }) => outcome !== 'holds');
  const seconds = (Date.now() - start) / 1000;
  say(
    `\n${table(
      ['step', 'claim', 'result'],
      results.map(({ topology: of, step, claim, outcome }) => [`${of} ${step}`, claim, outcome]),
    )}`,
  );
  say(`\n${results.length - failed.length} of ${results.length} claims hold, after ${Math.round(seconds)} s`);
  if (steps === undefined || values.report) {
    const file = join(__dirname, '../../docs/live.md');
    const isAll = values.only === undefined || Object.keys(topologies).length === 1;
    writeFileSync(file, liveDocument({ versions: programs.versions, sections }, isAll ? '' : readFileSync(file, 'utf8')));
    say('docs/live.md is written');
  }
  return failed.length === 0 && !hasLost ? 0 : 1;
}

onInterrupt(() => stopAll(true));
// However this process ends: nothing that it started stays.
process.on('exit', () => {
  for (const { processes } of labs) processes.killAll();
});
main().then(
  (status) => {
    process.exitCode = status;
  },
  async (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    await stopAll();
    process.exitCode = 1;
  },
);
