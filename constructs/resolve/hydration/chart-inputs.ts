import { chartIdOf, isOnlyNamed } from '../../../layers/charts/chart-id';
import type { ChartInput } from '../../../layers/charts/chart-input';
import { openedInfo } from '../../../layers/charts/opened-chart';
import type { Plain } from '../../../layers/layer';
import { type Branch, plainOf, tryChild } from '../../../layers/node';
import type { Manifest } from '../../../layers/output';
import { hasToken, someString, type Token, tokensInJson, tokensOf } from '../../../layers/text/token';
import { isMap, type Remark, type Spec } from '../../argocd/manifest-rule';
import { filesOf } from './input-files';
import { kustomizeTold, kustomizeUntold } from './kustomize-told';

/** The charts of an app that is opened, or why it cannot be. */
export interface Hydration {
  readonly inputs: readonly ChartInput[];
  readonly remarks: readonly Remark[];
  /** What only the cluster knows of what they are told. */
  readonly tokens: readonly Token[];
  /** What the Application says of them. */
  readonly info: readonly Plain[];
}

/** What of a source is a Helm chart's, and what becomes of it here. */
const helmFields: Readonly<Record<string, 'taken' | 'nothing'>> = {
  fileParameters: 'taken',
  valueFiles: 'taken',
  apiVersions: 'taken',
  ignoreMissingValueFiles: 'taken',
  kubeVersion: 'taken',
  namespace: 'taken',
  parameters: 'taken',
  // Who may be asked for a chart is known where it is fetched, and Argo CD has one version of Helm.
  passCredentials: 'taken',
  releaseName: 'taken',
  skipCrds: 'taken',
  skipSchemaValidation: 'taken',
  skipTests: 'taken',
  values: 'taken',
  valuesObject: 'taken',
  version: 'taken',
};

const elsewhere = 'leave `hydrate` out there: Argo CD renders it then, as before';
const untold = { message: 'how a chart is rendered must be known here, and not only to the cluster', hint: 'say it with an override for each target' } as const;

/** What of it may be known to the cluster alone: where it reaches objects as it is, it is filled in there. */
const liveFields: ReadonlySet<string> = new Set(['namespace', 'parameters', 'values', 'valuesObject']);

/**
 * What Helm is told where the charts of an app are opened: what Argo CD tells it (argo-cd, reposerver/repository and
 * util/helm, `helmTemplate`).
 *
 * @param app      what the release is called unless a source says it
 * @param manifest as Argo CD would receive it if the app were not opened
 * @param values   the layers that it is made of
 * @param own      the fleet's repository
 */
export function chartInputs(app: string, manifest: Manifest, values: Branch, own: string): Hydration {
  const { source, sources, destination } = manifest.spec as Spec;
  const written: readonly (readonly [at: string[], source: Plain])[] = Array.isArray(sources)
    ? sources.map((one, index) => [['spec', 'sources', String(index)], one] as const)
    : [[['spec', 'source'], source as Plain]];
  const inputs: ChartInput[] = [];
  const remarks: Remark[] = [];
  const info: Plain[] = [];
  const namespace = isMap(destination) && typeof destination.namespace === 'string' ? destination.namespace : '';
  const told = { app, namespace, kubernetes: textOf(values, 'kubernetes'), apiVersions: textsOf(values, 'apiVersions') };
  if (told.apiVersions.some(hasToken)) remarks.push({ code: 'hydrate', ...untold, path: ['apiVersions'] });
  for (const [at, one] of written) {
    // What is no map has its own remark.
    if (!isMap(one) || isOnlyNamed(one)) continue;
    const files = filesOf(
      one,
      written.map(([, source]) => source),
      own,
    );
    const found = files.refusal ?? refusal(one, own);
    if (found) remarks.push({ code: 'hydrate', ...found, path: [...at, ...found.path] });
    else {
      const input = { ...inputOf(one, told, own), ...files.input, ...kustomizeTold(one) };
      inputs.push(input);
      info.push(openedInfo(input.id, Array.isArray(sources) ? String(one.name ?? at[2]) : undefined));
    }
  }
  return { inputs, remarks, tokens: tokensOf(inputs), info };
}

