import type { FleetOutput } from '../../constructs';
import type { ConfigFile, ConfigFiles } from '../../layers/config-files';
import { isAtOrBelow } from '../../layers/hierarchy';
import { isMap } from '../../layers/plain-data';

type Fields = { readonly [key: string]: unknown };

/**
 * Configuration with nothing said for a dimension path: overrides there and below are left out, patches do not sit there, and
 * no app is rendered there. Hubs and spokes stay, and so does what their own files say.
 *
 * @param output of the whole fleet
 */
export function withoutPath(config: ConfigFiles, path: string, output: FleetOutput): ConfigFiles {
  const clusterTypes = config.clusterTypes.map((clusterType) => {
    const isThere = !output.hasMembers && output.targetsOf(clusterType.name).some((target) => isAtOrBelow(target.path, path));
    return { ...clusterType, apps: clusterType.apps.map((file) => withoutLayers(file, path, isThere)) };
  });
  return { ...config, clusterTypes };
}

/** @param isThere whether the app may be rendered at the path, and has to be kept from it */
function withoutLayers(file: ConfigFile, path: string, isThere: boolean): ConfigFile {
  const { content } = file;
  if (!isMap(content)) return file;
  const { overrides, patches, ...rest } = content as Fields;
  const nothing = isMap(rest.apps) ? Object.fromEntries(Object.keys(rest.apps).map((app) => [app, { enabled: false }])) : { enabled: false };
  const others = isMap(overrides) ? Object.entries(overrides).filter(([at]) => !isAtOrBelow(at, path)) : [];
  const left = [...others, ...(isThere ? [[path, nothing] as const] : [])];
  const elsewhere = isMap(patches) ? Object.entries(patches).flatMap(([name, patch]) => patchElsewhere(name, patch, path)) : [];
  return {
    ...file,
    content: {
      ...rest,
      ...(left.length > 0 ? { overrides: Object.fromEntries(left) } : {}),
      ...(elsewhere.length > 0 ? { patches: Object.fromEntries(elsewhere) } : {}),
    },
  };
}

function patchElsewhere(name: string, patch: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (!isMap(patch) || !Array.isArray((patch as Fields).rolledOutTo)) return [[name, patch]];
  const all = (patch as Fields).rolledOutTo as readonly unknown[];
  const rolledOutTo = all.filter((at) => !isAtOrBelow(String(at), path));
  return all.length > 0 && rolledOutTo.length === 0 ? [] : [[name, { ...(patch as Fields), rolledOutTo }]];
}
