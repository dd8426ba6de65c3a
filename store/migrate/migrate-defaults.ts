import { isMap } from 'yaml';
import type { Entry } from '../typescript/source-tree';
import { defaultsKeys, sectionNames, type YamlClusterType } from '../yaml-fleet/yaml-fleet';
import { allOf, fieldsSource } from './layer-source';
import { importLine, type SourceFile, type SourceFiles } from './source-files';

/** `defaults.yaml` as `defaults.ts`. */
export function migrateDefaults({ defaults, name }: YamlClusterType, files: SourceFiles): SourceFile | undefined {
  if (!defaults) return undefined;
  const source = files.source(defaults);
  const top = source.document.contents;
  const entries = sectionNames.flatMap((section): readonly Entry[] => {
    const pair = source.pair(top, section);
    const common = source.resolve(pair?.value);
    const layer = source.pair(common, 'default');
    if (!pair || !layer || !isMap(common) || !isMap(source.resolve(layer.value))) return [];
    const above = [pair, layer].flatMap((one) => allOf(source.about(one))).filter((number) => !source.head.includes(number));
    const fields = fieldsSource(source, layer.value, section, [section, 'default']);
    const end = [...(fields.end ?? []), ...(source.end(common).end ?? [])];
    return [{ key: defaultsKeys[section], value: { ...fields, expanded: true, end }, before: above }];
  });
  return {
    path: `${name}/defaults.ts`,
    text: files.text({
      imports: [importLine(['type ClusterTypeConfig'], files.uses)],
      before: source.head,
      open: 'export default ',
      body: { kind: 'map', expanded: true, entries, end: isMap(top) ? source.end(top).end : [] },
      close: ' satisfies ClusterTypeConfig;',
    }),
  };
}
