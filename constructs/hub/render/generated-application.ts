import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import type { Spec } from '../../argocd/manifest-rule';
import { componentSetSpec } from './application-set';
import { sortedMap } from './sorted-map';

/** The template of an ApplicationSet as one of its generators, by its place among them, fills it in. */
export function generatedApplication(manifest: Manifest, index: number): Manifest {
  const { generators, template, templatePatch } = componentSetSpec(manifest);
  const generator = generators[index]?.clusters;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: mergedMetadata(template.metadata, generator?.template?.metadata ?? {}),
    spec: mergedSpec(template.spec, generator?.template?.spec ?? {}),
    ...(generator?.values ? { values: generator.values } : {}),
    ...(templatePatch === undefined ? {} : { templatePatch }),
  };
}

/** Its maps key by key. */
function mergedMetadata(common: Manifest['metadata'], own: Partial<Manifest['metadata']>): Manifest['metadata'] {
  const both = (key: 'labels' | 'annotations') => (own[key] === undefined ? {} : { [key]: sortedMap({ ...(common[key] as Spec), ...(own[key] as Spec) }) });
  return { ...common, ...both('annotations'), ...both('labels'), ...(own.finalizers === undefined ? {} : { finalizers: own.finalizers }) };
}

/** As Argo CD merges the template of a generator over the common one: what is empty says nothing in either. */
function mergedSpec(common: Spec, own: Spec): Spec {
  return sortedMap(Object.fromEntries([...Object.entries(common), ...Object.entries(own)].filter(([, value]) => !isEmpty(value))));
}

/** As `Object.keys` has it: numbers and booleans have none. */
function isEmpty(value: Plain): boolean {
  return value === null || Object.keys(value).length === 0;
}
