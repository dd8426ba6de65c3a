import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { output, run } from './run';

const ownCache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-fleet');
const cache = join(ownCache, 'live');
const sources = join(__dirname, 'programs');

/** The toolchain that Argo CD's module asks for; the Go module proxy has it. */
const toolchain = 'go1.27.3';
const helmVersion = 'v4.3.1';

/** What a folder of `programs/` builds, and the names by which its program is called. */
const programs = {
  world: { names: ['world'], flags: () => '' },
  'kubernetes-argo-cd': {
    names: [
      'argocd',
      'argocd-application-controller',
      'argocd-applicationset-controller',
      'argocd-repo-server',
      'argocd-server',
      'kube-apiserver',
      'kube-controller-manager',
      'kubectl',
    ],
    flags: (folder: string) => {
      const kubernetes = required(folder, 'k8s.io/kubernetes');
      const [major, minor] = kubernetes.slice(1).split('.');
      return [
        `-X k8s.io/component-base/version.gitVersion=${kubernetes}`,
        `-X k8s.io/component-base/version.gitMajor=${major}`,
        `-X k8s.io/component-base/version.gitMinor=${minor}`,
        `-X github.com/argoproj/argo-cd/v3/common.version=${required(folder, 'github.com/argoproj/argo-cd/v3').slice(1)}`,
      ].join(' ');
    },
  },
  'external-secrets': { names: ['external-secrets'], flags: () => '' },
} as const;

export type ProgramName = keyof typeof programs;

export interface Programs {
  /** The folders that hold them, for PATH. */
  readonly path: string;
  /** Of what runs, by the name that people know. */
  readonly versions: Readonly<Record<string, string>>;
  /** The folder of a module in Go's cache: its definitions are read from there. */
  readonly module: (name: ProgramName, module: string) => Promise<string>;
}

/** The version of a module that a folder's go.mod requires. */
export function required(folder: string, module: string): string {
  const line = readFileSync(join(folder, 'go.mod'), 'utf8')
    .split('\n')
    .map((text) =>
      text
        .trim()
        .replace(/^require /, '')
        .split(' '),
    )
    .find(([name, version]) => name === module && version?.startsWith('v'));
  if (!line?.[1]) throw new Error(`${folder}/go.mod requires no ${module}`);
  return line[1];
}

function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GOTOOLCHAIN: toolchain, CGO_ENABLED: '0', GOFLAGS: '' };
}

async function build(name: ProgramName, say: (line: string) => void): Promise<string> {
  const folder = join(sources, name);
  const flags = `-s -w ${programs[name].flags(folder)}`.trimEnd();
  const digest = createHash('sha256').update(`${toolchain} ${flags}`);
  for (const file of readdirSync(folder).sort()) digest.update(`\0${file}\0${readFileSync(join(folder, file), 'utf8')}`);
  const made = join(cache, `${name}-${digest.digest('hex').slice(0, 16)}`);
  if (!existsSync(made)) await buildInto(made, name, flags, say);
  if (name === 'kubernetes-argo-cd') await addScript(made);
  return made;
}

/** What the repo server calls, and Argo CD's image has, to see whether a commit is signed. */
async function addScript(folder: string): Promise<void> {
  const [script, place] = ['git-verify-wrapper.sh', join(folder, 'git-verify-wrapper.sh')];
  if (existsSync(place)) return;
  writeFileSync(place, readFileSync(join(await moduleFolder('kubernetes-argo-cd', 'github.com/argoproj/argo-cd/v3'), 'hack', script)), { mode: 0o755 });
}

const unfinishedFolders = new Set<string>();
// Of a run that is ended while it builds.
process.on('exit', () => {
  for (const folder of unfinishedFolders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

async function buildInto(made: string, name: ProgramName, flags: string, say: (line: string) => void): Promise<void> {
  const folder = join(sources, name);
  say(`builds ${name}: once for these versions`);
  const unfinished = `${made}.${process.pid}`;
  unfinishedFolders.add(unfinished);
  mkdirSync(unfinished, { recursive: true });
  try {
    const program = join(unfinished, 'live');
    await output('go', ['build', '-trimpath', '-ldflags', flags, '-o', program, '.'], {
      cwd: folder,
      // What it leaves when it is ended goes with the folder.
      env: { ...goEnvironment(), GOTMPDIR: unfinished },
    });
    for (const called of programs[name].names) symlinkSync('live', join(unfinished, called));
    renameSync(unfinished, made);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    unfinishedFolders.delete(unfinished);
  }
}

async function moduleFolder(name: ProgramName, module: string): Promise<string> {
  const options = { cwd: join(sources, name), env: goEnvironment() };
  const found = (await output('go', ['list', '-m', '-f', '{{.Dir}}', module], options)).trim();
  // Built in another cache, it is fetched again.
  return found !== '' ? found : JSON.parse(await output('go', ['mod', 'download', '-json', module], options)).Dir;
}

async function buildHelm(say: (line: string) => void): Promise<string> {
  // Where `.ci/run` keeps it, too.
  const folder = join(ownCache, `helm-${helmVersion}`);
  if (existsSync(join(folder, 'helm'))) return folder;
  say(`builds helm ${helmVersion}: once for this version`);
  mkdirSync(folder, { recursive: true });
  const env = { ...goEnvironment(), GOBIN: folder };
  await output('go', ['install', '-trimpath', '-ldflags', '-s -w', `helm.sh/helm/v4/cmd/helm@${helmVersion}`], { env });
  return folder;
}

/** Builds what is named, or finds it built, and says what it is. What Debian packages bring is looked for. */
export async function buildPrograms(names: readonly ProgramName[], say: (line: string) => void): Promise<Programs> {
  const [etcd, redis] = [await packaged('etcd', 'etcd-server', '--version'), await packaged('redis-server', 'redis-server', '--version')];
  const git = await packaged('git', 'git', '--version');
  const folders: string[] = [];
  // One after the other: each uses all processors.
  for (const name of names) folders.push(await build(name, say));
  folders.push(await buildHelm(say));
  const of = (name: ProgramName, module: string) => required(join(sources, name), module);
  return {
    path: [...folders, process.env.PATH].join(':'),
    versions: {
      'Argo CD': of('kubernetes-argo-cd', 'github.com/argoproj/argo-cd/v3'),
      Kubernetes: of('kubernetes-argo-cd', 'k8s.io/kubernetes'),
      ...(names.includes('external-secrets') ? { 'External Secrets': of('external-secrets', 'github.com/external-secrets/external-secrets') } : {}),
      Helm: helmVersion,
      Go: toolchain.slice(2),
      Node: process.version,
      etcd: numbers(etcd),
      redis: numbers(redis),
      git: numbers(git),
    },
    module: moduleFolder,
  };
}

const numbers = (text: string) => /\d+(?:\.\d+)+/.exec(text)?.[0] ?? 'unknown';

async function packaged(command: string, name: string, ...args: string[]): Promise<string> {
  const found = await run(command, args).catch(() => undefined);
  if (found?.status !== 0) throw new Error(`there is no ${command}: on Debian, apt-get install ${name}`);
  return found.stdout;
}
