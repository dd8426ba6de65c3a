import type { Entry, Item, Source } from '../typescript/source-tree';
import { sections, type YamlComponent, type YamlLayer } from '../yaml-fleet/yaml-fleet';
import type { FilePlan } from './file-names';
import { type AppLayer, allOf, changeSource, layerSource } from './layer-source';
import { type MetadataSource, metadataSource } from './metadata-source';
import { importLine, type SourceFile, type SourceFiles } from './source-files';
import type { YamlSource } from './yaml-source';

/** A component as one file: its one app, or all of its apps and what they share. */
export function migrateComponent(component: YamlComponent, { name, isGroup }: FilePlan, files: SourceFiles, folder: string): SourceFile {
  const { apps, above, end } = layerSource(files.source(component.values), isGroup);
  const about = metadata(component, apps, files);
  const overrides = component.layers.filter(({ kind }) => kind === 'override').flatMap((layer) => override(layer, files, isGroup));
  const patches = patchesOf(component).map((copies) => patch(copies, files, isGroup));
  const layers = [...expanded('overrides', overrides), ...expanded('patches', patches)];
  const [app] = apps;
  const group = expanded(
    'apps',
    apps.map((one) => ({ key: one.name, value: { kind: 'map', expanded: true, entries: base(one), end: one.fields.end }, ...one.comments })),
  );
  const own = isGroup ? [...about.entries, ...group] : app ? [...kindOf(app), ...about.entries, ...app.fields.entries] : about.entries;
  // What stands at the end of the app's fields stays there.
  const last = [...(isGroup ? [] : (app?.fields.end ?? [])), ...end];
  const [first, ...others] = layers;
  const body: Source = {
    kind: 'map',
    expanded: true,
    entries: [...own, ...(first ? [{ ...first, before: last }, ...others] : [])],
    end: first ? [] : last,
  };
  const types = isGroup ? ['defineApps'] : ['type FleetAppConfig'];
  return {
    path: `${folder}/${name}.ts`,
    text: files.text({
      imports: [importLine(types, files.uses)],
      before: [...above, ...about.above],
      open: isGroup ? 'export default defineApps(' : 'export default ',
      body,
      close: isGroup ? ');' : ' satisfies FleetAppConfig;',
    }),
  };
}

function expanded(key: string, entries: readonly Entry[]): readonly Entry[] {
  return entries.length > 0 ? [{ key, value: { kind: 'map', expanded: true, entries } }] : [];
}

function base(app: AppLayer): readonly Entry[] {
  return [...kindOf(app), ...app.fields.entries];
}

function kindOf({ section }: AppLayer): readonly Entry[] {
  return section === 'applications' ? [] : [{ key: 'kind', value: { kind: 'value', value: sections[section] } }];
}

function metadata({ metadata: file, name }: YamlComponent, apps: readonly AppLayer[], files: SourceFiles): MetadataSource {
  if (!file) return { entries: [], above: [] };
  const source = files.source(file);
  return metadataSource(source, source.document.contents, files, ['description', 'owners', 'notSecret', 'silence'], [name, ...apps.map((app) => app.name)]);
}

/** @returns nothing for a file that says nothing of an app: its values were for expressions */
function override({ path, file }: YamlLayer, files: SourceFiles, isGroup: boolean): readonly Entry[] {
  const source = files.source(file);
  const layer = layerSource(source, isGroup);
  const value = changeSource(layer, isGroup);
  const before = [...layer.above, ...layerMetadata(source, files, []).above];
  return value.entries.length > 0 || before.length > 0 || value.end?.length ? [{ key: path, value, before }] : [];
}

function patchesOf({ layers }: YamlComponent): readonly (readonly YamlLayer[])[] {
  const byName = new Map<string, YamlLayer[]>();
  for (const layer of layers) if (layer.kind === 'patch') byName.set(layer.name, [...(byName.get(layer.name) ?? []), layer]);
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, copies]) => copies);
}

function patch(copies: readonly YamlLayer[], files: SourceFiles, isGroup: boolean): Entry {
  const [first] = copies as readonly [YamlLayer];
  const source = files.source(first.file);
  const layer = layerSource(source, isGroup);
  const said = layerMetadata(source, files, ['description']);
  const items = copies.map(({ path, file }): Item => {
    // What only this copy says can only be about the place where it sits.
    return { value: { kind: 'value', value: path }, before: file === first.file ? [] : files.commentsOfCopy(file, first.file) };
  });
  return {
    key: first.name,
    value: {
      kind: 'map',
      expanded: true,
      entries: [...said.entries, { key: 'rolledOutTo', value: { kind: 'list', items } }, { key: 'change', value: changeSource(layer, isGroup) }],
    },
    before: [...layer.above, ...said.above],
  };
}

/** What an override or a patch says of itself. */
function layerMetadata(source: YamlSource, files: SourceFiles, fields: readonly string[]): MetadataSource {
  const pair = source.pair(source.document.contents, 'metadata');
  if (!pair) return { entries: [], above: [] };
  const { entries, above } = metadataSource(source, pair.value, files, fields);
  return { entries, above: [...allOf(source.about(pair)).filter((number) => !source.head.includes(number)), ...above] };
}
