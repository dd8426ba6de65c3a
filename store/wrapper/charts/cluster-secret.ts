import { TemplateError } from '../go-syntax';
import { unknownIn } from '../go-template';
import { secretKeys, strangeKeys } from '../known-keys';
import type { Layout, LayoutFile } from '../layout';
import type { WrapperMember } from '../members';
import { asMap, asText, asTexts, type Data, isNothing, mergedAll } from '../values';
import { chartFolder, helmSource, sayFurtherSources, valuesOf } from './helm-source';
import { type Merged, sayAt } from './who-says';

/** What the chart of cluster secrets is given for a spoke. */
export interface RegisteredSpoke {
  readonly member: WrapperMember;
  /** The folder of the chart. */
  readonly chart: string;
}

const what = 'externalSecret';

/**
 * @param file that names the spoke
 * @param by the ApplicationSet that registers it
 * @param spec of the Application that it makes
 * @returns why there is no such cluster, where there is none
 * @throws TemplateError
 */
export function registeredSpoke(file: LayoutFile, by: LayoutFile, spec: Data, hub: string, layout: Layout): RegisteredSpoke | string {
  const source = helmSource(spec);
  if (!source) return 'no ApplicationSet registers it';
  sayFurtherSources(spec, by, layout);
  const chart = chartFolder(source, layout, 'fleet-secret');
  if (asText(source.path) !== chart) sayElsewhere(source, chart, by, layout);
  const { files, own } = valuesOf(source, by, layout);
  const defaults = layout.yaml(`${chart}/values.yaml`);
  const values = mergedAll([defaults?.content, ...files.map(({ content }) => content), own]);
  const merged: Merged = { files: [...(defaults ? [defaults] : []), ...files], installedBy: by };
  saySecretKeys(values, merged, layout);
  const said = asMap(values[what]);
  if (said.enabled !== undefined && String(said.enabled) !== 'true') return `'${what}.enabled' is not true, so that it gets no secret`;
  const labels = textsOf(said.labels, 'labels', merged, layout);
  const { tenant, environment } = { tenant: labels.tenant ?? '', environment: labels.environment ?? '' };
  if (tenant === '' || environment === '') return `it gets no label '${tenant === '' ? 'tenant' : 'environment'}', which says where in the fleet it is`;
  const secret = asText(said.secretManagerSecretName);
  if (secret === undefined)
    layout.say({ file: file.file, place: ['secretManagerSecretName'], reason: 'nothing says the name of its entry in the secret manager' });
  const name = asText(said.clusterName) ?? file.path.replace(/.*\/(.*)\.ya?ml$/, '$1');
  return {
    chart,
    member: {
      name,
      kind: 'spoke',
      hub,
      tenant,
      environment,
      file: file.file,
      secret: secret ?? name,
      store: { name: asText(said.secretStoreRefName) ?? 'fleet', kind: asText(said.secretStoreRefKind) ?? 'SecretStore' },
      isRemote: labels.use_remote_argo === 'true',
      labels: { fleet_member: 'spoke', ...labels },
      annotations: textsOf(said.annotations, 'annotations', merged, layout),
    },
  };
}

function sayElsewhere(source: Data, chart: string, by: LayoutFile, layout: Layout): void {
  const elsewhere = [source.chart, source.path, source.targetRevision].flatMap((part) => asText(part) ?? []).join(' ');
  const read = layout.hasFolder(chart) ? `'${chart}' is read in its place` : 'what its templates say is not known';
  layout.say({ file: by.file, reason: `the chart of the registration is elsewhere (${elsewhere}): ${read}` });
}

/** Lists what values say of cluster secrets that is not carried over. */
export function saySecretKeys(values: Data, merged: Merged, layout: Layout): void {
  const filled = { ...values, [what]: Object.fromEntries(Object.entries(asMap(values[what])).filter(([, value]) => !isNothing(value))) };
  for (const { place, reason } of strangeKeys(filled, secretKeys, 'argocd', 'of the registration')) sayAt(layout, merged, place, undefined, reason);
}

/** Which annotations say where the layout is: what Git does not know of them, the fleet says. */
const isPlumbing = (key: string) => /_repo_(?:url|revision|basepath)$/.test(key);

/** Labels or annotations, as far as they are known; the others are listed. */
export function textsOf(said: unknown, field: 'labels' | 'annotations', merged: Merged, layout: Layout): { readonly [key: string]: string } {
  const texts = asTexts(said);
  const known: { [key: string]: string } = {};
  for (const [key, value] of Object.entries(asMap(said))) {
    const text = texts[key] as string;
    const unknown = unknownIn(text);
    const leave = (reason: string) => sayAt(layout, merged, [what, field, key], typeof value === 'object' ? undefined : text, reason);
    if (value === null || typeof value === 'object') leave(`'${key}' of the ${field} is no text: it is left out`);
    else if (unknown === undefined) known[key] = text;
    else if (!isPlumbing(key)) leave(`'${key}' of the ${field} is left out: Git does not know the ${unknown} of the hub, which says it`);
  }
  return known;
}

/** @throws anything else */
export function templateReason(cause: unknown): string {
  if (!(cause instanceof TemplateError)) throw cause;
  return cause.message;
}
