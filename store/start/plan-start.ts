import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { entryAt } from '../files/entry-at';
import { type Advice, adviceFor, scriptAdvice, workspaceAdvice } from './advice';
import type { FleetStart, Pipeline, Shape, StartFile } from './fleet-start';
import type { ExtendedPackage } from './own-package';
import { packageNameFor, whyNoPackageName } from './package-name';
import { packageAdditions } from './packages';
import { cannotStart, type StartPlace } from './start-place';
import { type Commands, commandsOf } from './templates/commands';
import { hubsConfig } from './templates/hubs';
import { gitlabPath, includedPipeline, pipelineFiles } from './templates/pipeline/pipeline-files';
import { cdk8sFile, gitattributesFile, gitignoreFile, mainFile, tsconfigFile } from './templates/project';
import { readmeFile } from './templates/readme';
import { regionsConfig } from './templates/regions';
import { testFile } from './templates/test-file';
import { yamlConfig } from './templates/yaml';

/** What was asked for, or answered. */
export interface StartAnswers {
  readonly shape: Shape;
  /** The shape that was asked for by name. @default - none was */
  readonly wanted?: Shape;
  readonly repository: string;
  readonly pipeline: Pipeline;
  /** What the package is called. @default - as its folder */
  readonly name?: string;
  /** Of this package. */
  readonly version: string;
}

/** A file that a fleet has, and what becomes of it. */
export interface PlannedFile {
  /** Absolute. */
  readonly file: string;
  /** What it will hold. */
  readonly text: string;
  /** Left: something is there, which stays. Same: it is there, and says the same. */
  readonly state: 'written' | 'edited' | 'left' | 'same';
  /** Of one that is left: what is there. */
  readonly why?: string;
  /** Of one that is edited: what is added. */
  readonly added?: readonly string[];
}

/** Everything that beginning a fleet does, before anything is written. */
export interface StartPlan {
  readonly place: StartPlace;
  readonly start: FleetStart;
  readonly files: readonly PlannedFile[];
  /** What a person has to do, because what is there stays. */
  readonly byHand: readonly Advice[];
  readonly commands: Commands;
  /** What a new package.json is called, where npm takes no such name as its folder has. */
  readonly renamed?: RenamedPackage;
}

/** A package that cannot be called as its folder. */
export interface RenamedPackage {
  readonly folder: string;
  readonly name: string;
  readonly why: string;
}

/** Decides what is written where a fleet begins. @throws FleetError where none can */
export function planStart(place: StartPlace, answers: StartAnswers): StartPlan {
  const { root, folder, output, packageManager, testRunner } = place;
  const path = folder === '' ? output.name : `${folder}/${output.name}`;
  const shape = shapeOf(place, answers);
  const start: FleetStart = { ...answers, shape, path, folder, packageManager, testRunner };
  const own = packageOf(place, start, answers.name);
  const others = [
    cdk8sFile,
    mainFile,
    tsconfigFile(start),
    ...(place.fleet ? [] : configs[shape](start)),
    testFile(start, place.fleet ? undefined : production[shape]),
  ];
  const rest = [gitattributesFile(start), gitignoreFile, readmeFile(start)];
  const files = [own.file, ...[...others, ...rest].map((file) => planned(root, file)), ...plannedPipeline(place, start)];
  const byHand = [
    ...workspaceAdvice(place, start),
    ...own.kept.map((kept) => scriptAdvice(kept, start)),
    ...files.flatMap((file) => adviceFor(file, place, start)),
  ];
  return { place, start, files, byHand, commands: commandsOf(start), ...(own.renamed ? { renamed: own.renamed } : {}) };
}

/** @param wanted of a fleet that is there already: as it is, or nothing @throws FleetError where it has another shape */
function shapeOf({ fleet, dir }: StartPlace, { shape, wanted }: StartAnswers): Shape {
  if (fleet === undefined || wanted === undefined || wanted === fleet.shape) return fleet?.shape ?? shape;
  throw cannotStart(
    `there is a fleet of another shape in '${dir}' already`,
    `${wanted}, as --shape says`,
    fleet.shape,
    'leave --shape out; nothing was written',
  );
}

/** What the first test guards. */
const production: Readonly<Record<Shape, string>> = { regions: 'production', hubs: 'tenant1/prod', yaml: 'production' };

const configs: Readonly<Record<Shape, (start: FleetStart) => readonly StartFile[]>> = { regions: regionsConfig, hubs: hubsConfig, yaml: yamlConfig };

interface PlannedPackage {
  readonly file: PlannedFile;
  readonly kept: ExtendedPackage['kept'];
  readonly renamed?: RenamedPackage;
}

/** @param wanted a name that somebody chose. It is taken or refused; that of a folder is mended, for nobody but npm reads it. */
function packageOf(place: StartPlace, start: FleetStart, wanted: string | undefined): PlannedPackage {
  const file = join(place.root, 'package.json');
  const additions = packageAdditions(start);
  if (place.ownPackage) {
    const { text, added, kept } = place.ownPackage.extended(additions, jestConfig(place.root) !== undefined);
    return { file: { file, text, state: added.length > 0 ? 'edited' : 'same', added }, kept };
  }
  const folder = basename(place.root);
  const why = whyNoPackageName(wanted ?? folder);
  const possible = packageNameFor(wanted ?? folder);
  if (why !== undefined && wanted !== undefined) {
    throw cannotStart(`'${wanted}' cannot name a package of npm: ${why}`, 'lower-case letters, digits and -', undefined, `name it with --name ${possible}`);
  }
  const name = why === undefined ? (wanted ?? folder) : possible;
  const text = `${JSON.stringify({ name, private: true, ...additions }, null, 2)}\n`;
  return { file: { file, text, state: 'written' }, kept: [], ...(why === undefined ? {} : { renamed: { folder, name, why } }) };
}

/** A file in which Jest is set up. */
export function jestConfig(root: string): string | undefined {
  return ['js', 'ts', 'mts', 'cts', 'mjs', 'cjs', 'json'].map((ending) => `jest.config.${ending}`).find((name) => entryAt(join(root, name)));
}

/** At the top of the repository, where pipelines are looked for, and their script beside the fleet. */
function plannedPipeline(place: StartPlace, start: FleetStart): readonly PlannedFile[] {
  const top = place.top ?? place.root;
  return pipelineFiles(start).flatMap((file) => {
    const own = planned(top, file);
    return file.path === gitlabPath && own.state === 'left' ? [own, planned(top, includedPipeline(start))] : [own];
  });
}

function planned(root: string, { path, text }: StartFile): PlannedFile {
  const file = join(root, path);
  for (const parent of parents(root, file)) {
    const found = entryAt(parent);
    if (!found || found.isDirectory()) continue;
    return { file, text, state: 'left', why: `${relative(root, parent).split(sep).join('/')} is ${found.isSymbolicLink() ? 'a link' : 'a file'}` };
  }
  const found = entryAt(file);
  if (!found) return { file, text, state: 'written' };
  if (found.isDirectory()) return { file, text, state: 'left', why: 'a folder is called so' };
  if (!found.isFile()) return { file, text, state: 'left', why: found.isSymbolicLink() ? 'a link is there' : 'it is no regular file' };
  return readFileSync(file, 'utf8') === text ? { file, text, state: 'same' } : { file, text, state: 'left', why: 'is there already' };
}

/** Folders between a folder and a file in it, the outermost first. */
function parents(root: string, file: string): readonly string[] {
  const folder = dirname(file);
  return folder === root ? [] : [...parents(root, folder), folder];
}
