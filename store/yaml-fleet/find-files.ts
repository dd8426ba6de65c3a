import { join, parse } from 'node:path';
import { FleetError, isError, type Problem } from '../../layers/problem';
import { nearest, Suggestions } from '../../layers/text/nearest';
import { ConfigFolders, type FolderEntry, leadsOut } from '../files/config-folder';
import { shown } from '../files/paths';
import { notRegular } from '../files/read-file';
import { type ConfigYaml, hubsInYaml, readConfigYaml } from './config-yaml';
import { YamlReader } from './yaml-file';
import type { YamlClusterType, YamlComponent, YamlFleet, YamlLayer } from './yaml-fleet';

/** What each kind of file is for, in words. */
const purpose = {
  config: '`sequence`, and `cluster_types`',
  exemptions: '`exemptions`: a list of { rule, app, path, reason, owner, until }',
  defaults: '`applications.default`, `applicationsets.default`, `appprojects.default`, as far as its apps need them',
  values: '`applications: { name: … }`, `applicationsets: { name: … }` or `appprojects: { name: … }`',
  metadata: '`name`, `description`, `owners`, `notSecret`, `silence`',
  layer: '`applications: { name: … }`, `applicationsets: { name: … }` or `appprojects: { name: … }` with what is different here',
} as const;

/**
 * Finds and reads every file of a fleet in YAML. A file that means nothing is told of, a folder that means nothing below a
 * component is a mistake: somebody believes that it is read.
 *
 * @param root absolute; `config.yaml` is in it
 * @returns no fleet where `config.yaml` cannot be read, or says one that has no form in YAML
 */
export function findFiles(root: string): { readonly fleet?: YamlFleet; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const reader = new YamlReader(problems);
  const folders = new UsableFolders(root, problems);
  const entries = folders.entries(root);
  const config = entries.some(({ name }) => name === 'config.yaml') ? reader.read(join(root, 'config.yaml'), purpose.config) : undefined;
  if (!config) return { problems };
  const hubs = hubsInYaml(config);
  if (hubs) return { problems: [hubs] };
  const layout = readConfigYaml(config, problems);
  const hasExemptions = entries.some(({ name, kind }) => kind === 'file' && name === 'exemptions.yaml');
  const exemptions = hasExemptions ? reader.read(join(root, 'exemptions.yaml'), purpose.exemptions) : undefined;
  const clusterTypes = new Finder(root, layout, reader, folders).clusterTypes(entries);
  const { dimensions, nodes, paths } = layout;
  return { fleet: { root, config, exemptions, dimensions, nodes, paths, clusterTypes, problems }, problems };
}

/** Files that lie at the top. */
const besideConfig = ['config.yaml', 'exemptions.yaml'];

const noCode = "a fleet in YAML is data, and no code of it runs: rules of a fleet's own need a fleet in TypeScript (`npx fleet migrate`)";

class Finder {
  readonly #root: string;
  readonly #layout: ConfigYaml;
  readonly #reader: YamlReader;
  readonly #problems: Problem[];
  /** Where each path stands in the sequence. */
  readonly #paths: ReadonlyMap<string, number>;

  readonly #folders: UsableFolders;
  readonly #suggestions = new Suggestions();

  constructor(root: string, layout: ConfigYaml, reader: YamlReader, folders: UsableFolders) {
    this.#folders = folders;
    this.#root = root;
    this.#layout = layout;
    this.#reader = reader;
    this.#problems = reader.problems;
    this.#paths = new Map(layout.paths.map((path, index) => [path, index]));
  }

