import { describe } from '../../../../layers/plain-data';
import type { PartRemark } from '../part-remark';
import type { AnyMap, TextKeys } from '../text-map';
import { textMapRemarks } from '../text-map';

/** What is text in credentials, besides the way. */
export const repositoryTexts: TextKeys = {
  url: { expected: "the repository, such as 'https://github.com/company'", isNeeded: true },
  scope: { expected: "'repository' or 'credential-template'" },
  type: { expected: "'git', 'helm' or 'oci'" },
  project: { expected: 'a project of Argo CD' },
  proxy: { expected: "the URL of a proxy, such as 'http://proxy.example.com:3128'" },
};
export const repositoryFlags: readonly string[] = ['insecure'];

/** The schemes that Git, Helm and registries take a proxy by. */
const proxyUrl = /^(https?|socks5h?):\/\/[^\s/]/i;

/** What is wrong with what is text in credentials. @param hasStrangers whether it has keys that are not known: what is missing may be one of them */
export function* repositoryTextRemarks(name: string, config: AnyMap, hasStrangers: boolean): Generator<PartRemark> {
  const known = Object.fromEntries(Object.entries(config).filter(([key]) => key in repositoryTexts));
  for (const remark of textMapRemarks(known, name, repositoryTexts)) if (!hasStrangers || remark.code !== 'missing-field') yield remark;
  const { scope, proxy } = config;
  if (typeof scope === 'string' && scope !== '' && scope !== 'repository' && scope !== 'credential-template') {
    yield { path: ['scope'], code: 'wrong-type', message: `'${scope}' is no scope`, expected: repositoryTexts.scope?.expected };
  }
  if (typeof proxy === 'string' && proxy.trim() !== '' && !proxyUrl.test(proxy)) {
    yield { path: ['proxy'], code: 'invalid-field', message: `'${proxy}' is no URL of a proxy`, expected: repositoryTexts.proxy?.expected };
  }
}

/** What is wrong with what is true or false in credentials. */
export function* repositoryFlagRemarks(config: AnyMap): Generator<PartRemark> {
  const { insecure, scope } = config;
  if (insecure === undefined) return;
  if (typeof insecure !== 'boolean') {
    yield { path: ['insecure'], code: 'wrong-type', message: "'insecure' has the wrong type", expected: 'true or false', found: describe(insecure) };
  } else if (insecure && scope === 'credential-template') {
    // argo-cd, util/db/repository_secrets.go, secretToRepoCred: the key is not read.
    yield {
      path: ['insecure'],
      code: 'invalid-field',
      message: "Argo CD does not read 'insecure' of a credential template",
      hint: "say it of each repository: credentials with `scope: 'repository'`",
    };
  }
}
