import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RepositoryChart } from '../../layers/charts/chart-id';
import { FleetError, type Problem } from '../../layers/problem';
import { inTemporaryFolder } from '../files/temporary-folder';
import { type ChartFacts, factsOf, isChartName } from './chart';
import { limits } from './chart-files';
import { chartProblem } from './chart-problem';
import { installHelm, saidBy } from './helm-said';

/** How long a chart is waited for. */
const patience = 300_000;

export interface PullOptions {
  /** Told what is being fetched. */
  readonly progress?: (text: string) => void;
  /** Whether registries are asked without TLS. @default false */
  readonly plainHttp?: boolean;
}

/**
 * Has the installed Helm fetch a packed chart, with what it knows of proxies, certificates and logins, and without its plugins. The
 * file is read and nothing of it unpacked.
 *
 * @throws FleetError where Helm is not installed or fails, with what it said
 */
export function pullChart(id: RepositoryChart, options: PullOptions): Buffer {
  const shown = `${id.chart} ${id.version}`;
  return inEmptyFolder((folder) => {
    runHelm(id, { ...options, words: ['pull'], options: [`--destination=${folder}`], folder, doing: fetching });
    // It is called as the index calls it: `.tgz`, `.tar.gz`, or whatever the address ends in.
    const archives = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
    const [archive] = archives;
    if (archive === undefined || archives.length > 1) {
      const found = archives.length === 0 ? 'no file' : archives.join(', ');
      throw chartProblem('chart-pull', `Helm fetched no packed chart for ${shown}`, { expected: 'one file', found });
    }
    const { size } = statSync(join(folder, archive));
    if (size > limits.archive)
      throw chartProblem('chart-broken', `the archive of ${shown} is too large`, { found: `${size} bytes`, expected: `at most ${limits.archive}` });
    return readFileSync(join(folder, archive));
  });
}

/**
 * A chart as its repository or registry has it: for `*` the newest that is no pre-release, as both Helm 3 and
 * Helm 4 choose it.
 *
 * @throws FleetError where there is none, or Helm is not installed or fails, with what it said
 */
export function publishedChart(id: RepositoryChart, options: PullOptions): ChartFacts {
  const text = inEmptyFolder((folder) => runHelm(id, { ...options, words: ['show', 'chart'], folder, doing: finding }));
  const facts = factsOf(new Map([['Chart.yaml', Buffer.from(text)]]), `${id.chart} of ${id.repository}`);
  if (facts.name !== id.chart)
    throw chartProblem('chart-broken', `what Helm found for ${id.chart} is another chart`, { expected: id.chart, found: facts.name });
  return facts;
}

/** Helm takes a file of the working directory for the chart of that name. */
function inEmptyFolder<T>(run: (folder: string) => T): T {
  return inTemporaryFolder('chart', run);
}

interface HelmRun extends PullOptions {
  readonly words: readonly string[];
  readonly options?: readonly string[];
  /** An empty folder, in which it runs. */
  readonly folder: string;
  /** What it does, as messages say it. */
  readonly doing: { readonly verb: string; readonly done: string; readonly from: string };
}

const fetching = { verb: 'fetch', done: 'fetched', from: 'from' };
const finding = { verb: 'find', done: 'found', from: 'in' };

/** @returns what Helm says @throws FleetError where it is not installed or fails */
function runHelm(id: RepositoryChart, { words, options = [], folder, doing, plainHttp = false, progress }: HelmRun): string {
  const { chart, repository, version } = id;
  const shown = version === '*' ? `the newest ${chart}` : `${chart} ${version}`;
  expectPullable(id);
  progress?.(`${doing.verb === 'find' ? 'looking for' : 'fetching'} ${shown}`);
  const isRegistry = repository.startsWith('oci://');
  const which = isRegistry ? [`${repository}/${chart}`] : [chart, `--repo=${repository}`];
  const args = [...words, ...which, `--version=${version}`, ...options, ...(plainHttp && isRegistry ? ['--plain-http'] : [])];
  // An index names archives by any address, and whatever plugin answers to its scheme would be run: there are none where none lie.
  const env = { ...process.env, HELM_PLUGINS: join(folder, 'plugins'), HELM_NO_PLUGINS: '1' };
  const { error, status, stdout, stderr } = spawnSync('helm', args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patience,
  });
  if (error) throw notRun(`${shown} cannot be ${doing.done} ${doing.from} ${repository}`, error as NodeJS.ErrnoException);
  if (status === 0) return stdout;
  throw chartProblem('chart-pull', `Helm cannot ${doing.verb} ${shown} ${doing.from} ${repository}`, { found: saidBy(stderr), hint: hintFor(id, stderr) });
}

