import { plural } from '../../../layers/text/problem-text';
import { outputPlace } from '../../../store/output/output-place';
import type { PreparedSpoke } from '../../prepare/prepare-spoke';
import type { FileChange } from '../../prepare/prove';
import type { LoadedFleet } from '../../read/load-fleet';
import type { ChangePrinter } from '../../write/carry-out';
import { changeJson, changeText } from '../change-printer';
import { diffText } from '../diff-text';

export function newSpokeText({ config, fleet }: LoadedFleet, { name, hub, tenant, environment, secret, member }: PreparedSpoke): ChangePrinter {
  return changeText({
    title: `${name}, a spoke of ${hub}`,
    rows: [
      ['place', `${tenant}/${environment}`],
      ['model', member.manages.length > 0 ? `${member.model}: ${member.manages.join(', ')}` : member.model],
      ['gets', member.components.map((component) => `${component.name} ${component.version}`).join(', ') || 'no component'],
      ['needs', `the secret '${secret}' in the secret manager, with server and config`],
    ],
    dryRun: (changes) => dryRunText(changes, outputPlace(config, fleet.path), fleet.path),
  });
}

/** Files of the new cluster are counted; what changes of others is shown whole. */
function dryRunText(changes: readonly FileChange[], dir: string, folder: string): string {
  const added = changes.filter(({ before }) => before === undefined);
  const changed = changes.filter(({ before }) => before !== undefined);
  const count = `${plural(added.length, 'file')} would be added to ${dir}/, no cluster but the new one concerned.`;
  return changed.length > 0 ? `${count}\n${diffText(folder, changed)}` : count;
}

export function newSpokeJson({ name, hub, tenant, environment, file, member }: PreparedSpoke): ChangePrinter {
  return changeJson({ cluster: name, hub, tenant, environment, file, components: member.components });
}
