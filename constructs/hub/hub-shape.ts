import type { ConfigFile } from '../../layers/config-files';
import { suggestion } from '../../layers/nearest';
import { describe } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { type AnyMap, checkKeys, isExport, knownOnly, type Part, type Shape, withoutWrong } from '../shape';
import { hubAndSpoke } from './is-hub-config';
import { isMisspelt } from './value-problem';

const fleetShape: Shape = {
  repository: 'string',
  revision: 'string',
  path: 'string',
  labelPrefix: 'string',
  promotionLevel: 'string',
  platformNamespace: 'string',
  labelNames: 'map',
  notSecret: 'reasons',
  tenants: 'list',
};
const labelNamesShape: Shape = {
  member: 'string',
  tenant: 'string',
  environment: 'string',
  enable: 'string',
  release: 'string',
  remoteArgo: 'string',
  remoteGroup: 'string',
};

/** What `fleet.ts` exports, without the tenants. */
export function checkHubSettings({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, 'what `defineHubFleet({ … })` returns', problems)) return undefined;
  checkKeys(content, ['topology', ...Object.keys(fleetShape)], part, problems);
  checkTopology(content, part, problems);
  const { tenants: _, ...usable } = knownOnly(withoutWrong(content, fleetShape, part, problems), fleetShape);
  if ((content.repository === undefined && !isMisspelt(problems, ['repository'])) || content.repository === '') {
    problems.push({
      code: 'missing-field',
      message: "the fleet needs 'repository'",
      file,
      place: content.repository === undefined ? [] : ['repository'],
      expected: 'the Git repository of dist/, as Argo CD reaches it',
    });
  }
  const labelNames = (usable.labelNames ?? {}) as AnyMap;
  const namesPart = { file, place: ['labelNames'] };
  checkKeys(labelNames, Object.keys(labelNamesShape), namesPart, problems);
  return {
    repository: '',
    ...usable,
    labelNames: knownOnly(withoutWrong(labelNames, labelNamesShape, namesPart, problems), labelNamesShape),
  };
}

function checkTopology(content: AnyMap, { file }: Part, problems: Problem[]): void {
  const { topology } = content;
  if (topology === hubAndSpoke) return;
  const expected = `'${hubAndSpoke}'; a fleet of environments, sectors and regions says nothing of it`;
  if (topology !== undefined) {
    problems.push({
      code: 'config-shape',
      message: 'the topology of the fleet is not known',
      file,
      place: ['topology'],
      expected,
      found: describe(topology),
      ...(typeof topology === 'string' ? { hint: suggestion(topology, [hubAndSpoke], 'topologies') } : {}),
    });
    return;
  }
  if (isMisspelt(problems, ['topology'])) return;
  problems.push({ code: 'missing-field', message: "a fleet of tenants needs 'topology'", file, place: [], expected });
}
