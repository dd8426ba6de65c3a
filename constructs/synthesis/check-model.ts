import { everywhere } from '../../layers/hierarchy';
import { Suggestions, suggestion } from '../../layers/nearest';
import { describe, isMap } from '../../layers/plain-data';
import { FleetError, type Problems } from '../../layers/problem';
import { DimensionNode, nodesBelow } from '../dimension-node';
import type { Fleet } from '../fleet';
import type { FleetApp } from '../fleet-app';
import { FleetAppGroup } from '../fleet-app-group';
import { labelPrefix, nodeName, objectName, patchName } from '../names';
import { originOf, problemAt } from '../origin';
import { Override } from '../override';
import { Patch } from '../patch';
import type { RootApplicationSet } from '../root-application-set';
import { reservedTargetKeys } from '../target';
import { PathCheck } from './check-paths';
import { appsOf, type Model, rootsOf } from './model';

/** Finds what is wrong with the fleet as it was declared, before any value is looked at. */
export function checkModel(fleet: Fleet, model: Model, problems: Problems): void {
  problems.addAll(fleet.problems);
  checkSettings(fleet, problems);
  checkPromotionLevel(fleet, problems);
  checkHierarchy(fleet, model, problems);
  checkClusterTypes(fleet, model, problems);
  checkRoots(fleet, problems);
  checkLayers(fleet, model, problems);
}

/** Overrides and patches wherever they are declared, and what constructs say about themselves. */
export function checkLayers(fleet: Fleet, model: Model, problems: Problems): void {
  const paths = new PathCheck(model, problems);
  for (const construct of fleet.node.findAll()) {
    if (construct instanceof Override) checkOverride(construct, model, paths, problems);
    if (construct instanceof Patch) checkPatch(construct, paths, problems);
    if ((construct instanceof Override || construct instanceof Patch) && (construct.node.scope as FleetApp).group) {
      problems.add(
        problemAt(construct, 'unknown-key', 'a layer of one of several apps that share their layers', {
          hint: "declare it in the group, as a map by the app's name",
        }),
      );
    }
    for (const message of construct.node.validate()) problems.add(problemAt(construct, 'validation', message));
  }
}

/** Whether a path can name the folder of rendered output: one of its own below the top of the repository, and none of Git's. */
function isOutputPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what no folder's name should hold
  if (path.trim() === '' || path.startsWith('/') || /[\u0000-\u001f\u007f]/.test(path)) return false;
  return !path.split('/').some((part) => part === '..' || part === '.' || part.toLowerCase() === '.git');
}

export function checkSettings(fleet: Fleet, problems: Problems): void {
  if (!labelPrefix.pattern.test(fleet.labelPrefix)) {
    problems.add(problemAt(fleet, 'invalid-name', `'${fleet.labelPrefix}' cannot be a label prefix`, { at: ['labelPrefix'], expected: labelPrefix.rule }));
  }
  if (!isOutputPath(fleet.path)) {
    problems.add(
      problemAt(fleet, 'invalid-name', `'${fleet.path}' cannot be the path of rendered output`, {
        at: ['path'],
        expected: "a folder from the top of the repository, such as 'dist'",
      }),
    );
  }
  const seen = new Set<string>();
  for (const { singular } of fleet.dimensions) {
    const isTaken = seen.has(singular) || reservedTargetKeys.includes(singular);
    if (isTaken || !/^[a-z][A-Za-z0-9]*$/.test(singular)) {
      problems.add(
        problemAt(fleet, 'invalid-dimension', `'${singular}' cannot be a dimension`, {
          at: ['dimensions'],
          expected: `a word of letters and digits, each dimension once, and not ${reservedTargetKeys.join(' or ')}`,
        }),
      );
    }
    seen.add(singular);
  }
}

/** The level at which patches go on is one of the dimensions. */
export function checkPromotionLevel(fleet: Fleet, problems: Problems): void {
  const known = fleet.dimensions.map(({ singular }) => singular);
  if (fleet.promotionLevel === undefined || known.includes(fleet.promotionLevel)) return;
  problems.add(
    problemAt(fleet, 'invalid-dimension', `'${fleet.promotionLevel}' is no dimension of the fleet`, {
      at: ['promotionLevel'],
      hint: suggestion(fleet.promotionLevel, known, 'dimensions'),
    }),
  );
}

