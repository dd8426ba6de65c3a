import type { Finding } from '../../../../layers/consequences';
import { homeShape } from '../../../../layers/shape/member-shape';
import { readValue } from '../../../../layers/shape/read-fields';
import { checkNamespace } from '../../../argocd/metadata';
import type { SettingRemark } from '../../../check/setting-remark';
import { outputPathRemarks } from '../../../check/settings/output-paths';
import { placeholderRemarks } from '../../../check/settings/repository-placeholders';
import { repositorySecretRemarks } from '../../../check/settings/repository-secrets';
import { hasScheme } from '../../resolve/repository-url';
import type { ClusterHome } from '../../tree/cluster-home';
import { emptyText } from '../fields/empty-fields';
import { type PartRemark, remarksOf } from '../part-remark';
import type { SettingSubject } from './setting-rule';

/** What is wrong with each text, where a cluster says it: what is looked for where the fleet does. */
const rules: { readonly [K in keyof ClusterHome]: (text: string) => readonly SettingRemark[] } = {
  repository: (url) => (url === '' ? [emptyText('repository')] : [...repositoryUrlRemarks(url), ...placeholderRemarks(url), ...repositorySecretRemarks(url)]),
  revision: (revision) => (revision === '' ? [emptyText('revision')] : []),
  path: outputPathRemarks,
  platformNamespace: namespaceRemarks,
};

/** Where what is rendered for a cluster is read can be such a place, and so can the namespace of its Argo CD. */
export function* homeSettings({ values: { plain } }: SettingSubject): Generator<PartRemark> {
  for (const key of Object.keys(rules) as (keyof ClusterHome)[]) {
    const said: unknown = plain[key];
    if (said === undefined) continue;
    const findings: Finding[] = [];
    readValue(said, homeShape[key], key, { place: [] }, findings);
    yield* remarksOf(findings).map((remark) => ({ ...remark, path: [key] }));
    if (typeof said === 'string') for (const remark of rules[key](said)) yield { path: [key], ...remark };
  }
}

/** argo-cd, util/git: a repository has a scheme, or is written as SSH takes it. What is filled in later is reported as that. */
export function repositoryUrlRemarks(url: string): readonly SettingRemark[] {
  if (hasScheme(url) || url === '' || url.includes('{{')) return [];
  const expected = 'a URL, such as https://github.com/company/fleet or git@github.com:company/fleet';
  return [{ code: 'invalid-field', message: `'${url}' is no URL of a Git repository`, expected }];
}

/** Kubernetes takes the namespace of Argo CD. */
export function namespaceRemarks(namespace: string): readonly SettingRemark[] {
  return checkNamespace(namespace, []).map(({ path: _, ...remark }) => remark);
}
