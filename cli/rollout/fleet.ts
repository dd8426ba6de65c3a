import { type Fleet, FleetError, type FleetOutput, fleetFromConfig, type PatchView } from '../../constructs';
import { suggestion } from '../../layers/nearest';
import type { DecideOptions } from '../../rollout/decide';
import { History } from '../../store/git/history';
import { tryFindGone } from '../../store/history/gone-patch';
import { readConfig } from '../../store/read-config';

/** A fleet as rollouts see it, rendered once. */
export interface RolloutFleet {
  /** As the command line names it. */
  readonly config: string;
  readonly fleet: Fleet;
  readonly output: FleetOutput;
  readonly patches: readonly PatchView[];
}

/** @throws FleetError with everything wrong with the fleet: nothing is moved in one that does not render */
export function loadFleet(config: string): RolloutFleet {
  const fleet = fleetFromConfig(readConfig(config));
  const output = fleet.synth();
  return { config, fleet, output, patches: output.patches() };
}

/**
 * The one name that was meant: itself, or the only one that begins so. No name at all begins nothing: a script's variable was
 * empty. Neither does one number begin another.
 *
 * @throws FleetError with a suggestion
 */
export function completed(name: string, known: readonly string[], noun: string, nouns: string, context = ''): string {
  if (known.includes(name)) return name;
  const beginning = name === '' ? [] : known.filter((candidate) => candidate.startsWith(name) && !/\d\d$/.test(candidate.slice(0, name.length + 1)));
  const [only, second] = beginning;
  if (only !== undefined && second === undefined) return only;
  const hint = second === undefined ? suggestion(name, known, nouns, (candidate) => !hasOtherNumber(name, candidate)) : `it could be ${beginning.join(' or ')}`;
  throw new FleetError([{ code: 'rollout', message: `there is no ${noun} '${name}'${context}`, ...(hint === undefined ? {} : { hint }) }]);
}

/** Whether two names differ in nothing but a number: `patch-003` is not `patch-002` misspelt, and may be somebody else's. `patch-1` is `patch-001`. */
function hasOtherNumber(name: string, other: string): boolean {
  const [words, others] = [name.split(/\d+/), other.split(/\d+/)];
  return words.length > 1 && words.join('0') === others.join('0') && numbersIn(name) !== numbersIn(other);
}

function numbersIn(name: string): string {
  return (name.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, '')).join(' ');
}

/** A cluster type by its name; in a fleet of hubs and spokes, a group. @throws FleetError with a suggestion */
export function findClusterType({ hasMembers, clusterTypes }: FleetOutput, name: string): string {
  return hasMembers ? completed(name, clusterTypes, 'group', 'groups') : completed(name, clusterTypes, 'cluster type', 'cluster types');
}

/** An app by the name of its file; in a fleet of hubs and spokes, a component. @throws FleetError with a suggestion */
export function findApp(output: FleetOutput, clusterType: string, name: string, known: readonly string[] = output.appNames(clusterType)): string {
  const [noun, nouns] = output.hasMembers ? (['component', 'components'] as const) : (['app', 'apps'] as const);
  return completed(name, known, noun, nouns, ` in ${clusterType}`);
}

/** A patch by its names. @throws FleetError with a suggestion; of one that was in flight once, with what became of it */
export function findPatch({ config, output, patches }: RolloutFleet, clusterTypeName: string, appName: string, patchName: string): PatchView {
  const clusterType = findClusterType(output, clusterTypeName);
  const app = findApp(output, clusterType, appName);
  const own = patches.filter(({ state }) => state.clusterType === clusterType && state.app === app);
  const known = own.map(({ state }) => state.patch);
  // What was called so once is never taken for the beginning of another's name.
  if (!known.includes(patchName)) expectNotGone(config, output, clusterType, app, patchName);
  if (own.length === 0) {
    throw new FleetError([
      { code: 'rollout', message: `${app} of ${clusterType} has no patch in flight`, hint: `\`fleet new patch ${clusterType} ${app} --set …\` writes one` },
    ]);
  }
  const patch = completed(patchName, known, 'patch', 'patches', ` of ${app} in ${clusterType}`);
  return own.find(({ state }) => state.patch === patch) as PatchView;
}

function expectNotGone(config: string, output: FleetOutput, clusterType: string, app: string, patch: string): void {
  const [file] = output.apps(clusterType, app).flatMap((view) => view.file ?? []);
  if (file === undefined) return;
  const history = new History(config);
  const targets = output.targetsOf(clusterType).map(({ path }) => path);
  const gone = tryFindGone(history, file, patch, targets);
  if (!gone) return;
  const { commit, wasEverywhere } = gone;
  const became = wasEverywhere ? 'went into the base' : 'was taken out';
  if (!commit) {
    throw new FleetError([
      {
        code: 'rollout',
        message: `'${patch}' of ${app} in ${clusterType} is in flight no more: it ${became}, which is not committed yet`,
        app,
        file,
        place: [],
        hint: 'undo what is not committed: `git diff` shows it',
      },
    ]);
  }
  const revert = `git revert ${history.isMerge(commit) ? '-m 1 ' : ''}${commit.hash.slice(0, 12)}`;
  throw new FleetError([
    {
      code: 'rollout',
      message: `'${patch}' of ${app} in ${clusterType} is in flight no more: it ${became} with commit ${commit.hash.slice(0, 12)}, of ${new Date(commit.time).toISOString().slice(0, 10)}`,
      app,
      file,
      place: [],
      hint: `\`${revert}\` ${wasEverywhere ? 'takes it back' : 'brings it back'}; render with \`npx fleet synth\` afterwards`,
    },
  ]);
}

/** What the planner asks of a patch. */
export function decideOptions(fleet: RolloutFleet, view: PatchView, options: { readonly level?: string; readonly fill?: boolean }): DecideOptions {
  const { clusterType, app, dimensions } = view.state;
  const level = options.level ?? fleet.fleet.promotionLevel;
  return {
    fill: options.fill,
    ...(level === undefined ? {} : { level: completed(level, dimensions, 'dimension', 'dimensions') }),
    isSame: (target, before, after) => view.isSame(target, before, after),
    fields: view.fields,
    others: fleet.patches
      .filter((other) => other !== view && other.state.clusterType === clusterType && other.state.app === app)
      .map((other) => ({ name: other.state.patch, paths: other.state.paths, fields: other.fields })),
  };
}
