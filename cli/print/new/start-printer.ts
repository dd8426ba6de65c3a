import { relative, resolve, sep } from 'node:path';
import { shellWord } from '../../../layers/text/shell-word';
import type { PlannedHook } from '../../../store/start/hook/plan-hook';
import { placeholderRepository } from '../../../store/start/placeholder';
import type { PlannedFile, StartPlan } from '../../../store/start/plan-start';
import { sharedLock } from '../../../store/start/workspaces';
import { print, printJson } from '../print';
import { aligned } from '../rows';
import { hookData, hookLinesOf } from './hook-printer';

/** What `fleet init` would write. */
export function printPlannedStart(plan: StartPlan, asJson: boolean): void {
  if (asJson) printJson({ ok: true, dryRun: true, ...data(plan) });
  else print([...lines(plan, 'would be '), '', 'Nothing was written.'].join('\n'));
}

/** What `fleet init` wrote, and what comes next. */
export function printWrittenStart(plan: StartPlan, asJson: boolean, hook?: PlannedHook): void {
  const next = isNew(plan) ? nextCommands(plan) : [];
  if (asJson) printJson({ ok: true, ...data(plan), next, ...(hook ? { hook: hookData(hook) } : {}) });
  else {
    const steps = next.length > 0 ? ['', 'Next:', ...next.map((line) => `  ${line}`)] : [];
    const offer =
      next.length > 0 ? ['', `Later, if you want it: \`${plan.commands.run('fleet init --hook')}\` has this clone render what a merge brings together.`] : [];
    print([...lines(plan, ''), ...steps, ...(hook ? ['', ...hookLinesOf(hook, false)] : offer)].join('\n'));
  }
}

function isNew({ files }: StartPlan): boolean {
  return files.some(({ state }) => state === 'written' || state === 'edited');
}

function lines(plan: StartPlan, verb: string): readonly string[] {
  const { place, start, files, byHand, renamed } = plan;
  const { output } = place;
  const title = isNew(plan) ? titleOf(plan) : `Nothing to write in ${shownFolder(place.dir)}: all that a fleet has is there, or something is in its place.`;
  const rows = files.flatMap((file) => rowOf(file, verb));
  const notes = [
    ...(renamed ? [`The package is called ${renamed.name}: npm takes no '${renamed.folder}' (${renamed.why}).`] : []),
    ...(output.why === undefined ? [] : [`It is rendered to ${start.path}/: ${output.why}.`]),
    ...(start.repository === placeholderRepository && !place.fleet
      ? [`The repository is not known: write its URL in the place of ${placeholderRepository} in config/ (\`fleet check\` reminds of it).`]
      : []),
  ];
  return [
    title,
    ...(rows.length > 0 ? ['', ...aligned(rows)] : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...(byHand.length > 0 ? ['', 'By hand:', ...aligned(byHand.map(({ file, text }) => [shownFile(file), text]))] : []),
  ];
}

function titleOf({ place, start }: StartPlan): string {
  const kinds = { regions: 'A fleet of regions', hubs: 'A fleet of hubs and spokes', yaml: 'A fleet of regions, in YAML,' } as const;
  return place.fleet ? `What a fleet needs around ${shownFile(`${place.root}/config`)}/` : `${kinds[start.shape]} in ${shownFolder(place.dir)}`;
}

function rowOf({ file, state, why, added = [] }: PlannedFile, verb: string): readonly (readonly [string, string])[] {
  const name = shownFile(file);
  if (state === 'written') return [[`${verb}written`, name]];
  if (state === 'edited') return [[`${verb}edited`, `${name}: ${added.join(', ')}`]];
  return state === 'left' ? [['left', `${name}: ${why}`]] : [];
}

function nextCommands({ place, files, commands, start }: StartPlan): readonly string[] {
  const here = relative('.', place.root) || '.';
  const isMain = !files.some(({ file, state }) => file === resolve(place.root, 'main.ts') && state === 'left');
  const isTested = !files.some(({ file, state }) => file === resolve(place.root, 'package.json') && state === 'left');
  // The pipeline lies at the top of the repository, and so may what installing writes.
  const lock = place.top === undefined ? undefined : sharedLock(place.top, start.folder, start.packageManager);
  const outside = [...files.flatMap(({ file, state }) => (state === 'written' ? [file] : [])), ...(lock ? [resolve(place.top ?? '', lock)] : [])]
    .map((file) => relative(place.root, file).split(sep).join('/'))
    .filter((path) => path.startsWith('../'));
  return [
    ...(here === '.' ? [] : [`cd ${shellWord(here.split(sep).join('/'))}`]),
    ...(place.top === undefined ? ['git init'] : []),
    commands.install,
    isMain ? commands.script('synth') : commands.run('fleet synth'),
    // Where it is set, runners of tests write no snapshots unless they are told to: the first run would fail.
    ...(isTested ? [process.env['CI'] ? commands.testAndUpdate : commands.test] : []),
    `git add -A ${['.', ...outside].map(shellWord).join(' ')} && git commit -m ${shellWord(start.folder === '' ? 'Begin a fleet' : `Begin a fleet in ${start.folder}`)}`,
  ];
}

function data({ place, start, files, byHand, renamed }: StartPlan): object {
  const of = (state: PlannedFile['state']) => files.filter((file) => file.state === state);
  const { shape, repository, path, pipeline } = start;
  return {
    folder: place.dir,
    shape,
    ...(renamed ? { name: renamed.name } : {}),
    ...(place.fleet ? {} : { repository }),
    output: path,
    ci: pipeline,
    written: of('written').map(({ file }) => shownFile(file)),
    edited: of('edited').map(({ file, added }) => ({ file: shownFile(file), added })),
    left: of('left').map(({ file, why }) => ({ file: shownFile(file), why })),
    byHand: byHand.map(({ file, text }) => ({ file: shownFile(file), text })),
  };
}

function shownFolder(dir: string): string {
  return dir === '.' ? 'this folder' : `${dir.replace(/\/+$/, '')}/`;
}

/** From the working directory. */
function shownFile(file: string): string {
  return (relative('.', file) || '.').split(sep).join('/');
}
