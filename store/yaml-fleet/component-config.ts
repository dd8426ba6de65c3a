import { isDeepStrictEqual } from 'node:util';
import { type ConfigFile, type Place, placeKey } from '../../layers/config-files';
import { describe, isMap } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { ownSettings } from '../../layers/shape/app-shape';
import { yamlMetadataShape, yamlPatchMetadataShape } from '../../layers/shape/yaml-shape';
import { Suggestions } from '../../layers/text/nearest';
import { noticeKey } from './config-yaml';
import { differences } from './differences';
import { layerFields } from './layer-fields';
import type { At, Values } from './values';
import type { YamlFile } from './yaml-file';
import { type Section, sectionNames, sections, type YamlClusterType, type YamlComponent, type YamlLayer } from './yaml-fleet';

type Fields = Readonly<Record<string, unknown>>;

/** What stands at the top of a file where somebody forgot that a file may hold several apps. */
const appFields: readonly string[] = ['source', 'sources', 'destination', 'project', 'syncPolicy', 'ignoreDifferences', 'generators', 'template'];

interface App {
  readonly name: string;
  readonly section: Section;
}

/** Turns a component's files into what an app's file in TypeScript exports. */
export class ComponentConfig {
  readonly #component: YamlComponent;
  readonly #clusterType: YamlClusterType;
  readonly #values: Values;
  readonly #problems: Problem[];
  readonly #parts = new Map<string, Place>();
  readonly #later: (() => void)[] = [];
  readonly #apps: readonly App[];
  readonly #suggestions = new Suggestions();

  constructor(component: YamlComponent, clusterType: YamlClusterType, values: Values, problems: Problem[]) {
    this.#component = component;
    this.#clusterType = clusterType;
    this.#values = values;
    this.#problems = problems;
    this.#apps = this.#findApps();
  }

