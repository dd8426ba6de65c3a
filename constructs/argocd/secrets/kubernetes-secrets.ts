import type { Plain } from '../../../layers/layer';
import { fillTokens } from '../../../layers/text/token';
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

/**
 * The entries of a Secret that hold a secret, as paths below it: all that do not say that they hold none.
 *
 * @param isNone whether an entry holds none, by its text and its key
 */
export function* secretEntries(secret: PlainMap, isNone: (text: string, key: string) => boolean = isOpen): Generator<readonly [section: string, key: string]> {
  for (const section of ['data', 'stringData']) {
    const entries = secret[section];
    if (!isEntries(entries)) continue;
    for (const [key, value] of Object.entries(entries)) {
      const text = String(value ?? '');
      if (!isNone(section === 'data' ? (decoded(text) ?? text) : text, key)) yield [section, key];
    }
  }
}

/** What a SealedSecret has of its Secret that is not sealed, as paths below it. */
export function* plainEntries({ kind, spec }: PlainMap): Generator<readonly string[]> {
  const template = kind === 'SealedSecret' && isEntries(spec) ? spec.template : undefined;
  if (!isEntries(template) || !isEntries(template.data)) return;
  for (const [, key] of secretEntries({ stringData: template.data })) yield ['spec', 'template', 'data', key];
}

/** Of what somebody wrote as a Secret: what its key, or its text, tells to be none. */
function isOpen(text: string, key: string): boolean {
  return open.test(key) || isHarmless(text) || isPublic(text);
}

/** Of what a chart made of values that nobody here wrote, nothing is guessed: nothing at all, what only the cluster knows, or certificates and no more. */
export function isKnownOpen(text: string): boolean {
  return fillTokens(text, () => '').trim() === '' || certificates.test(text);
}

const certificates = /^\s*(-----BEGIN (CERTIFICATE|PUBLIC KEY)-----[\sA-Za-z0-9+/=]+-----END \2-----\s*)+$/;

function isPublic(text: string): boolean {
  return /-----BEGIN ([A-Z ]*CERTIFICATE|[A-Z ]*PUBLIC KEY)-----/.test(text) && !text.includes('PRIVATE KEY');
}
