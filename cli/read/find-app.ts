import type { FleetOutput } from '../../constructs';
import { completeName } from './complete-name';

/** A cluster type by its name; in a fleet of hubs and spokes, a group. @throws FleetError with a suggestion */
export function findClusterType({ hasMembers, clusterTypes }: FleetOutput, name: string): string {
  return hasMembers
    ? completeName(name, { known: clusterTypes, noun: 'group', nouns: 'groups' })
    : completeName(name, { known: clusterTypes, noun: 'cluster type', nouns: 'cluster types' });
}

/** An app by the name of its file; in a fleet of hubs and spokes, a component. @throws FleetError with a suggestion */
export function findApp(output: FleetOutput, clusterType: string, name: string, known: readonly string[] = output.appNames(clusterType)): string {
  const [noun, nouns] = output.hasMembers ? (['component', 'components'] as const) : (['app', 'apps'] as const);
  return completeName(name, { known, noun, nouns, context: ` in ${clusterType}` });
}
