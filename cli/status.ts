import { Command } from 'commander';
import type { PatchView } from '../constructs';
import { Coverage } from '../layers/coverage';
import { durationText } from '../layers/duration';
import { conflictsOf } from '../rollout/conflicts';
import { type Decision, decide } from '../rollout/decide';
import { History } from '../store/git/history';
import { sinceWhen } from '../store/rollout-history';
import { type Done, print, printJson } from './print';
import { settled } from './rollout/alone';
import { decideOptions, findApp, findClusterType, loadFleet, type RolloutFleet } from './rollout/fleet';
import { deployedCommit, soakLeft } from './rollout/soak';
import { aligned, named, patchTitle, progressText, refusalText } from './rollout/words';

interface Options {
  readonly config: string;
  readonly json?: boolean;
}

export function statusCommand(done: Done): Command {
  return new Command('status')
    .description('every patch in flight: how far it is, what is next, and what stands in its way')
    .argument('[cluster-type]', 'only patches of this cluster type')
    .argument('[app]', 'only patches of this app')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print all of it as JSON')
    .addHelpText('after', '\nWrites nothing.\n\nExample:\n  $ npx fleet status management-cluster')
    .action((clusterType: string | undefined, app: string | undefined, options: Options) =>
      done(settled(options.config, () => status(clusterType, app, options, new Date()))),
    );
}

/** What is told of a patch. */
interface Status {
  readonly view: PatchView;
  readonly covered: readonly string[];
  readonly next: string;
  readonly since?: string;
  readonly notes: readonly string[];
}

function status(clusterType: string | undefined, app: string | undefined, { config, json }: Options, now: Date): number {
  const fleet = loadFleet(config);
  const wantedType = clusterType === undefined ? undefined : findClusterType(fleet.output, clusterType);
  const wantedApp = app === undefined || wantedType === undefined ? undefined : findApp(fleet.output, wantedType, app);
  const views = fleet.patches.filter(
    ({ state }) => (wantedType === undefined || state.clusterType === wantedType) && (wantedApp === undefined || state.app === wantedApp),
  );
  const history = new History(config);
  const all = views.map((view) => statusOf(fleet, view, history, now));
  if (json) {
    printJson({ ok: true, patches: all.map(asData) });
    return 0;
  }
  print(all.length === 0 ? 'No patch is in flight.' : all.map((one) => text(one)).join('\n\n'));
  return 0;
}

function statusOf(fleet: RolloutFleet, view: PatchView, history: History, now: Date): Status {
  const { state } = view;
  const { covered } = new Coverage(state.paths, state.targets);
  const decision = decide(state, decideOptions(fleet, view, {}));
  const last = covered[covered.length - 1];
  const since = last === undefined ? undefined : sinceText(fleet, view, history, now, last);
  return { view, covered, next: nextText(view, decision, soakLeft(fleet, view, history, now)), since, notes: notesOf(fleet, view, covered) };
}

/** Since when a patch is at its last target, as it is now. */
function sinceText(fleet: RolloutFleet, { state, places }: PatchView, history: History, now: Date, last: string): string {
  const deployed = deployedCommit(fleet, history);
  if ('unknown' in deployed) return `unknown: ${deployed.unknown}`;
  const { time } = sinceWhen(history, state, places, last, deployed.commit) ?? {};
  if (time === undefined) return 'not committed yet';
  return `${new Date(time).toISOString().slice(0, 10)}, ${durationText(now.getTime() - time)} ago`;
}

function nextText({ state }: PatchView, decision: Decision, soaking: string | undefined): string {
  if (decision.kind === 'refused') return `nothing: ${refusalText(state, decision)}`;
  const wait = soaking === undefined ? '' : `; ${soaking}`;
  if (decision.kind === 'integrate') return `the base${wait}`;
  const gate =
    decision.gates.length > 0 ? `, behind ${decision.gates.length === 1 ? 'the manual gate' : 'the manual gates'} ${decision.gates.join(' and ')}` : '';
  return `${decision.step.path}${gate}${wait}`;
}

/** Conflicts with other patches, and fields without effect. */
function notesOf(fleet: RolloutFleet, view: PatchView, covered: readonly string[]): readonly string[] {
  const own = fleet.patches.filter(({ state }) => state.clusterType === view.state.clusterType && state.app === view.state.app);
  const conflicts = conflictsOf(own.map(({ state, fields }) => ({ state, fields }))).filter(({ older, newer }) => [older, newer].includes(view.state.patch));
  const idle = new Map<string, string[]>();
  for (const target of covered) {
    for (const { field, by, kind } of view.withoutEffect(target)) {
      const text = kind === 'masked' ? `${field} has no effect: ${by} wins` : `${field} has no effect: ${by} says the same`;
      idle.set(text, [...(idle.get(text) ?? []), target]);
    }
  }
  return [
    ...conflicts.map(({ field, older, newer, targets, inverted }) => {
      const other = older === view.state.patch ? newer : older;
      const wins = inverted.length > 0 ? `; the older wins at ${named(inverted).join(', ')}` : '';
      return `${field} is set by ${other} too, at ${named(targets).join(', ')}${wins}`;
    }),
    ...[...idle].map(([text, targets]) => `${text}, at ${named(targets).join(', ')}`),
  ];
}

function text({ view: { state }, covered, next, since, notes }: Status): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['progress', progressText(covered.length, state.targets.length)],
    ['at', state.paths.join(', ') || 'no path'],
    ['next', next],
    ['since', since],
    ...notes.map((note) => ['note', note] as const),
  ];
  return [patchTitle(state), ...aligned(rows.filter((row): row is readonly [string, string] => row[1] !== undefined))].join('\n');
}

function asData({ view: { state }, covered, next, since, notes }: Status): object {
  const { clusterType, app, patch, description, paths, targets } = state;
  return { clusterType, app, patch, description, paths, covered: covered.length, targets: targets.length, next, since, notes };
}
