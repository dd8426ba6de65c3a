import { isMap } from 'yaml';
import type { YamlFile } from '../yaml-fleet/yaml-file';
import { allOf } from './layer-source';
import { importLine, type SourceFile, type SourceFiles } from './source-files';

/** `exemptions.yaml` as `exemptions.ts`. */
export function migrateExemptions(file: YamlFile | undefined, files: SourceFiles): SourceFile | undefined {
  if (!file) return undefined;
  const source = files.source(file);
  const top = source.document.contents;
  const pair = source.pair(top, 'exemptions');
  const comments = pair ? allOf(source.about(pair)).filter((number) => !source.head.includes(number)) : [];
  const end = isMap(top) ? (source.end(top).end ?? []) : [];
  const list = source.data(pair?.value ?? null);
  return {
    path: 'exemptions.ts',
    text: files.text({
      imports: [importLine(['defineExemptions'], files.uses)],
      before: [...source.head, ...comments],
      open: 'export default defineExemptions(',
      body: list.kind === 'list' ? { ...list, end: [...(list.end ?? []), ...end] } : list,
      close: ');',
    }),
  };
}
