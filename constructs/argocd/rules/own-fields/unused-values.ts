import { tryChild } from '../../../../layers/node';
import type { ManifestRule } from '../../manifest-rule';

/** A Helm chart's values are written elsewhere, and `values` is the word that everybody tries first. */
export const unusedValues: ManifestRule = ({ values, hasWorkloads }) => {
  if (hasWorkloads || !tryChild(values, 'values')) return [];
  return [
    {
      code: 'unused-values',
      path: ['values'],
      message: "'values' is what `workloads` receives, and the app has none",
      hint: 'did you mean `source.helm.valuesObject`?',
    },
  ];
};
