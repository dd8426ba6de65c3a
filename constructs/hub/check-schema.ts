import type { Construct } from 'constructs';
import type { Plain } from '../../layers/layer';
import type { Problems } from '../../layers/problem';
import type { Remark, Spec } from '../argocd/manifest-rule';
import { remarksOn } from '../argocd/manifest-rules';
import { problemAt } from '../origin';
import type { GroupModel } from './components';
import type { ComponentFields } from './hub-config';
import { fieldPlace, type ReleasedComponent } from './released-component';
import type { Statement } from './statements';

/**
 * Checks what components say against the schema of Argo CD, before ApplicationSets are made of it: so that every mistake
 * is found where it is written, in the component, its group or a release.
 *
 * @param usable statements that hold data
 */
export function checkSchema(groups: readonly GroupModel[], usable: readonly Statement[], problems: Problems): void {
  const places = new Set(usable.map(({ construct, at }) => placeOf(construct, at)));
  for (const { construct: group, components } of groups) {
    if (!places.has(placeOf(group, []))) continue;
    for (const { construct: component, name, releases } of components) {
      if (!places.has(placeOf(component, []))) continue;
      for (const [release, released] of releases) {
        const isPinned = group.releases.releases[release]?.components?.[name] !== undefined;
        if (isPinned && !places.has(placeOf(group.releases, ['releases', release, 'components', name]))) continue;
        for (const { path, code, message, isCause: _, ...rest } of fieldRemarks(released)) {
          const [field, ...below] = path as readonly [keyof ComponentFields, ...string[]];
          const { construct, at } = fieldPlace(group, component, release, field);
          problems.add(problemAt(construct, code, message, { app: name, ...rest, at: [...at, ...below] }));
        }
      }
    }
  }
}

function placeOf(construct: Construct, at: readonly string[]): string {
  return [construct.node.path, ...at].join('\u0000');
}

/** What is wrong with an Application that is made of nothing but the fields, at paths of these. */
function fieldRemarks(released: ReleasedComponent): readonly Remark[] {
  const { syncPolicy, ignoreDifferences, helm, extraSources = [], version, repoURL, namespace, chart, path } = released;
  const source = {
    repoURL,
    targetRevision: said(version),
    ...(chart === undefined ? { path: said(path) } : { chart: said(chart) }),
    ...(helm === undefined ? {} : { helm }),
  };
  const spec = {
    project: 'default',
    destination: { name: 'cluster', namespace },
    syncPolicy,
    ...(ignoreDifferences === undefined ? {} : { ignoreDifferences }),
    sources: [source, ...extraSources],
  } as unknown as Spec;
  const manifest = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'component', namespace: 'argocd' }, spec: spec as Plain };
  const remarks = remarksOn({ maker: 'component', written: manifest, manifest }).map(({ hint, ...remark }) => ({
    ...remark,
    path: remark.path.slice(1),
    // A missing field has a hint that speaks of cluster types.
    ...(remark.code === 'missing-field' || hint === undefined ? {} : { hint }),
  }));
  const findings = remarks.filter(({ code }) => schemaCodes.includes(code));
  return (findings.length > 0 ? findings : remarks).map((remark) => {
    const path = fieldPath(remark.path);
    return { ...remark, path, message: remark.message.replace(`'${remark.path.join('.')}`, `'${path.join('.')}`) };
  });
}

/** What is missing or empty was reported, and stands for something here. */
function said(text: string | undefined): string {
  return text === undefined || text === '' ? 'reported' : text;
}

/** What the schema objects to may follow from nothing else; the rest may follow from it. */
const schemaCodes: readonly string[] = ['unknown-field', 'invalid-field', 'missing-field'];

/** A path in the Application as the same one in the component. */
function fieldPath([top = '', index = '', ...below]: readonly string[]): readonly string[] {
  if (top === 'destination') return [index, ...below];
  if (top !== 'sources') return [top, ...(index === '' ? [] : [index]), ...below];
  if (index !== '0') return ['extraSources', String(Number(index) - 1), ...below];
  const [field = '', ...rest] = below;
  return [field === 'targetRevision' ? 'version' : field, ...rest];
}
