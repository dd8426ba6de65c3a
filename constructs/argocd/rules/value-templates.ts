import type { Plain } from '../../../layers/layer';
import type { ManifestRule } from '../manifest-rule';
import { templatesIn } from '../templates-in-values';

function expectedFor(instead: string | undefined): string {
  if (instead === undefined) return 'a layer, or a function of the target: what it does not know is not in Git';
  const [, part, key] = /target\.(annotation|label)s(\[.*\])/.exec(instead) ?? [];
  const live = part === undefined ? '' : `; where Git does not know it, the token \`cluster.${part}(${key?.slice(1, -1)})\``;
  return `a function of the target: \`${instead}\`${live}`;
}

/** Files of values are read as they are: what ApplicationSets would fill in reaches the chart as it is written. */
export const valueTemplates: ManifestRule = ({ written }) =>
  templatesIn((written.values ?? {}) as Plain).map(({ path: below, action, instead, isCertain }) => {
    const path = ['values', ...below];
    const key = path.join('.');
    return {
      code: 'handwritten-expression',
      ...(isCertain ? {} : { severity: 'warning' }),
      path,
      message: `'${key}' holds a template of ApplicationSets, which reaches the chart as it is written`,
      expected: expectedFor(instead),
      found: action,
      hint: `values are files that Argo CD reads as they are; where somebody else fills it in, say so: \`notTemplate: { '${key}': 'why' }\``,
      key,
    };
  });
