import { FleetError, HubFleet } from '../../../constructs';
import { membersName } from '../../../layers/record';
import { shellWord } from '../../../layers/text/shell-word';
import { type Entered, type RetireStep, retireApp } from '../../../rollout/retire-steps';
import { Edits } from '../../../store/edit/edits';
import { removeApp } from '../../../store/edit/retire/remove-app';
import { readConfig } from '../../../store/read/read-config';
import { argoCDNamespaces } from '../../read/argo-cd-namespaces';
import { findPatchableApp, type PatchableApp } from '../../read/find-patchable-app';
import type { LoadedFleet } from '../../read/load-fleet';
import type { Change } from '../change';
import { preparePatch } from '../prepare-patch';
import { type Proof, prove } from '../prove';
import { statementLines } from '../statements';
import { Deployed, fateOf } from './deployed';
import { keptAsItIs, leftOf, patchOnItsWay } from './on-its-way';
import { prepareUninstalling } from './prepare-uninstalling';
import { removeMentions } from './remove-mentions';

/** The flags of `fleet retire`. */
export interface RetireFlags {
  readonly config: string;
  readonly approve: readonly string[];
  /** Of a component, whether what it deployed is to go with it. @default false */
  readonly uninstall?: boolean;
  /** The node where a component is uninstalled. @default - everywhere, along the sequence */
  readonly at?: string;
  readonly dryRun?: boolean;
  readonly commit?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** What is left to do, with the next step decided and proved. */
export interface PreparedRetirement {
  readonly title: string;
  readonly steps: readonly RetireStep[];
  /** The next step. @default - another command makes it, or it waits */
  readonly change?: Change;
  /** The command that makes the next step, where it is another one. */
  readonly next?: string;
  /** What somebody has to edit before it is off everywhere, or nothing. */
  readonly byHand?: readonly string[];
  /** Gates that it waits for. @default - for none */
  readonly open?: readonly string[];
}

/** Decides and proves the next step of an app that goes; writes nothing. @param now what the clock says @throws FleetError where there is none */
export function prepareRetireApp(fleet: LoadedFleet, clusterType: string, name: string, flags: RetireFlags, now: Date): PreparedRetirement {
  const app = findPatchableApp(fleet.output, clusterType, name);
  const deployed = new Deployed(fleet.output);
  const targets = deployed.targets(clusterType, app.view.name);
  const steps = stepsOf(fleet, app, deployed, flags.uninstall);
  const uninstalling = flags.uninstall ? prepareUninstalling(fleet, app, deployed, flags, now) : undefined;
  const title = `${app.view.name} of ${clusterType}: ${targets.length === 0 ? 'deployed nowhere any more' : `deployed at ${targets.length} of ${fleet.output.targetsOf(clusterType).length} targets`}`;
  if (uninstalling && !uninstalling.isDone)
    return { title, ...uninstalling, steps: [...uninstalling.steps, ...steps({ isLater: true, others: [], file: fileOf(app) })] };
  if (targets.length === 0) return { title, steps: steps({ others: [], file: fileOf(app) }), change: takeOut(fleet, app) };
  const view = patchOnItsWay(fleet, app, 'enabled', targets);
  if (view) {
    const { others, isCovered, byHand } = leftOf(fleet, view, 'enabled', now);
    if (isCovered) throw keptAsItIs(deployed, view, app.view.name, 'enabled', targets);
    const made = steps({ others, patch: view.state.patch, file: fileOf(app) });
    return { title, steps: made, byHand, next: made.find(({ state }) => state === 'next')?.commands[0] };
  }
  const patch = preparePatch(fleet, clusterType, name, { ...flags, set: [{ keys: ['enabled'], text: 'false' }], description: `Retire ${app.view.name}` }, now);
  const patches = patch.change.proof.output.patches();
  const made = patches.find(({ state }) => state.clusterType === clusterType && state.app === app.group && state.patch === patch.patch);
  const { others, byHand } = made ? leftOf({ ...fleet, patches }, made, 'enabled', now) : { others: [], byHand: [] };
  const first = { path: patch.path, targets: patch.targets.length, gates: patch.gates };
  const all = steps({ first, others, patch: patch.patch, file: fileOf(app) });
  if (patch.open.length > 0) return { title, steps: all, byHand, open: patch.open };
  return {
    title,
    steps: all,
    byHand,
    change: {
      ...patch.change,
      statements: statementLines(patch.change.proof, { approved: patch.approved }),
      message: `${clusterType}/${app.view.name}: switch it off at ${patch.path}`,
    },
  };
}

function fileOf({ clusterType, group, view }: PatchableApp): string {
  return [clusterType, view.isGroup ? group : view.name].map(shellWord).join(' ');
}

interface Left {
  readonly isLater?: boolean;
  readonly first?: Entered;
  readonly others: readonly Entered[];
  readonly patch?: string;
  /** How a promotion names it: of a file of several by its file. */
  readonly file: string;
}

function stepsOf(fleet: LoadedFleet, { clusterType, view }: PatchableApp, deployed: Deployed, uninstall = false): (left: Left) => readonly RetireStep[] {
  const own = deployed.all((one) => one.clusterType === clusterType && one.app === view.name);
  const [first] = own;
  const isHub = fleet.fleet instanceof HubFleet;
  const at = fleet.fleet instanceof HubFleet ? argoCDNamespaces(fleet.fleet) : `-n ${first?.namespace ?? 'argocd'}`;
  const kind = first?.kind ?? 'Application';
  const label = fleet.fleet.labelPrefix;
  // What an Application is called with its cluster in its name is known to nobody here.
  const isNamed = !isHub && !own.some(({ name }) => name.includes('{{'));
  const look = isHub
    ? { command: `kubectl ${at} get applications -l ${label}/component=${view.name}`, shows: 'no cluster of it' }
    : isNamed
      ? { command: `kubectl ${at} get ${kind.toLowerCase()} ${first?.name ?? view.name}`, shows: 'not found' }
      : { command: `kubectl ${at} get applications`, shows: `no ${(first?.name ?? view.name).replace(/\{\{.*?\}\}/g, 'CLUSTER')}` };
  return (left) =>
    retireApp({
      ...left,
      clusterType,
      app: view.name,
      isOff: own.length === 0,
      isHub,
      fate: uninstall ? 'go' : fateOf(own),
      alone: isHub ? [] : deployed.aloneAt(clusterType, view.name),
      look,
      clusterOf: (path) => (isHub ? `whatever deploys to ${path}` : `every Argo CD of ${path}`),
      words: `${[clusterType, view.name].map(shellWord).join(' ')}${uninstall ? ' --uninstall' : ''}`,
    });
}

/** Takes the app out of the configuration, with all that names it. */
function takeOut(fleet: LoadedFleet, { clusterType, view, file }: PatchableApp): Change {
  const files = readConfig(fleet.config).clusterTypes.find(({ name }) => name === clusterType)?.apps ?? [];
  const written = files.find((one) => one.file === file);
  if (!written) throw new FleetError([{ code: 'cannot-edit', message: `${view.name} is declared in code`, hint: 'remove it there' }]);
  const edits = new Edits();
  removeApp(edits, { file: written, app: view.name, isGroup: view.isGroup });
  removeMentions(fleet, edits, ['unknown-component']);
  const isHub = fleet.output.hasMembers;
  const proof = prove(fleet, edits, { clusterType, targets: isHub ? fleet.output.targetsOf(clusterType).map(({ path }) => path) : [] });
  if (isHub) expectOnlyLabels(proof);
  return { edits, proof, message: `${clusterType}/${view.name}: take it out of the configuration` };
}

/** The registration of a cluster says of each component that it does not get it: that label goes. @throws FleetError where something else changes */
function expectOnlyLabels(proof: Proof): void {
  const other = proof.effect().changes.find((change) => change.clusterType !== membersName || change.kind !== 'field' || change.after !== undefined);
  if (!other) return;
  const found = `${other.clusterType} at ${other.targets[0]}${other.kind === 'field' ? `: ${other.field}` : ''}`;
  throw new FleetError([{ code: 'rollout-proof', message: 'without it something else would change', place: [], found, hint: 'nothing was written' }]);
}
