import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { apps, chartedApps, chartObjects } from './fleet-files';
import { components } from './hub-fleet-files';
import type { HubMeasurement, Measurement, OpenedMeasurement, Run } from './measure';
import type { ReadMeasurement } from './reads';
import type { StartUp } from './start-up';

type Column<M = Measurement> = readonly [title: string, cell: (measurement: M, previous: M | undefined) => string];

const columns: readonly Column[] = [
  ['targets', ({ targets }) => number(targets)],
  ['files', ({ files }) => number(files)],
  ['fresh', ({ fresh }) => cost(fresh)],
  ['unchanged', ({ unchanged }) => cost(unchanged)],
  ['one patch moved', ({ moved }) => cost(moved)],
  ['raw writes', ({ floor }) => seconds(floor)],
  ['fresh / raw', ({ fresh, floor }) => `${(fresh.seconds / floor).toFixed(1)}×`],
  ['unchanged / raw', ({ unchanged, floor }) => `${(unchanged.seconds / floor).toFixed(1)}×`],
  ['promotion', ({ promoted }) => cost(promoted)],
  ['promotion / fresh', ({ promoted, fresh }) => `${(promoted.seconds / fresh.seconds).toFixed(1)}×`],
  ['growth', (measurement, previous) => (previous ? growth(measurement, previous).toFixed(2) : '–')],
  ['runs', ({ runs }) => number(runs)],
];

const phaseColumns: readonly Column[] = [
  ['targets', ({ targets }) => number(targets)],
  ['load', ({ phases }) => seconds(phases.load)],
  ['check', ({ phases }) => seconds(phases.check)],
  ['text', ({ phases }) => seconds(phases.text)],
  ['the rest', ({ fresh, phases: { load, check, text } }) => seconds(fresh.seconds - load - check - text)],
];

const yamlColumns: readonly Column[] = [
  ['targets', ({ targets }) => number(targets)],
  ['YAML files', ({ yaml }) => number(yaml.files)],
  ['reading', ({ yaml }) => seconds(yaml.load)],
  ['rendering', ({ yaml }) => seconds(yaml.check + yaml.text)],
  ['reading / rendering', ({ yaml }) => `${(yaml.load / (yaml.check + yaml.text)).toFixed(2)}×`],
];

const openedColumns: readonly Column<OpenedMeasurement>[] = [
  ['targets', ({ targets }) => number(targets)],
  ['files closed', ({ closed }) => number(closed.files)],
  ['files opened', ({ opened }) => number(opened.files)],
  ['fresh closed', ({ closed }) => cost(closed.fresh)],
  ['fresh opened', ({ opened }) => cost(opened.fresh)],
  ['fresh opened / closed', ({ closed, opened }) => `${(opened.fresh.seconds / closed.fresh.seconds).toFixed(1)}×`],
  ['raw writes', ({ closed, opened }) => `${seconds(closed.floor)}, ${seconds(opened.floor)}`],
  ['unchanged closed', ({ closed }) => cost(closed.unchanged)],
  ['unchanged opened', ({ opened }) => cost(opened.unchanged)],
  ['unchanged opened / closed', ({ closed, opened }) => `${(opened.unchanged.seconds / closed.unchanged.seconds).toFixed(1)}×`],
  ['runs', ({ runs }) => String(runs)],
];

const hubColumns: readonly Column<HubMeasurement>[] = [
  ['spokes', ({ spokes }) => number(spokes)],
  ['files', ({ files }) => number(files)],
  ['fresh', ({ fresh }) => cost(fresh)],
  ['first of all', ({ first }) => cost(first)],
  ['unchanged', ({ unchanged }) => cost(unchanged)],
  ['raw writes', ({ floor }) => seconds(floor)],
  ['fresh / raw', ({ fresh, floor }) => `${(fresh.seconds / floor).toFixed(1)}×`],
  ['fleet check', ({ checked }) => cost(checked)],
  ['promotion', ({ promoted }) => cost(promoted)],
  ['promotion / fresh', ({ promoted, fresh }) => `${(promoted.seconds / fresh.seconds).toFixed(1)}×`],
  ['load', ({ phases }) => seconds(phases.load)],
  ['check', ({ phases }) => seconds(phases.check)],
  ['text', ({ phases }) => seconds(phases.text)],
];

