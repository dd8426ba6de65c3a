import { specsOf } from '../application-specs';
import { holdsNull } from '../manifest';
import { isMap, type ManifestRule, type Remark } from '../manifest-rule';
import { templatingOf, unsayables } from '../values-text';

/** What a source in an ApplicationSet cannot hold where a null makes one text of all its values. */
export const valuesTexts: ManifestRule = ({ written }) => {
  const templating = templatingOf(written.kind, written.spec);
  if (templating === 'none') return [];
  return specsOf(written)
    .flatMap(({ sources }) => sources)
    .flatMap(({ source: { helm }, path }): readonly Remark[] => {
      const values = isMap(helm) ? helm.valuesObject : undefined;
      if (!isMap(values) || !holdsNull(values)) return [];
      return unsayables(values, templating).map(({ path: below, text, reason, hint }) => ({
        code: 'values-text',
        path: [...path, 'helm', 'valuesObject', ...below],
        message: `beside a null the values travel as one text, which cannot hold this one: ${reason}`,
        found: text,
        hint: `${hint === undefined ? '' : `${hint}; or `}take the null out of the values, which Argo CD loses outside of a text`,
      }));
    });
};
