import { FleetError } from '../../../constructs';
import { completeName } from '../complete-name';

/** An app of a cluster type; in a fleet of hubs and spokes, a component of a group. */
export interface AppName {
  readonly clusterType: string;
  readonly app: string;
}

/**
 * The app that was meant: `cert-manager`, or `management-cluster/cert-manager` where several cluster types have one.
 *
 * @param place where they are looked for, in words: ` at production/us-east1`. @default - the fleet
 * @throws FleetError with a suggestion
 */
export function findAppAt(known: readonly AppName[], name: string, place = ''): AppName {
  const slash = name.indexOf('/');
  if (slash >= 0) {
    const types = [...new Set(known.map(({ clusterType }) => clusterType))];
    const clusterType = completeName(name.slice(0, slash), { known: types, noun: 'cluster type', nouns: 'cluster types', context: place });
    const apps = known.filter((one) => one.clusterType === clusterType).map(({ app }) => app);
    return { clusterType, app: completeName(name.slice(slash + 1), { known: apps, noun: 'app', nouns: 'apps', context: ` in ${clusterType}${place}` }) };
  }
  const app = completeName(name, { known: [...new Set(known.map((one) => one.app))], noun: 'app', nouns: 'apps', context: place });
  const found = known.filter((one) => one.app === app);
  const [only, second] = found;
  if (only && !second) return only;
  throw new FleetError([
    {
      code: 'rollout',
      message: `${found.length} cluster types have an app '${app}'${place}`,
      hint: `name one: ${found.map(({ clusterType }) => `${clusterType}/${app}`).join(' or ')}`,
    },
  ]);
}
