import { yamlNames } from '../../layers/shape/yaml-shape';

const names = Object.entries(yamlNames);

/** What TypeScript calls a field of YAML. */
export function typeScriptName(field: string): string {
  return names.find(([yaml]) => yaml === field)?.[1] ?? field;
}

/** What YAML calls a field of TypeScript. */
export function yamlName(field: string): string {
  return names.find(([, typescript]) => typescript === field)?.[0] ?? field;
}