  /** @param entries what lies beside `config.yaml` */
  clusterTypes(entries: readonly FolderEntry[]): readonly YamlClusterType[] {
    const folders = entries.filter(({ kind }) => kind === 'folder');
    const all = folders.filter(({ name }) => !name.startsWith('.')).map(({ name }, index) => ({ name, index }));
    const named = this.#layout.clusterTypes ?? all;
    const wanted = named.map(({ name }) => name);
    const missing = wanted.filter((name) => folders.every((folder) => folder.name !== name));
    for (const { name, path, kind } of entries) {
      if (kind === 'file' && /^rules\.[cm]?[jt]s$/.test(name)) this.#unused(path, 'the file', undefined, noCode, true);
      else if (kind === 'file' && !besideConfig.includes(name)) this.#unused(path, 'the file', nearest(name, besideConfig));
      if (kind === 'folder' && !wanted.includes(name))
        this.#unused(path, 'the folder', nearest(name, missing), 'name it in `cluster_types` if it is a cluster type');
    }
    return named.flatMap(({ name, index }, at) => {
      // The name is only looked for in the folder: none leads out of it.
      const folder = folders.find((entry) => entry.name === name);
      if (folder) return wanted.indexOf(name) === at ? [this.#clusterType(folder)] : this.#twice(name, index);
      this.#problems.push({
        code: 'config-missing',
        message: `the cluster type '${name}' has no folder`,
        file: shown(join(this.#root, 'config.yaml')),
        place: ['cluster_types', String(index)],
        expected: `a folder of this name beside config.yaml`,
        hint: this.#suggestions.for(
          name,
          folders.map((entry) => entry.name),
          'folders',
        ),
      });
      return [];
    });
  }

  #twice(name: string, index: number): readonly [] {
    const file = shown(join(this.#root, 'config.yaml'));
    const place = ['cluster_types', String(index)];
    this.#problems.push({ code: 'duplicate-name', message: `the cluster type '${name}' stands there twice`, file, place, hint: 'remove one of the two' });
    return [];
  }

  #clusterType({ name, path }: FolderEntry): YamlClusterType {
    const before = this.#problems.length;
    const entries = this.#folders.entries(path);
    const components = entries.flatMap((entry): readonly YamlComponent[] => {
      if (entry.kind === 'folder') return this.#folder(entry);
      if (entry.name !== 'defaults.yaml') {
        this.#unused(entry.path, 'the file', nearest(entry.name, ['defaults.yaml']));
      }
      return [];
    });
    const hasDefaults = entries.some((entry) => entry.kind === 'file' && entry.name === 'defaults.yaml');
    if (!hasDefaults) {
      this.#problems.push({
        code: 'defaults-missing',
        message: `the cluster type '${name}' has no defaults`,
        file: shown(join(path, 'defaults.yaml')),
        expected: '`applications.default` and `applicationsets.default` of all its apps',
      });
    }
    const defaults = hasDefaults ? this.#reader.read(join(path, 'defaults.yaml'), purpose.defaults) : undefined;
    const unread = this.#problems.slice(before).flatMap((problem) => (problem.file !== undefined && isError(problem) ? parse(problem.file).name : []));
    return { name, folder: shown(path), defaults, components, unread };
  }

  /** A folder of a cluster type: a component, if it has values. */
  #folder({ name, path }: FolderEntry): readonly YamlComponent[] {
    const entries = this.#folders.entries(path);
    const files = entries.flatMap((entry) => (entry.kind === 'file' ? [entry.name] : []));
    if (files.includes('values.yaml')) return this.#component(name, path, entries);
    const near = nearest('values.yaml', files);
    const layer = this.#anyLayer(entries);
    if (layer !== undefined) {
      // Without it the app would be removed from every cluster, and what is left says that nobody meant that.
      this.#problems.push({
        code: 'config-missing',
        message: `the component '${name}' has overrides or patches, but no values.yaml`,
        file: shown(join(path, near ?? 'values.yaml')),
        expected: 'values.yaml beside them, or no file of the component at all',
        found: shown(layer),
        hint: near === undefined ? 'give it its values.yaml back; to remove the component, remove its folder' : `rename ${near} to values.yaml`,
      });
      return [];
    }
    // A folder of notes is nobody's mistake; one with a file of nearly that name may be.
    this.#unused(
      path,
      'the folder',
      undefined,
      near === undefined ? 'a component has values.yaml' : `a component has values.yaml: rename ${near}`,
      near !== undefined,
    );
    return [];
  }

  /** The first file that only a component has: an override or a patch, in a folder of a dimension path or beside them. */
  #anyLayer(entries: readonly FolderEntry[], above = ''): string | undefined {
    for (const { name, path, kind } of entries) {
      if (kind === 'file' && layerName(name) !== undefined) return path;
      const deeper = `${above}${name}`;
      const found = kind === 'folder' && this.#paths.has(deeper) ? this.#anyLayer(this.#folders.entries(path), `${deeper}/`) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #component(name: string, path: string, entries: readonly FolderEntry[]): readonly YamlComponent[] {
    const layers: YamlLayer[] = [];
    let hasMetadata = false;
    for (const entry of entries) {
      if (entry.kind === 'folder') this.#dimension(entry, entry.name, layers);
      else if (entry.name === 'metadata.yaml') hasMetadata = true;
      else if (layerName(entry.name) !== undefined)
        this.#unused(entry.path, 'the file', undefined, 'overrides and patches sit in the folder of a dimension path: move it there', true);
      else if (entry.name !== 'values.yaml') this.#unused(entry.path, 'the file', nearest(entry.name, ['values.yaml', 'metadata.yaml']));
    }
    const values = this.#reader.read(join(path, 'values.yaml'), purpose.values);
    const metadata = hasMetadata ? this.#reader.read(join(path, 'metadata.yaml'), purpose.metadata) : undefined;
    layers.sort((a, b) => (this.#paths.get(a.path) ?? 0) - (this.#paths.get(b.path) ?? 0));
    return values ? [{ name, folder: shown(path), values, metadata, layers }] : [];
  }

  /** A folder below a component, which has to be a dimension path. */
  #dimension({ path: folder }: FolderEntry, path: string, layers: YamlLayer[]): void {
    if (!this.#paths.has(path)) {
      this.#problems.push({
        code: 'folder-stray',
        message: `'${path}' is no dimension path`,
        file: shown(folder),
        expected: `a path of the hierarchy: ${this.#layout.dimensions.map(({ singular }) => singular).join('/')}`,
        hint: this.#suggestions.for(path, this.#paths.keys(), 'paths'),
      });
      return;
    }
    for (const entry of this.#folders.entries(folder)) {
      const name = layerName(entry.name);
      if (entry.kind === 'folder') this.#dimension(entry, `${path}/${entry.name}`, layers);
      else if (name === undefined) this.#unused(entry.path, 'the file', nearLayer(entry.name));
      else {
        const file = this.#reader.read(entry.path, purpose.layer);
        if (file) layers.push({ kind: name === 'override' ? 'override' : 'patch', name, path, file });
      }
    }
  }

  /** @param isDoubtful whether somebody may well believe that it is read */
  #unused(path: string, noun: string, near: string | undefined, hint?: string, isDoubtful = near !== undefined): void {
    this.#problems.push({
      code: 'file-unused',
      severity: isDoubtful ? 'warning' : 'notice',
      message: `${noun} is not read`,
      file: shown(path),
      hint: near === undefined ? hint : `did you mean '${near}'?`,
    });
  }
}

