import { shellWord } from '../../../../layers/text/shell-word';
import type { FleetStart } from '../../fleet-start';
import { commandsOf } from '../commands';
import { node, step } from './steps';

const isRequest = '$CI_PIPELINE_SOURCE == "merge_request_event"';
const isPush = '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH';
const isSchedule = '$CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH';

/** Judges merge requests and what was merged, shows a merge request what it changes, and proposes the next steps by the schedule of the project. */
export function gitlabPipeline(start: FleetStart): object {
  const { folder, packageManager } = start;
  const { installLocked, run, test } = commandsOf(start);
  const changes = folder === '' ? {} : { changes: [`${folder}/**/*`] };
  return {
    '.fleet': {
      image: `node:${node}`,
      // The whole history: soak times, approvals and what a request starts from are in it.
      variables: { GIT_DEPTH: '0' },
      before_script: [...(packageManager === 'npm' ? [] : ['corepack enable']), ...(folder === '' ? [] : [`cd ${shellWord(folder)}`]), installLocked],
    },
    fleet: {
      extends: '.fleet',
      rules: [
        { if: isRequest, ...changes },
        { if: isPush, ...changes },
      ],
      script: [run('tsc --noEmit'), step(`from-base ${test}`), step('check')],
    },
    'fleet-comment': {
      extends: '.fleet',
      needs: [],
      interruptible: true,
      rules: [{ if: isRequest, ...changes }],
      script: [step('report'), step('comment')],
    },
    'fleet-promote': {
      extends: '.fleet',
      resource_group: 'fleet-promote',
      rules: [{ if: isSchedule }],
      script: [step('promote'), step('propose')],
    },
  };
}
