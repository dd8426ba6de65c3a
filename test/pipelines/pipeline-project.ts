import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineFiles } from '../../store/start/templates/pipeline/pipeline-files';
import { type TemporaryFolders, write } from '../workspaces/temporary-folder';
import { repository, serve } from '../workspaces/workspace';
import type { ForgeStandIn } from './forge-stand-in';
import { type Step, stepsOf } from './steps';

export interface Ran {
  readonly status: number;
  readonly output: string;
}

/** What a pipeline runs for. */
export type Event =
  | { readonly kind: 'request'; readonly isFork?: boolean; readonly isUnmerged?: boolean }
  | { readonly kind: 'push'; readonly before: string; readonly isShallow?: boolean }
  | { readonly kind: 'schedule' };

export const start = { shape: 'regions', repository: '', packageManager: 'npm', testRunner: 'jest', version: '0.0.0' } as const;

/** How a forge calls jobs. */
const jobs = {
  github: { check: 'check', comment: 'comment', promote: 'promote' },
  gitlab: { check: 'fleet', comment: 'fleet-comment', promote: 'fleet-promote' },
} as const;

/** A repository with the pipeline of a new fleet, its bare remote, and clones in which jobs run. */
export class PipelineProject {
  readonly #top: string;
  readonly #bare: string;
  readonly #own: string;
  #clones = 0;

  readonly folder: string;
  readonly #program: string;