function checkHierarchy(fleet: Fleet, model: Model, problems: Problems): void {
  const { hierarchy } = model;
  if (hierarchy.nodes.length === 0) {
    const [outermost] = fleet.dimensions;
    problems.add(
      problemAt(fleet, 'empty-hierarchy', `the fleet has no ${outermost?.plural ?? 'dimensions'}`, {
        expected: `at least one complete path: ${model.facts.dimensions.join('/')}`,
      }),
    );
    return;
  }
  for (const construct of fleet.node.findAll()) {
    if (!(construct instanceof DimensionNode)) continue;
    const depth = construct.node.scopes.filter((scope) => scope instanceof DimensionNode).length;
    if (!nodeName.pattern.test(construct.name)) {
      problems.add(
        problemAt(construct, 'invalid-name', `'${construct.name}' cannot name a ${model.facts.dimensions[depth - 1] ?? 'node'}`, { expected: nodeName.rule }),
      );
    }
    if (depth > fleet.dimensions.length) {
      problems.add(
        problemAt(construct, 'invalid-dimension', `'${construct.path}' is deeper than the fleet's dimensions`, { expected: model.facts.dimensions.join('/') }),
      );
    } else if (depth < fleet.dimensions.length && construct.nodes.length === 0) {
      problems.add(
        problemAt(construct, 'empty-hierarchy', `'${construct.path}' has no ${fleet.dimensions[depth]?.plural}`, {
          hint: 'a node without targets renders nothing: add one below it, or remove it',
        }),
      );
    }
  }
  for (const parent of fleet.node.findAll()) checkSiblings(nodesBelow(parent), problems);
}

export function checkSiblings(siblings: readonly DimensionNode[], problems: Problems): void {
  const folders = new Map<string, DimensionNode>();
  for (const node of siblings) {
    const twin = folders.get(node.name.toLowerCase());
    if (twin) {
      problems.add(
        problemAt(node, 'duplicate-name', `'${node.name}' and '${twin.name}' would be one folder where file names ignore case`, {
          hint: 'give one of them another name',
        }),
      );
    }
    folders.set(node.name.toLowerCase(), node);
  }
}

function checkClusterTypes(fleet: Fleet, model: Model, problems: Problems): void {
  if (fleet.clusterTypes.length === 0) {
    problems.add(
      problemAt(fleet, 'empty-fleet', 'the fleet has no cluster type', { expected: 'a folder of apps beside fleet.ts, named after its cluster type' }),
    );
  }
  const paths = new PathCheck(model, problems);
  for (const { construct, name } of model.clusterTypes) {
    if (!objectName.pattern.test(name)) {
      problems.add(problemAt(construct, 'invalid-name', `'${name}' cannot name a cluster type`, { expected: objectName.rule }));
    }
    paths.checkPaths(construct.paths ?? [], ['paths'], construct);
    if (construct.paths?.length === 0) {
      problems.add(
        problemAt(construct, 'empty-hierarchy', `'${name}' is rendered nowhere`, {
          at: ['paths'],
          hint: 'name at least one path, or leave `paths` out for all',
        }),
      );
    }
    const apps = appsOf(construct);
    // Where a file of it could not be read, that is the mistake.
    const isUnread = fleet.problems.some(({ file }) => file?.includes(`/${name}/`));
    if (apps.length === 0 && !isUnread) problems.add(problemAt(construct, 'empty-fleet', `the cluster type '${name}' has no app`));
    const byName = new Map<string, FleetApp>();
    for (const app of apps) {
      const twin = byName.get(app.name);
      if (twin) {
        const { file } = originOf(twin);
        problems.add(
          problemAt(app, 'duplicate-name', `the cluster type '${name}' has two apps called '${app.name}'`, {
            app: app.name,
            found: file === undefined ? twin.node.path : `another one in ${file}`,
            hint: 'rename or remove one of them',
          }),
        );
      }
      byName.set(app.name, app);
      if (!objectName.pattern.test(app.name)) {
        problems.add(problemAt(app, 'invalid-name', `'${app.name}' cannot name an app`, { app: app.name, expected: objectName.rule }));
      }
    }
  }
}

