import { basename, join, relative, resolve } from 'node:path';
import type { Changes } from '../../changes/change';
import { compareStates } from '../../changes/compare-states';
import type { State } from '../../changes/state';
import { type AnyFleet, FleetError, type FleetOutput, fleetFromConfig, type Problem } from '../../constructs';
import { isTold } from '../../constructs/synthesis/hydration/hydrated-files';
import { once } from '../../layers/get-or';
import type { OutputFile, OutputFolder } from '../../layers/output';
import type { Edits } from '../../store/edit/edits';
import { withOverlay } from '../../store/edit/overlay';
import { fileText } from '../../store/output/output-text';
import { readConfig } from '../../store/read/read-config';
import type { LoadedFleet } from '../read/load-fleet';
import { configState } from '../read/state/config-state';
import { expectNeededFirst } from './order/needed-first';
import { expectNoInvertedRelease } from './order/no-inverted-release';

/** A file of rendered output that is another one afterwards. */
export interface FileChange {
  readonly path: string;
  /** The same from the target's folder. */
  readonly inside: string;
  /** @default - it was not there */
  readonly before?: string;
  /** @default - it is gone */
  readonly after?: string;
}

/** The fleet with the edits in it. What changes is asked for where somebody reads it: objects of charts that are opened are rendered for that. */
export interface Proof {
  readonly output: FleetOutput;
  /** Every rendered file that Argo CD reads and that changes. */
  readonly changes: () => readonly FileChange[];
  /** The same, field by field. */
  readonly effect: () => Changes;
  /** The same without objects of charts that are opened: none is rendered for it. */
  readonly ownEffect: () => Changes;
  /** What the configuration alone says: nothing of objects of charts that are opened, and none is rendered for it. */
  readonly alone: Pick<Proof, 'changes' | 'effect'>;
  /** What targets get before and after, of those that get something else. */
  readonly states: () => { readonly before: State; readonly after: State };
}

/** What edits may change. */
export interface Allowed {
  /** Whose targets may change. @default - those of any cluster type */
  readonly clusterType?: string;
  /** Those that may: every other one stays the same. */
  readonly targets: readonly string[];
  /** Whether they go. @default false */
  readonly areGone?: boolean;
  /** Whether something is taken back: what that brings to light stops nobody. @default false */
  readonly isBack?: boolean;
}

/** Reads the fleet with the edits in it while its files are there. @param nameOf gives the name of a file that people know */
export type Inspect<T> = (output: FleetOutput, nameOf: (file: string) => string) => T;

/**
 * Renders the fleet with the edits in it, and compares it with the fleet as it is.
 *
 * @throws FleetError where something else would change; nothing was written
 */
export function prove(fleet: LoadedFleet, edits: Edits, allowed: Allowed): Proof {
  return proveAndInspect(fleet, edits, allowed, () => undefined).proof;
}

