import type { Finding } from '../../../../layers/consequences';
import { repositoryShape } from '../../../../layers/shape/credential-shape';
import type { AnyMap } from '../../../../layers/shape/read';

/** The schemes that Git, Helm and registries take a proxy by. */
const proxyUrl = /^(https?|socks5h?):\/\/[^\s/]/i;

/** What Argo CD does not read of a credential template: argo-cd, util/db/repository_secrets.go, secretToRepoCred. */
const ofRepositories = ['insecure', 'enableLfs'] as const;

/** What no shape says of single fields of credentials. */
export function* repositoryFields(config: AnyMap, place: readonly string[]): Generator<Finding> {
  const { scope, proxy, noProxy, azureWorkloadIdentity } = config;
  if (typeof proxy === 'string' && proxy.trim() !== '' && !proxyUrl.test(proxy)) {
    const expected = repositoryShape.proxy.filled;
    yield { place: [...place, 'proxy'], code: 'invalid-field', message: `'${proxy}' is no URL of a proxy`, expected };
  }
  if (typeof noProxy === 'string' && proxy === undefined) {
    // argo-cd, util/proxy/proxy.go: it is looked at beside a proxy, and what the environment says is taken whole.
    const message = "Argo CD does not read 'noProxy' without 'proxy'";
    yield {
      place: [...place, 'noProxy'],
      code: 'invalid-field',
      message,
      expected: '`proxy` beside it, or neither',
      follows: [{ place: [...place, 'proxy'] }],
    };
  }
  if (azureWorkloadIdentity === false) {
    const hint = 'where a broader layer says it, write `unset`';
    yield {
      place: [...place, 'azureWorkloadIdentity'],
      code: 'invalid-field',
      message: "'azureWorkloadIdentity' says nothing",
      expected: 'true',
      found: 'false',
      hint,
    };
  }
  for (const key of ofRepositories) {
    if (config[key] !== true || scope !== 'credential-template') continue;
    yield {
      place: [...place, key],
      code: 'invalid-field',
      message: `Argo CD does not read '${key}' of a credential template`,
      hint: "say it of each repository: credentials with `scope: 'repository'`",
    };
  }
}
