import { describeApplication } from '../../../argo-cd';
import type { Step } from '../../../claims';
import { until } from '../../../until';
import type { Second } from '../second';
import { applicationsOf, clusters, component, definition, file, kinds, settings, thing, thingOn, things } from './things';

export const after: Step<Second> = {
  name: 'after',
  title: 'a component needs another one, as docs/hub-spoke/configuration.md says',
  claims: [
    {
      says: 'While nobody has brought the kind of one of its objects, its Application is tried again, and what else it deploys is there',
      prove: async (topology) => {
        const { fleet } = topology;
        fleet.write(file(kinds), component(kinds));
        fleet.write(file(things), component(things, `after: ['${kinds}'],`));
        for (const name of [kinds, things]) fleet.write(`live/${name}/settings.yaml`, settings(name));
        fleet.write(`live/${things}/thing.yaml`, thing);
        await topology.merge('One needs what the other will bring');
        await until('it is tried again', 240, async () => {
          const all = await applicationsOf(topology, things);
          const waiting = all.filter(({ status }) => (status?.operationState?.retryCount ?? 0) > 0 && status?.operationState?.phase === 'Running');
          return all.length === clusters.length && waiting.length === all.length ? undefined : all.map(describeApplication).join('; ') || 'it is not there';
        });
        // Argo CD would give up after five tries.
        const limits = (await applicationsOf(topology, things)).map(({ status }) => status?.operationState?.operation?.retry?.limit);
        if (limits.some((limit) => limit !== -1)) throw new Error(`it is tried ${limits.join(', ')} times`);
        for (const name of clusters) {
          // A first try may end before anything is applied: that it is tried again is what brings the rest.
          const found = () => topology.cluster(name).api.get('configmaps', things, things);
          await until(`${name} has what else it deploys`, 240, async () => ((await found()) ? undefined : 'it has nothing of it'));
          if (await thingOn(topology, name)) throw new Error(`${name} has an object of a kind that nobody brought`);
        }
      },
    },
    {
      says: 'As soon as the component that it needs brings the kind, it arrives by itself',
      prove: async (topology) => {
        topology.fleet.write(`live/${kinds}/definition.yaml`, definition);
        await topology.merge('What was needed is there');
        for (const name of clusters) await until(`${name} has the object`, 240, async () => ((await thingOn(topology, name)) ? undefined : 'it has none'));
        await topology.untilSettled();
      },
    },
  ],
};
