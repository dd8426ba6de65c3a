import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import type { Spec } from '../../argocd/manifest-rule';
import { componentSetSpec } from './application-set';
import { sortedMap } from './sorted-map';

/** The template of an ApplicationSet as the generator of a release fills it in. */
export function generatedApplication(manifest: Manifest, release: string): Manifest {
  const { generators, template } = componentSetSpec(manifest);
  const generator = generators.find(({ clusters }) => clusters.values.release === release)?.clusters;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { ...template.metadata },
    spec: mergedSpec(template.spec, generator?.template?.spec ?? {}),
    ...(generator ? { values: generator.values } : {}),
  };
}

/** As Argo CD merges the template of a generator over the common one: what is empty in it says nothing. */
function mergedSpec(common: Spec, own: Spec): Spec {
  return sortedMap({ ...common, ...Object.fromEntries(Object.entries(own).filter(([, value]) => !isEmpty(value))) });
}

/** As `Object.keys` has it: numbers and booleans have none. */
function isEmpty(value: Plain): boolean {
  return value === null || Object.keys(value).length === 0;
}
