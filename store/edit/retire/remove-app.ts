import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { ConfigFile } from '../../../layers/config-files';
import { isMap } from '../../../layers/plain-data';
import { removeEntry } from '../../typescript/remove-entry';
import { parseYaml } from '../../yaml/parse-yaml';
import { removeYaml } from '../../yaml/remove-yaml';
import type { Edits } from '../edits';

/** Where an app is written down. */
export interface WrittenApp {
  readonly file: ConfigFile;
  readonly app: string;
  /** Whether its file holds others, too. */
  readonly isGroup: boolean;
}

/** Takes an app out of the configuration: its file or folder, or of a file of several what is said of it. @returns the files, as messages name them */
export function removeApp(edits: Edits, { file, app, isGroup }: WrittenApp): readonly string[] {
  if (file.file.endsWith('.yaml')) return isGroup ? removeYamlMember(edits, file.file, app) : removeFiles(edits, yamlFiles(dirname(file.file)));
  return isGroup ? removeMember(edits, file, app) : removeFiles(edits, [file.file]);
}

function removeFiles(edits: Edits, files: readonly string[]): readonly string[] {
  for (const file of files) edits.remove(file);
  return files;
}

type Fields = { readonly [key: string]: unknown };

/** What a file of several says of one of them; a layer that says nothing of another goes with it. */
function removeMember(edits: Edits, { file, content }: ConfigFile, app: string): readonly string[] {
  const { overrides, patches } = content as Fields;
  const of = (value: unknown) => (isMap(value) ? Object.entries(value as Fields) : []);
  const isAlone = (value: unknown) => of(value).every(([name]) => name === app);
  const places = [
    ['apps', app],
    ...of(overrides).flatMap(([path, layer]) => (isMap(layer) && app in (layer as Fields) ? [['overrides', path, app]] : [])),
    ...of(patches).flatMap(([name, patch]) => {
      const change = (patch as Fields).change;
      if (!isMap(change) || !(app in (change as Fields))) return [];
      return [isAlone(change) ? ['patches', name] : ['patches', name, 'change', app]];
    }),
  ];
  for (const place of places) edits.write(file, removeEntry(edits.read(file), place, `take \`${place.join('.')}\` out`));
  return [file];
}

const sections = ['applications', 'applicationsets', 'appprojects'];

/** The same of a component in YAML, whose layers are files; one that says nothing of another goes. */
function removeYamlMember(edits: Edits, valuesFile: string, app: string): readonly string[] {
  return yamlFiles(dirname(valuesFile)).flatMap((file) => {
    const content: unknown = parseYaml(edits.read(file).text).toJS();
    const said = isMap(content) ? (content as Fields) : {};
    const section = sections.find((one) => isMap(said[one]) && app in (said[one] as Fields));
    if (section === undefined) return [];
    const others = sections.flatMap((one) => (isMap(said[one]) ? Object.keys(said[one] as Fields) : [])).filter((name) => name !== app);
    if (others.length === 0) edits.remove(file);
    else edits.write(file, removeYaml(edits.read(file), [section, app], `take \`${section}.${app}\` out`));
    return [file];
  });
}

/** The files of a component. */
function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => join(folder, file));
}

/** The files of a fleet in YAML that say something of a node, or of what is below it. @param components their folders */
export function layerFilesBelow(components: readonly string[], path: string): readonly string[] {
  return components.flatMap((folder) => yamlFiles(folder).filter((file) => `${relative(folder, file).split(sep).join('/')}/`.startsWith(`${path}/`)));
}
