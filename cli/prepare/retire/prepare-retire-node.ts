import { basename, dirname } from 'node:path';
import { FleetError } from '../../../constructs';
import type { DimensionNode } from '../../../constructs/tree/dimension-node';
import { originOf } from '../../../constructs/tree/origin';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { parentOf } from '../../../layers/patch-state';
import { compare } from '../../../layers/problem';
import { retireNode } from '../../../rollout/retire-steps';
import { Edits } from '../../../store/edit/edits';
import { layerFilesBelow } from '../../../store/edit/retire/remove-app';
import { removeNode } from '../../../store/edit/retire/remove-mention';
import { saySwitch } from '../../../store/edit/retire/say-switch';
import { readConfig } from '../../../store/read/read-config';
import { findPatchableApp } from '../../read/find-patchable-app';
import type { LoadedFleet } from '../../read/load-fleet';
import { nodesOf } from '../../read/nodes-of';
import { approvable, approvedPaths } from '../approvals';
import type { Change } from '../change';
import { prove, proveAndInspect } from '../prove';
import { statementLines } from '../statements';
import { expectThawed } from '../thawed';
import { Deployed, type DeployedApp, fateOf } from './deployed';
import { manualNodes } from './manual-nodes';
import { placeOf } from './place-of';
import type { PreparedRetirement, RetireFlags } from './prepare-retire-app';
import { removeMentions } from './remove-mentions';

/** Decides and proves the next step of a node or target that goes; writes nothing. @param now what the clock says @throws FleetError where there is none */
export function prepareRetireNode(fleet: LoadedFleet, path: string, { approve }: RetireFlags, now: Date): PreparedRetirement {
  const targets = targetsBelow(fleet, path);
  expectThawed(nodesOf(fleet), targets, `nothing of ${path} can go`, now);
  const whole = wholeNode(fleet, path);
  const all = new Deployed(fleet.output, path).all();
  const [own, others] = [all.filter((one) => one.isOfArgoCD), all.filter((one) => !one.isOfArgoCD)];
  const apps = appsOf(others);
  const named = (some: readonly DeployedApp[]) => [...new Set(some.map(({ name }) => name))].sort(compare);
  const gates = manualNodes(fleet, path);
  const approved = approvedPaths(approvable(fleet.output), approve);
  const steps = retireNode({
    path,
    whole: whole.path,
    targets: targets.length,
    apps: apps.map(({ clusterType, app }) => `${clusterType}/${app}`),
    emptied: emptied(others, own),
    own: {
      applicationSets: named(own.filter(({ kind }) => kind === 'ApplicationSet')),
      others: named(own.filter(({ kind }) => kind === 'Application')),
    },
    fate: fateOf(others),
    gates,
    namespace: all[0]?.namespace ?? 'argocd',
  });
  const title = `${path}: ${targets.length === 1 ? 'a target' : `${targets.length} targets`}, ${apps.length === 0 ? 'at which nothing is deployed any more' : `${apps.length} apps deployed`}`;
  if (apps.length === 0) return { title, steps, change: forget(fleet, path, whole, targets) };
  const open = gates.filter((gate) => !approved.includes(gate));
  const change = switchAllOff(fleet, path, apps, targets, approved);
  return open.length > 0 ? { title, steps, open } : { title, steps, change };
}

interface App {
  readonly clusterType: string;
  readonly app: string;
}

function appsOf(deployed: readonly DeployedApp[]): readonly App[] {
  const known = new Map(deployed.map(({ clusterType, app }) => [`${clusterType}/${app}`, { clusterType, app }]));
  return [...known.values()];
}

/** Cluster types that have a target at which Argo CD has nothing of its own. */
function emptied(others: readonly DeployedApp[], own: readonly DeployedApp[]): readonly string[] {
  const kept = new Set(own.map(({ clusterType, target }) => `${clusterType}\n${target}`));
  return [...new Set(others.flatMap(({ clusterType, target }) => (kept.has(`${clusterType}\n${target}`) ? [] : [clusterType])))];
}

function targetsBelow({ output }: LoadedFleet, path: string): readonly string[] {
  return [...new Set(output.clusterTypes.flatMap((type) => output.targetsOf(type).flatMap((target) => (isAtOrBelow(target.path, path) ? [target.path] : []))))];
}

/** The node to take out: one whose only node goes would be left without any. @throws FleetError where that is the whole fleet */
function wholeNode(fleet: LoadedFleet, path: string): DimensionNode {
  const nodes = nodesOf(fleet);
  const node = nodes.find((one) => one.path === path) as DimensionNode;
  const isOnly = nodes.filter((one) => parentOf(one.path) === parentOf(path)).length === 1;
  if (!isOnly) return node;
  if (path.includes('/')) return wholeNode(fleet, parentOf(path));
  throw new FleetError([{ code: 'rollout', message: `nothing else is in the fleet but ${path}`, place: [], hint: 'nothing was written' }]);
}

function switchAllOff(fleet: LoadedFleet, path: string, apps: readonly App[], targets: readonly string[], approved: readonly string[]): Change {
  const edits = new Edits();
  for (const { clusterType, app } of apps) {
    saySwitch(edits, placeOf(findPatchableApp(fleet.output, clusterType, app)), path, { field: 'enabled', value: false });
  }
  const { proof } = proveAndInspect(fleet, edits, { targets }, (output) => expectOff(new Deployed(output, path), apps, path));
  return { edits, proof, message: `${path}: switch off what is deployed there`, statements: statementLines(proof, { approved }) };
}

/** @throws FleetError where a layer that is more specific keeps an app on */
function expectOff(deployed: Deployed, apps: readonly App[], path: string): void {
  const kept = deployed.all().filter((one) => apps.some(({ clusterType, app }) => clusterType === one.clusterType && app === one.app));
  if (kept.length === 0) return;
  throw new FleetError(
    kept.map(({ clusterType, app, target }) => ({
      code: 'rollout',
      message: `${app} of ${clusterType} would stay at ${target}, which an override of ${path} does not change`,
      app,
      place: [],
      found: `\`enabled\` of ${deployed.decidedBy(clusterType, app, 'enabled', target) ?? 'a layer with more to say'}`,
      hint: `take it out there, or let the patch reach the base first: \`npx fleet explain ${app} ${target} enabled\` shows where it stands`,
    })),
  );
}

function forget(fleet: LoadedFleet, path: string, whole: DimensionNode, targets: readonly string[]): Change {
  const edits = new Edits();
  const { file, place } = originOf(whole);
  if (file === undefined) throw new FleetError([{ code: 'cannot-edit', message: `${whole.path} is declared in code`, hint: 'remove it there' }]);
  removeNode(edits, { file, place }, whole.path);
  const files = readConfig(fleet.config);
  if (files.form === 'yaml') {
    const components = files.clusterTypes.flatMap(({ apps }) => apps.flatMap((app) => (basename(app.file) === 'values.yaml' ? [dirname(app.file)] : [])));
    for (const layer of layerFilesBelow(components, whole.path)) edits.remove(layer);
  }
  removeMentions(fleet, edits, ['unknown-path']);
  const proof = prove(fleet, edits, { targets, areGone: true });
  return { edits, proof, message: `Retire ${path}` };
}
