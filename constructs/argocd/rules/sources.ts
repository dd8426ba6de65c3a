import { type SourceAt, type SpecAt, specsOf } from '../application-specs';
import type { ManifestRule, Remark } from '../manifest-rule';
import { isSaid } from '../unset-fields';

/** An Application has a source that says what to deploy. Of ApplicationSets only templates are known. */
export const sources: ManifestRule = ({ written }) => specsOf(written).flatMap((at) => (at.role === 'application' ? check(at) : []));

function check({ spec, path, sources: all }: SpecAt): readonly Remark[] {
  const { source, sources, sourceHydrator } = spec;
  if (isSaid(source) && isSaid(sources)) {
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
  if (isSaid(sourceHydrator) && !isSaid(source) && !isSaid(sources)) return [];
  if (all.length > 0) return all.flatMap(checkSource);
  if (source !== undefined || sources !== undefined) {
    return [{ code: 'no-source', path: [...path, 'sources'], message: 'the app has no source', expected: 'at least one in `sources`' }];
  }
  return [{ code: 'no-source', path, message: 'the app has no source', expected: "'source', 'sources', 'sourceHydrator' or 'workloads'" }];
}

/** argo-cd, `util/app/path`: whether a path can be one in a repository. What is filled in later is not known. */
export function leadsOut(path: string): boolean {
  let depth = 0;
  for (const name of path.split('/')) {
    if (name === '..') depth -= 1;
    else if (name !== '' && name !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return path.startsWith('/');
}

/** argo-cd, `ValidateRepo`: a source needs a path, a chart, a ref, or an OCI repository. */
function checkSource({ source, path }: SourceAt): readonly Remark[] {
  const remarks: Remark[] = [];
  const isOci = typeof source.repoURL === 'string' && source.repoURL.startsWith('oci://');
  if (!isSaid(source.path) && !isSaid(source.chart) && !isSaid(source.ref) && !isOci) {
    remarks.push({ code: 'source-incomplete', path, message: 'the source says what repository but not what in it', expected: "'path', 'chart' or 'ref'" });
  }
  if (isSaid(source.chart) && !isSaid(source.targetRevision)) {
    remarks.push({ code: 'source-incomplete', path, message: "a Helm chart needs 'targetRevision'", expected: "the chart's version, such as 'v1.18.2'" });
  }
  if (typeof source.path === 'string' && leadsOut(source.path)) {
    remarks.push({
      code: 'invalid-field',
      path: [...path, 'path'],
      message: `'${source.path}' is no folder of a repository`,
      expected: "a path from the top of the repository, such as 'charts/namespaces'",
    });
  }
  return remarks;
}
