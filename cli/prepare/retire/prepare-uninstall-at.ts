import { FleetError, HubFleet } from '../../../constructs';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { shellWord } from '../../../layers/text/shell-word';
import { uninstallAtSteps } from '../../../rollout/uninstall-steps';
import { Edits } from '../../../store/edit/edits';
import { type Switch, saySwitch } from '../../../store/edit/retire/say-switch';
import { argoCDNamespaces } from '../../read/argo-cd-namespaces';
import { findPatchableApp } from '../../read/find-patchable-app';
import { findPath } from '../../read/find-path';
import type { LoadedFleet } from '../../read/load-fleet';
import { nodePaths } from '../../read/node-paths';
import { nodesOf } from '../../read/nodes-of';
import { approvable, approvedPaths } from '../approvals';
import type { Change } from '../change';
import { proveAndInspect } from '../prove';
import { statementLines } from '../statements';
import { expectThawed } from '../thawed';
import { Deployed, type DeployedApp } from './deployed';
import { manualNodes } from './manual-nodes';
import { placeOf } from './place-of';
import type { PreparedRetirement, RetireFlags } from './prepare-retire-app';
import { uninstallLook } from './uninstall-look';

/** A component, and where it goes. */
interface Leaving {
  readonly fleet: LoadedFleet;
  readonly group: string;
  readonly name: string;
  readonly path: string;
  readonly targets: readonly string[];
  readonly approved: readonly string[];
}

/** Decides and proves the next commit of a component that goes from one node, with what it deployed there. @throws FleetError where there is none */
export function prepareUninstallAt(fleet: LoadedFleet, group: string, component: string, at: string, flags: RetireFlags, now: Date): PreparedRetirement {
  const path = findPath(nodePaths(fleet.fleet), at);
  const { view } = findPatchableApp(fleet.output, group, component);
  const targets = fleet.output.targetsOf(group).flatMap((target) => (isAtOrBelow(target.path, path) ? [target.path] : []));
  expectThawed(nodesOf(fleet), targets, `nothing of ${path} can go`, now);
  const leaving: Leaving = { fleet, group, name: view.name, path, targets, approved: approvedPaths(approvable(fleet.output), flags.approve) };
  const own = ownOf(new Deployed(fleet.output, path), leaving);
  const isTold = own.every(({ fate }) => fate === 'go');
  const isOff = own.length === 0;
  const gates = manualNodes(fleet, path);
  const cluster = `whatever deploys to ${path}`;
  const where = fleet.fleet instanceof HubFleet ? argoCDNamespaces(fleet.fleet) : '-n argocd';
  const steps = uninstallAtSteps({
    app: view.name,
    path,
    targets: targets.length,
    gates,
    isTold,
    isOff,
    told: { cluster, ...uninstallLook(where, fleet.fleet.labelPrefix, view.name) },
    gone: { cluster, command: `kubectl ${where} get applications -l ${fleet.fleet.labelPrefix}/component=${view.name}`, shows: 'no cluster of it' },
    words: `${[group, view.name].map(shellWord).join(' ')} --uninstall --at ${shellWord(path)}`,
  });
  const title = `${view.name} of ${group} at ${path}: deployed at ${own.length} of ${targets.length} targets`;
  if (isOff) return { title, steps };
  const open = gates.filter((gate) => !leaving.approved.includes(gate));
  const change = isTold ? switchOff(leaving) : tell(leaving);
  return open.length > 0 ? { title, steps, open } : { title, steps, change };
}

function tell(leaving: Leaving): Change {
  const { group, name, path } = leaving;
  const isLeft = ({ fate }: DeployedApp) => fate !== 'go';
  const words = 'would leave what it deployed behind';
  return said(leaving, { field: 'uninstall', value: true }, isLeft, words, `${group}/${name}: let what it deployed go with it at ${path}`);
}

function switchOff(leaving: Leaving): Change {
  const { group, name, path } = leaving;
  return said(leaving, { field: 'enabled', value: false }, () => true, 'would stay', `${group}/${name}: switch it off at ${path}`);
}

/** Who asks for it allows it: the lines say what goes. */
function said(leaving: Leaving, to: Switch, isLeft: (app: DeployedApp) => boolean, words: string, message: string): Change {
  const { fleet, group, name, path, targets, approved } = leaving;
  const edits = new Edits();
  saySwitch(edits, placeOf(findPatchableApp(fleet.output, group, name)), path, to);
  const { proof } = proveAndInspect(fleet, edits, { clusterType: group, targets }, (output) => {
    const deployed = new Deployed(output, path);
    const left = ownOf(deployed, leaving).filter(isLeft);
    if (left.length === 0) return;
    throw new FleetError(
      left.map(({ target }) => ({
        code: 'rollout',
        message: `${name} of ${group} ${words} at ${target}, which an override of ${path} does not change`,
        app: name,
        place: [],
        found: `\`${to.field}\` of ${deployed.decidedBy(group, name, to.field, target) ?? 'a layer with more to say'}`,
        hint: `take it out there: \`npx fleet explain ${name} ${target} ${to.field}\` shows where it stands`,
      })),
    );
  });
  return { edits, proof, message, statements: statementLines(proof, { approved, removes: true }) };
}

function ownOf(deployed: Deployed, { group, name }: Leaving): readonly DeployedApp[] {
  return deployed.all((one) => one.clusterType === group && one.app === name);
}
