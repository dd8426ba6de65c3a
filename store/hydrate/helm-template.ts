import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ChartFinding, ChartInput } from '../../layers/charts/chart-input';
import { saidBy } from '../charts/helm-said';
import { isThere, shown } from '../files/paths';
import type { ChartSource } from './chart-sources';
import type { GivenFiles } from './input-files';
import { inSandbox } from './sandbox';

/** What is rendered. */
export interface Rendering {
  readonly input: ChartInput;
  readonly source: ChartSource;
  /** What the files hold that the input names. */
  readonly files: GivenFiles;
  /** Whether it is rendered twice. */
  readonly isDoubtful: boolean;
}

/** What Helm printed, once or at two times; or what it said was wrong. */
export type Printed = readonly [string, string?] | ChartFinding;

export interface Limits {
  /** How long a chart may take, in milliseconds. */
  readonly patience: number;
  /** How much it may print, in bytes. */
  readonly output: number;
  /** How long after a run the second one of the same begins at the earliest, in milliseconds. */
  readonly pause: number;
}

/** How one run ended, as run-many.js says it. */
interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  readonly fault?: string;
}

/**
 * Has Helm render charts, the doubtful ones twice, in as many processes as there are cores, and waits for them. A program of its own waits for
 * these processes, since whoever asks waits for nothing: what code of a configuration did to this process does not reach it.
 *
 * The second run is some time later, and in a place of the world where it is another day: charts that write down when they were
 * rendered show that by it.
 */