/** What a fleet from elsewhere says is no word to Helm but an address, a name and a version: its plugins answer to other schemes. */
function expectPullable({ chart, repository, version }: RepositoryChart): void {
  const wrong: Pick<Problem, 'message' | 'expected' | 'hint'> | undefined = !isChartName(chart)
    ? { message: `'${chart}' is no name of a chart`, expected: 'letters, digits, `-`, `_`, `.`' }
    : /^[a-z]+:\/\/[^/]*@/i.test(repository)
      ? {
          message: `the address that ${chart} is fetched from holds a login, and would be written where it is committed`,
          expected: 'an address without one',
          hint: loginHint(repository),
        }
      : !/^(https?|oci):\/\/[^\s/-]/i.test(repository)
        ? { message: `no chart is fetched from '${repository}'`, expected: 'an address with http://, https:// or oci://' }
        : version.trim() === '' || /\p{Cc}/u.test(version) || version.length > 200
          ? { message: `no chart has the version ${JSON.stringify(version)}`, expected: 'a version, or a range of versions' }
          : undefined;
  if (!wrong) return;
  const { message, ...rest } = wrong;
  throw chartProblem('chart-unknown', message, rest);
}

/** There is no Helm: whatever else would have to be fetched cannot be either. */
export class HelmMissing extends FleetError {}

function notRun(wanted: string, { code, message }: NodeJS.ErrnoException): FleetError {
  if (code === 'ENOENT') {
    const hint = `${installHelm}; or unpack the chart into the repository and name its folder`;
    return new HelmMissing([{ code: 'chart-pull', message: `helm is not installed, and ${wanted}`, hint }]);
  }
  const isSlow = code === 'ETIMEDOUT';
  const found = isSlow ? `no answer for ${patience / 1000} seconds` : message;
  return chartProblem('chart-pull', `${wanted}: Helm ${isSlow ? 'did not come to an end' : 'cannot be run'}`, {
    found,
    hint: 'see whether `helm version` works',
  });
}

function hintFor({ chart, repository, version }: RepositoryChart, stderr: string): string | undefined {
  const isRegistry = repository.startsWith('oci://');
  if (/server gave HTTP response to HTTPS client|first record does not look like a TLS handshake/.test(stderr))
    return isRegistry ? 'a registry without TLS is asked with --plain-http' : 'it speaks plain HTTP: say `http://` in its address';
  if (isRegistry && /HTTP request (was sent )?to an? HTTPS (server|port)|malformed HTTP response/i.test(stderr))
    return 'the registry speaks TLS: leave --plain-http out';
  // Numbers alone stand in versions and ports as well; a registry that asks for a password which nobody has is 'basic credential not found'.
  if (/\b40[13] (unauthorized|forbidden)|status(?: code)?:? 40[13]\b|unauthorized|forbidden|denied|credentials? (not found|required)/i.test(stderr))
    return loginHint(repository);
  if (!/not found|no chart version found|improper constraint|locate/i.test(stderr)) return undefined;
  if (version === '*') return `is there a release of '${chart}'? what comes before one (-rc.1) is none`;
  return `is there a version '${version}' of '${chart}'? an app names it in targetRevision`;
}

function loginHint(repository: string): string {
  // By its address, Helm asks a chart repository without a password.
  if (!repository.startsWith('oci://')) return 'no password is handed to a chart repository: unpack the chart into this repository, and name its folder';
  const host = repository.slice('oci://'.length).split('/')[0]?.replace(/^.*@/, '');
  return `log in first: \`helm registry login ${host}\``;
}