  /** @param real a fleet to copy, whose commands run in the place of the stand-in. @default - the stand-in has one of three files */
  constructor(
    folders: TemporaryFolders,
    readonly server: ForgeStandIn,
    { folder = '', real }: { readonly folder?: string; readonly real?: string } = {},
  ) {
    this.folder = folder;
    this.#program = join(repository, real === undefined ? 'test/pipelines/fleet-stand-in.js' : 'cli/fleet.js');
    this.#top = folders.make({ called: '', 'own/': '', ...programs });
    for (const name of ['npm', 'npx']) chmodSync(join(this.#top, 'bin', name), 0o755);
    [this.#bare, this.#own] = [join(this.#top, 'bare.git'), join(this.#top, 'own')];
    write(this.#top, {
      gitconfig: `[url "${this.#bare}"]\n\tinsteadOf = ${server.url}/company/fleet.git\n[user]\n\tname = Somebody\n\temail = somebody@example.com\n`,
    });
    server.hasBranch = (name) => this.tip(name) !== '';
    this.git(this.#top, 'init', '-q', '--bare', '-b', 'main', this.#bare);
    this.git(this.#own, 'init', '-q', '-b', 'main');
    this.git(this.#own, 'remote', 'add', 'origin', this.#bare);
    for (const file of pipelineFiles(this.#start)) write(this.#own, { [file.path]: file.text });
    if (real === undefined) this.edit({ 'config/state': 'stage\n', 'dist/state.yaml': 'state: stage\n', 'config/rest': '\n' });
    else for (const name of ['config', 'dist']) cpSync(join(real, name), join(this.#own, folder, name), { recursive: true });
    this.edit({ 'test/fleet.test.ts': '\n' }).push('main', 'Begin');
  }

  get #start() {
    const { folder } = this;
    const path = folder === '' ? 'dist' : `${folder}/dist`;
    return { ...start, pipeline: this.server.forge, folder, path } as const;
  }

  /** @param files by their paths from the folder of the fleet */
  edit(files: Readonly<Record<string, string>>): this {
    write(join(this.#own, this.folder), files);
    return this;
  }

  /** Commits what was edited, and pushes it. @returns the commit */
  push(branch: string, message = 'Edit', ...options: readonly string[]): string {
    this.git(this.#own, 'add', '-A');
    this.git(this.#own, 'commit', '-q', '-m', message);
    this.git(this.#own, 'push', '-q', ...options, 'origin', `HEAD:refs/heads/${branch}`);
    return this.tip(branch);
  }

  /** A request with these edits, which main goes on beside. */
  request(files: Readonly<Record<string, string>>, message = 'Change'): this {
    this.git(this.#own, 'checkout', '-q', '-B', 'change', 'main');
    this.edit(files).push('change', message, '--force');
    this.git(this.#own, 'checkout', '-q', 'main');
    this.edit({ rest: `${Math.random()}\n` }).push('main', 'Go on');
    return this;
  }

  /** Takes the configuration out of a branch. */
  withoutFleet(branch: string): this {
    this.git(this.#own, 'rm', '-rq', join(this.folder, 'config'));
    this.push(branch, 'Without a fleet');
    return this;
  }

  /** @param from the branch of the remote that it begins at */
  checkout(branch: string, from = branch): this {
    this.git(this.#own, 'fetch', '-q', 'origin');
    this.git(this.#own, 'checkout', '-q', '-B', branch, `origin/${from}`);
    return this;
  }

  /** The commit of a branch of the remote; empty where there is none. */
  tip(branch: string): string {
    return spawnSync('git', ['rev-parse', '--quiet', '--verify', `refs/heads/${branch}`], { cwd: this.#bare, encoding: 'utf8' }).stdout.trim();
  }

  /** What the remote says. */
  remote(...args: readonly string[]): string {
    return this.git(this.#bare, ...args);
  }

  read(path: string): string {
    return readFileSync(join(this.#own, this.folder, path), 'utf8');
  }

  /** Runs a command of the fleet in the work tree, as whoever edits it does. */
  fleet(...args: readonly string[]): void {
    const { status, stdout, stderr } = serve(join(this.#own, this.folder), args);
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
  }

  /** Merges a branch into main, as the forge does. @returns main before */
  merge(branch: string): string {
    const before = this.tip('main');
    this.git(this.#own, 'fetch', '-q', 'origin');
    this.git(this.#own, 'checkout', '-q', '-B', 'main', 'origin/main');
    this.git(this.#own, 'merge', '-q', '--no-ff', '-m', `Merge ${branch}`, `origin/${branch}`);
    this.git(this.#own, 'push', '-q', 'origin', 'main');
    return before;
  }

  /** What was run, a line each. */
  get called(): readonly string[] {
    return readFileSync(join(this.#top, 'called'), 'utf8').trim().split('\n');
  }

  /** Runs a job in a new clone, as the forge does: up to the first step that fails. */
  async run(name: keyof (typeof jobs)['github'], event: Event, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    write(this.#top, { called: '' });
    const { forge } = this.server;
    const clone = this.#clone(event);
    const [first, second] = pipelineFiles(this.#start);
    const text = (forge === 'github' && name === 'promote' ? second : first)?.text ?? '';
    const steps = stepsOf(forge, text, jobs[forge][name], {
      'github.event.before || github.event.merge_group.base_sha': event.kind === 'push' ? event.before : '',
      'github.event.pull_request.head.repo.full_name': event.kind === 'request' && event.isFork ? 'somebody/fleet' : 'company/fleet',
      'github.token': event.kind === 'request' && event.isFork ? 'reader' : 'writer',
      'secrets.FLEET_PROMOTE_TOKEN || github.token': 'writer',
    });
    // GitLab runs all lines in one shell.
    const scripts: readonly Step[] = forge === 'github' ? steps : [{ run: steps.map(({ run }) => run).join('\n'), env: steps[0]?.env ?? {} }];
    let output = '';
    for (const step of scripts) {
      const ran = await this.#script(clone, step, { ...this.#environment(event), ...env });
      output += ran.output;
      if (ran.status !== 0) return { status: ran.status, output };
    }
    return { status: 0, output };
  }

  #clone(event: Event): string {
    this.#clones += 1;
    const clone = join(this.#top, `clone-${this.#clones}`);
    this.git(this.#top, 'clone', '-q', ...(event.kind === 'push' && event.isShallow ? ['--depth', '1'] : []), `file://${this.#bare}`, clone);
    if (event.kind !== 'request') return clone;
    this.git(clone, 'checkout', '-q', '--detach', event.isUnmerged ? 'origin/change' : 'origin/main');
    if (!event.isUnmerged) this.git(clone, 'merge', '-q', '--no-ff', '-m', 'Merge change into main', 'origin/change');
    return clone;
  }

  #environment(event: Event): Readonly<Record<string, string>> {
    const { forge, url } = this.server;
    const isFork = event.kind === 'request' && event.isFork === true;
    if (forge === 'github') {
      return {
        GITHUB_ACTIONS: 'true',
        GITHUB_EVENT_NAME: { request: 'pull_request', push: 'push', schedule: 'schedule' }[event.kind],
        GITHUB_REF: event.kind === 'request' ? 'refs/pull/7/merge' : 'refs/heads/main',
        GITHUB_REF_NAME: event.kind === 'request' ? '7/merge' : 'main',
        GITHUB_REPOSITORY: 'company/fleet',
        GITHUB_REPOSITORY_OWNER: 'company',
        GITHUB_SERVER_URL: url,
        GITHUB_API_URL: url,
        GITHUB_RUN_ID: '12',
      };
    }
    const isRequest = event.kind === 'request';
    return {
      CI_PIPELINE_SOURCE: { request: 'merge_request_event', push: 'push', schedule: 'schedule' }[event.kind],
      CI_PROJECT_ID: isFork ? '43' : '42',
      CI_PROJECT_URL: `${url}/company/fleet`,
      CI_API_V4_URL: `${url}/api/v4`,
      CI_SERVER_HOST: 'gitlab.example',
      CI_JOB_URL: `${url}/jobs/12`,
      CI_COMMIT_BEFORE_SHA: event.kind === 'push' ? event.before : '0'.repeat(40),
      ...(isRequest ? {} : { CI_COMMIT_BRANCH: 'main' }),
      ...(isRequest
        ? {
            CI_MERGE_REQUEST_IID: '7',
            CI_MERGE_REQUEST_PROJECT_ID: '42',
            CI_MERGE_REQUEST_PROJECT_URL: `${url}/company/fleet`,
            CI_MERGE_REQUEST_SOURCE_PROJECT_ID: isFork ? '43' : '42',
            CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
            ...(event.isUnmerged ? {} : { CI_MERGE_REQUEST_TARGET_BRANCH_SHA: this.tip('main') }),
          }
        : {}),
      ...(isFork ? {} : { FLEET_COMMENT_TOKEN: 'writer', FLEET_PROMOTE_TOKEN: 'writer' }),
    };
  }

  #script(clone: string, { run, env }: Step, more: Readonly<Record<string, string>>): Promise<Ran> {
    const inFolder = this.server.forge === 'github' ? join(clone, this.folder) : clone;
    const all = {
      PATH: `${join(this.#top, 'bin')}:${process.env['PATH']}`,
      HOME: this.#top,
      GIT_CONFIG_GLOBAL: join(this.#top, 'gitconfig'),
      CALLED: join(this.#top, 'called'),
      FLEET: this.#program,
      CI: 'true',
    };
    return new Promise((resolve) => {
      execFile('bash', ['-e', '-c', run], { cwd: inFolder, env: { ...all, ...more, ...env }, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        resolve({ status: error ? Number(error.code) : 0, output: `${stdout}${stderr}` });
      });
    });
  }

  git(cwd: string, ...args: readonly string[]): string {
    const file = join(this.#top, 'gitconfig');
    const { status, stdout, stderr } = spawnSync('git', args, {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: existsSync(file) ? file : '/dev/null' },
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  }
}

/** Programs that are there in a job: `npm`, and `npx` for what is installed. */
const programs = {
  'bin/npm': '#!/bin/sh\necho "npm $*, from $FLEET_BASE" >> "$CALLED"\n',
  'bin/npx': `#!/bin/sh
if [ "$1" = fleet ]; then shift; exec node "$FLEET" "$@"; fi
echo "npx $*" >> "$CALLED"
if [ "$1" = jest ]; then
  echo snapshot >> test/snapshot
  if grep -q production config/other 2> /dev/null && [ -n "$BREAKS" ]; then echo 'an invariant breaks'; exit 1; fi
fi
`,
};
