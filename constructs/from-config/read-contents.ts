import { readContent } from '../../layers/compile/read-content';
import { type ConfigFile, type ConfigFiles, placeIn } from '../../layers/config-files';
import type { Problem } from '../../layers/problem';

/** The files with all that they export read once: from here on nothing in them is code, but for functions. */
export function readContents(config: ConfigFiles): ConfigFiles {
  const problems: Problem[] = [...config.problems];
  const read = (file: ConfigFile): ConfigFile => {
    const { value, faults } = readContent(file.content);
    for (const { path, ...fault } of faults) problems.push({ ...fault, ...placeIn(file, path) });
    return { ...file, content: value };
  };
  const { fleet, exemptions, rules, clusterTypes, ...rest } = config;
  return {
    ...rest,
    ...(fleet ? { fleet: read(fleet) } : {}),
    ...(exemptions ? { exemptions: read(exemptions) } : {}),
    ...(rules ? { rules: read(rules) } : {}),
    clusterTypes: clusterTypes.map(({ defaults, apps, ...files }) => ({ ...files, ...(defaults ? { defaults: read(defaults) } : {}), apps: apps.map(read) })),
    problems,
  };
}
