import { specsOf } from '../application-specs';
import { isMap, type ManifestRule, type Remark } from '../manifest-rule';
import { isSaid } from '../unset-fields';

/** Argo CD ignores `values` without a word where `valuesObject` is set. */
export const valuesTwice: ManifestRule = ({ written }) =>
  specsOf(written)
    .flatMap(({ sources }) => sources)
    .flatMap(({ source: { helm }, path }): readonly Remark[] => {
      if (!isMap(helm) || !isSaid(helm.values) || !isSaid(helm.valuesObject)) return [];
      return [
        {
          code: 'values-twice',
          path: [...path, 'helm', 'values'],
          message: "'values' has no effect beside 'valuesObject'",
          hint: 'keep one of them; `unset` removes the one that a broader layer sets',
        },
      ];
    });
