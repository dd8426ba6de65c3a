import type { Finding } from '../../../../layers/consequences';
import { repositoryShape } from '../../../../layers/shape/credential-shape';
import type { AnyMap } from '../../../../layers/shape/read';

/** The schemes that Git, Helm and registries take a proxy by. */
const proxyUrl = /^(https?|socks5h?):\/\/[^\s/]/i;

/** What no shape says of single fields of credentials. */
export function* repositoryFields({ insecure, scope, proxy }: AnyMap, place: readonly string[]): Generator<Finding> {
  if (typeof proxy === 'string' && proxy.trim() !== '' && !proxyUrl.test(proxy)) {
    const expected = repositoryShape.proxy.filled;
    yield { place: [...place, 'proxy'], code: 'invalid-field', message: `'${proxy}' is no URL of a proxy`, expected };
  }
  if (insecure === true && scope === 'credential-template') {
    // argo-cd, util/db/repository_secrets.go, secretToRepoCred: the key is not read.
    yield {
      place: [...place, 'insecure'],
      code: 'invalid-field',
      message: "Argo CD does not read 'insecure' of a credential template",
      hint: "say it of each repository: credentials with `scope: 'repository'`",
    };
  }
}
