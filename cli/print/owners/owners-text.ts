import { plural } from '../../../layers/text/problem-text';
import type { OwnedApp, OwnedFleet } from '../../read/owners/owned-fleet';
import { aligned, type Row } from '../rows';

/** Who owns what, for people. */
export function ownersText({ output, apps, nodes }: OwnedFleet): string {
  const [noun, nouns] = output.hasMembers ? (['component', 'COMPONENTS'] as const) : (['app', 'APPS'] as const);
  const owners = ownersOf(apps);
  const without = apps.filter((app) => app.owners.length === 0);
  const counted = without.length === 0 ? `every ${noun} has one` : `${plural(without.length, noun)} without an owner:`;
  const table = tableOf(
    ['OWNER', nouns],
    owners.flatMap(([owner, owned]) => namesByType(owned, apps).map((text, index): Row => [index === 0 ? owner : '', text])),
  );
  return [
    ...(owners.length > 0 ? [...table, ''] : []),
    `${plural(owners.length, 'owner')}, ${plural(apps.length, noun)}; ${counted}`,
    ...aligned(without.map((app) => [nameOf(app), app.file])),
    ...(nodes.length > 0
      ? [
          '',
          ...tableOf(
            ['NODE', 'APPROVERS'],
            nodes.map(({ path, approvers }) => [path, approvers.join(', ')]),
          ),
        ]
      : []),
  ].join('\n');
}

/** The same for programs. */
export function ownersData({ apps, nodes }: OwnedFleet): object {
  const shown = ({ owners: _, ...app }: OwnedApp) => app;
  return {
    owners: ownersOf(apps).map(([owner, owned]) => ({ owner, apps: owned.map(shown) })),
    withoutOwner: apps.filter(({ owners }) => owners.length === 0).map(shown),
    approvers: nodes.map(({ path, own, approvers }) => ({ path, own, approvers })),
  };
}

/** What belongs to whom, by name. */
function ownersOf(apps: readonly OwnedApp[]): readonly (readonly [owner: string, apps: readonly OwnedApp[]])[] {
  const owners = [...new Set(apps.flatMap((app) => app.owners))].sort();
  return owners.map((owner) => [owner, apps.filter((app) => app.owners.includes(owner))]);
}

/** So many names of one cluster type are told one by one, where they are all that there is. */
const shownNames = 5;

/** A line for each cluster type. */
function namesByType(owned: readonly OwnedApp[], all: readonly OwnedApp[]): readonly string[] {
  const types = [...new Set(owned.map(({ clusterType }) => clusterType))];
  return types.map((type) => {
    const [names, known] = [owned, all].map((apps) => apps.flatMap(({ clusterType, app }) => (clusterType === type ? [app] : []))) as [string[], string[]];
    return `${type}: ${names.length === known.length && names.length > shownNames ? `all ${names.length}` : names.join(', ')}`;
  });
}

function nameOf({ clusterType, app }: OwnedApp): string {
  return `${clusterType}/${app}`;
}

function tableOf(head: Row, rows: readonly Row[]): readonly string[] {
  return aligned([head, ...rows], '');
}
