import type { FleetStart } from '../../fleet-start';
import { commandsOf } from '../commands';
import { node, step } from './steps';

/**
 * Judges pull requests, what a merge queue is about to merge, and what was merged. A pull request is shown what it changes by a job of its own,
 * the only one that may write comments. What others name (branches, titles) reaches the shell by the environment and never as a part of a command.
 */
export function githubWorkflow(start: FleetStart, path: string): object {
  const { folder } = start;
  const only = folder === '' ? undefined : { paths: [`${folder}/**`, path] };
  return {
    name: 'fleet',
    on: { pull_request: only ?? null, push: { branches: ['main', 'master'], ...only }, merge_group: null },
    permissions: { contents: 'read' },
    // A newer push to a request is what counts; no push to a branch waits for, or gives way to, another.
    concurrency: {
      group: `${expression('github.workflow')}-${expression('github.event.pull_request.number || github.run_id')}`,
      'cancel-in-progress': true,
    },
    jobs: {
      check: {
        'runs-on': 'ubuntu-latest',
        ...inFolder(start),
        steps: [...installed(start), ...checks(start)],
      },
      comment: {
        if: "github.event_name == 'pull_request'",
        'runs-on': 'ubuntu-latest',
        permissions: { contents: 'read', 'pull-requests': 'write' },
        ...inFolder(start),
        steps: [
          ...installed(start),
          { run: step('report') },
          {
            run: step('comment'),
            env: { SOURCE: expression('github.event.pull_request.head.repo.full_name'), FLEET_COMMENT_TOKEN: expression('github.token') },
          },
        ],
      },
    },
  };
}

/** Proposes the next steps, every hour or when somebody asks for it. */
export function githubPromotion(start: FleetStart): object {
  return {
    name: 'fleet-promote',
    on: { schedule: [{ cron: '17 * * * *' }], workflow_dispatch: null },
    permissions: { contents: 'read' },
    concurrency: { group: 'fleet-promote', 'cancel-in-progress': false },
    jobs: {
      promote: {
        'runs-on': 'ubuntu-latest',
        permissions: { contents: 'write', 'pull-requests': 'write' },
        ...inFolder(start),
        steps: [
          ...installed(start),
          { run: step('promote') },
          { run: step('propose'), env: { FLEET_PROMOTE_TOKEN: expression('secrets.FLEET_PROMOTE_TOKEN || github.token') } },
        ],
      },
    },
  };
}

/** What GitHub fills in. It stands for values alone, and never in a command. */
function expression(text: string): string {
  return `\${{ ${text} }}`;
}

function inFolder({ folder }: FleetStart): object {
  return folder === '' ? {} : { defaults: { run: { 'working-directory': folder } } };
}

function installed(start: FleetStart): readonly object[] {
  const { folder, packageManager } = start;
  return [
    // The whole history: soak times, approvals and what a request starts from are in it.
    { uses: 'actions/checkout@v4', with: { 'fetch-depth': 0, 'persist-credentials': false } },
    ...(packageManager === 'npm' ? [] : [{ run: 'corepack enable', ...(folder === '' ? {} : { 'working-directory': '.' }) }]),
    { uses: 'actions/setup-node@v4', with: { 'node-version': node } },
    { run: commandsOf(start).installLocked },
  ];
}

function checks(start: FleetStart): readonly object[] {
  const { run, test } = commandsOf(start);
  return [
    { run: run('tsc --noEmit') },
    { run: step(`from-base ${test}`) },
    { run: step('check'), env: { BEFORE: expression('github.event.before || github.event.merge_group.base_sha') } },
  ];
}
