import { HubFleet } from '../../../constructs';
import { shellWord } from '../../../layers/text/shell-word';
import { type UninstallingComponent, uninstallSteps } from '../../../rollout/uninstall-steps';
import { argoCDNamespaces } from '../../read/argo-cd-namespaces';
import type { PatchableApp } from '../../read/find-patchable-app';
import type { LoadedFleet } from '../../read/load-fleet';
import { preparePatch } from '../prepare-patch';
import { preparePromotion } from '../prepare-promotion';
import type { Proof } from '../prove';
import { statementLines } from '../statements';
import type { Deployed } from './deployed';
import { manualNodes } from './manual-nodes';
import { keptAsItIs, leftOf, patchOnItsWay } from './on-its-way';
import type { PreparedRetirement, RetireFlags } from './prepare-retire-app';
import { uninstallLook } from './uninstall-look';

/** What is left to do before a component may be switched off. */
export interface PreparedUninstalling extends Omit<PreparedRetirement, 'title'> {
  /** Whether all of its Applications take along what they deployed. */
  readonly isDone: boolean;
}

const field = 'uninstall';

/** Decides and proves the next node where the Applications of a component are told to take along what they deployed. @throws FleetError where there is none */
export function prepareUninstalling(fleet: LoadedFleet, app: PatchableApp, deployed: Deployed, flags: RetireFlags, now: Date): PreparedUninstalling {
  const { clusterType, view, group } = app;
  const { name } = view;
  const own = deployed.all((one) => one.clusterType === clusterType && one.app === name);
  const left = [...new Set(own.filter(({ fate }) => fate !== 'go').map(({ target }) => target))];
  const steps = stepsOf(fleet, app);
  if (left.length === 0) return { isDone: true, steps: steps({ isDone: true, others: [] }) };
  const on = patchOnItsWay(fleet, app, field, left);
  if (on) {
    const { others, isCovered, byHand } = leftOf(fleet, on, field, now);
    if (isCovered) throw keptAsItIs(deployed, on, name, field, left);
    const made = steps({ isDone: false, patch: on.state.patch, others });
    const names = [clusterType, group, on.state.patch] as const;
    const step = preparePromotion(fleet, { names, flags, now });
    if (step.kind === 'waits') return { isDone: false, steps: made, byHand, open: step.open };
    if (step.kind === 'entered all') return { isDone: false, steps: made, byHand };
    const { change } = step;
    return { isDone: false, steps: made, byHand, change: { ...change, statements: statements(change.proof, flags) } };
  }
  const set = [{ keys: [field], text: 'true' }];
  const { path, targets, patch, open, change } = preparePatch(fleet, clusterType, name, { ...flags, set, description: `Uninstall ${name}` }, now);
  const patches = change.proof.output.patches();
  const made = patches.find(({ state }) => state.clusterType === clusterType && state.app === group && state.patch === patch);
  const { others, byHand } = made ? leftOf({ ...fleet, patches }, made, field, now) : { others: [], byHand: [] };
  const all = steps({ isDone: false, patch, first: { path, targets: targets.length, gates: manualNodes(fleet, path) }, others });
  if (open.length > 0) return { isDone: false, steps: all, byHand, open };
  const message = `${clusterType}/${name}: let what it deployed go with it at ${path}`;
  return { isDone: false, steps: all, byHand, change: { ...change, statements: statements(change.proof, flags), message } };
}

/** Who asks for it allows it: the lines say what goes. */
function statements(proof: Proof, { approve }: RetireFlags): readonly string[] {
  return statementLines(proof, { approved: approve, removes: true });
}

type Left = Pick<UninstallingComponent, 'isDone' | 'patch' | 'first' | 'others'>;

function stepsOf({ fleet }: LoadedFleet, { clusterType, view: { name } }: PatchableApp): (left: Left) => PreparedRetirement['steps'] {
  const at = fleet instanceof HubFleet ? argoCDNamespaces(fleet) : '-n argocd';
  return (left) =>
    uninstallSteps({
      ...left,
      app: name,
      look: uninstallLook(at, fleet.labelPrefix, name),
      clusterOf: (path) => `whatever deploys to ${path}`,
      words: `${[clusterType, name].map(shellWord).join(' ')} --uninstall`,
    });
}
