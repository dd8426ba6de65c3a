import type { AppChange, Cause, Change, Changes, FieldChange, Twin } from '../../../changes/change';
import { everywhere } from '../../../layers/hierarchy';
import { plural } from '../../../layers/text/problem-text';
import type { LayerPlace, PlacedChange } from '../../read/changes/change-places';

/** How many paths of one change people read. */
const shownPaths = 6;

/** What readers of a fleet call its parts. */
export interface Words {
  readonly target: string;
  readonly app: string;
}

export function wordsOf({ topology }: Pick<Changes, 'topology'>): Words {
  return topology === 'dimensions' ? { target: 'target', app: 'app' } : { target: 'cluster', app: 'component' };
}

/** `production/prod-canary, stage (4 targets)`, `everywhere (9 targets)` */
export function whereText({ paths, targets }: Pick<Change, 'paths' | 'targets'>, { target }: Words): string {
  const [first] = paths;
  if (paths.length === 1 && targets.length === 1) return first === everywhere ? (targets[0] as string) : (first as string);
  const shown = broadest(paths, shownPaths).map((path) => (path === everywhere ? 'everywhere' : path));
  const more = paths.length > shownPaths ? ` and ${plural(paths.length - shownPaths, 'more path')}` : '';
  return `${shown.join(', ')}${more} (${plural(targets.length, target)})`;
}

/** Of many paths those that say most; of few all, in sequence. */
export function broadest(paths: readonly string[], count: number): readonly string[] {
  if (paths.length <= count) return paths;
  const depth = (path: string) => path.split('/').length;
  return [...paths].sort((a, b) => depth(a) - depth(b)).slice(0, count);
}

/** How many layers of one place people read. */
const shownLayers = 4;

/** Why something is as it is now: the layers that say so, and those that said something else before. */
export function whyText({ change, now }: PlacedChange): string | undefined {
  if (!('cause' in change) || change.cause === undefined) return twinOfTarget(change);
  const others = change.cause.before.filter((layer) => !now.some((one) => one.layer === layer));
  const isDeployedAnew = 'twin' in change && typeof change.twin === 'object' && change.twin.deployer !== change.deployer;
  const parts = [twinText(change), isDeployedAnew ? undefined : saidText(change.kind, change.cause, now, others)].filter(
    (part) => part !== undefined && part !== '',
  );
  return parts.length === 0 ? undefined : parts.join('; ');
}

function saidText(kind: Change['kind'], cause: Cause, now: readonly LayerPlace[], others: readonly string[]): string | undefined {
  if (now.length === 0) {
    if (cause.before.length === 0) return undefined;
    return kind === 'app-removed' ? 'nobody declares it any more' : `nobody sets it any more; before: ${shownOnly(others)}`;
  }
  const said = placesText(now);
  // An app goes where a layer disables it; who declares it has no layer of its own.
  if (kind === 'app-removed' && cause.of === undefined) return `disabled by ${said}`;
  if (kind === 'app-added' && others.length > 0) return `enabled by ${said}; before: ${shownOnly(others)}`;
  return kind === 'field' && others.length > 0 ? `${said}; before: ${shownOnly(others)}` : said;
}

function twinOfTarget(change: Change): string | undefined {
  if (!('twin' in change) || typeof change.twin !== 'string') return undefined;
  return change.kind === 'target-removed' ? `it looks renamed to ${change.twin}` : `it looks like ${change.twin} under another name`;
}

function twinText(change: Change): string | undefined {
  if (change.kind !== 'app-removed' && change.kind !== 'app-added') return undefined;
  const { kind, app, clusterType, twin } = change;
  if (twin === undefined) return undefined;
  const isGone = kind === 'app-removed';
  if (twin.clusterType !== clusterType) return isGone ? `it looks moved to ${twin.clusterType}` : `it looks moved from ${twin.clusterType}: made anew`;
  if (twin.app === app) return `${isGone ? 'deployed' : 'until now deployed'} by ${twin.deployer}${isGone ? ' from now on' : ''}`;
  return isGone ? `it looks renamed to ${twin.app}, which to Argo CD is another one` : `it looks like ${twin.app} under another name: made anew`;
}

