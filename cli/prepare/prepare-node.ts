import { FleetError, HubFleet, type Problem } from '../../constructs';
import { nodeName } from '../../constructs/check/allowed-names';
import { type DimensionNode, nodesBelow } from '../../constructs/tree/dimension-node';
import { Coverage } from '../../layers/coverage';
import type { Dimension } from '../../layers/hierarchy';
import { suggestion } from '../../layers/text/nearest';
import { withArticle } from '../../layers/text/with-article';
import { addNode, type NewNode } from '../../store/edit/add-node';
import { Edits } from '../../store/edit/edits';
import type { LoadedFleet } from '../read/load-fleet';
import { type NewTarget, newTargets, withAdded } from './addition';
import type { Change } from './change';
import { prove } from './prove';

/** The flags of `fleet new DIMENSION`. */
export interface NewNodeFlags {
  readonly config: string;
  readonly after?: string;
  readonly before?: string;
  readonly promotion?: 'manual' | 'automated';
  readonly soak?: string;
  readonly below: readonly string[];
  readonly like?: string;
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** A patch, and what a new node means to it. */
export interface MetPatch {
  readonly clusterType: string;
  readonly app: string;
  readonly patch: string;
  /** Where it sits so that it covers the new targets; else it has passed them by. */
  readonly at?: string;
}

/** A new node of the hierarchy, decided and proved. */
export interface PreparedNode {
  readonly dimension: string;
  readonly path: string;
  /** The node above. @default - it is outermost */
  readonly parent?: string;
  /** The sibling that it follows. @default - it is the first */
  readonly behind?: string;
  readonly file: string;
  readonly targets: readonly NewTarget[];
  readonly patches: readonly MetPatch[];
  readonly change: Change;
}

/** Decides and proves a new node of the hierarchy; writes nothing. @throws FleetError where there cannot be such a node */
export function prepareNode(fleet: LoadedFleet, wanted: string, path: string, flags: NewNodeFlags): PreparedNode {
  const { dimensions } = fleet.fleet;
  const depth = depthOf(fleet, wanted);
  const dimension = dimensions[depth] as Dimension;
  const names = path.split('/');
  expectLength(names, path, dimensions, depth);
  const parent = parentOf(fleet, names);
  const siblings = parent ? parent.nodes : nodesBelow(fleet.fleet);
  const name = names[depth] as string;
  expectName(name, dimension, siblings);
  const behind = placeAmong(siblings, dimension, flags);
  const node: NewNode = { name, promotion: flags.promotion, soak: flags.soak, below: belowOf(fleet, path, depth, siblings, flags) };
  const edits = new Edits();
  const plurals = dimensions.slice(0, depth + 1).map(({ plural }) => plural);
  const file = addNode(edits, flags.config, node, { plurals, names: names.slice(0, -1), behind });
  // Nothing that is there may change: new targets alone are added.
  const proof = prove(fleet, edits, { clusterType: '', targets: [] });
  const targets = newTargets(fleet, proof.output);
  const message = `Add the ${dimension.singular} ${path}`;
  return {
    dimension: dimension.singular,
    path,
    parent: parent?.path,
    behind,
    file,
    targets,
    patches: metPatches(proof.output.patches(), targets),
    change: { edits, proof: withAdded(proof, targets), message },
  };
}

function metPatches(patches: LoadedFleet['patches'], targets: readonly NewTarget[]): readonly MetPatch[] {
  return patches.flatMap(({ state }): readonly MetPatch[] => {
    const { clusterType, app, patch } = state;
    const coverage = new Coverage(state.paths, state.targets);
    const own = targets.filter((target) => target.clusterType === clusterType).map((target) => target.path);
    const at = [...new Set(own.flatMap((target) => coverage.placeAt(target) ?? []))];
    const passed = own.some((target) => coverage.gaps.includes(target));
    return [...at.map((place) => ({ clusterType, app, patch, at: place })), ...(passed ? [{ clusterType, app, patch }] : [])];
  });
}

function depthOf({ fleet }: LoadedFleet, wanted: string): number {
  const depth = fleet.dimensions.findIndex(({ singular, plural }) => wanted === singular || wanted === plural);
  const isCluster = fleet instanceof HubFleet && depth === fleet.dimensions.length - 1;
  if (depth >= 0 && !isCluster) return depth;
  if (isCluster) throw failure({ code: 'invalid-dimension', message: 'a cluster of a hub is a file of its own', hint: 'see `npx fleet new spoke --help`' });
  const words = fleet.dimensions.map(({ singular }) => singular).filter((word) => !(fleet instanceof HubFleet) || word !== 'cluster');
  const known = [...words, 'app', 'cluster-type', 'patch', 'spoke'];
  throw failure({ code: 'invalid-dimension', message: `nothing of this fleet is called '${wanted}'`, hint: suggestion(wanted, known, 'words') });
}

function expectLength(names: readonly string[], path: string, dimensions: readonly Dimension[], depth: number): void {
  if (names.length === depth + 1 && names.every((name) => name !== '')) return;
  const { singular } = dimensions[depth] as Dimension;
  const expected = dimensions
    .slice(0, depth + 1)
    .map((dimension) => dimension.singular.toUpperCase())
    .join('/');
  throw failure({ code: 'unknown-path', message: `'${path}' is not the path of ${withArticle(singular)}`, expected });
}

function parentOf({ fleet }: LoadedFleet, names: readonly string[]): DimensionNode | undefined {
  let parent: DimensionNode | undefined;
  for (const [depth, name] of names.slice(0, -1).entries()) {
    const nodes = parent ? parent.nodes : nodesBelow(fleet);
    const found = nodes.find((node) => node.name === name);
    if (!found) {
      const path = names.slice(0, depth + 1).join('/');
      const { singular = 'node', plural = 'nodes' } = fleet.dimensions[depth] ?? {};
      const near = suggestion(
        name,
        nodes.map((node) => node.name),
        plural,
      );
      const hint = near?.startsWith('did') ? near : `begin with it: \`npx fleet new ${singular} ${path} --below ${names.slice(depth + 1).join('/')}\``;
      throw failure({ code: 'unknown-path', message: `there is no ${singular} '${path}'`, hint });
    }
    parent = found;
  }
  return parent;
}

function expectName(name: string, { singular }: Dimension, siblings: readonly DimensionNode[]): void {
  if (!nodeName.pattern.test(name)) {
    throw failure({ code: 'invalid-name', message: `'${name}' cannot name ${withArticle(singular)}`, expected: nodeName.rule });
  }
  const twin = siblings.find((sibling) => sibling.name.toLowerCase() === name.toLowerCase());
  if (twin) throw failure({ code: 'duplicate-name', message: `there is ${withArticle(singular)} '${twin.path}' already`, hint: 'choose another name' });
}

/** @returns the sibling that it follows; `undefined` where it becomes the first */
function placeAmong(siblings: readonly DimensionNode[], { singular, plural }: Dimension, { after, before }: NewNodeFlags): string | undefined {
  if (after !== undefined && before !== undefined) {
    throw failure({ code: 'unknown-path', message: '--after and --before cannot both be given', expected: 'one of them' });
  }
  const wanted = after ?? before;
  if (wanted === undefined) return siblings[siblings.length - 1]?.name;
  const index = siblings.findIndex((sibling) => sibling.name === wanted || sibling.path === wanted);
  if (index < 0) {
    const names = siblings.map(({ name }) => name);
    throw failure({ code: 'unknown-path', message: `there is no ${singular} '${wanted}' beside it`, hint: suggestion(wanted, names, plural) });
  }
  return siblings[before === undefined ? index : index - 1]?.name;
}

/** The nodes below a new one: as the command line lists them, or as another has them. */
function belowOf({ fleet }: LoadedFleet, path: string, depth: number, siblings: readonly DimensionNode[], { below, like }: NewNodeFlags): NewNode['below'] {
  const deeper = fleet.dimensions.slice(depth + 1, fleet instanceof HubFleet ? -1 : undefined);
  const { singular = '' } = fleet.dimensions[depth] ?? {};
  if (deeper.length === 0) {
    if (below.length > 0 || like !== undefined) {
      throw failure({ code: 'unknown-path', message: `nothing lies below ${withArticle(singular)}`, hint: 'leave --below and --like out' });
    }
    return undefined;
  }
  if (like !== undefined) {
    const model = siblings.find((sibling) => sibling.name === like || sibling.path === like);
    const names = siblings.map((sibling) => sibling.name);
    if (!model) throw failure({ code: 'unknown-path', message: `there is no ${singular} '${like}' beside it`, hint: suggestion(like, names, 'names') });
    return { plural: deeper[0]?.plural ?? '', nodes: model.nodes.map((node) => copyOf(node, deeper)) };
  }
  const expected = deeper.map((dimension) => dimension.singular.toUpperCase()).join('/');
  if (below.length === 0) {
    const hint = `name what lies below: \`--below ${expected}\`, as often as needed; or \`--like\` another ${singular}`;
    throw failure({ code: 'empty-hierarchy', message: `'${path}' would have no ${deeper[0]?.plural}, and render nothing`, hint });
  }
  const lists = below.map((one) => one.split('/'));
  const wrong = below.find((_, index) => lists[index]?.length !== deeper.length || lists[index]?.some((name) => !nodeName.pattern.test(name)));
  if (wrong !== undefined) throw failure({ code: 'invalid-name', message: `'${wrong}' cannot lie below '${path}'`, expected: `${expected}; ${nodeName.rule}` });
  return nested(lists, deeper);
}

function nested(lists: readonly (readonly string[])[], [dimension, ...deeper]: readonly Dimension[]): NewNode['below'] {
  if (!dimension) return undefined;
  const names = [...new Set(lists.map(([name]) => name as string))];
  const restOf = (name: string) => lists.flatMap(([first, ...rest]) => (first === name ? [rest] : []));
  return { plural: dimension.plural, nodes: names.map((name) => ({ name, below: nested(restOf(name), deeper) })) };
}

function copyOf({ name, promotion, soak, nodes }: DimensionNode, [, ...deeper]: readonly Dimension[]): NewNode {
  const [next] = deeper;
  return { name, promotion, soak, below: next && { plural: next.plural, nodes: nodes.map((node) => copyOf(node, deeper)) } };
}

function failure(problem: Problem): FleetError {
  return new FleetError([{ place: [], ...problem, ...(problem.hint === undefined ? { hint: 'nothing was written' } : {}) }]);
}
