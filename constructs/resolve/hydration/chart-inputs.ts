import { chartIdOf, isDigest, isOfRepository, isOnlyNamed, type OwnRepository } from '../../../layers/charts/chart-id';
import type { ChartInput, ChartRenderer } from '../../../layers/charts/chart-input';
import { leftClosed } from '../../../layers/charts/left-closed';
import { openedInfo } from '../../../layers/charts/opened-chart';
import type { Plain } from '../../../layers/layer';
import { type Branch, plainOf, tryChild } from '../../../layers/node';
import type { Manifest } from '../../../layers/output';
import { hasToken, someString, type Token, tokensInJson, tokensOf } from '../../../layers/text/token';
import { isMap, type Remark, type Spec } from '../../argocd/manifest-rule';
import { isSaid } from '../../argocd/unset-fields';
import { filesOf, otherRevision } from './input-files';
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

const elsewhere = `${leftClosed}: Argo CD renders it then`;
const untold = { message: 'how a chart is rendered must be known here, and not only to the cluster', hint: 'say it with an override for each target' } as const;

/** What of it may be known to the cluster alone: where it reaches objects as it is, it is filled in there. */
const liveFields: ReadonlySet<string> = new Set(['namespace', 'parameters', 'values', 'valuesObject']);

/**
 * What Helm is told where the charts of an app are opened: what Argo CD tells it (argo-cd, reposerver/repository and
 * util/helm, `helmTemplate`).
 *
 * @param manifest as Argo CD would receive it if the app were not opened: its release is called after it unless a source says it
 * @param values   the layers that it is made of
 * @param own      the fleet's repository
 * @param renderer knows which version a range is. @default - nobody does
 */
export function chartInputs(manifest: Manifest, values: Branch, own: OwnRepository, renderer?: ChartRenderer): Hydration {
  const { source, sources, destination } = manifest.spec as Spec;
  const written: readonly (readonly [at: string[], source: Plain])[] = Array.isArray(sources)
    ? sources.map((one, index) => [['spec', 'sources', String(index)], one] as const)
    : [[['spec', 'source'], source as Plain]];
  const inputs: ChartInput[] = [];
  const remarks: Remark[] = [];
  const info: Plain[] = [];
  const namespace = isMap(destination) && typeof destination.namespace === 'string' ? destination.namespace : '';
  const { name: release } = manifest.metadata;
  const told = { release, namespace, kubernetes: textOf(values, 'kubernetes'), apiVersions: textsOf(values, 'apiVersions') };
  if (told.apiVersions.some(hasToken)) remarks.push({ code: 'hydrate', ...untold, path: ['apiVersions'] });
  for (const [at, one] of written) {
    // What is no map has its own remark.
    if (!isMap(one) || isOnlyNamed(one)) continue;
    const files = filesOf(
      one,
      written.map(([, source]) => source),
      own,
    );
    const found = files.refusal ?? refusal(one, own) ?? releaseUntold(one, release);
    if (found) remarks.push({ code: 'hydrate', ...found, path: [...at, ...found.path] });
    else {
      const input = { ...inputOf(one, told, own), ...files.input, ...kustomizeTold(one) };
      inputs.push(input);
      info.push(openedInfo(input.id, Array.isArray(sources) ? String(one.name ?? at[2]) : undefined, renderer?.versionOf(input.id)));
    }
  }
  return { inputs, remarks, tokens: tokensOf(inputs), info };
}

/** Why a source cannot be opened: what it needs is not here, or not known yet. */
function refusal(source: Spec, own: OwnRepository): Pick<Remark, 'message' | 'hint' | 'path'> | undefined {
  const { helm, kustomize, plugin, directory, targetRevision } = source;
  if (plugin !== undefined) return { path: ['plugin'], message: 'what a plugin makes is known to Argo CD alone', hint: elsewhere };
  if (directory !== undefined) return { path: ['directory'], message: 'a folder of manifests is open already', hint: elsewhere };
  const token = ['repoURL', 'chart', 'path', 'targetRevision'].find((key) => someString(source[key] as Plain, hasToken));
  if (token !== undefined)
    return { path: [token], message: `which chart it is must be known here: '${token}' holds a token`, hint: 'say it with an override for each target' };
  const id = chartIdOf({ ...(source as object), version: targetRevision }, own);
  if (!id) return notHere(source, own);
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

/** What is not here, or not by a name under which it could be fetched. */
function notHere({ repoURL, chart, path, targetRevision }: Spec, own: OwnRepository): Pick<Remark, 'message' | 'hint' | 'path'> {
  if (isDigest(String(targetRevision).trim())) {
    const message = `'${String(targetRevision).slice(0, 19)}…' is a digest, and charts are fetched by their versions`;
    return { path: ['targetRevision'], message, hint: 'say the version: the lock keeps the digest of what was fetched' };
  }
  if (/^oci:/i.test(String(repoURL)) && !isSaid(chart)) {
    return { path: ['path'], message: `'${String(path)}' is a folder in an image, and an image is opened as a whole`, hint: elsewhere };
  }
  const other = isOfRepository(repoURL, own) ? otherRevision(`'${path}'`, targetRevision, own) : undefined;
  if (other) return { path: ['targetRevision'], ...other };
  return { path: [], message: 'a source in another repository cannot be opened', hint: elsewhere };
}

/** In the control plane an Application is called after its cluster, too, and so is the release of whatever does not say that it is a chart. */
function releaseUntold({ helm, kustomize }: Spec, release: string): Pick<Remark, 'message' | 'hint' | 'path'> | undefined {
  if (!hasToken(release) || isMap(kustomize) || (isMap(helm) && isSaid(helm.releaseName))) return undefined;
  return {
    path: [],
    message: 'the release of this source is called after app and cluster, and only the cluster knows that',
    hint: `say what it holds: \`kustomize: {}\`, or \`helm: {}\`, which calls the release after the app, so that a chart makes objects anew that it calls after its release; or ${elsewhere}`,
  };
}

interface Told {
  readonly release: string;
  readonly namespace: string;
  readonly kubernetes: string | undefined;
  readonly apiVersions: readonly string[];
}

function inputOf(source: Spec, { release, namespace, kubernetes, apiVersions }: Told, own: OwnRepository): ChartInput {
  const helm = isMap(source.helm) ? source.helm : {};
  const text = (key: string) => (typeof helm[key] === 'string' && helm[key] !== '' ? (helm[key] as string) : undefined);
  const { valuesObject, parameters } = helm;
  // Argo CD reads the one or the other: where both say something, the object.
  const values = isMap(valuesObject) ? tokensInJson(JSON.stringify(valuesObject)) : text('values');
  const version = text('kubeVersion') ?? kubernetes;
  return {
    id: chartIdOf({ ...(source as object), version: source.targetRevision }, own) as ChartInput['id'],
    releaseName: text('releaseName') ?? release,
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
