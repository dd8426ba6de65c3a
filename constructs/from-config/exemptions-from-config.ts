import type { ConfigFile, ConfigFiles } from '../../layers/config-files';
import type { Finding } from '../../layers/consequences';
import type { Exemption } from '../../layers/law/law';
import { describe, isMap } from '../../layers/plain-data';
import { exemptionShape } from '../../layers/shape/exemption-shape';
import { readFields } from '../../layers/shape/read-fields';
import type { FleetTree } from '../tree/fleet-tree';
import { readWithPlaces } from './read-export';

/** Declares what `exemptions.ts` lists. What is wrong with one is reported, and it exempts nothing. */
export function declareExemptions(fleet: FleetTree, { exemptions: file }: ConfigFiles, problems: Finding[]): void {
  if (!file) return;
  for (const [index, exemption] of readWithPlaces(file, problems, (found) => readExemptions(file, found))) {
    fleet.addExemption(exemption, { config: file, keys: [String(index)] });
  }
}

function readExemptions({ file, content }: ConfigFile, problems: Finding[]): readonly (readonly [number, Exemption])[] {
  const expected = 'a list of { rule, app, path, reason, owner, until }';
  if (!Array.isArray(content)) {
    problems.push({ code: 'config-shape', message: 'the exemptions cannot be read', file, place: [], expected, found: describe(content) });
    return [];
  }
  return content.flatMap((item: unknown, index) => {
    const place = [String(index)];
    if (!isMap(item)) {
      problems.push({
        code: 'config-shape',
        message: 'an exemption cannot be read',
        file,
        place,
        expected: expected.replace('a list of ', ''),
        found: describe(item),
      });
      return [];
    }
    const { rule, app, path, reason, owner, until } = readFields(item, exemptionShape, { file, place, noun: 'the exemption' }, problems);
    const isWhole = rule !== undefined && app !== undefined && path !== undefined && reason !== undefined && owner !== undefined && until !== undefined;
    return isWhole ? [[index, { rule, app, path, reason, owner, until }] as const] : [];
  });
}
