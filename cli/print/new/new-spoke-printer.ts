import { outputPlace } from '../../../store/output/output-place';
import type { PreparedSpoke } from '../../prepare/prepare-spoke';
import type { LoadedFleet } from '../../read/load-fleet';
import type { ChangePrinter } from '../../write/carry-out';
import { changeJson, changeText } from '../change-printer';
import { additionText } from './addition-text';

export function newSpokeText({ config, fleet }: LoadedFleet, { name, hub, tenant, environment, secret, member }: PreparedSpoke): ChangePrinter {
  return changeText({
    title: `${name}, a spoke of ${hub}`,
    rows: [
      ['place', `${tenant}/${environment}`],
      ['model', member.manages.length > 0 ? `${member.model}: ${member.manages.join(', ')}` : member.model],
      ['gets', member.components.map((component) => `${component.name} ${component.version}`).join(', ') || 'no component'],
      ['needs', `the secret '${secret}' in the secret manager, with server and config`],
    ],
    dryRun: ({ changes }) => additionText(changes(), outputPlace(config, fleet.path), fleet.path),
  });
}

export function newSpokeJson({ name, hub, tenant, environment, file, member }: PreparedSpoke): ChangePrinter {
  return changeJson({ cluster: name, hub, tenant, environment, file, components: member.components });
}
