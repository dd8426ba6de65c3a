import { type SourceAt, sourcesOf, specsOf } from '../application-specs';
import type { ManifestRule, Remark, Spec } from '../manifest-rule';

/** An Application has a source that says what to deploy. Of ApplicationSets only templates are known. */
export const sources: ManifestRule = ({ written }) => specsOf(written).flatMap(({ spec, path, role }) => (role === 'application' ? check(spec, path) : []));

function check(spec: Spec, path: readonly string[]): readonly Remark[] {
  if (spec.source !== undefined && spec.sources !== undefined) {
    return [
      {
        code: 'source-and-sources',
        path: [...path, 'source'],
        message: "an Application has either 'source' or 'sources'",
        found: 'both',
        hint: 'where a broader layer sets the other one, write `source: unset` or `sources: unset`; `workloads` sets `source`',
      },
    ];
  }
  if (spec.source === undefined && spec.sources === undefined) {
    if (spec.sourceHydrator !== undefined) return [];
    return [{ code: 'no-source', path, message: 'the app has no source', expected: "'source', 'sources', 'sourceHydrator' or 'workloads'" }];
  }
  const all = sourcesOf({ spec, path });
  if (all.length > 0) return all.flatMap(checkSource);
  return [{ code: 'no-source', path: [...path, 'sources'], message: 'the app has no source', expected: 'at least one in `sources`' }];
}

/** argo-cd, `ValidateRepo`: a source needs a path, a chart, a ref, or an OCI repository. */
function checkSource({ source, path }: SourceAt): readonly Remark[] {
  const remarks: Remark[] = [];
  const isOci = typeof source.repoURL === 'string' && source.repoURL.startsWith('oci://');
  if (source.path === undefined && source.chart === undefined && source.ref === undefined && !isOci) {
    remarks.push({ code: 'source-incomplete', path, message: 'the source says what repository but not what in it', expected: "'path', 'chart' or 'ref'" });
  }
  if (source.chart !== undefined && source.targetRevision === undefined) {
    remarks.push({ code: 'source-incomplete', path, message: "a Helm chart needs 'targetRevision'", expected: "the chart's version, such as 'v1.18.2'" });
  }
  return remarks;
}