  /** @returns `undefined` where the component has no app */
  read(): ConfigFile | undefined {
    const { name, values } = this.#component;
    const [first, second] = this.#apps;
    if (!first) {
      const expected = '`applications: { name: … }`, `applicationsets: { name: … }` or `appprojects: { name: … }`';
      const isTold = sectionNames.some((section) => isWrong(values.content[section]));
      if (!isTold) this.#problems.push({ code: 'config-shape', message: `the component '${name}' has no app`, file: values.file, place: [], expected });
      return undefined;
    }
    const isGroup = second !== undefined;
    const own = isGroup ? { apps: Object.fromEntries(this.#apps.map((app) => [app.name, this.#base(app, ['apps', app.name])])) } : this.#base(first, []);
    const content = { ...this.#metadata(), ...own, overrides: this.#overrides(isGroup), patches: this.#patches(isGroup) };
    return { file: values.file, name: isGroup ? name : first.name, content, parts: this.#parts };
  }

  #findApps(): readonly App[] {
    const { file, content } = this.#component.values;
    const apps: App[] = [];
    for (const section of sectionNames) {
      for (const name of Object.keys(this.#section(this.#component.values, section))) {
        if (apps.some((app) => app.name === name)) {
          const hint = 'both would be rendered to one file: rename one';
          this.#problems.push({ code: 'duplicate-name', message: `the component has two apps called '${name}'`, file, place: [section, name], hint });
        } else apps.push({ name, section });
      }
    }
    this.#checkDefaults(apps);
    for (const key of Object.keys(content)) this.noticeUnread(key, this.#component.values);
    return apps;
  }

  /** Values that are no app's are there for expressions; what nobody asks for is told of. */
  noticeUnread(key: string, { file }: YamlFile): void {
    this.#later.push(() => {
      if (this.#values.asked.has(key)) return;
      if (!appFields.includes(key)) return noticeKey(key, [], [...sectionNames, 'cluster'], file, this.#problems);
      const hint = 'write the field below its app: `applications: { name: { … } }`';
      this.#problems.push({ code: 'key-unused', severity: 'warning', message: `'${key}' is not read here`, file, place: [key], hint });
    });
  }

  /** To be called when every expression was read. */
  finish(): void {
    for (const notice of this.#later) notice();
  }

  #checkDefaults(apps: readonly App[]): void {
    const { defaults } = this.#clusterType;
    if (!defaults) return;
    // Projects may have nothing in common.
    for (const section of sectionNames.filter((name) => name !== 'appprojects')) {
      const [app] = apps.filter((candidate) => candidate.section === section);
      const common = defaults.content[section];
      // A default of another type is told of where it is read.
      const isThere = isMap(common) && common.default !== undefined && common.default !== null;
      if (app === undefined || isThere) continue;
      this.#problems.push({
        code: 'defaults-missing',
        message: `the defaults of '${this.#clusterType.name}' have no '${section}.default'`,
        file: defaults.file,
        place: common === undefined ? [] : isMap(common) && 'default' in common ? [section, 'default'] : [section],
        expected: `a map of fields for every ${sections[section]}: '${app.name}' is one`,
        found: isMap(common) ? describe(common.default) : describe(common),
        hint: `write \`${section}: { default: { … } }\`; without anything in common, \`{}\``,
      });
    }
  }

  /** The apps that a file names in a section. */
  #section({ file, content }: YamlFile, section: Section): Fields {
    const found = content[section];
    if (isMap(found)) return found;
    if (isWrong(found)) {
      const problem = { message: `'${section}' has the wrong type`, expected: 'a map by the name of the app', found: describe(found) };
      this.#problems.push({ code: 'config-shape', ...problem, file, place: [section] });
    }
    return {};
  }

  #base({ name, section }: App, keys: readonly string[]): Fields {
    const { values } = this.#component;
    this.#parts.set(placeKey(keys), { file: values.file, place: [section, name] });
    const fields = this.fields(this.#section(values, section)[name], section, { file: values.file, place: [section, name] });
    return section === 'applications' ? fields : { kind: sections[section], ...fields };
  }

  /** A layer of one app, with the fields that TypeScript calls otherwise renamed. */
  fields(layer: unknown, section: Section, at: At): Fields {
    return layerFields(layer, section, at, this.#values, this.#problems);
  }

  /** A layer of the component: of its one app, or a map by app. */
  #change(file: YamlFile, keys: readonly string[], isGroup: boolean): Fields {
    const all = sectionNames.flatMap((section) =>
      Object.entries(this.#section(file, section)).flatMap(([name, fields]) => {
        const at = { file: file.file, place: [section, name] };
        if (!this.#apps.some((app) => app.name === name && app.section === section)) {
          this.#unknownApp(name, section, at);
          return [];
        }
        this.#parts.set(placeKey(isGroup ? [...keys, name] : keys), at);
        return [[name, this.fields(fields, section, at)] as const];
      }),
    );
    return isGroup ? Object.fromEntries(all) : (all[0]?.[1] ?? {});
  }

  #unknownApp(name: string, section: Section, at: At): void {
    const known = this.#apps.filter((app) => app.section === section).map((app) => app.name);
    const other = this.#apps.find((app) => app.name === name);
    this.#problems.push({
      ...at,
      code: 'unknown-app',
      message: `'${name}' is no ${sections[section]} of this component`,
      hint: other ? `it is one of its ${other.section}` : this.#suggestions.for(name, known, section),
    });
  }

  #overrides(isGroup: boolean): Fields {
    const overrides = this.#component.layers.filter(({ kind }) => kind === 'override');
    return Object.fromEntries(
      overrides.map(({ path, file }) => {
        const keys = ['overrides', path];
        this.#parts.set(placeKey(keys), { file: file.file, place: [] });
        for (const key of Object.keys(file.content)) if (key !== 'metadata') this.noticeUnread(key, file);
        return [path, this.#change(file, keys, isGroup)];
      }),
    );
  }

  #patches(isGroup: boolean): Fields {
    const byName = new Map<string, YamlLayer[]>();
    for (const layer of this.#component.layers) {
      if (layer.kind === 'patch') byName.set(layer.name, [...(byName.get(layer.name) ?? []), layer]);
    }
    return Object.fromEntries([...byName].map(([name, copies]) => [name, this.#patch(name, copies, isGroup)]));
  }

  #patch(name: string, copies: readonly YamlLayer[], isGroup: boolean): Fields {
    const [first, ...others] = copies as readonly [YamlLayer, ...YamlLayer[]];
    const keys = ['patches', name];
    this.#parts.set(placeKey(keys), { file: first.file.file, place: [] });
    this.#parts.set(placeKey([...keys, 'description']), { file: first.file.file, place: ['metadata', 'description'] });
    for (const [index, { file }] of copies.entries()) this.#parts.set(placeKey([...keys, 'rolledOutTo', String(index)]), { file: file.file, place: [] });
    this.#parts.set(placeKey([...keys, 'rolledOutTo']), { file: first.file.file, place: [] });
    for (const key of Object.keys(first.file.content)) if (key !== 'metadata') this.noticeUnread(key, first.file);
    for (const { file } of copies) this.#checkMetadata(file);
    for (const other of others) this.#compare(first.file, other.file);
    const changeKeys = [...keys, 'change'];
    this.#parts.set(placeKey(changeKeys), { file: first.file.file, place: [] });
    const change = this.#change(first.file, changeKeys, isGroup);
    const description = descriptionOf(first.file);
    return { ...(description === undefined ? {} : { description }), rolledOutTo: copies.map(({ path }) => path), change };
  }

  #checkMetadata({ file, content: { metadata } }: YamlFile): void {
    if (isMap(metadata)) for (const key of Object.keys(metadata)) noticeKey(key, ['metadata'], Object.keys(yamlPatchMetadataShape), file, this.#problems);
    else if (metadata !== undefined && metadata !== null) {
      const problem = { message: "'metadata' has the wrong type", expected: 'a map with `description`', found: describe(metadata) };
      this.#problems.push({ code: 'config-shape', ...problem, file, place: ['metadata'] });
    }
  }

  /** Copies of a patch are one patch. */
  #compare(first: YamlFile, other: YamlFile): void {
    if (first.content === other.content) return;
    const { metadata: _, ...change } = first.content;
    const { metadata: __, ...otherChange } = other.content;
    const found = differences(change, otherChange);
    const [nearest] = found;
    if (nearest) {
      const shown = found.slice(0, 5).map(({ path, first: one, other: two }) => `${path.join('.')}: ${one} there, ${two} here`);
      this.#problems.push({
        code: 'copies-differ',
        message: `the copy of the patch differs from the one in ${first.file}`,
        file: other.file,
        place: nearest.path,
        expected: 'the same change wherever a patch sits',
        found: `${shown.join('; ')}${found.length > 5 ? `; and ${found.length - 5} more` : ''}`,
        hint: 'make them equal, or give one of them another name',
      });
    } else if (!isDeepStrictEqual(descriptionOf(first), descriptionOf(other))) {
      const message = `the copy has another description than the one in ${first.file}, which is used`;
      this.#problems.push({ code: 'copies-differ', severity: 'notice', message, file: other.file, place: ['metadata', 'description'] });
    }
  }

  #metadata(): Fields {
    const { metadata } = this.#component;
    if (!metadata) return {};
    const { file, content } = metadata;
    for (const key of Object.keys(content)) noticeKey(key, [], Object.keys(yamlMetadataShape), file, this.#problems);
    for (const key of about) this.#parts.set(placeKey([key]), { file, place: [key] });
    return Object.fromEntries(about.flatMap((key) => (content[key] === undefined || content[key] === null ? [] : [[key, content[key]]])));
  }
}

/** What `metadata.yaml` says of a component that is not its name: what a file in TypeScript says under the same keys. */
const about: readonly string[] = Object.keys(ownSettings);

/** Whether a section is neither a map nor empty. */
function isWrong(section: unknown): boolean {
  return section !== undefined && section !== null && !isMap(section);
}

function descriptionOf({ content }: YamlFile): unknown {
  return (isMap(content.metadata) ? content.metadata.description : undefined) ?? undefined;
}