/** The folders of a configuration, without what is never read: links that lead nowhere or out of it, pipes, sockets and devices. */
class UsableFolders {
  readonly #root: string;
  readonly #problems: Problem[];
  readonly #folders = new ConfigFolders();

  constructor(root: string, problems: Problem[]) {
    this.#root = root;
    this.#problems = problems;
  }

  entries(folder: string): readonly FolderEntry[] {
    try {
      return this.#folders.entries(folder).filter((entry) => this.#isUsable(entry));
    } catch (cause) {
      if (!(cause instanceof FleetError)) throw cause;
      this.#problems.push(...cause.problems);
      return [];
    }
  }

  #isUsable({ path, kind, special, isLink }: FolderEntry): boolean {
    const isOutward = isLink && kind !== 'dangling' && leadsOut(path, this.#root);
    if (kind === 'dangling' || isOutward) {
      this.#problems.push({
        code: 'symlink',
        message: isOutward ? 'the link leads out of the configuration' : 'the link leads nowhere',
        file: shown(path),
        hint: isOutward ? 'put a copy there: what lies outside is not reviewed with the fleet' : 'mend it, or remove it',
      });
    } else if (special !== undefined) this.#problems.push(...notRegular(path, special).problems);
    else return true;
    return false;
  }
}

/** The name of an override's or a patch's file without its ending. */
function layerName(name: string): string | undefined {
  return /^(override|patch-.+)\.yaml$/.exec(name)?.[1];
}

/** What somebody who gave a file this name may have meant. */
function nearLayer(name: string): string | undefined {
  if (name === 'values.yaml') return 'override.yaml';
  const [, patch] = /^patch[-_ .]?(.*)\.ya?ml$/i.exec(name) ?? [];
  if (patch !== undefined) return `patch-${patch === '' ? '001' : patch}.yaml`;
  return nearest(name, ['override.yaml']);
}
