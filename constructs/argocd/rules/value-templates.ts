import type { Plain } from '../../../layers/layer';
import type { ManifestRule } from '../manifest-rule';
import { templatesIn } from '../templates-in-values';

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
      expected:
        instead === undefined ? 'a layer, or a function of the target: what it does not know is not in Git' : `a function of the target: \`${instead}\``,
      found: action,
      hint: `values are files that Argo CD reads as they are; where somebody else fills it in, say so: \`notTemplate: { '${key}': 'why' }\``,
      key,
    };
  });
