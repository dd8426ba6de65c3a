import { stringify } from 'yaml';
import { shellWord } from '../../text/shell-word';
import type { FleetStart, StartFile } from '../fleet-start';
import { commandsOf } from './commands';

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
  return text({
    name: 'fleet',
    on: { pull_request: only ?? null, push: { branches: ['main', 'master'], ...only } },
    permissions: { contents: 'read' },
    jobs: {
      check: {
        'runs-on': 'ubuntu-latest',
        ...(folder === '' ? {} : { defaults: { run: { 'working-directory': folder } } }),
        steps: [
          { uses: 'actions/checkout@v4' },
          ...(isNpm ? [] : [{ run: 'corepack enable', ...(folder === '' ? {} : { 'working-directory': '.' }) }]),
          { uses: 'actions/setup-node@v4', with: { 'node-version': node } },
          ...steps(start).map((run) => ({ run })),
        ],
      },
    },
  });
}

function gitlab(start: FleetStart): string {
  const { folder, packageManager } = start;
  const [before, ...script] = steps(start);
  return text({
    fleet: {
      image: `node:${node}`,
      rules: [
        { if: '$CI_PIPELINE_SOURCE == "merge_request_event"', ...(folder === '' ? {} : { changes: [`${folder}/**/*`] }) },
        { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH', ...(folder === '' ? {} : { changes: [`${folder}/**/*`] }) },
      ],
      before_script: [...(packageManager === 'npm' ? [] : ['corepack enable']), ...(folder === '' ? [] : [`cd ${shellWord(folder)}`]), before],
      script,
    },
  });
}

function steps(start: FleetStart): readonly string[] {
  const { installLocked, test, run } = commandsOf(start);
  return [installLocked, run('tsc --noEmit'), test, run('fleet check')];
}

function text(pipeline: object): string {
  const head = '# Types, tests, and whether what is committed is what the configuration renders.\n';
  return head + stringify(pipeline, { aliasDuplicateObjects: false, lineWidth: 0, nullStr: '', singleQuote: true });
}
