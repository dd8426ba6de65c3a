import type { ConfigFile } from '../../../layers/config-files';
import type { Finding } from '../../../layers/consequences';
import { hubShape, memberSettingsShape, spokeShape } from '../../../layers/shape/member-shape';
import type { Read } from '../../../layers/shape/read';
import { readFields } from '../../../layers/shape/read-fields';
import { isExport } from '../../from-config/read-export';
import type { MemberSettingsConfig } from '../tree/hub-config';

/** What only spokes say, and why hubs do not. */
const ofSpokes: Readonly<Record<string, string>> = {
  hub: 'a hub is its own; the file of a spoke belongs into the folder spokes',
  model: 'a hub deploys to itself',
  manages: 'a hub deploys all groups to itself',
};

/** What a file of a hub or a spoke exports; its layers are checked with all others. */
export function readMember(
  { file, name, content }: ConfigFile,
  kind: 'hub' | 'spoke',
  problems: Finding[],
): (Read<typeof spokeShape> & Pick<Required<Read<typeof spokeShape>>, 'groups' | 'components'>) | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, `a ${kind}: { tenant, environment, secret, … }`, problems)) return undefined;
  const strange = kind === 'hub' ? Object.keys(ofSpokes).filter((key) => content[key] !== undefined) : [];
  for (const key of strange) {
    problems.push({ code: 'unknown-key', message: `'${key}' is no setting of a hub`, file, place: [key], hint: ofSpokes[key] });
  }
  const own = Object.fromEntries(Object.entries(content).filter(([key]) => !strange.includes(key)));
  const whole = { ...part, noun: `the cluster '${name}'` };
  return { groups: {}, components: {}, ...readFields(own, kind === 'hub' ? hubShape : spokeShape, whole, problems) };
}

/** What `members/settings.ts` exports. */
export function readMemberSettings({ file, content }: ConfigFile, problems: Finding[]): MemberSettingsConfig | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, '{ labels, annotations, model, … }', problems)) return undefined;
  return readFields(content, memberSettingsShape, { ...part, noun: 'the file' }, problems) as MemberSettingsConfig;
}
