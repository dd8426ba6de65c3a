import { FleetError, HubFleet } from '../../constructs';
import { objectName } from '../../constructs/check/allowed-names';
import { pathsTo } from '../../layers/hierarchy';
import { withArticle } from '../../layers/text/with-article';
import { addClusterType, addGroup } from '../../store/edit/add-cluster-type';
import { Edits } from '../../store/edit/edits';
import { completeName } from '../read/complete-name';
import { findClusterType } from '../read/find-app';
import type { LoadedFleet } from '../read/load-fleet';
import { type AppFlags, appSource } from '../read/new/app-source';
import { formOf } from '../read/new/form';
import { type NewTarget, newTargets, withAdded } from './addition';
import type { Change } from './change';
import { writeApp } from './prepare-app';
import { prove } from './prove';

/** The flags of `fleet new cluster-type`. */
export interface NewClusterTypeFlags extends AppFlags {
  readonly config: string;
  readonly host?: string;
  readonly at: readonly string[];
  readonly app?: string;
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** A new cluster type, decided and proved. */
export interface PreparedClusterType {
  readonly name: string;
  /** Whose Argo CD deploys it. @default - it is a group of components */
  readonly host?: string;
  readonly file: string;
  readonly targets: readonly NewTarget[];
  readonly change: Change;
}

/** Decides and proves a new cluster type, or a group; writes nothing. @throws FleetError where there cannot be such a one */
export function prepareClusterType(fleet: LoadedFleet, name: string, flags: NewClusterTypeFlags): PreparedClusterType {
  const { config } = flags;
  const isGroup = fleet.fleet instanceof HubFleet;
  expectFree(fleet, name, isGroup ? 'group' : 'cluster type');
  const edits = new Edits();
  const own = { name, description: flags.description, owners: flags.owner };
  if (flags.app !== undefined && !objectName.pattern.test(flags.app)) throw failure('invalid-name', `'${flags.app}' cannot name an app`, objectName.rule);
  const writeFirst = (app: string) => {
    const parts = { clusterType: name, name: app, source: appSource(fleet, app, flags), namespace: flags.namespace ?? app, isEverywhere: !isGroup };
    writeApp(edits, fleet, parts, { ...flags, description: undefined });
  };
  if (isGroup) {
    if (flags.app === undefined) throw needsApp(`the group '${name}' would have no component`, 'name its first one with --app NAME, and where its chart is');
    if (flags.host !== undefined || flags.at.length > 0) throw failure('rollout', '--host and --at are not for groups of components', 'neither');
    const file = addGroup(edits, config, own);
    writeFirst(flags.app);
    // What a cluster gets follows from the labels that it is registered with.
    const proof = prove(fleet, edits, { clusterType: 'members', targets: fleet.output.targetsOf('members').map(({ path }) => path) });
    return { name, file, targets: [], change: { edits, proof, message: `Add the group ${name}` } };
  }
  const host = flags.host === undefined || flags.host === name ? name : findClusterType(fleet.output, flags.host);
  if (host !== name && flags.app === undefined) {
    throw needsApp(`'${name}' would have no app: its root is one of '${host}'`, 'name its first one with --app NAME, and where its chart is');
  }
  const form = formOf(config);
  const paths = flags.at.map((path) => completeName(path, { known: pathsOf(fleet), noun: 'dimension path', nouns: 'paths' }));
  if (form === 'yaml' && paths.length > 0) throw failure('rollout', '--at is not for fleets in YAML: their cluster types are rendered everywhere', 'no --at');
  const { repository, revision, path, labelPrefix, dimensions } = fleet.fleet;
  // A fleet in YAML need not say it.
  if (repository === '')
    throw failure('rollout', 'the root would read no repository: the fleet does not say which is its own', '`repository: URL` in config.yaml');
  const root = { repository, revision, path, labelPrefix, dimensions: dimensions.map(({ singular }) => singular) };
  const file = addClusterType(edits, config, form, { ...own, paths, host, root });
  if (flags.app !== undefined) writeFirst(flags.app);
  const hosts = host === name ? [] : fleet.output.targetsOf(host).map((target) => target.path);
  const proof = prove(fleet, edits, { clusterType: host, targets: hosts });
  const targets = newTargets(fleet, proof.output);
  return { name, host, file, targets, change: { edits, proof: withAdded(proof, targets), message: `Add the cluster type ${name}` } };
}

function pathsOf({ output }: LoadedFleet): readonly string[] {
  const targets = output.clusterTypes.flatMap((clusterType) => output.targetsOf(clusterType).map(({ path }) => path));
  const above = targets.flatMap((target) => pathsTo(target));
  return [...new Set(above)];
}

function expectFree({ output }: LoadedFleet, name: string, noun: string): void {
  if (!objectName.pattern.test(name)) throw failure('invalid-name', `'${name}' cannot name ${withArticle(noun)}`, objectName.rule);
  const twin = output.clusterTypes.find((one) => one.toLowerCase() === name.toLowerCase());
  if (twin === undefined) return;
  throw new FleetError([{ code: 'duplicate-name', message: `there is ${withArticle(noun)} '${twin}' already`, place: [], hint: 'choose another name' }]);
}

function needsApp(message: string, hint: string): FleetError {
  return new FleetError([{ code: 'empty-fleet', message, place: [], hint }]);
}

function failure(code: 'invalid-name' | 'rollout', message: string, expected: string): FleetError {
  return new FleetError([{ code, message, place: [], expected, hint: 'nothing was written' }]);
}
