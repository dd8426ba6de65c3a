import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FleetStart } from './fleet-start';
import type { KeptScript } from './own-package';
import type { PlannedFile } from './plan-start';
import type { StartPlace } from './start-place';
import { commandsOf } from './templates/commands';
import { gitlabPath, workflowPath } from './templates/pipeline/pipeline-files';
import { step } from './templates/pipeline/steps';
import { attributeLine, ignoredLines } from './templates/project';
import { missingWorkspace } from './workspaces';

/** What a person does by hand in a file that stays as it is. */
export interface Advice {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/** What a file that is left would have said, where the fleet does not work without it. */
export function adviceFor({ file, state, why }: PlannedFile, { top, root }: StartPlace, start: FleetStart): readonly Advice[] {
  if (state !== 'left') return [];
  const { run, installLocked, test } = commandsOf(start);
  const advice = (text: string): readonly Advice[] => [{ file, text }];
  const isThere = why === 'is there already';
  switch (dirname(file) === root ? basename(file) : '') {
    case 'main.ts':
      return advice(`let it call \`synthesize()\` of 'cdk8s-fleet'; or render with \`${run('fleet synth')}\`, without it`);
    case 'cdk8s.yaml':
      return advice(`let its app be \`node --import tsx main.ts\` and its output \`.cdk8s\`; or render with \`${run('fleet synth')}\`, without it`);
    case 'tsconfig.json':
      return advice('let `include` hold main.ts, config and test, and `module` be `nodenext`, or `moduleResolution` be `bundler`');
    case '.gitattributes':
      return isThere && missingLines(file, [attributeLine(start)]).length === 0 ? [] : advice(`add \`${attributeLine(start)}\``);
    case '.gitignore': {
      const missing = isThere ? missingLines(file, ignoredLines) : ignoredLines;
      return missing.length === 0 ? [] : advice(`add ${missing.map((line) => `\`${line}\``).join(', ')}`);
    }
    default:
  }
  if (file === join(top ?? root, gitlabPath)) {
    const local = `/${start.folder === '' ? '' : `${start.folder}/`}fleet.gitlab-ci.yml`;
    return existsSync(file) ? advice(`add \`include: [{ local: '${local}' }]\``) : [];
  }
  if (file === join(top ?? root, workflowPath)) {
    const commands = [installLocked, test, step('check')].map((one) => `\`${one}\``).join(', ');
    return advice(`let a workflow run ${commands}${start.folder === '' ? '' : ` in ${start.folder}`}, in a checkout with \`fetch-depth: 0\``);
  }
  return [];
}

/** What has to be said where the repository lists its packages. */
export function workspaceAdvice({ top, folder }: StartPlace, { packageManager }: FleetStart): readonly Advice[] {
  const missing = top === undefined ? undefined : missingWorkspace(top, folder, packageManager);
  return top === undefined || missing === undefined
    ? []
    : [{ file: join(top, missing.file), text: `add '${folder}' to \`${missing.key}\`: ${packageManager} installs what is listed there` }];
}

/** A script that stays, and how its namesake of the fleet is run without it. */
export function scriptAdvice({ name, script, wanted }: KeptScript, start: FleetStart): Advice {
  const { run } = commandsOf(start);
  const programs = wanted.split(' && ').map((program) => `\`${run(program)}\``);
  return { file: 'package.json', text: `its script '${name}' stays \`${script}\`; the fleet's is ${programs.join(' and ')}` };
}

function missingLines(file: string, lines: readonly string[]): readonly string[] {
  const present = new Set(readFileSync(file, 'utf8').split(/\r?\n/).map(plain));
  return lines.filter((line) => !present.has(plain(line)));
}

/** `/node_modules/` and `node_modules` ignore the same here. */
function plain(line: string): string {
  return line
    .trim()
    .replace(/^\//, '')
    .replace(/\/(?=$|\s)/, '');
}
