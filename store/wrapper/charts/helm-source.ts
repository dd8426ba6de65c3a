import { parse } from 'yaml';
import { isMap } from '../../../layers/plain-data';
import { TemplateError } from '../go-syntax';
import { unknownIn } from '../go-template';
import type { Layout, LayoutFile } from '../layout';
import { asMap, asText, type Data, isNothing, mergedAll } from '../values';
import { sayAt } from './who-says';

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

/** Of what an Application says of Helm, what is read here, and what says nothing of values. */
const readFields = new Set(['valueFiles', 'ignoreMissingValueFiles', 'releaseName', 'values', 'valuesObject', 'parameters']);

/**
 * The files of values of a source that are there, and its own values over them, as Argo CD gives them to Helm: `valuesObject` in
 * the place of `values`, and parameters over both.
 *
 * @param by the ApplicationSet that says the source
 * @throws TemplateError
 */
export function valuesOf({ helm }: Data, by: LayoutFile, layout: Layout): { readonly files: readonly LayoutFile[]; readonly own: Data } {
  const said = asMap(helm);
  const { valueFiles, valuesObject, values, parameters } = said;
  for (const field of ['valueFiles', 'parameters'] as const) {
    if (!isNothing(said[field]) && !Array.isArray(said[field])) throw new TemplateError(`\`helm.${field}\` of what installs the chart is no list`);
  }
  if (!isNothing(valuesObject) && !isMap(valuesObject)) throw new TemplateError('`helm.valuesObject` of what installs the chart is no map');
  const paths = (Array.isArray(valueFiles) ? valueFiles : []).map((file) => String(file).replace(/^\$[^/]*\//, ''));
  const strange = paths.flatMap((path) => unknownIn(path) ?? [])[0];
  if (strange !== undefined) throw new TemplateError(`files of values depend on what Git does not know: ${strange}`);
  for (const [field, value] of Object.entries(said)) {
    const reason = `'helm.${field}' of what installs the chart is not read: what it says is not carried over`;
    if (!readFields.has(field) && !isNothing(value)) sayAt(layout, { files: [], installedBy: by }, [field], undefined, reason);
  }
  const own = valuesObject === undefined || valuesObject === null ? parsedValues(values) : asMap(valuesObject);
  const set = (Array.isArray(parameters) ? parameters : []).map((one) => parameter(asMap(one)));
  return { files: paths.flatMap((path) => layout.yaml(path) ?? []), own: mergedAll([own, ...inOrder(set)]) };
}

function parsedValues(text: unknown): Data {
  if (isNothing(text)) return {};
  try {
    const values: unknown = parse(String(text), { maxAliasCount: 0, schema: 'core' });
    if (isMap(values) || isNothing(values)) return asMap(values);
  } catch {
    // As what is no map.
  }
  throw new TemplateError('`helm.values` of what installs the chart is no map of YAML');
}

interface Parameter {
  readonly isText: boolean;
  readonly values: Data;
}

/** Helm sets texts after all others. */
function inOrder(parameters: readonly Parameter[]): readonly Data[] {
  return [...parameters.filter(({ isText }) => !isText), ...parameters.filter(({ isText }) => isText)].map(({ values }) => values);
}

/** What `--set` makes of a parameter of Argo CD, which escapes commas: dots part keys, and a value is a number or a boolean where it looks like one. */
function parameter({ name, value, forceString }: Data): Parameter {
  const isText = forceString === true;
  const text = asText(value) ?? String(value ?? '');
  const path = String(name)
    .split(/(?<!\\)\./)
    .map((key) => key.replaceAll('\\', ''));
  if (/[[\]{},]/.test(String(name)) || /^\{.*\}$/.test(text)) throw new TemplateError(`the parameter '${String(name)}' sets a list, which is not read`);
  const last = isText ? text : typed(text);
  return { isText, values: asMap(path.reduceRight<unknown>((below, key) => ({ [key]: below }), last)) };
}

/** As Helm reads it (pkg/strvals, typedVal). */
function typed(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^(?:0|-?[1-9][0-9]*)$/.test(text) ? Number(text) : text;
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
