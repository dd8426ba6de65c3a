import { type SourceAt, specsOf } from '../application-specs';
import type { ManifestRule, Remark } from '../manifest-rule';
import { isSaid } from '../unset-fields';

/**
 * A chart in a registry is named without a scheme: Argo CD takes `oci://` for an image, and does not look at `chart` then
 * (argo-cd, user guide, helm and oci).
 */
export const ociCharts: ManifestRule = ({ written }) => specsOf(written).flatMap(({ sources }) => sources.flatMap(check));

function check({ source: { repoURL, chart }, path }: SourceAt): readonly Remark[] {
  if (typeof repoURL !== 'string' || typeof chart !== 'string' || !isSaid(chart) || !/^oci:\/\//i.test(repoURL.trim())) return [];
  const registry = repoURL
    .trim()
    .replace(/^oci:\/\//i, '')
    .replace(/\/+$/, '');
  return [
    {
      code: 'oci-chart',
      path: [...path, 'repoURL'],
      message: "'oci://' stands beside 'chart'",
      expected: `repoURL: '${registry}', chart: '${chart}'`,
      found: `repoURL: '${repoURL}', chart: '${chart}'`,
      hint: `a chart in a registry has no scheme; as an image it is \`repoURL: 'oci://${registry}/${chart}', path: '.'\` without \`chart\``,
    },
  ];
}
