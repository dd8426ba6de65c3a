import { stringify } from 'yaml';
import type { FleetStart, StartFile } from '../../fleet-start';
import { githubPromotion, githubWorkflow } from './github';
import { gitlabPipeline } from './gitlab';
import { scriptFile } from './script';

/** Where GitHub looks for the workflow that checks, from the top of the repository. */
export const workflowPath = '.github/workflows/fleet.yaml';
export const promotionPath = '.github/workflows/fleet-promote.yaml';
export const gitlabPath = '.gitlab-ci.yml';

/** The pipeline, and the script that it runs: paths count from the top of the repository. The file that the forge looks for is the first one. */
export function pipelineFiles(start: FleetStart): readonly StartFile[] {
  switch (start.pipeline) {
    case 'github':
      return [
        file(workflowPath, judges, githubWorkflow(start, workflowPath)),
        file(promotionPath, 'The next step of every patch that needs nobody, as a pull request.', githubPromotion(start)),
        scriptFile(start),
      ];
    case 'gitlab':
      return [file(gitlabPath, judges, gitlabPipeline(start)), scriptFile(start)];
    default:
      return [];
  }
}

/** The same of GitLab, where the repository has a `.gitlab-ci.yml` already, which may include it. */
export function includedPipeline(start: FleetStart): StartFile {
  return file(`${start.folder === '' ? '' : `${start.folder}/`}fleet.gitlab-ci.yml`, judges, gitlabPipeline(start));
}

const judges = 'Types, tests, whether what is committed is what the configuration renders, and whether the laws of the fleet let a change pass.';

function file(path: string, says: string, pipeline: object): StartFile {
  return { path, text: `# ${says}\n${stringify(pipeline, { aliasDuplicateObjects: false, lineWidth: 0, nullStr: '', singleQuote: true })}` };
}