/** `override production (config/management-cluster/cert-manager.ts:12)`; layers that stand in one place have it once. */
function placesText(layers: readonly LayerPlace[]): string {
  const places = new Map<string, string[]>();
  for (const { layer, file, line } of layers) {
    const place = file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`;
    places.set(place, [...(places.get(place) ?? []), layer]);
  }
  return [...places].map(([place, names]) => `${shownOnly(names)}${place}`).join('; ');
}

function shownOnly(layers: readonly string[]): string {
  return layers.length <= shownLayers ? layers.join(', ') : `${layers.slice(0, shownLayers).join(', ')} and ${layers.length - shownLayers} more`;
}

/** `override production (config/management-cluster/cert-manager.ts:12)` */
export function placeText(layer: LayerPlace): string {
  return placesText([layer]);
}

/** What changes, in one sentence after the names of the states. */
export function summaryText(changes: Changes): string {
  const words = wordsOf(changes);
  const count = (kind: Change['kind'], noun: string, done: string, nameOf: (change: Change) => readonly string[], gitOnly = false): readonly string[] => {
    const own = changes.changes.filter((change) => change.kind === kind && isGitOnly(change) === gitOnly);
    if (own.length === 0) return [];
    const names = new Set(own.flatMap(nameOf)).size;
    const targets = new Set(
      own.flatMap(({ clusterType, targets: at }) => at.map((target) => (words.target === 'target' ? `${clusterType} ${target}` : target))),
    );
    return [`${plural(names, noun)} ${done}${noun === words.target ? '' : ` at ${plural(targets.size, words.target)}`}`];
  };
  // A target that comes or goes does so with all of its cluster types.
  const targetsOf = ({ targets }: Change) => targets;
  const appOf = (change: Change) => ('app' in change ? [`${change.clusterType}/${change.app}`] : []);
  const objectOf = (change: Change) => ('object' in change ? [`${appOf(change)} ${change.object}`] : []);
  return [
    ...count('target-removed', words.target, 'removed', targetsOf),
    ...count('app-removed', words.app, 'removed', appOf),
    ...count('object-removed', 'object', 'removed', objectOf),
    ...count('target-added', words.target, 'added', targetsOf),
    ...count('app-added', words.app, 'added', appOf),
    ...count('object-added', 'object', 'added', objectOf),
    ...count('object-removed', 'object', 'in Git no more', objectOf, true),
    ...count('object-added', 'object', 'in Git from now on', objectOf, true),
    ...count('field', words.app, 'changed', appOf),
  ].join(', ');
}

/** What is said where nothing differs that could be looked at. @param unseen how many apps could not */
export function nothingSeen(unseen: number): string {
  return `Nothing changes that can be shown, and of ${plural(unseen, 'app')} nobody can tell`;
}

/** What is said where nothing differs. */
export function sameText({ before, after, only, unseen }: Changes): string {
  if (unseen !== undefined) return `${nothingSeen(unseen)}${onlyText(only)}, from ${before} to ${after}.`;
  return `Nothing changes${onlyText(only)}: ${before} and ${after} render the same${only === undefined ? '' : ' of it'}.`;
}

/** What alone was looked at, behind what is said of it: else it would seem to be said of the whole fleet. */
export function onlyText(only: string | undefined): string {
  return only === undefined ? '' : `, looking only at ${only}`;
}

/** How a state was found, where that is not as everybody expects. */
export function noteText(note: string): string {
  return `Note: ${note}.`;
}

/** What moved and changed nothing, in one line. */
export function movedText({ moved: { values, apps }, ...changes }: Changes): string | undefined {
  if (values === 0) return undefined;
  const isOne = values === 1;
  return `${plural(values, 'value')} of ${plural(apps, wordsOf(changes).app)} ${isOne ? 'comes' : 'come'} from another layer now and ${isOne ? 'says' : 'say'} the same.`;
}

/** An app with whoever deploys it: `addons/cert-manager, deployed by hub-1`. */
export function appText({ clusterType, app, deployer }: Twin): string {
  return `${clusterType}/${app}${deployer === undefined ? '' : `, deployed by ${deployer}`}`;
}

/** Whether Git alone begins or ends to hold it. */
export function isGitOnly(change: Change): boolean {
  return 'gitOnly' in change;
}

/** What became of what came or went. */
export function doneText(change: Exclude<Change, FieldChange>): string {
  const isGone = change.kind.endsWith('removed');
  return isGitOnly(change) ? `in Git ${isGone ? 'no more' : 'from now on'}` : isGone ? 'removed' : 'added';
}

/** Whether something that came or went is nowhere else, where that is not said by its place. */
export function isAll(change: Change): change is AppChange {
  return 'isEverywhere' in change && change.isEverywhere && change.paths[0] !== everywhere;
}