export function template(program: string, renderings: readonly Rendering[], limits: Limits): readonly Printed[] {
  if (renderings.length === 0) return [];
  return inSandbox(({ folder, env }) => {
    const output = (run: number) => join(folder, `${run}.yaml`);
    const args = renderings.map(({ input, source, files }, index) => {
      const write = (name: string, content: string | Buffer) => {
        const file = join(folder, `${index}-${name}`);
        writeFileSync(file, content);
        return file;
      };
      const values = [...files.values.map(({ content }) => content), ...input.values].map((text, position) => write(`values-${position}.yaml`, text));
      const parameters = files.parameters.map(({ name, content }, position) => `${name}=${parameterValue(write(`file-${position}`, content))}`);
      return argsOf(input, source.path, values, parameters);
    });
    const doubtful = renderings.flatMap(({ isDoubtful }, index) => (isDoubtful ? [index] : []));
    const jobs = [
      ...args.map((own, index) => ({ args: own, output: output(index), env: { TZ: 'UTC' } })),
      ...doubtful.map((after, index) => ({ args: args[after], output: output(args.length + index), env: { TZ: elsewhere() }, after })),
    ];
    const order = {
      program,
      cwd: folder,
      env,
      jobs,
      processes: availableParallelism(),
      patience: limits.patience,
      maxOutput: limits.output,
      pause: limits.pause,
    };
    // Without what Node would load before it.
    const runMany = spawnSync(process.execPath, [require.resolve('./run-many.js')], {
      input: JSON.stringify(order),
      env: { ...process.env, NODE_OPTIONS: '' },
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    if (runMany.error) throw runMany.error;
    if (runMany.status !== 0) throw new Error(`run-many.js ended with ${runMany.status ?? runMany.signal}: ${runMany.stderr}`);
    const ended = JSON.parse(runMany.stdout) as readonly Ended[];
    return renderings.map((rendering, index): Printed => {
      const second = doubtful.indexOf(index);
      const runs = [index, ...(second < 0 ? [] : [args.length + second])];
      const failed = runs.map((run) => ended[run]).find((run) => run && (run.status !== 0 || run.fault !== undefined));
      if (failed) return finding(rendering, failed, limits, folder);
      const [first = '', other] = runs.map((run) => readFileSync(output(run), 'utf8'));
      return [first, other];
    });
  });
}

/** UTC + 14 where it is afternoon, UTC - 12 where it is not: another day than it is now. */
function elsewhere(): string {
  return new Date().getUTCHours() >= 12 ? 'Pacific/Kiritimati' : 'Etc/GMT+12';
}

/** As Argo CD 3.6 calls Helm (util/helm/cmd.go, `template`), but for the path of an archive, which it would unpack first. */
function argsOf(input: ChartInput, chart: string, values: readonly string[], files: readonly string[]): readonly string[] {
  const { releaseName, namespace, kubernetes, parameters, apiVersions } = input;
  const both = (flag: string, texts: readonly string[]) => texts.flatMap((text) => [flag, text]);
  return [
    ...['template', chart, '--name-template', releaseName],
    ...(namespace === '' ? [] : ['--namespace', namespace]),
    ...(kubernetes === undefined ? [] : ['--kube-version', kubeVersion(kubernetes)]),
    ...parameters.flatMap(({ name, value, forceString }) => [forceString ? '--set-string' : '--set', `${name}=${parameterValue(value)}`]),
    ...both('--set-file', files),
    ...both('--values', values),
    ...both('--api-versions', apiVersions),
    ...(input.skipCrds ? [] : ['--include-crds']),
    ...(input.skipSchemaValidation ? ['--skip-schema-validation'] : []),
    ...(input.skipTests ? ['--skip-tests'] : []),
  ];
}

/** `1.33` is 1.33.0, as Kubernetes' `ParseGeneric` reads it, and Argo CD with it. What is none, Helm refuses. */
function kubeVersion(version: string): string {
  const [, major, minor, patch = '0'] = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version.trim()) ?? [];
  return major === undefined ? version : `${major}.${minor}.${patch}`;
}

/** Commas would part values; between braces they do (util/helm/cmd.go, `cleanSetParameters`). */
function parameterValue(value: string): string {
  return value.startsWith('{') && value.endsWith('}') ? value : value.replaceAll(/(?<!\\),/g, '\\,');
}

function finding({ input, source, files }: Rendering, { fault, signal, status, stderr }: Ended, limits: Limits, folder: string): ChartFinding {
  const code = 'chart-render';
  const message = `Helm cannot render ${source.shown}`;
  if (fault === 'slow') {
    const found = `no answer for ${limits.patience / 1000} seconds`;
    return { code, message: `${message}: it did not come to an end`, found };
  }
  if (fault === 'large') return { code, message: `${message}: it prints too much`, expected: `at most ${limits.output} bytes` };
  if (fault !== undefined || signal !== null) return { code, message, found: fault ?? `it was killed (${signal})`, hint: 'see whether `helm version` works' };
  const nameOf = (position: number) => files.values[position]?.shown ?? `values ${position - files.values.length + 1} of ${input.values.length}`;
  const said = saidBy(stderr)
    .replaceAll(/\S*\d+-values-(\d+)\.yaml/g, (_, position) => nameOf(Number(position)))
    .replaceAll(source.path, shown(source.path))
    .replaceAll(folder, '');
  const hint = hintFor(said, source);
  return { code, message, found: said === 'nothing' ? `it ended with ${status}, and said nothing` : said, ...(hint === undefined ? {} : { hint }) };
}

/** The same words by which Argo CD knows it (util/helm/helm.go, `IsMissingDependencyErr`): it would fetch them then. */
function hintFor(said: string, { path }: ChartSource): string | undefined {
  if (/found in (requirements|Chart)\.yaml, but missing in charts/.test(said)) {
    return isThere(join(path, 'Chart.yaml'))
      ? `run \`helm dependency build ${shown(path)}\`, and commit what it writes to its folder \`charts/\``
      : 'the archive lacks charts that it needs: tell its authors, or unpack it into the repository, have Helm build its dependencies, and name its folder';
  }
  if (said.includes('127.0.0.1:9')) return 'charts are rendered without network: what the schema refers to must lie in the chart';
  return undefined;
}
