import type { Plain } from '../../../../layers/layer';
import { argoCDVersions } from '../../../../layers/shape/fields-since';
import { specsOf, templatesOf } from '../../application-specs';
import { isMap, type ManifestRule, type Remark } from '../../manifest-rule';
import { isSaid } from '../../unset-fields';

const annotation = 'argocd.argoproj.io/manifest-generate-paths';

/** The first version of which every release knows a chart repository beside the annotation. */
const mended = argoCDVersions.indexOf('3.6');

/**
 * Of a chart in a chart repository the paths say nothing, and Argo CD 3.4.4 to 3.5.1 take that repository for Git beside them:
 * the Application fails (argo-cd issues 28890 and 29388).
 */
export const chartPaths: ManifestRule = ({ written, argoCD }) => {
  if (argoCD === undefined || argoCDVersions.indexOf(argoCD) >= mended) return [];
  const metadata =
    written.kind === 'Application'
      ? [{ annotations: written.metadata.annotations as Plain | undefined, path: ['metadata'], below: ['spec'] }]
      : templatesOf(written).flatMap(({ template, path }) =>
          isMap(template.metadata) ? [{ annotations: template.metadata.annotations, path: [...path, 'metadata'], below: [...path, 'spec'] }] : [],
        );
  return metadata.flatMap(({ annotations, path, below }): readonly Remark[] => {
    if (!isMap(annotations) || !isSaid(annotations[annotation])) return [];
    const sources = specsOf(written).find((at) => at.path.join('\0') === below.join('\0'))?.sources ?? [];
    if (!sources.some(({ source }) => isSaid(source.chart))) return [];
    return [
      {
        code: 'chart-paths',
        severity: 'warning',
        path: [...path, 'annotations', annotation],
        message: 'paths whose commits render an app anew stand beside a chart, whose repository Argo CD 3.4.4 to 3.5.1 take for Git',
        expected: `no annotation ${annotation} beside a 'chart'`,
        hint: `leave it out; where a broader layer or the tool says it, write \`annotations: { '${annotation}': unset }\``,
      },
    ];
  });
};