function checkRoots(fleet: Fleet, problems: Problems): void {
  const roots = rootsOf(fleet);
  const names = fleet.clusterTypes.map(({ name }) => name);
  for (const root of roots) {
    if (!names.includes(root.deploys)) {
      problems.add(
        problemAt(root, 'unknown-cluster-type', `'${root.deploys}' is no cluster type`, {
          app: root.name,
          at: ['clusterType'],
          hint: suggestion(root.deploys, names, 'cluster types'),
        }),
      );
    }
    const first = roots.find(({ deploys }) => deploys === root.deploys) as RootApplicationSet;
    if (first !== root) {
      problems.add(
        problemAt(root, 'duplicate-root', `the cluster type '${root.deploys}' has two roots`, {
          app: root.name,
          found: `'${first.name}' deploys it too`,
          hint: 'a second root would deploy every app twice: keep one',
        }),
      );
    }
  }
}

function checkOverride(override: Override, model: Model, paths: PathCheck, problems: Problems): void {
  const isOfAll = model.facts.hasLayerOfAll && (override.path as string) === everywhere;
  if (isOfAll || paths.expectPath(override.path, override)) paths.warnOfNoTarget(override, override.path, []);
  checkChange(override, override.change, [], problems);
}

function checkPatch(patch: Patch, paths: PathCheck, problems: Problems): void {
  if (!patchName.pattern.test(patch.name)) {
    problems.add(problemAt(patch, 'invalid-name', `'${patch.name}' cannot name a patch`, { expected: patchName.rule }));
  }
  if (paths.checkPaths(patch.rolledOutTo, ['rolledOutTo'], patch)) {
    for (const [index, path] of patch.rolledOutTo.entries()) paths.warnOfNoTarget(patch, path, ['rolledOutTo', String(index)]);
  }
  const { change } = patch;
  const parts = patch.node.scope instanceof FleetAppGroup && isMap(change) ? Object.values(change) : [change];
  if (isMap(change) && parts.every((part) => saysNothing(part))) {
    problems.add(
      problemAt(patch, 'empty-patch', `the patch '${patch.name}' changes nothing`, { at: ['change'], hint: 'write the fields that it changes, or remove it' }),
    );
  }
  checkChange(patch, change, ['change'], problems);
}

/** Whether there is nothing but maps all the way down. A map that contains itself is another mistake. */
function saysNothing(value: unknown, above: readonly unknown[] = []): boolean {
  if (value === undefined) return true;
  return isMap(value) && !above.includes(value) && Object.values(value).every((item) => saysNothing(item, [...above, value]));
}

/** A layer of a group is a map of its apps' layers. */
function checkChange(layer: Override | Patch, change: unknown, at: readonly string[], problems: Problems): void {
  const group = layer.node.scope;
  if (!(group instanceof FleetAppGroup) || typeof change === 'function') return;
  if (!isMap(change)) {
    problems.add(problemAt(layer, 'wrong-type', "a layer of several apps is a map by the app's name", { at, found: describe(change) }));
    return;
  }
  const names = new Set(group.apps.map(({ name }) => name));
  const suggestions = new Suggestions();
  for (const name of Object.keys(change)) {
    if (names.has(name)) continue;
    problems.add(
      problemAt(layer, 'unknown-app', `'${name}' is no app of this file`, {
        at: [...at, name],
        expected: `a map by the app's name`,
        hint: suggestions.for(name, names, 'apps'),
      }),
    );
  }
}

/** The model's one target by its path. @throws FleetError with a suggestion */
export function findTarget(model: Model, clusterType: string, path: string): Model['clusterTypes'][number]['targets'][number] {
  const names = model.clusterTypes.map(({ name }) => name);
  const found = model.clusterTypes.find(({ name }) => name === clusterType);
  if (!found) {
    throw new FleetError([
      { code: 'unknown-cluster-type', message: `'${clusterType}' is no cluster type`, place: [], hint: suggestion(clusterType, names, 'cluster types') },
    ]);
  }
  const target = found.targets.find((candidate) => candidate.path === path);
  if (target) return target;
  const known = found.targets.map((candidate) => candidate.path);
  throw new FleetError([{ code: 'unknown-path', message: `'${path}' is no target of ${clusterType}`, place: [], hint: suggestion(path, known, 'targets') }]);
}
