import type { Step } from '../../claims';
import { assertDifference, difference } from '../../state';
import { holds } from '../../until';
import { hubName, type Second } from './second';

/** How often Argo CD has synced a root, and what it thinks of what the root applies. */
async function rootsSay(topology: Second): Promise<string> {
  const said: string[] = [];
  for (const { name, kind, model } of await topology.members()) {
    if (kind !== 'hub' && model !== 'distributed') continue;
    for (const { metadata, status } of await topology.argoCD(name).applications('!fleet/component')) {
      const behind = (status?.resources ?? []).filter((resource: { status?: string }) => resource.status !== 'Synced');
      said.push(`${name} ${metadata.name}: ${status?.history?.length ?? 0} syncs ${status?.operationState?.finishedAt} ${JSON.stringify(behind)}`);
    }
  }
  return said.join('\n');
}

export const quiet: Step<Second> = {
  name: 'quiet',
  title: 'a fleet that nobody changes',
  claims: [
    {
      says: 'No registration and no credential is OutOfSync, and no root syncs again: what External Secrets writes into its own objects is no difference',
      prove: async (topology) => {
        const before = await rootsSay(topology);
        if (/"status"/.test(before)) throw new Error(before);
        await holds('no root does anything', 40, async () => {
          const now = await rootsSay(topology);
          return now === before ? undefined : now;
        });
      },
    },
    {
      says: 'The bootstrap, applied again, moves nothing, by uid and spec',
      prove: async (topology) => {
        const before = await topology.state();
        await topology.hub.kubectl(['apply', '-f', '-'], await topology.run('bootstrap', hubName));
        await topology.untilSettled();
        assertDifference(difference(before, await topology.state()));
      },
    },
  ],
};
