import { fleetFromConfig } from '../../constructs';
import { recordFolder } from '../../layers/record';
import { texts } from '../../store/output/output-folder';
import { readConfig } from '../../store/read/read-config';
import { examples } from '../workspaces/workspace';
import type { Files } from './argo-cd';

/** Where the fleet of the example says that its output is. */
export const dist = 'examples/hub-spoke/dist';

/** What is rendered of the example that tests have, by path: what is deployed, and not where it comes from. */
export function renderedExample(): Files {
  const rendered = [...texts(fleetFromConfig(readConfig(examples.hub)).synth())].flatMap(({ path, text }) =>
    path.startsWith(`${recordFolder}/`) ? [] : [[`${dist}/${path}`, text] as const],
  );
  return new Map(rendered.sort(([one], [other]) => (one < other ? -1 : 1)));
}
