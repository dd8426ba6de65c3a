import type { Plain } from '../../../layers/layer';
import { decoded, isHarmless } from './harmless';

type PlainMap = { readonly [key: string]: Plain };

/** Entries of Secrets that tell nothing: whom, where, and what anybody may know. */
const open =
  /^(ca\.crt|tls\.crt|ca|cert|certificate|user(name)?|host(name)?|port|url|server|name|type|project|database|db_?name|enableOCI|insecure|proxy|region|endpoint|namespace|known_hosts|ssh_known_hosts)$/i;

/** Whether a map is a Secret of Kubernetes that has entries. */
export function isKubernetesSecret(map: PlainMap): boolean {
  return map.kind === 'Secret' && (map.apiVersion === undefined || map.apiVersion === 'v1') && (isEntries(map.data) || isEntries(map.stringData));
}

function isEntries(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a Secret that hold a secret, as paths below it: all that do not say that they hold none. */
export function* secretEntries(secret: PlainMap): Generator<readonly [section: string, key: string]> {
  for (const section of ['data', 'stringData']) {
    const entries = secret[section];
    if (!isEntries(entries)) continue;
    for (const [key, value] of Object.entries(entries)) {
      const text = typeof value === 'string' ? (section === 'data' ? (decoded(value) ?? value) : value) : '';
      if (!open.test(key) && !isHarmless(text) && !isPublic(text)) yield [section, key];
    }
  }
}

function isPublic(text: string): boolean {
  return /-----BEGIN ([A-Z ]*CERTIFICATE|[A-Z ]*PUBLIC KEY)-----/.test(text) && !text.includes('PRIVATE KEY');
}
