import type { ManifestRule } from '../manifest-rule';
import { isKnownOpen, isKubernetesSecret, secretEntries } from '../secrets/kubernetes-secrets';
import { type SecretLookalike, secretLookalikes } from '../secrets/secret-lookalikes';
import { secretRemark } from '../secrets/secret-remark';

/** Nothing secret may stand in Git, wherever in a manifest; what `workloads` receives is shown too. */
export const secrets: ManifestRule = ({ maker, written, values }) => {
  const shown = values?.children.values === undefined ? written : { ...written, values: values.plain.values };
  const isApp = maker === 'layers' || written.apiVersion.startsWith('argoproj.io/');
  const found = secretLookalikes(shown as never);
  return (maker === 'chart' ? ofChart(found, written as never) : found).map((lookalike) => {
    const [top = '', ...rest] = lookalike.path;
    const field = top === 'spec' || top === 'metadata' ? rest : lookalike.path;
    // An app's own fields are called as its layers call them; another object is one of several.
    const key = isApp ? field.join('.') : [`${written.kind}/${written.metadata.name}`, ...lookalike.path].join('.');
    // Nobody had what is opened in Git before, whatever else a running fleet may have there.
    return { ...secretRemark(lookalike, key), ...(maker === 'chart' ? { severity: 'error' } : {}) };
  });
};

/** A Secret of a chart is nobody's word: whatever it holds counts. */
function ofChart(found: readonly SecretLookalike[], written: Parameters<typeof secretEntries>[0]): readonly SecretLookalike[] {
  if (!isKubernetesSecret(written)) return found;
  const entries = [...secretEntries(written, isKnownOpen)].map((path) => ({ path, why: 'an entry of a Secret' }));
  return [...found.filter(({ path: [top] }) => top !== 'data' && top !== 'stringData'), ...entries];
}
