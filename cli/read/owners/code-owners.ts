import { dirname, resolve } from 'node:path';
import { FleetError, type Problem } from '../../../constructs';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { codeOwnersPattern, codeOwnerWords, isCodeOwner } from '../../../layers/text/code-owner';
import { plural } from '../../../layers/text/problem-text';
import { type RepositoryPlace, tryFindRepository, tryPathInside } from '../../../store/git/find-repository';
import { expectOutputPlace } from '../../../store/output/forbidden-places';
import { outputPlace } from '../../../store/output/output-place';
import { fleetFiles } from '../../../store/read/fleet-files';
import { knownPipelines } from '../../../store/start/known-pipelines';
import { evidencePaths, filesThere } from '../evidence/evidence-paths';
import { firstNames } from '../first-names';
import { type OwnedApp, type OwnedFleet, unique } from './owned-fleet';

/** A line of a CODEOWNERS file. */
export interface CodeOwnersLine {
  readonly pattern: string;
  /** Whom a forge asks. */
  readonly owners: readonly string[];
  /** Whom no forge knows. */
  readonly unknown: readonly string[];
}

/** A CODEOWNERS file: of the lines that match a path, the last one counts. */
export interface CodeOwners {
  /** The options that the command needs at the top of the repository to print the same. */
  readonly options: readonly string[];
  /** Whose the configuration is. */
  readonly apps: readonly CodeOwnersLine[];
  /** Who approves what is rendered. */
  readonly rendered: readonly CodeOwnersLine[];
  /** What evidence runs and trusts: everybody's who approves anything. */
  readonly evidence: readonly CodeOwnersLine[];
  /** What holds changes, and this file: everybody's who approves anything. Without them, nobody takes a gate, a step of a pipeline or a line away. */
  readonly law: readonly CodeOwnersLine[];
}

export interface CodeOwnersFlags {
  readonly config: string;
  readonly output?: string;
}

/** @throws FleetError where output or configuration lie in no repository, or not in the same one */
export function codeOwners(fleet: OwnedFleet, { config, output: dir }: CodeOwnersFlags): CodeOwners {
  const folder = expectOutputPlace(dir ?? outputPlace(config, fleet.path), { config });
  const repository = tryFindRepository(config);
  const inside = repository && tryFindRepository(folder)?.top === repository.top ? tryPathInside(repository, folder) : undefined;
  if (!repository || inside === undefined) throw outside(dir ?? folder, repository);
  const rendered = renderedLines(fleet, inside);
  const apps = fleet.places.flatMap(({ path, isFolder, owners }) => {
    const place = tryPathInside(repository, path);
    return place === undefined ? [] : [lineOf(codeOwnersPattern(isFolder ? `${place}/` : place), owners)];
  });
  const own = tryPathInside(repository, config);
  const all = unique(fleet.nodes.flatMap(({ approvers }) => approvers));
  const judging = filesThere(evidencePaths(fleet.output, { config, inside }, repository), repository);
  const evidence = all.length === 0 ? [] : judging.map((path) => lineOf(codeOwnersPattern(path), all));
  const law = all.length === 0 ? [] : lawPatterns(fleet, config, repository).map((pattern) => lineOf(pattern, all));
  return {
    options: [...(own === 'config' ? [] : ['--config', own || '.']), ...(dir === undefined ? [] : ['--output', inside])],
    apps: withoutRepetition(apps),
    rendered,
    evidence,
    law,
  };
}

/** Patterns of what holds changes. That of this file has no folder: wherever a forge reads one, it is meant. */
function lawPatterns({ file }: OwnedFleet, config: string, repository: RepositoryPlace): readonly string[] {
  const inside = (path: string) => tryPathInside(repository, path);
  const pipelines = knownPipelines(repository.top, inside(dirname(resolve(config))) ?? '');
  return [...[...fleetFiles(file).flatMap((path) => inside(path) ?? []), ...pipelines].map(codeOwnersPattern), 'CODEOWNERS'];
}

/** Whoever approves what a node gets approves the folders that reach it. */
function renderedLines({ output, nodes }: OwnedFleet, inside: string): readonly CodeOwnersLine[] {
  const approversOf = (path: string) => nodes.filter((node) => isAtOrBelow(path, node.path)).at(-1)?.approvers ?? [];
  const lines = output.places().map(({ folder, reaches }) => lineOf(codeOwnersPattern(`${inside}/${folder}/`), unique(reaches.flatMap(approversOf))));
  return withoutRepetition(lines);
}

function lineOf(pattern: string, names: readonly string[]): CodeOwnersLine {
  return { pattern, owners: names.filter(isCodeOwner), unknown: names.filter((name) => !isCodeOwner(name)) };
}

/** Without lines that demand what the folder around them demands already, and without lines for nobody. */
function withoutRepetition(lines: readonly CodeOwnersLine[]): readonly CodeOwnersLine[] {
  const kept = new Map<string, CodeOwnersLine>();
  for (const one of lines) {
    const around = foldersAround(one.pattern).flatMap((folder) => kept.get(folder) ?? [])[0];
    const isSame = around ? textOf(around) === textOf(one) : textOf(one) === '';
    if (!isSame) kept.set(one.pattern, one);
  }
  return [...kept.values()];
}

/** The folders that a path lies in, the innermost first. */
function foldersAround(path: string): readonly string[] {
  const names = path.replace(/\/$/, '').split('/');
  return names
    .map((_, index) => `${names.slice(0, index + 1).join('/')}/`)
    .reverse()
    .slice(1);
}

function textOf({ owners, unknown }: CodeOwnersLine): string {
  return [...owners, ...unknown].sort().join(' ');
}

/** Owners and approvers whom no forge knows, once each. */
export function unknownOwners({ apps, nodes, file }: OwnedFleet): readonly Problem[] {
  const owning = new Map<string, OwnedApp[]>();
  for (const app of apps) for (const owner of app.owners) owning.set(owner, [...(owning.get(owner) ?? []), app]);
  const approving = new Map<string, readonly string[]>();
  for (const { path, own } of nodes) for (const name of own) approving.set(name, [...(approving.get(name) ?? []), path]);
  return unique([...owning.keys(), ...approving.keys()])
    .filter((name) => !isCodeOwner(name))
    .map((name) => {
      const [apps = [], paths = []] = [owning.get(name), approving.get(name)];
      const does = [
        ...(apps.length > 0 ? [`owns ${plural(apps.length, 'app')}`] : []),
        ...(paths.length > 0 ? [`approves ${firstNames(paths).join(', ')}`] : []),
      ];
      return {
        code: 'code-owner',
        severity: 'warning',
        message: `'${name}' ${does.join(' and ')}, and is nobody whom a forge could ask: no line names it`,
        file: apps[0]?.file ?? file,
        expected: codeOwnerWords,
      };
    });
}

function outside(folder: string, repository: RepositoryPlace | undefined): FleetError {
  return new FleetError([
    {
      code: 'output-folder',
      message: repository
        ? `the rendered output '${folder}' lies outside of the repository of the configuration`
        : 'the configuration lies in no Git repository',
      place: [],
      expected: 'configuration and output in one Git repository: the paths of a CODEOWNERS file count from its top',
      ...(repository ? { found: repository.top } : {}),
      hint: repository
        ? 'name the output with `--output`, or with `path` in the settings of the fleet'
        : 'run `git init` at its top, or run the command in a clone',
    },
  ]);
}
