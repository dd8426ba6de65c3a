import type { ConfigFile } from '../../../layers/config-files';
import type { Finding } from '../../../layers/consequences';
import { isMap } from '../../../layers/plain-data';
import { componentShape, groupShape, releasesShape } from '../../../layers/shape/group-shape';
import { readFields } from '../../../layers/shape/read-fields';
import { isExport } from '../../from-config/read-export';
import type { ComponentConfig } from '../tree/component-config';
import type { GroupConfig, ReleasesConfig } from '../tree/hub-config';

/** What a group's `defaults.ts` exports. */
export function readGroup({ file, content }: ConfigFile, problems: Finding[]): GroupConfig | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, '{ namespace, syncPolicy, bootstrap }', problems)) return undefined;
  const { bootstrap, ...group } = readFields(content, groupShape, { ...part, noun: 'the group' }, problems);
  if (content.bootstrap === undefined) return group as GroupConfig;
  for (const [key, { required }] of Object.entries(groupShape.bootstrap.keys)) {
    if (bootstrap?.[key as keyof typeof bootstrap] !== '') continue;
    const message = `${groupShape.bootstrap.whose} needs '${key}'`;
    problems.push({ code: 'missing-field', message, file, place: ['bootstrap'], expected: required });
  }
  // The group is the bootstrap group whatever its components are called; what cannot be read is empty.
  return { ...group, bootstrap: { argoCD: '', externalSecrets: '', ...bootstrap } } as GroupConfig;
}

/** What a group's `releases.ts` exports. */
export function readReleases({ file, content }: ConfigFile, problems: Finding[]): ReleasesConfig | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, '{ releases: { default: { … } }, release }', problems)) return undefined;
  const config = readFields(content, releasesShape, { ...part, noun: 'the file' }, problems);
  if (isMap(content.releases) && Object.keys(content.releases).length === 0) {
    const expected = releasesShape.releases.required;
    problems.push({ code: 'missing-field', message: "the file needs 'releases'", file, place: ['releases'], expected, found: 'an empty map' });
    return undefined;
  }
  return config.releases === undefined ? undefined : (config as ReleasesConfig);
}

/** What a component's file exports. */
export function readComponent({ file, content }: ConfigFile, problems: Finding[]): ComponentConfig | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, 'a component: { repoURL, chart, version, … }', problems)) return undefined;
  return readFields(content, componentShape, { ...part, noun: 'the component' }, problems) as ComponentConfig;
}