/** The same, with what an inspection of the edited fleet finds. */
export function proveAndInspect<T>(
  loaded: LoadedFleet,
  edits: Edits,
  { clusterType, targets, areGone = false, isBack = false }: Allowed,
  inspect: Inspect<T>,
): { readonly proof: Proof; readonly inspected: T } {
  const { config, fleet, output: before } = loaded;
  return withEdits(config, edits, fleet, (output, nameOf) => {
    if (areGone) expectGone(output, targets);
    const allowed = new Set(targets);
    const compared = (one: FleetOutput, other: FleetOutput, only?: ReadonlySet<string>) => {
      const changes: FileChange[] = [];
      const forbidden: FileChange[] = [];
      const touched = new Set<string>();
      for (const { clusterType: name, path, folder } of one.effects()) {
        if (only?.has(targetKeyOf(name, path)) === false) continue;
        const after = areGone && allowed.has(path) ? { ...folder, files: [] } : other.folder(name, path);
        for (const change of changesOf(folder, after)) {
          touched.add(targetKeyOf(name, path));
          // What an app uses of its cluster is injected by the root at the same path, whichever cluster type hosts it; what
          // a member gets of a group follows from the labels that it is registered with, and from its settings.
          const isConsequence = name !== clusterType && (before.hasMembers ? [name, clusterType].includes('members') : isApplicationSet(after, change.path));
          const isAllowed = allowed.has(path) && (clusterType === undefined || name === clusterType || isConsequence);
          (isAllowed ? changes : forbidden).push(change);
        }
      }
      return { changes, forbidden, touched };
    };
    // Charts that are told the same give the same; which do not, their objects say.
    const told = compared(before.told, output.told);
    const isAll = told.touched.size === 0 || (before.told === before && output.told === output);
    const files = once(() => (isAll ? told : compared(before, output, told.touched)));
    expectNeededFirst(before, output);
    if (!isBack) expectNoInvertedRelease(before, output);
    const forbidden = told.forbidden.length > 0 ? files().forbidden : [];
    if (forbidden.length > 0) throw unexpectedChange(forbidden, targets.length);
    const inspected = inspect(output, nameOf);
    const states = once(() => statesOf(before, output, told.touched));
    // Where nothing changes, values may come from another layer now.
    const effect = once(() => compareStates(states().before, states().after));
    const own = once(() => statesOf(before.told, output.told, told.touched));
    const ownEffect = once(() => compareStates(own().before, own().after));
    const changes = once(() => (before.hasMembers ? fileChanges(before, output) : files().changes));
    const alone = {
      changes: once(() => told.changes.filter(({ inside }) => !isTold(inside))),
      effect: once(() => compareStates(withoutTold(own().before), withoutTold(own().after))),
    };
    return { proof: { output, changes, effect, ownEffect, alone, states }, inspected };
  });
}

function withoutTold(state: State): State {
  return { ...state, files: state.files.filter(({ path }) => !isTold(path)) };
}

/** @throws FleetError where one of the targets is still there */
function expectGone(output: FleetOutput, targets: readonly string[]): void {
  const left = output.clusterTypes.flatMap((clusterType) => output.targetsOf(clusterType).filter(({ path }) => targets.includes(path)));
  const [first] = left;
  if (!first) return;
  throw new FleetError([{ code: 'rollout-proof', message: `${first.path} would still be there`, place: [], hint: 'nothing was written' }]);
}

/** @param touched targets that get something else */
function statesOf(before: FleetOutput, after: FleetOutput, touched: ReadonlySet<string>): ReturnType<Proof['states']> {
  const known = new Set(before.clusterTypes.flatMap((clusterType) => before.targetsOf(clusterType).map(({ path }) => targetKeyOf(clusterType, path))));
  const isAsked = (clusterType: string, target: string) => {
    const key = targetKeyOf(clusterType, target);
    return touched.has(key) || !known.has(key);
  };
  return { before: configState(before, { isAsked }), after: configState(after, { isAsked }) };
}

function targetKeyOf(clusterType: string, target: string): string {
  return `${clusterType}/${target}`;
}

/** What is wrong with the fleet once the edits are in it; nothing was written. */
export function problemsWith({ config, fleet }: Pick<LoadedFleet, 'config' | 'fleet'>, edits: Edits): readonly Problem[] {
  try {
    withEdits(config, edits, fleet, () => undefined);
    return [];
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    return error.problems;
  }
}

/** Renders the fleet with the edits in it. @throws FleetError whose problems name the files as the user knows them, whoever finds them */
function withEdits<T>(config: string, edits: Edits, { chartRenderer: charts }: AnyFleet, use: Inspect<T>): T {
  return withOverlay(config, edits, (copy) => {
    const names = namesIn(copy, config);
    return named(names, () => {
      // The copy is gone where charts are rendered: these lie beside the configuration.
      const outline = fleetFromConfig({ ...readConfig(copy), ...(charts ? { charts } : {}) }).outline();
      return use(
        outline.opening((open) => named(names, open)),
        names.file,
      );
    });
  });
}

/** What of a copy the user knows otherwise. */
interface Names {
  readonly file: (file: string) => string;
  /** The same for a text that may name files of the copy. */
  readonly text: (text: string) => string;
}

