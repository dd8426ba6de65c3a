import type { Plain } from '../../../../layers/layer';
import type { ArgoCDVersion } from '../../../../layers/shape/fields-since';
import type { Remark, Spec } from '../../../argocd/manifest-rule';
import { remarksOn } from '../../../argocd/manifest-rules';
import type { ReleasedComponent } from '../../resolve/released-component';

/** What is wrong with an Application that is made of nothing but the fields, at paths of these. */
export function applicationRemarks(released: ReleasedComponent, argoCD: ArgoCDVersion): readonly Remark[] {
  const { syncPolicy, ignoreDifferences, helm, kustomize, directory, extraSources = [], sourceNames, version, repoURL, namespace, chart, path } = released;
  const { labels, annotations } = released;
  const source = {
    repoURL,
    targetRevision: orReported(version),
    ...(chart === undefined ? { path: orReported(path) } : { chart: orReported(chart) }),
    ...(helm === undefined ? {} : { helm }),
    ...(kustomize === undefined ? {} : { kustomize }),
    ...(directory === undefined ? {} : { directory }),
  };
  const spec = {
    project: 'default',
    destination: { name: 'cluster', namespace },
    syncPolicy,
    ...(ignoreDifferences === undefined ? {} : { ignoreDifferences }),
    sources: [source, ...extraSources],
  } as Spec;
  const manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'component', namespace: 'argocd', ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) },
    spec: spec as Plain,
  };
  const remarks = remarksOn({ maker: 'component', written: manifest, manifest, argoCD }).map(({ hint, ...remark }) => ({
    ...remark,
    path: remark.path[0] === 'spec' ? remark.path.slice(1) : ['metadata', ...remark.path.slice(1)],
    // A missing field has a hint that speaks of cluster types.
    ...(remark.code === 'missing-field' || hint === undefined ? {} : { hint }),
  }));
  const findings = remarks.filter(({ code }) => schemaCodes.includes(code));
  return (findings.length > 0 ? findings : remarks).map((remark) => {
    const path = fieldPath(remark.path, sourceNames);
    const own = remark.code === 'floating-version' ? path.join('.') : remark.key;
    const hint = own === undefined || remark.key === undefined ? remark.hint : remark.hint?.replace(` ${remark.key}'`, ` ${own}'`);
    return {
      ...remark,
      path,
      ...(own === undefined ? {} : { key: own, hint }),
      message: remark.message.replace(`'${remark.path.join('.')}`, `'${path.join('.')}`),
    };
  });
}

/** What is missing or empty was reported, and stands for something here. */
function orReported(text: string | undefined): string {
  return text === undefined || text === '' ? 'reported' : text;
}

/** What the schema objects to may follow from nothing else; the rest may follow from it. */
const schemaCodes: readonly string[] = ['unknown-field', 'invalid-field', 'missing-field'];

/** A path in the Application as the same one in the component. */
function fieldPath([top = '', index = '', ...below]: readonly string[], names: readonly string[] | undefined): readonly string[] {
  if (top === 'metadata') return [index, ...below];
  if (top === 'destination') return [index, ...below];
  if (top !== 'sources') return [top, ...(index === '' ? [] : [index]), ...below];
  if (index === '') return [];
  if (index !== '0') return ['extraSources', names?.[Number(index) - 1] ?? String(Number(index) - 1), ...below];
  const [field = '', ...rest] = below;
  return [field === 'targetRevision' ? 'version' : field, ...rest];
}
