import { FleetError } from '../../../constructs';
import { type AppName, appsOf, findOneApp } from '../../read/find-apps';
import { findMember } from '../../read/find-member';
import { findPath, tryFindPath } from '../../read/find-path';
import type { LoadedFleet } from '../../read/load-fleet';
import { nodePaths } from '../../read/node-paths';

/** What is to be retired. */
export type Retired =
  | { readonly kind: 'app'; readonly clusterType: string; readonly app: string }
  | { readonly kind: 'node'; readonly path: string }
  | { readonly kind: 'spoke'; readonly name: string };

/**
 * What somebody wants to retire: an app, by its name or with its cluster type; a node or target; or, in a fleet of hubs, a spoke.
 * Whole names come first, then what begins so.
 *
 * @throws FleetError with a suggestion; also where several may be meant
 */
export function whatIsMeant({ fleet, output }: LoadedFleet, first: string, second: string | undefined): Retired {
  const isHub = output.hasMembers;
  const apps = appsOf(output);
  const app = (name: string): Retired => ({ kind: 'app', ...findOneApp(apps, name, { isHub }) });
  if (second !== undefined) return app(`${first}/${second}`);
  const paths = isHub ? [] : nodePaths(fleet);
  const members = output.members.map(({ name }) => name);
  const path = tryFindPath(paths, first);
  const isApp = apps.some((one) => one.app === first || `${one.clusterType}/${one.app}` === first);
  if (path !== undefined && isApp) throw several(first, path, apps);
  if (members.includes(first)) return { kind: 'spoke', name: first };
  if (path !== undefined) return { kind: 'node', path };
  if (isApp) return app(first);
  const guesses: (() => Retired)[] = isHub
    ? [() => ({ kind: 'spoke', name: findMember(output.members, first).name }), () => app(first)]
    : [() => app(first), () => ({ kind: 'node', path: findPath(paths, first) })];
  return onlyGuess(guesses, first, isHub);
}

function onlyGuess(guesses: readonly (() => Retired)[], name: string, isHub: boolean): Retired {
  const errors: FleetError[] = [];
  const found = guesses.flatMap((guess) => {
    try {
      return [guess()];
    } catch (error) {
      if (!(error instanceof FleetError)) throw error;
      errors.push(error);
      return [];
    }
  });
  const [only, second] = found;
  if (only && !second) return only;
  const words = isHub ? 'a spoke or a component' : 'an app, a node or a target';
  const hints = errors.flatMap(({ problems }) =>
    problems.flatMap(({ hint }) => (hint?.startsWith('did you mean') || hint?.startsWith('it could be') ? [hint] : [])),
  );
  const [hint = second ? 'write the whole name' : `name ${words}: the whole name, or CLUSTER-TYPE/APP`] = hints;
  throw new FleetError([
    {
      code: 'rollout',
      message: second ? `'${name}' may be ${words}` : `there is no ${words.slice(words.indexOf(' ') + 1).replace(/ a /g, ' ')} '${name}'`,
      place: [],
      hint,
    },
  ]);
}

function several(name: string, path: string, apps: readonly AppName[]): FleetError {
  const types = apps.filter((one) => one.app === name).map(({ clusterType }) => `${clusterType}/${name}`);
  const whole = path.includes('/') ? path : `${path}/`;
  return new FleetError([{ code: 'rollout', message: `'${name}' is an app, and a node`, place: [], hint: `name one: ${[...types, whole].join(' or ')}` }]);
}