/** Why a source cannot be opened: what it needs is not here, or not known yet. */
function refusal(source: Spec, own: string): Pick<Remark, 'message' | 'hint' | 'path'> | undefined {
  const { helm, kustomize, plugin, directory, targetRevision } = source;
  if (plugin !== undefined) return { path: ['plugin'], message: 'what a plugin makes is known to Argo CD alone', hint: elsewhere };
  if (directory !== undefined) return { path: ['directory'], message: 'a folder of manifests is open already', hint: elsewhere };
  const token = ['repoURL', 'chart', 'path', 'targetRevision'].find((key) => someString(source[key] as Plain, hasToken));
  if (token !== undefined)
    return { path: [token], message: `which chart it is must be known here: '${token}' holds a token`, hint: 'say it with an override for each target' };
  const id = chartIdOf({ ...(source as object), version: targetRevision }, own);
  if (!id) return { path: [], message: 'a source in another repository cannot be opened', hint: elsewhere };
  if (kustomize !== undefined) return isMap(kustomize) ? kustomizeUntold(kustomize, id) : undefined;
  if (!isMap(helm)) return undefined;
  const field = Object.keys(helm).find((key) => helmFields[key] !== 'taken');
  if (field !== undefined)
    return { path: ['helm', field], message: `'${field}' is read by Argo CD alone`, hint: `say it in \`helm.valuesObject\`, or ${elsewhere}` };
  const filled = Array.isArray(helm.parameters) ? helm.parameters.findIndex((one) => isMap(one) && String(one.value).includes('$')) : -1;
  if (filled >= 0) {
    // argo-cd, reposerver/repository, `helmTemplate`: `env.Envsubst`.
    const path = ['helm', 'parameters', String(filled), 'value'];
    return {
      path,
      message: "what '$' stands for in a parameter is known to Argo CD alone",
      hint: 'say it in `helm.valuesObject`, where it is a text like any other',
    };
  }
  const used = Object.keys(helm).find((key) => !liveFields.has(key) && someString(helm[key] as Plain, hasToken));
  if (used === undefined) return undefined;
  return { path: ['helm', used], ...untold };
}

interface Told {
  readonly app: string;
  readonly namespace: string;
  readonly kubernetes: string | undefined;
  readonly apiVersions: readonly string[];
}

function inputOf(source: Spec, { app, namespace, kubernetes, apiVersions }: Told, own: string): ChartInput {
  const helm = isMap(source.helm) ? source.helm : {};
  const text = (key: string) => (typeof helm[key] === 'string' && helm[key] !== '' ? (helm[key] as string) : undefined);
  const { valuesObject, parameters } = helm;
  // Argo CD reads the one or the other: where both say something, the object.
  const values = isMap(valuesObject) ? tokensInJson(JSON.stringify(valuesObject)) : text('values');
  const version = text('kubeVersion') ?? kubernetes;
  return {
    id: chartIdOf({ ...(source as object), version: source.targetRevision }, own) as ChartInput['id'],
    releaseName: text('releaseName') ?? app,
    namespace: text('namespace') ?? namespace,
    values: values === undefined ? [] : [values],
    parameters: Array.isArray(parameters) ? parameters.filter(isMap).map(parameterOf) : [],
    skipCrds: helm.skipCrds === true,
    skipTests: helm.skipTests === true,
    skipSchemaValidation: helm.skipSchemaValidation === true,
    ...(version === undefined ? {} : { kubernetes: version }),
    apiVersions: Array.isArray(helm.apiVersions) && helm.apiVersions.length > 0 ? helm.apiVersions.map(String) : apiVersions,
  };
}

function parameterOf({ name, value, forceString }: Spec): ChartInput['parameters'][number] {
  return { name: String(name ?? ''), value: String(value ?? ''), forceString: forceString === true };
}

function textOf(values: Branch, key: string): string | undefined {
  const value = said(values, key);
  return typeof value === 'string' ? value : undefined;
}

function textsOf(values: Branch, key: string): readonly string[] {
  const value = said(values, key);
  return Array.isArray(value) ? value.map(String) : [];
}

function said(values: Branch, key: string): unknown {
  const node = tryChild(values, key);
  return node && plainOf(node);
}
