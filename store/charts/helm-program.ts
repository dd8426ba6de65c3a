import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RepositoryChart } from '../../layers/charts/chart-id';
import { FleetError, type Problem } from '../../layers/problem';
import { isChartName } from './chart';
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
 * Has the installed Helm fetch a packed chart, with what it knows of proxies, certificates and logins. The file is read and
 * nothing of it unpacked.
 *
 * @throws FleetError where Helm is not installed or fails, with what it said
 */
export function pullChart(id: RepositoryChart, { plainHttp = false, progress }: PullOptions): Buffer {
  const { chart, repository, version } = id;
  const shown = `${chart} ${version}`;
  expectPullable(id);
  progress?.(`fetching ${shown}`);
  const folder = mkdtempSync(join(tmpdir(), 'fleet-chart-'));
  try {
    const isRegistry = repository.startsWith('oci://');
    const which = isRegistry ? [`${repository}/${chart}`] : [chart, `--repo=${repository}`];
    const args = ['pull', ...which, `--version=${version}`, `--destination=${folder}`, ...(plainHttp && isRegistry ? ['--plain-http'] : [])];
    const { error, status, stderr } = spawnSync('helm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], timeout: patience });
    if (error) throw notRun(shown, repository, error as NodeJS.ErrnoException);
    if (status !== 0) throw chartProblem('chart-pull', `Helm cannot fetch ${shown} from ${repository}`, { found: saidBy(stderr), hint: hintFor(id, stderr) });
    const archives = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    const [archive] = archives;
    if (archive === undefined || archives.length > 1)
      throw chartProblem('chart-pull', `Helm fetched no packed chart for ${shown}`, { found: archives.join(', ') });
    const { size } = statSync(join(folder, archive));
    if (size > limits.archive)
      throw chartProblem('chart-broken', `the archive of ${shown} is too large`, { found: `${size} bytes`, expected: `at most ${limits.archive}` });
    return readFileSync(join(folder, archive));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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

function notRun(shown: string, repository: string, { code, message }: NodeJS.ErrnoException): FleetError {
  const wanted = `${shown} cannot be fetched from ${repository}`;
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
  if (/server gave HTTP response to HTTPS client/.test(stderr)) return 'a registry without TLS is asked with --plain-http';
  if (/401|403|unauthorized|denied/i.test(stderr)) return loginHint(repository);
  if (/not found|no chart version found|improper constraint/i.test(stderr))
    return `is there a version '${version}' of '${chart}'? an app names it in targetRevision`;
  return undefined;
}

function loginHint(repository: string): string {
  // By its address, Helm asks a chart repository without a password.
  if (!repository.startsWith('oci://')) return 'no password is handed to a chart repository: unpack the chart into this repository, and name its folder';
  const host = repository.slice('oci://'.length).split('/')[0]?.replace(/^.*@/, '');
  return `log in first: \`helm registry login ${host}\``;
}
