import { FleetError } from '../../layers/problem';
import { suggestion } from '../../layers/text/nearest';
import type { Bootstrap } from '../bootstrap';
import type { HubFleet } from './hub-fleet';
import { folderOf } from './render/application-set';
import { pathIn } from './tree/cluster-home';

/**
 * What starts a hub: its repository credentials and its root Application, which are files below `bootstrap/` of its folder.
 *
 * @throws FleetError for mistakes in the fleet, or where there is no such hub
 */
export function hubBootstrapOf(fleet: HubFleet, name: string): Bootstrap {
  const output = fleet.synth();
  const hubs = output.members.filter(({ kind }) => kind === 'hub');
  const hub = hubs.find((member) => member.name === name || member.path === name);
  const folder = hub && [...output].find(({ path }) => path === `${folderOf.hub}/${hub.name}`);
  if (!hub || !folder) {
    const known = hubs.map((member) => member.name);
    throw new FleetError([{ code: 'bootstrap', message: `'${name}' is no hub of the fleet`, place: [], hint: suggestion(name, known, 'hubs') }]);
  }
  const files = folder.files.filter((file) => file.kind === 'manifest' && file.path.startsWith('bootstrap/'));
  // What the root needs comes before it.
  const order = (path: string) => (path.includes('secret-store') ? 0 : path.includes('repositories/') ? 1 : 2);
  return {
    manifests: [...files].sort((a, b) => order(a.path) - order(b.path)).flatMap((file) => (file.kind === 'manifest' ? [file.document] : [])),
    before: [
      `Argo CD and External Secrets run on ${hub.name}, in the namespaces that their components say; Argo CD in '${hub.home.platformNamespace}'`,
      `the secret '${hub.secret}' is in the secret manager, and External Secrets may read it and those of its spokes`,
      `what was rendered is in ${hub.home.repository}, at the revision ${hub.home.revision}, below ${pathIn(hub.home, folder.path)}`,
    ],
  };
}