const startColumns: readonly Column<StartUp>[] = [
  ['command', ({ command }) => `\`${command}\``],
  ['takes', ({ seconds: value }) => seconds(value)],
  ['aim', ({ aim }) => (aim === undefined ? '–' : seconds(aim))],
  ['runs', ({ runs }) => number(runs)],
];

const readColumns: readonly Column<ReadMeasurement>[] = [
  ['fleet', ({ fleet }) => fleet],
  ['command', ({ command }) => command],
  ['takes', ({ seconds: value }) => seconds(value)],
  ['processor', ({ cpu }) => seconds(cpu)],
  ['renders', ({ seconds: value, render }) => `${(value / render).toFixed(2)}×`],
  ['commits', ({ commits }) => number(commits)],
  ['runs', ({ runs }) => number(runs)],
];

/** How much faster time grew than the fleet: 1 is linear. */
function growth(measurement: Measurement, previous: Measurement): number {
  return measurement.fresh.seconds / previous.fresh.seconds / (measurement.targets / previous.targets);
}

/** All that was measured. */
export interface Measurements {
  readonly measurements: readonly Measurement[];
  readonly hubs: readonly HubMeasurement[];
  readonly opened: readonly OpenedMeasurement[];
  readonly starts: readonly StartUp[];
  readonly reads: readonly ReadMeasurement[];
}

export function table({ measurements, hubs, opened, starts, reads }: Measurements): string {
  return [
    markdown(columns, measurements),
    markdown(yamlColumns, measurements),
    markdown(hubColumns, hubs),
    markdown(openedColumns, opened),
    markdown(startColumns, starts),
    markdown(readColumns, reads),
  ].join('\n\n');
}

