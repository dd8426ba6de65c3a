import type { ManifestRule } from '../manifest-rule';
import { secretLookalikes } from '../secrets/secret-lookalikes';
import { secretRemark } from '../secrets/secret-remark';

/** Nothing secret may stand in Git, wherever in a manifest; what `workloads` receives is shown too. */
export const secrets: ManifestRule = ({ maker, written, values }) => {
  const shown = values?.children.values === undefined ? written : { ...written, values: values.plain.values };
  const isApp = maker === 'layers' || written.apiVersion.startsWith('argoproj.io/');
  return secretLookalikes(shown as never).map((lookalike) => {
    const [top = '', ...rest] = lookalike.path;
    const field = top === 'spec' || top === 'metadata' ? rest : lookalike.path;
    // An app's own fields are called as its layers call them; another object is one of several.
    const key = isApp ? field.join('.') : [`${written.kind}/${written.metadata.name}`, ...lookalike.path].join('.');
    return secretRemark(lookalike, key);
  });
};
