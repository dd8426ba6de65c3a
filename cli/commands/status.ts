import { Command } from 'commander';
import type { PatchView } from '../../constructs';
import { frozenNow } from '../../rollout/freezes';
import { History } from '../../store/git/history';
import { EvidenceBook } from '../prepare/evidence/evidence-book';
import { type Done, print, printJson } from '../print/print';
import { runningData, runningText } from '../print/status/running-text';
import { frozenLines, statusData, statusText } from '../print/status/status-text';
import { type RunningScope, seeRunning } from '../read/evidence/running';
import { findApp, findClusterType } from '../read/find-app';
import { type LoadedFleet, loadFleet } from '../read/load-fleet';
import { nodesOf } from '../read/nodes-of';
import { statusOf } from '../read/patches/patch-status';
import { TakenBack } from '../read/patches/taken-back';
import { runSettled } from '../run-alone';

interface StatusFlags {
  readonly config: string;
  readonly json?: boolean;
  readonly live?: boolean;
}

export function statusCommand(done: Done): Command {
  return new Command('status')
    .description('every patch in flight: how far it is, what is next, and what stands in its way')
    .argument('[cluster-type]', 'only patches of this cluster type')
    .argument('[app]', 'only patches of this app')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--live', 'ask the evidence of what each has reached, and Argo CD what runs: how it is, and where it is not what Git has')
    .option('--json', 'print all of it as JSON')
    .addHelpText('after', '\nWrites nothing.\n\nExample:\n  $ npx fleet status management-cluster')
    .action((clusterType: string | undefined, app: string | undefined, flags: StatusFlags) =>
      done(runSettled(flags.config, () => status(clusterType, app, flags, new Date()))),
    );
}

function status(clusterType: string | undefined, app: string | undefined, { config, json, live }: StatusFlags, now: Date): number {
  const fleet = loadFleet(config);
  const history = new History(config);
  const views = findPatches(fleet, clusterType, app);
  const book = new EvidenceBook(history, now);
  const requests = views.map((view) => ({ view }));
  const running = live ? seeRunning(fleet, scopeOf(fleet, clusterType, app), (beside) => book.prepare(fleet, requests, beside)) : undefined;
  const takenBack = new TakenBack(history);
  const all = views.map((view) => ({ ...statusOf(fleet, view, history, now, takenBack), ...(live ? { evidence: book.of(fleet, { view }) } : {}) }));
  const frozen = frozenNow(nodesOf(fleet), now.getTime());
  if (json) {
    const patches = all.map((one) => statusData(one, fleet.output, now));
    printJson({ ok: true, patches, frozen, ...(running === undefined ? {} : { running: runningData(running) }) });
  } else {
    const patches = all.length === 0 ? ['No patch is in flight.'] : all.map((one) => statusText(one, now));
    print([...patches, ...(frozen.length === 0 ? [] : [frozenLines(frozen)]), ...(running === undefined ? [] : [runningText(running)])].join('\n\n'));
  }
  return 0;
}

/** What runs of the same apps. */
function scopeOf({ output }: LoadedFleet, clusterType: string | undefined, app: string | undefined): RunningScope {
  if (clusterType === undefined) return {};
  const wanted = findClusterType(output, clusterType);
  const apps = app === undefined ? [] : output.apps(wanted, findApp(output, wanted, app)).map(({ name }) => name);
  return { clusterType: wanted, ...(apps.length === 0 ? {} : { apps }) };
}

/** The patches in flight; where they are named, those of a cluster type, or of an app alone. */
function findPatches({ output, patches }: LoadedFleet, clusterType: string | undefined, app: string | undefined): readonly PatchView[] {
  if (clusterType === undefined) return patches;
  const wantedType = findClusterType(output, clusterType);
  const wantedApp = app === undefined ? undefined : findApp(output, wantedType, app);
  return patches.filter(({ state }) => state.clusterType === wantedType && (wantedApp === undefined || state.app === wantedApp));
}