/** What ran, without a date or a name: the page changes only where something else was measured. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const packages = ['cdk8s', 'constructs', 'yaml', 'tsx'].map((name) => `${name} ${versionOf(name)}`);
  return [
    `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${memory} GiB of memory, ${type()} ${release()}`,
    `Node ${process.versions.node}, ${packages.join(', ')}`,
  ].join('\n');
}

export function page({ measurements, hubs, opened, starts, reads }: Measurements): string {
  return `# Performance

Measured, not estimated. This page is written by

\`\`\`
npm run bench -- --report
\`\`\`

(\`--sizes 10,100\` measures less, \`--runs 5\` more often.)

## Machine

${machine()
  .split('\n')
  .map((line) => `- ${line}`)
  .join('\n')}

## Results

${markdown(columns, measurements)}

Seconds and peak memory of the real command, \`fleet synth\` of the installed package, as a process of its own: its start and the loading
of the configuration are part of every number. Each is the median of as many runs as the last column says.

- **fresh**: into a folder that is not there yet.
- **unchanged**: again. Every file is rendered and compared with what is there; nothing is written.
- **one patch moved**: \`rolledOutTo\` names one region more. Two files are written.
- **raw writes**: the same bytes into an empty folder, with \`mkdirSync\` and \`writeFileSync\` and nothing else, the contents
  already in memory. No program that writes these files in this way is faster.
- **fresh / raw**, **unchanged / raw**: what all the rest costs on top of that. The aims are at most 1.8 and 1.5 at 1,000 targets; below
  that, starting Node is most of it. Writing and comparing go on in a second thread; what is left is one thread that renders
  ([where the time goes](#where-the-time-goes)).
- **memory**: the aim is less than 400 MB at 10,000 targets.
- **promotion**: \`fleet promote\` takes the patch one region further: the fleet is rendered before and after, every file compared, and
  the output written.
- **promotion / fresh**: the aim is at most 3.
- **growth**: how much faster the time grew than the fleet, from one size to the next; 1 is linear.

Disk and processor have their own say, and not the same: raw writes of the same bytes took 0.5 to 2.6 seconds at 1,000 targets on this
machine at different times, and starting Node ([the first line there](#start-up)) 0.04 to 0.12. Compare numbers of one run only.

## The fleet

One cluster type with ${apps} apps of about 60 lines of Helm values each, and the root ApplicationSet that deploys it. Its
defaults hold a token of the cluster, five apps a function of the region, four an annotation of the cluster, one the
target's own path, six an override of production. One target in a hundred is patched. A tenth of the targets is
integration, a fifth stage, the rest production, in sectors of 20 regions. \`test/bench/fleet-files.ts\` writes it.

## Where the time goes

${markdown(phaseColumns, measurements)}

- **load**: compiling and reading the configuration, declaring its constructs.
- **check**: resolving, merging and checking every app at every target, before the first file is written.
- **text**: the text of every file. Targets that resolve to the same values share one text.
- **the rest** of **fresh**: the start of Node and the package; folders and files as far as texts do not wait for them, for a second thread
  writes; moving them into place, and the report.

## Reading a fleet of YAML files

${markdown(yamlColumns, measurements)}

The same fleet as YAML (\`test/bench/yaml-fleet-files.ts\`), where every app has an override or a patch in one of ten paths of the
hierarchy. **reading** is everything until the constructs are declared; **rendering** is what comes after it, without writing.
The aim is at most 1.

## Hubs and spokes

${markdown(hubColumns, hubs)}

A hub for every 500 spokes, a file for each cluster, ${components + 2} components in four groups with two releases, about 40 lines of
values each; a third of the components says something of the cluster, a half something per tenant, and every fourth spoke
deploys for itself (\`test/bench/hub-fleet-files.ts\`).

- **fresh**: into a folder that is not there yet. The aim is at most 3 times **raw writes** at 1,000 spokes.
- **first of all**: the same, where no run before has compiled the configuration. tsx keeps what it compiled, file by file; a
  spoke more is one file more.
- **fleet check**: everything is resolved and checked, and what it renders compared with the output. The aim is less than 4 s at 1,000 spokes.
- **promotion**: \`fleet promote addons releases patch-001\` gives one spoke more the new release: the fleet is rendered before and
  after, what every cluster gets is compared, and the output written.

## Charts opened

${markdown(openedColumns, opened)}

The fleet of above, of whose ${apps} apps ${chartedApps.length} have a chart of ${chartObjects} objects in the repository and say something else in each of the
three environments: **closed** as Applications that name their charts, and with their objects in Git.

- **fresh**: into a folder that is not there yet, where nothing was rendered before: each of ${chartedApps.length * 3} distinct inputs is rendered once.
  **opened / closed**: the aim is at most 2.
- **raw writes**: the same bytes by one thread that does nothing else, of either fleet. Each object is a file, and files are most of what
  opened charts cost: what is written more is all but as much as the closed fleet takes as a whole.
- **unchanged**: again, with what was rendered in the cache. Every file is read and compared. **opened / closed**: the aim is at most 1.2.

What targets hold alike is a whole to the thread that renders; a second one writes and compares its files, and begins to look at what is
there while it is still found out what should be. How much of that is free depends on whether there is a second processor that is one.

## Commands that read

${markdown(readColumns, reads)}

In a repository with a first commit and as many more as the table says, each of which promotes a patch or edits a value. The commands are
those of the installed package.

- **processor**: the command's own processor time, without that of Git.
- **renders**: how many times as long as \`fleet synth\` that changes nothing. The aim for \`fleet diff\` is less than 2.
- The aim for \`versions\`, \`explain\` and \`history\` is less than 2 s at 1,000 targets, and less than 0.5 s in the example.

## Start-up

${markdown(startColumns, starts)}

\`node -e 0\` does nothing: it is what starting Node takes alone. The others are of the installed package: compiled, in a folder of its own, each command a process of its own. \`fleet synth\` renders this repository's
\`config/\`, with nothing changed since the last time; of its apps one is written with cdk8s-plus-27, whose loading is a fifth of it.
`;
}

/** Aligned as the formatter aligns it: the page is checked like every other file. */
function markdown<M>(columns: readonly Column<M>[], measurements: readonly M[]): string {
  const rows = measurements.map((measurement, index) => columns.map(([, cell]) => cell(measurement, measurements[index - 1])));
  const titles = columns.map(([title]) => title);
  const widths = titles.map((title, column) => Math.max(title.length, 3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(' | ')} |`;
  return [line(titles), line(widths.map((width) => `${'-'.repeat(width - 1)}:`)), ...rows.map(line)].join('\n');
}

function cost(run: Run): string {
  return `${seconds(run.seconds)}, ${number(Math.round(run.megabytes))} MB`;
}

function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { readonly version: string }).version;
}
