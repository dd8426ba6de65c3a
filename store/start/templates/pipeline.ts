import { stringify } from 'yaml';
import { shellWord } from '../../text/shell-word';
import type { FleetStart, StartFile } from '../fleet-start';
import { type Commands, commandsOf } from './commands';

/** A file of the pipeline: its path counts from the top of the repository. */
export function pipelineFile(start: FleetStart): StartFile | undefined {
  if (start.pipeline === 'github') return { path: '.github/workflows/fleet.yaml', text: github(start) };
  return start.pipeline === 'gitlab' ? { path: '.gitlab-ci.yml', text: gitlab(start) } : undefined;
}

/** The same, where the repository has a `.gitlab-ci.yml` already, which may include it. */
export function includedPipeline(start: FleetStart): StartFile {
  return { path: `${start.folder === '' ? '' : `${start.folder}/`}fleet.gitlab-ci.yml`, text: gitlab(start) };
}

const node = 22;

function github(start: FleetStart): string {
  const { folder, packageManager } = start;
  const only = folder === '' ? undefined : { paths: [`${folder}/**`, '.github/workflows/fleet.yaml'] };
  const isNpm = packageManager === 'npm';
  const commands = commandsOf(start);
  return text({
    name: 'fleet',
    on: { pull_request: only ?? null, push: { branches: ['main', 'master'], ...only } },
    permissions: { contents: 'read' },
    jobs: {
      check: {
        'runs-on': 'ubuntu-latest',
        ...(folder === '' ? {} : { defaults: { run: { 'working-directory': folder } } }),
        steps: [
          // The whole history: what a pull request starts from is in it.
          { uses: 'actions/checkout@v4', with: { 'fetch-depth': 0 } },
          ...(isNpm ? [] : [{ run: 'corepack enable', ...(folder === '' ? {} : { 'working-directory': '.' }) }]),
          { uses: 'actions/setup-node@v4', with: { 'node-version': node } },
          { run: commands.installLocked },
          { run: typesOf(commands) },
          { name: 'Fetch what a pull request starts from', if: "github.event_name == 'pull_request'", run: githubBase(start) },
          ...testsOf(commands).map((run) => ({ run })),
        ],
      },
    },
  });
}

function gitlab(start: FleetStart): string {
  const { folder, packageManager } = start;
  const commands = commandsOf(start);
  return text({
    fleet: {
      image: `node:${node}`,
      rules: [
        { if: '$CI_PIPELINE_SOURCE == "merge_request_event"', ...(folder === '' ? {} : { changes: [`${folder}/**/*`] }) },
        { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH', ...(folder === '' ? {} : { changes: [`${folder}/**/*`] }) },
      ],
      // The whole history: what a merge request starts from is in it.
      variables: { GIT_DEPTH: '0' },
      before_script: [...(packageManager === 'npm' ? [] : ['corepack enable']), ...(folder === '' ? [] : [`cd ${shellWord(folder)}`]), commands.installLocked],
      script: [typesOf(commands), gitlabBase(start), ...testsOf(commands)],
    },
  });
}

function typesOf({ run }: Commands): string {
  return run('tsc --noEmit');
}

function testsOf({ test, run }: Commands): readonly string[] {
  return [test, run('fleet check')];
}

const remark = '# test/fleet.test.ts holds the fleet against it. Leave this out where one request may change production and the rest.';

/**
 * Where a request starts: the commit that its branch left the other one at. A fleet that begins with the request starts from nothing.
 * The folder of a build may be used again, where the worktree is known already.
 */
function githubBase(start: FleetStart): string {
  const base = `"$RUNNER_TEMP"/base/${shellWord(configOf(start))}`;
  return `${remark}
git worktree add --force --detach "$RUNNER_TEMP/base" "$(git merge-base HEAD "origin/$GITHUB_BASE_REF")"
if [ -d ${base} ]; then echo FLEET_BASE=${base} >> "$GITHUB_ENV"; fi
`;
}

function gitlabBase(start: FleetStart): string {
  const base = shellWord(`/tmp/base/${configOf(start)}`);
  return `${remark}
if [ -n "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME" ]; then
  git fetch origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
  git worktree add --force --detach /tmp/base "$(git merge-base HEAD FETCH_HEAD)"
  if [ -d ${base} ]; then export FLEET_BASE=${base}; fi
fi
`;
}

/** From the top of the repository. */
function configOf({ folder }: FleetStart): string {
  return folder === '' ? 'config' : `${folder}/config`;
}

function text(pipeline: object): string {
  const head = '# Types, tests, and whether what is committed is what the configuration renders.\n';
  return head + stringify(pipeline, { aliasDuplicateObjects: false, lineWidth: 0, nullStr: '', singleQuote: true });
}
