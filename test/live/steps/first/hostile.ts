import type { Step } from '../../claims';
import { projectId, restore, tried, untilCloud } from './annotations';
import type { First } from './first';

/** All that YAML, Go templates and Helm mean something by. */
const hostileValue = 'a"b: {{ .Values }} {{`x`}} \\ # %\n- c: $d\' &e *f !g yes 010';

export const hostile: Step<First> = {
  name: 'hostile',
  title: 'an annotation full of what YAML, Go templates and Helm mean something by',
  claims: [
    {
      says: 'It arrives as it is, character for character',
      prove: async (topology) => {
        await topology.annotate(tried, { [projectId]: hostileValue });
        await untilCloud(topology, tried, 'projectId', hostileValue);
        await restore(topology, tried);
      },
    },
  ],
};
