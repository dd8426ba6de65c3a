import { FleetError, type FleetOutput } from '../../constructs';
import { completeName } from './complete-name';

/** An app of a cluster type; in a fleet of hubs and spokes, a component of a group. */
export interface AppName {
  readonly clusterType: string;
  readonly app: string;
}

/** Every app of a fleet, each of those that share a file. */
export function appsOf(output: FleetOutput): readonly AppName[] {
  return output.clusterTypes.flatMap((clusterType) =>
    output.appNames(clusterType).flatMap((name) => output.apps(clusterType, name).map((one) => ({ clusterType, app: one.name }))),
  );
}

/** How apps are asked for. */
export interface AppsPlace {
  /** @default false */
  readonly isHub?: boolean;
  /** Where they are looked for, in words: ` at production/us-east1`. @default - the fleet */
  readonly place?: string;
}

/** What is meant by a name: an app, wherever there is one, or that of one cluster type. */
export interface AskedApps {
  readonly clusterType?: string;
  readonly app?: string;
}

/**
 * The apps that were meant: `cert-manager`, or `management-cluster/cert-manager`, each as the name begins.
 *
 * @throws FleetError with a suggestion
 */
export function findApps(known: readonly AppName[], { clusterType, app }: AskedApps, { isHub = false, place = '' }: AppsPlace = {}): AskedApps {
  const slash = app?.indexOf('/') ?? -1;
  const wantedType = clusterType ?? (slash < 0 ? undefined : app?.slice(0, slash));
  const wanted = slash < 0 ? app : app?.slice(slash + 1);
  const [types, type] = isHub ? (['groups', 'group'] as const) : (['cluster types', 'cluster type'] as const);
  const [apps, one] = isHub ? (['components', 'component'] as const) : (['apps', 'app'] as const);
  const found =
    wantedType === undefined
      ? undefined
      : completeName(wantedType, { known: unique(known.map((each) => each.clusterType)), noun: type, nouns: types, context: place });
  if (wanted === undefined) return { clusterType: found };
  const names = unique(known.filter((each) => found === undefined || each.clusterType === found).map((each) => each.app));
  return {
    clusterType: found,
    app: completeName(wanted, { known: names, noun: one, nouns: apps, context: found === undefined ? place : ` in ${found}${place}` }),
  };
}

/** As {@link findApps}, where only one may be meant. @throws FleetError also where several cluster types have it */
export function findOneApp(known: readonly AppName[], name: string, asked: AppsPlace = {}): AppName {
  const { clusterType, app } = findApps(known, { app: name }, asked);
  const found = known.filter((one) => one.app === app && (clusterType === undefined || one.clusterType === clusterType));
  const types = unique(found.map((one) => one.clusterType));
  const [only, second] = types;
  if (only !== undefined && app !== undefined && second === undefined) return { clusterType: only, app };
  const words = asked.isHub ? 'groups have a component' : 'cluster types have an app';
  throw new FleetError([
    {
      code: 'rollout',
      message: `${types.length} ${words} '${app}'${asked.place ?? ''}`,
      hint: `name one: ${types.map((one) => `${one}/${app}`).join(' or ')}`,
    },
  ]);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
