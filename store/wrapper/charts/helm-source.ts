import { TemplateError } from '../go-syntax';
import { unknownIn } from '../go-template';
import type { Layout, LayoutFile } from '../layout';
import { asMap, asText, type Data } from '../values';

/** The source of an Application that installs a chart of ours. */
export function helmSource(spec: Data): Data | undefined {
  return sourcesOf(spec).find(({ helm }) => helm !== undefined);
}

function sourcesOf({ sources, source }: Data): readonly Data[] {
  return (Array.isArray(sources) ? sources : [source]).map(asMap);
}

/** The folder of a chart in the layout. @param name what it is called there, where it comes from elsewhere */
export function chartFolder({ path }: Data, layout: Layout, name: string): string {
  const said = asText(path);
  return said !== undefined && layout.hasFolder(said) ? said : `charts/${name}`;
}

/** The files of values of a source that are there, and its own values over them. */
export function valuesOf({ helm }: Data, layout: Layout): { readonly files: readonly LayoutFile[]; readonly own: Data } {
  const { valueFiles, valuesObject } = asMap(helm);
  const paths = (Array.isArray(valueFiles) ? valueFiles : []).map((file) => String(file).replace(/^\$[^/]*\//, ''));
  const strange = paths.flatMap((path) => unknownIn(path) ?? [])[0];
  if (strange !== undefined) throw new TemplateError(`files of values depend on what Git does not know: ${strange}`);
  return { files: paths.flatMap((path) => layout.yaml(path) ?? []), own: asMap(valuesObject) };
}

/** Lists what an Application deploys beside the chart that is read of it. */
export function sayFurtherSources(spec: Data, by: LayoutFile, layout: Layout): void {
  const read = helmSource(spec);
  for (const one of sourcesOf(spec)) {
    if (one === read || (one.path === undefined && one.chart === undefined)) continue;
    const text = [one.repoURL, one.chart ?? one.path, one.targetRevision].flatMap((part) => asText(part) ?? []).join(' ');
    layout.say({ file: by.file, text, reason: 'a further source beside the chart: it is not carried over, make a component of what it deploys' });
  }
}
