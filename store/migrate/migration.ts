import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../layers/problem';
import { clusterKey, type Token } from '../../layers/text/token';
import { ExpressionError } from '../expressions/expression-error';
import type { Names } from '../expressions/to-typescript';
import { stringLiteral } from '../typescript/literal-text';
import { findFiles } from '../yaml-fleet/find-files';
import { InjectedValues } from '../yaml-fleet/injected';
import { MergedValues, type TargetNames } from '../yaml-fleet/merged-values';
import type { YamlFile } from '../yaml-fleet/yaml-file';
import { sectionNames, type YamlClusterType, type YamlFleet } from '../yaml-fleet/yaml-fleet';
import { type FilePlan, fileNames } from './file-names';
import { migrateComponent } from './migrate-component';
import { migrateDefaults } from './migrate-defaults';
import { migrateExemptions } from './migrate-exemptions';
import { migrateFleet } from './migrate-fleet';
import { type Frozen, type Lost, type SourceFile, SourceFiles } from './source-files';

/** A fleet in TypeScript, as files that were not written yet. */
export interface Migration {
  readonly files: readonly SourceFile[];
  /** Comments without a place, and what TypeScript cannot say, in the order of the files. */
  readonly lost: readonly Lost[];
  /** Keys that only expressions read: their values stand where they were asked for. */
  readonly inlined: readonly { readonly file: string; readonly key: string }[];
  /** Expressions over other values: from now on a change of those changes nothing where they stood. */
  readonly frozen: readonly Frozen[];
  /** @default - it could not be found out: `fleet.ts` says '' */
  readonly repository?: string;
}

/**
 * Turns a fleet of YAML files into one in TypeScript. It has been read without a mistake before.
 *
 * @param folder  relative to the working directory, or absolute
 * @param targets every target of a cluster type
 * @param adopted whether it has what only an adopted fleet may have
 */
export function migrationOf(folder: string, targets: (clusterType: string) => readonly TargetNames[], adopted: boolean): Migration {
  const { fleet } = findFiles(resolve(folder)) as { readonly fleet: YamlFleet; readonly problems: readonly Problem[] };
  const injected = new InjectedValues(fleet.clusterTypes);
  const repository = typeof fleet.config.content.repository === 'string' ? fleet.config.content.repository : injected.repository;
  const made: SourceFile[] = [];
  const lost: Lost[] = [];
  const frozen: Frozen[] = [];
  const add = (files: SourceFiles, file: SourceFile | undefined, from: readonly (YamlFile | undefined)[]) => {
    if (!file) return;
    made.push(file);
    const read = from.filter((one) => one !== undefined);
    lost.push(...files.lost(read));
    frozen.push(...files.frozen(read));
  };
  const nothing = () => undefined;
  const noNames: Names = { dimensions: [], token: ({ key }) => key, constant: nothing, deploy: { value: nothing } };
  const fleetFiles = new SourceFiles(noNames);
  add(fleetFiles, migrateFleet(fleet, { repository, adopted }, fleetFiles), [fleet.config]);
  const exemptionFiles = new SourceFiles(noNames);
  add(exemptionFiles, migrateExemptions(fleet.exemptions, exemptionFiles), [fleet.exemptions]);
  for (const clusterType of fleet.clusterTypes) {
    const { name, defaults, components } = clusterType;
    const names = namesOf(clusterType, fleet, injected, targets(name));
    const shared = new SourceFiles(names);
    add(shared, migrateDefaults(clusterType, shared), [defaults]);
    const plans = fileNames(components);
    for (const component of components) {
      const files = new SourceFiles(names);
      const { values, metadata, layers } = component;
      add(files, migrateComponent(component, plans.get(component) as FilePlan, files, name), [metadata, values, ...layers.map(({ file }) => file)]);
    }
  }
  return { files: made, lost, frozen, inlined: fleet.clusterTypes.flatMap(keysForExpressions), repository };
}

/** What expressions of a cluster type mean in TypeScript. */
function namesOf(clusterType: YamlClusterType, fleet: YamlFleet, injected: InjectedValues, targets: readonly TargetNames[]): Names {
  const merged = new MergedValues(clusterType, fleet.dimensions, injected);
  const constants = new Map<string, unknown>();
  const constant = (path: readonly string[]): unknown => {
    // What has no value is null here: that is the same everywhere too.
    const [first, ...others] = targets.map((target) => JSON.stringify(merged.value(path, target) ?? null));
    return first !== undefined && others.every((value) => value === first) ? JSON.parse(first) : undefined;
  };
  const { name } = clusterType;
  const token = ({ key, isTopLevel = false }: Token) => tokenSource(key, injected.origin(name, isTopLevel ? [key] : ['cluster', key]), isTopLevel);
  const known = (path: readonly string[]): unknown => {
    const key = path.join('\n');
    if (!constants.has(key)) constants.set(key, constant(path));
    return constants.get(key);
  };
  return {
    dimensions: fleet.dimensions.map(({ singular }) => singular),
    token,
    liveToken: (path) => (merged.isLive(path) ? token({ key: path[path.length - 1] ?? '', isTopLevel: path.length === 1 }) : undefined),
    constant: known,
    deploy: { value: (path) => sameAtDeploy(merged, path, targets), isDeploy: true },
  };
}

/** What the second pass sees everywhere. @throws ExpressionError where that differs */
function sameAtDeploy(merged: MergedValues, path: readonly string[], targets: readonly TargetNames[]): unknown {
  const [first, ...others] = targets.map((target) => merged.deployScope(target).value(path));
  if (others.every((value) => isDeepStrictEqual(value, first))) return first;
  throw new ExpressionError('not the same at every target', 0, 'write a function of the target by hand');
}

function tokenSource(key: string, origin: string | undefined, isTopLevel: boolean): string {
  if (isTopLevel) return `cluster.topLevel(${tokenSource(key, origin, false)})`;
  const [kind, name] = (origin ?? '').split(' ') as [string, string | undefined];
  if (origin === undefined) return `cluster.value(${stringLiteral(key)})`;
  if (name === undefined) return `cluster.${origin}`;
  const named = clusterKey(name) === key ? '' : `, ${stringLiteral(key)}`;
  return `cluster.${kind}(${stringLiteral(name)}${named})`;
}

/** Keys of files that are neither a section nor about the file itself. */
function keysForExpressions({ components, defaults }: YamlClusterType): Migration['inlined'] {
  const files = [defaults, ...components.flatMap(({ values, layers }) => [values, ...layers.map(({ file }) => file)])];
  const known: readonly string[] = [...sectionNames, 'metadata'];
  return files.flatMap((file) => Object.keys(file?.content ?? {}).flatMap((key) => (file && !known.includes(key) ? [{ file: file.file, key }] : [])));
}
