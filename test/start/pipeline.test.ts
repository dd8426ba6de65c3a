import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageManagers } from '../../store/start/fleet-start';
import { pipelineFile } from '../../store/start/templates/pipeline';
import { TemporaryFolders, write } from '../workspaces/temporary-folder';

const folders = new TemporaryFolders();
const hosts = ['github', 'gitlab'] as const;
const places = ['', 'platform/fleet', "the fleet's $HOME"];

interface Step {
  readonly run?: string;
  readonly if?: string;
}

/** What the pipeline runs, in sequence. */
function scripts(pipeline: (typeof hosts)[number], folder: string, packageManager: (typeof packageManagers)[number] = 'npm'): readonly string[] {
  const start = { shape: 'regions', repository: '', path: '', folder, pipeline, packageManager, testRunner: 'jest', version: '0.0.0' } as const;
  const file = parse(pipelineFile(start)?.text ?? '');
  if (pipeline === 'gitlab') return [...file.fleet.before_script, ...file.fleet.script];
  return file.jobs.check.steps.flatMap(({ run }: Step) => (run === undefined ? [] : [run]));
}

function baseOf(pipeline: (typeof hosts)[number], folder: string): string {
  return scripts(pipeline, folder).find((script) => script.includes('FLEET_BASE')) ?? '';
}

/** A clone in which a request is checked out, as its pipeline has it: merged on GitHub, or the branch itself on GitLab. */
class Request {
  readonly #top = folders.make({ 'origin/': '' });
  readonly #origin = join(this.#top, 'origin');
  readonly clone = join(this.#top, 'clone');

  /** @param folder of the fleet @param isNew whether the fleet begins with the request */
  constructor(folder: string, isNew: boolean) {
    const config = join(folder, 'config/fleet.ts');
    this.#git(this.#origin, 'init', '-q', '-b', 'main');
    this.#commit({ 'README.md': '', ...(isNew ? {} : { [config]: 'old' }) });
    this.#git(this.#origin, 'checkout', '-q', '-b', 'change');
    this.#commit({ [config]: 'new' });
    this.#git(this.#origin, 'checkout', '-q', 'main');
    this.#commit({ 'README.md': 'moved on' });
    this.#git(this.#top, 'clone', '-q', '-b', 'change', this.#origin, this.clone);
  }

  /** @returns `FLEET_BASE` behind the script */
  run(script: string, folder: string, env: NodeJS.ProcessEnv): string {
    const file = join(this.#top, 'environment');
    write(this.#top, { environment: '' });
    const run = spawnSync('bash', ['-e', '-c', `${script}\nif [ -n "$FLEET_BASE" ]; then echo "FLEET_BASE=$FLEET_BASE" >> "$GITHUB_ENV"; fi`], {
      cwd: join(this.clone, folder),
      env: { PATH: process.env['PATH'], RUNNER_TEMP: this.#top, GITHUB_ENV: file, ...env },
      encoding: 'utf8',
    });
    expect(`${run.status} ${run.status === 0 ? '' : run.stderr}`).toBe('0 ');
    return readFileSync(file, 'utf8').trim().replace('FLEET_BASE=', '');
  }

  /** @returns the folder that the request's worktree is made in, which is of this test */
  get temporary(): string {
    return join(this.#top, 'base');
  }

  #commit(files: Readonly<Record<string, string>>): void {
    write(this.#origin, files);
    this.#git(this.#origin, 'add', '-A');
    this.#git(this.#origin, '-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '-q', '-m', 'Edit');
  }

  #git(cwd: string, ...args: readonly string[]): void {
    expect(spawnSync('git', args, { cwd, encoding: 'utf8' })).toMatchObject({ status: 0 });
  }
}

describe.each(hosts)('the pipeline of %s', (host) => {
  test.each(packageManagers)('looks at types, tests and what is committed, with %s', (packageManager) => {
    const order = ['install', 'ci', 'tsc --noEmit', 'FLEET_BASE', 'test', 'fleet check'];
    const found = scripts(host, '', packageManager).flatMap((script) => order.filter((one) => ` ${script}`.includes(one)).slice(0, 1));
    expect(found).toEqual(order.filter((one) => one !== (packageManager === 'npm' ? 'install' : 'ci')));
  });

  test.each(places)('holds a request against what it starts from, in the folder %p', (folder) => {
    const request = new Request(folder, false);
    const script = baseOf(host, folder).replaceAll('/tmp/base', request.temporary);
    const base = request.run(script, folder, { GITHUB_BASE_REF: 'main', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' });
    expect(base).toBe(join(request.temporary, folder, 'config'));
    expect(readFileSync(join(base, 'fleet.ts'), 'utf8')).toBe('old');
    expect(readFileSync(join(request.clone, folder, 'config/fleet.ts'), 'utf8')).toBe('new');
  });

  test('holds the request that a fleet begins with against nothing', () => {
    const request = new Request('fleet', true);
    const script = baseOf(host, 'fleet').replaceAll('/tmp/base', request.temporary);
    expect(request.run(script, 'fleet', { GITHUB_BASE_REF: 'main', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' })).toBe('');
  });
});

test('only requests start from something', () => {
  const start = { shape: 'regions', repository: '', path: '', folder: '', packageManager: 'npm', testRunner: 'jest', version: '0.0.0' } as const;
  const { steps } = parse(pipelineFile({ ...start, pipeline: 'github' })?.text ?? '').jobs.check;
  expect(steps.find(({ run }: Step) => run?.includes('FLEET_BASE')).if).toBe("github.event_name == 'pull_request'");
  expect(steps[0].with).toEqual({ 'fetch-depth': 0 });
  const request = new Request('', false);
  expect(request.run(baseOf('gitlab', ''), '', {})).toBe('');
});
