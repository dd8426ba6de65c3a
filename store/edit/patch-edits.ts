import { dirname, join } from 'node:path';
import type { Place } from '../../layers/config-files';
import { commonFields } from '../../layers/coverage';
import { isAtOrBelow } from '../../layers/hierarchy';
import type { OverridePlace, PatchPlaces, PatchState } from '../../layers/patch-state';
import { FleetError, type Problem } from '../../layers/problem';
import { leavesAt } from '../typescript/code-leaves';
import { removeEntry } from '../typescript/remove-entry';
import { setList } from '../typescript/set-list';
import { setValue } from '../typescript/set-value';
import { typeScriptName } from '../yaml/field-names';
import { setYaml } from '../yaml/set-yaml';
import { yamlLeavesAt } from '../yaml/yaml-leaves';
import type { YamlText } from '../yaml/yaml-value';
import type { Edits } from './edits';

/** A field of an override, or of a release, that takes the patch's value, so that no target changes. */
export interface Fold {
  readonly path: string;
  /** @default - it is an override */
  readonly release?: string;
  readonly app: string;
  /** Keys joined by `.`. */
  readonly field: string;
  readonly file: string;
}

/** Lets a patch sit at other paths. @throws FleetError where the source cannot be edited; it says what to do by hand */
export function movePatch(
  edits: Edits,
  { patch, paths: before }: PatchState,
  { form, rolledOutTo, copies, changes }: PatchPlaces,
  paths: readonly string[],
): void {
  if (form === 'typescript') {
    const byHand = `write \`rolledOutTo: [${paths.map((path) => `'${path}'`).join(', ')}]\``;
    edits.write(rolledOutTo.file, setList(edits.read(rolledOutTo.file), rolledOutTo.place, paths, byHand));
    return;
  }
  const component = dirname(changes[0]?.base.file ?? '');
  const furthest = copies[copies.length - 1];
  const text = furthest ? edits.read(furthest.file).text : '';
  for (const path of paths) if (!before.includes(path)) edits.write(join(component, path, `${patch}.yaml`), text);
  for (const { path, file } of copies) if (!paths.includes(path)) edits.remove(file);
}

/**
 * Merges a patch into the base and removes it; overrides that would win over the base then take its values.
 *
 * @param fieldsByApp what the patch sets of each app at any target. @default - all that is written down
 * @returns the fields of overrides that were changed
 * @throws FleetError with everything that cannot be edited, and what to do by hand
 */
export function integratePatch(
  edits: Edits,
  state: PatchState,
  places: PatchPlaces,
  fieldsByApp: ReadonlyMap<string, readonly Keys[]> = new Map(),
): readonly Fold[] {
  const folds: Fold[] = [];
  const problems: Problem[] = [];
  const remove = `remove the patch '${state.patch}'`;
  for (const { app, change, base } of places.changes) {
    const fields = fieldsByApp.get(app);
    const overrides = places.overrides.filter((override) => override.app === app && losesTo(state, override));
    const byHand = `move what '${state.patch}' changes into the base of '${app}' by hand, and ${remove}`;
    collectProblems(problems, () => {
      const all = leaves(edits, places.form, change, byHand);
      for (const leaf of places.form === 'typescript' && fields ? saidOf(all, fields) : all) {
        const [path, value] = leaf;
        const toDo = (where: string) => `set ${path.join('.')} to \`${inShort(value)}\` in ${where} of '${app}' by hand, and ${remove}`;
        collectProblems(problems, () => setLeaf(edits, base, leaf, toDo('the base')));
        const field = [typeScriptName(path[0] ?? ''), ...path.slice(1)];
        for (const override of overrides) {
          if (commonFields([field], override.fields).length === 0) continue;
          const { path: sits, release, place, only } = override;
          const where = release === undefined ? `the override ${sits}` : `the release ${release}`;
          collectProblems(problems, () => setLeaf(edits, place, only === undefined ? leaf : [path.slice(1), value], toDo(where)));
          folds.push({ path: sits, ...(release === undefined ? {} : { release }), app, field: field.join('.'), file: place.file });
        }
      }
    });
  }
  if (problems.length > 0) throw new FleetError(problems);
  if (places.form === 'typescript') {
    edits.write(places.patch.file, removeEntry(edits.read(places.patch.file), places.patch.place, remove));
  } else {
    for (const { file } of places.copies) edits.remove(file);
  }
  return folds;
}

/**
 * What is written down and says something somewhere: an expression that is `undefined` at every target does not, and the
 * base keeps what it says. A map of nothing else is an empty one.
 */
function saidOf(all: readonly Leaf[], fields: readonly Keys[]): readonly Leaf[] {
  const said = all.filter(([path]) => fields.some((field) => startsWith(field, path)));
  const maps = fields.filter((field) => !said.some(([path]) => startsWith(field, path)));
  return [...said, ...maps.map((path): Leaf => [path, '{}'])];
}

type Keys = readonly string[];

function startsWith(keys: Keys, start: Keys): boolean {
  return start.every((key, index) => key === keys[index]);
}

/** Everything that stands in the way is told of at once. */
function collectProblems(problems: Problem[], run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    problems.push(...error.problems);
  }
}

/** Whether the patch beats an override now: it sits at the same path or deeper. */
function losesTo({ paths }: PatchState, { path }: OverridePlace): boolean {
  return paths.some((one) => isAtOrBelow(one, path));
}

type Leaf = readonly [path: readonly string[], value: string | YamlText];

function leaves(edits: Edits, form: PatchPlaces['form'], { file, place }: Place, byHand: string): readonly Leaf[] {
  return form === 'typescript' ? leavesAt(edits.read(file), place, byHand) : yamlLeavesAt(edits.read(file), place, byHand);
}

/** @param place of a layer, below which the leaf is set */
function setLeaf(edits: Edits, { file, place }: Place, [path, value]: Leaf, byHand: string): void {
  const at = [...place, ...path];
  const source = edits.read(file);
  edits.write(file, typeof value === 'string' ? setValue(source, at, value, byHand) : setYaml(source, at, value, byHand));
}

/** A value on one line, for a message. */
function inShort(value: string | YamlText): string {
  const text = (typeof value === 'string' ? value : value.text).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
