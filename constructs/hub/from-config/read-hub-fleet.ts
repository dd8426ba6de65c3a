import type { ConfigFile } from '../../../layers/config-files';
import type { Finding } from '../../../layers/consequences';
import { describe } from '../../../layers/plain-data';
import { hubFleetShape } from '../../../layers/shape/fleet-shape';
import type { AnyMap } from '../../../layers/shape/read';
import { type Part, readFields } from '../../../layers/shape/read-fields';
import { suggestion } from '../../../layers/text/nearest';
import { hubAndSpoke } from '../../from-config/is-hub-config';
import { isExport } from '../../from-config/read-export';
import type { HubFleetProps } from '../tree/hub-tree';

/** What `fleet.ts` exports, without the tenants. */
export function readHubFleet({ file, content }: ConfigFile, problems: Finding[]): HubFleetProps | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, 'what `defineHubFleet({ … })` returns', problems)) return undefined;
  const read = readFields(content, hubFleetShape, { ...part, noun: 'the fleet' }, problems);
  const { topology: _, tenants: __, ...settings } = read;
  checkTopology(content, part, problems);
  if (content.repository === '') {
    const expected = hubFleetShape.repository.required;
    problems.push({ code: 'missing-field', message: "the fleet needs 'repository'", file, place: ['repository'], expected });
  }
  return { repository: '', ...settings };
}

function checkTopology(content: AnyMap, part: Part, problems: Finding[]): void {
  const { topology } = content;
  if (topology === hubAndSpoke) return;
  const expected = `'${hubAndSpoke}'; a fleet of environments, sectors and regions says nothing of it`;
  if (topology !== undefined) {
    problems.push({
      code: 'config-shape',
      message: 'the topology of the fleet is not known',
      file: part.file,
      place: ['topology'],
      expected,
      found: describe(topology),
      ...(typeof topology === 'string' ? { hint: suggestion(topology, [hubAndSpoke], 'topologies') } : {}),
    });
    return;
  }
  problems.push({
    code: 'missing-field',
    message: "a fleet of tenants needs 'topology'",
    ...part,
    expected,
    follows: [{ file: part.file, place: ['topology'] }],
  });
}