/** The copy lies beside what it is a copy of, under a name that nothing else has. */
function namesIn(copy: string, config: string): Names {
  return {
    file: (file) => {
      const inside = relative(copy, resolve(file));
      return inside.startsWith('..') ? file : join(config, inside);
    },
    text: (text) => text.replaceAll(basename(copy), basename(resolve(config))),
  };
}

function named<T>({ file, text }: Names, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    throw new FleetError(
      error.problems.map((problem) => {
        const said = Object.entries(problem).map(([key, value]) => [key, key === 'file' ? file(value) : typeof value === 'string' ? text(value) : value]);
        return Object.fromEntries(said) as Problem;
      }),
    );
  }
}

function changesOf(before: OutputFolder, after: OutputFolder): readonly FileChange[] {
  const old = appliedFiles(before);
  const made = appliedFiles(after);
  const paths = [...new Set([...old.keys(), ...made.keys()])];
  return paths.flatMap((path) => {
    const [one, other] = [old.get(path), made.get(path)];
    if (one && other && contentOf(one) === contentOf(other)) return [];
    return [{ path: `${after.path}/${path}`, inside: path, before: one && fileText(one), after: other && fileText(other) }];
  });
}

/** Where a fleet has folders of its own for what several targets share, the files of these. */
function fileChanges(before: FleetOutput, after: FleetOutput): readonly FileChange[] {
  const made = new Map([...after].map((folder) => [folder.path, folder]));
  const known = [...before].map((folder) => [folder, made.get(folder.path) ?? { path: folder.path, files: [] }] as const);
  const paths = new Set(known.map(([{ path }]) => path));
  const added = [...made.values()].flatMap((folder) => (paths.has(folder.path) ? [] : [[{ path: folder.path, files: [] }, folder] as const]));
  return [...known, ...added].flatMap(([one, other]) => changesOf(one, other)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What Argo CD reads; records say where values come from, and may change where nothing else does. */
function appliedFiles({ files }: OutputFolder): ReadonlyMap<string, AppliedFile> {
  return new Map(files.flatMap((file) => (file.kind === 'record' || file.kind === 'fleet-record' || file.kind === 'chart' ? [] : [[file.path, file]])));
}

type AppliedFile = Exclude<OutputFile, { kind: 'record' | 'fleet-record' | 'chart' }>;

function contentIn(file: AppliedFile): unknown {
  if (file.kind === 'helm-values') return file.values.plain;
  return file.kind === 'note' ? file.text : file.document;
}

const contents = new WeakMap<object, string>();

/** Equal for files that mean the same. */
function contentOf(file: AppliedFile): unknown {
  const content = contentIn(file);
  if (typeof content !== 'object' || content === null) return content;
  let text = contents.get(content);
  if (text === undefined) {
    text = JSON.stringify(content);
    contents.set(content, text);
  }
  return text;
}

function isApplicationSet({ path: folder, files }: OutputFolder, path: string): boolean {
  return files.some((file) => file.kind === 'template' && `${folder}/${file.path}` === path && file.document.kind === 'ApplicationSet');
}

function unexpectedChange(forbidden: readonly FileChange[], allowed: number): FleetError {
  const [first] = forbidden as readonly [FileChange];
  const old = first.before?.split('\n') ?? [];
  const made = first.after?.split('\n') ?? [];
  const line = Math.max(
    0,
    [...old, ...made].findIndex((_, index) => old[index] !== made[index]),
  );
  return new FleetError([
    {
      code: 'rollout-proof',
      message: `the step would change ${forbidden.length === 1 ? 'a file' : `${forbidden.length} files`} outside of the ${allowed} targets that it is about`,
      expected: `${first.path}:${line + 1}  ${old[line]?.trim() ?? '(no such line)'}`,
      found: `${first.path}:${line + 1}  ${made[line]?.trim() ?? '(no such line)'}`,
      hint: 'nothing was written',
    },
  ]);
}
