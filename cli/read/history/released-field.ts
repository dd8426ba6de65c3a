import { componentKeys, keysBesideValues } from '../../../changes/contents/component-field';
import type { FleetValues, HubFleet } from '../../../constructs';
import { type Field, type FieldPlace, fieldPlace } from '../../../constructs/hub/resolve/released-component';
import type { Component } from '../../../constructs/hub/tree/component';
import { originOf } from '../../../constructs/tree/origin';
import type { LayerSource } from '../../../layers/layer';
import { type Hidden, isUnset, Leaf, type Node, sayingNode } from '../../../layers/node';
import { fieldText, releasesName } from '../../../layers/record';
import type { AppName } from '../find-apps';
import type { AppTarget } from './app-fields';

/** Who says a field of a component's Application, and where below the layer. */
export interface SaidField {
  readonly source: LayerSource;
  readonly place: readonly string[];
}

/** Who says a field of the Application that is made of a component, by its keys: what the component's own layers call otherwise included. */
export type ReleasedSayer = (keys: readonly string[]) => SaidField & { readonly hid: readonly Hidden[] };

/** @returns `undefined` where no release says anything of an app: it is not a component's */
export function tryReleasedSayer(fleet: HubFleet, values: FleetValues, at: AppTarget): ReleasedSayer | undefined {
  const target = values.findTarget(at.clusterType, at.target);
  const said = values.tryFindApp(at.clusterType, releasesName)?.valuesAt(target).children['release'];
  if (!(said instanceof Leaf)) return undefined;
  const own = values.tryFindApp(at.clusterType, at.app)?.valuesAt(target);
  return (keys) => {
    if (fieldText(keys) === 'release') return { source: said.source, place: ['release'], hid: said.hid };
    const layered = namesOf(keys)
      .map((name) => own && sayingNode(own, name))
      .find((found) => found && isValue(found.node));
    if (layered) return { source: layered.node.source, place: layered.keys, hid: layered.node.hid };
    return { source: said.source, place: ['release'], ...saidBeside(fleet, at, String(said.value), keys), hid: [] };
  };
}

/** What layers of a component may call a field, the one that wins first. */
export function namesOf(keys: readonly string[]): readonly (readonly string[])[] {
  const beside = keysBesideValues(keys);
  return [...(beside ? [beside] : []), componentKeys(keys)];
}

/** Whether it is no map with other values in it, and nobody has unset it. */
function isValue(node: Node): boolean {
  return node instanceof Leaf ? !isUnset(node) : node.keys.length === 0;
}

/**
 * Who says a field of a component's Application in a release: the component, the defaults of its group, or nobody, so that the
 * tool writes it.
 *
 * @param keys of the field
 * @returns `undefined` where the release says it: then it came with the release
 */
function saidBeside(fleet: HubFleet, { clusterType, app }: AppName, release: string, keys: readonly string[]): SaidField | undefined {
  const group = fleet.groups.find(({ name }) => name === clusterType);
  const component = group?.components.find(({ name }) => name === app);
  if (!group || !component || !Object.hasOwn(group.releases.releases, release)) return undefined;
  const own = ownField(component, keys);
  if (own !== undefined) return saidIn('base', component, [own]);
  const [field, below] = releasedField(component, keys);
  if (field === undefined) return generated;
  const { construct, at } = fieldPlace(group, component, release, field);
  if (construct === group.releases) return undefined;
  return at.length === 0 ? generated : saidIn(construct === group ? 'defaults' : 'base', construct, [...at, ...below]);
}

function saidIn(kind: 'base' | 'defaults', construct: FieldPlace['construct'], at: readonly string[]): SaidField {
  const { file, place = [] } = originOf(construct);
  return { source: { kind, ...(file === undefined ? {} : { file }), place }, place: at };
}

const generated: SaidField = { source: { kind: 'generated', place: [] }, place: [] };

/** What a component says for all releases, where it says it. */
function ownField({ project, applicationName, name }: Component, keys: readonly string[]): string | undefined {
  if (keys[0] === 'project' && project !== 'default') return 'project';
  return keys.at(-1) === 'releaseName' && applicationName !== name ? 'applicationName' : undefined;
}

/** What configuration calls a field of an Application that releases may say; nothing where it has no word for it. */
function releasedField({ isChart }: Component, [first, ...rest]: readonly string[]): readonly [field: Field | undefined, below: readonly string[]] {
  if (first === 'version' || first === 'syncPolicy' || first === 'ignoreDifferences') return [first, rest];
  if (first === 'destination') return [rest[0] === 'namespace' ? 'namespace' : undefined, []];
  // Of several sources the component's own is the first, and that of its values the second.
  if (first === 'sources' && Number(rest[0]) > (isChart ? 1 : 0)) return ['extraSources', []];
  const [key, ...below] = first === 'source' ? rest : first === 'sources' && rest[0] === '0' ? rest.slice(1) : [];
  if (key === 'repoURL' || key === 'chart' || key === 'path') return [key, []];
  return key === 'helm' && below[0] !== 'valueFiles' && below[0] !== 'releaseName' ? ['helm', below] : [undefined, []];
}
