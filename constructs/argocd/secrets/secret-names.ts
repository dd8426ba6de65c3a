import type { Plain } from '../../../layers/layer';
import { isHarmless, isRandom } from './harmless';

/** What a key says of its value. */
interface Naming {
  readonly why: string;
  /**
   * How sure a name is. `surely`: whatever the value is. `key`: the word is also what an entry of a secret is called.
   * `object`: it is also how charts ask for the name of a Secret. `random`: only a value that looks made up by a machine.
   */
  readonly sureness: 'surely' | 'key' | 'object' | 'random';
}

type Names = readonly { readonly words: RegExp; readonly why: string; readonly sureness?: Naming['sureness'] }[];

/** Names of values that are secrets: the last words of a key. */
const secretNames: Names = [
  { words: /(passwords?|passwds?|passphrases?)$/, why: 'a password, by its name' },
  { words: /(^| )(pass|pwd|pw|passcode|requirepass|masterauth|smtppass|dbpass|userpass|rootpw|bindpw)$/, why: 'a password, by its name' },
  { words: /(^| )token$/, why: 'a token, by its name' },
  { words: /(^| )client ?secrets?$/, why: 'a client secret, by its name' },
  {
    words:
      /(^| )(webhook|jwt|session|cookie|csrf|hmac|signing|signature|encryption|shared|consumer|app|application|api|oauth2?|oidc|master|otp|totp) ?secrets?$/,
    why: 'a secret, by its name',
    sureness: 'object',
  },
  {
    words: /(^| )(secret|encryption|signing|decryption|hmac|unseal|master|fernet|pre ?shared) ?keys?( base)?$/,
    why: 'a secret key, by its name',
    sureness: 'key',
  },
  { words: /(^| )private ?keys?$/, why: 'a private key, by its name', sureness: 'key' },
  { words: /(^| )api ?keys?$/, why: 'an API key, by its name', sureness: 'key' },
  { words: /(^| )access ?keys?$/, why: 'an access key, by its name', sureness: 'key' },
  {
    words:
      /(^| )(account|storage|shared|service|integration|routing|license|auth|deploy|host|ssh|application|app) ?keys?$|(^| )(secrets?|credentials?|tokens|sas)$/,
    why: 'a secret, by its name and by how it looks',
    sureness: 'random',
  },
];

/** Keys are few and come again and again. */
const namings = new Map<string, Naming | undefined>();

export function namingOf(key: string): Naming | undefined {
  if (!namings.has(key)) namings.set(key, newNaming(key));
  return namings.get(key);
}

function newNaming(key: string): Naming | undefined {
  const words = wordsOf(key);
  // `existingSecretKey` is the key of a secret that is there already; `old pwd` and `pwd` are folders in a shell.
  if (/(^| )existing /.test(words) || /^(old ?)?pwd$/.test(words)) return undefined;
  const found = secretNames.find((name) => name.words.test(words));
  return found && { why: found.why, sureness: found.sureness ?? 'surely' };
}

/** `adminPassword`, `ADMIN_PASSWORD` and `admin.password2` as `admin password`. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/[ 0-9]+$/, '')
    .trim()
    .toLowerCase();
}

/** The last word of what keys in a secret are called: `client-secret`, `DATABASE_URL`, `tls.key`, `id_rsa`. */
const entryName = /(^| )(password|passwd|pass|username|user|token|key|secret|id|value|pem|crt|cert|rsa|credentials|config|dsn|url|uri|json|yaml)$/;

/** Keys beside one that say that it is the key of a value in a Kubernetes secret or in a secret manager. */
const secretNamers = /(^| )(remote ?ref|secret ?ref|secret ?name|existing ?secret)$/;

/** Keys below which names are names of entries: `secretKeys: { password: 'mysql-password' }`. */
const entryMaps =
  /(^| )((existing |external |user ?provided )?secrets? ?keys?( ?(mapping|name|ref|map))?s?|existing ?secrets?( ?(keys?|refs?|names?|mappings?))?|secrets? ?(key )?(refs?|selectors?|mappings?)|remote ?refs?|value ?from|encrypted ?data|key ?mappings?)$/;

/** Keys that mean the same where something beside them names a secret. */
const keyMaps = /^(keys?|mappings?|entries|items|fields|properties)$/;

const entryMapNames = new Map<string, boolean>();

/** Whether what stands below a key is said of the entries of a secret that is somewhere else. */
export function namesEntries(key: string, siblings: { readonly [key: string]: Plain }): boolean {
  let is = entryMapNames.get(key);
  if (is === undefined) {
    is = entryMaps.test(wordsOf(key));
    entryMapNames.set(key, is);
  }
  return (
    is || (keyMaps.test(key) && (namesSecret(siblings) || typeof siblings.secret === 'string' || (/^keys?$/.test(key) && typeof siblings.name === 'string')))
  );
}

function namesSecret(siblings: { readonly [key: string]: Plain }): boolean {
  return Object.keys(siblings).some((key) => secretNamers.test(wordsOf(key)) && siblings[key] !== '' && siblings[key] !== null && siblings[key] !== false);
}

/** Whether the value of a key is the key of an entry, as in `{ secretName: 'smtp', secretKey: 'relay' }`. */
function isEntry(value: string, siblings: { readonly [key: string]: Plain }): boolean {
  return (/^[A-Za-z._-]+$/.test(value) && entryName.test(wordsOf(value))) || namesSecret(siblings);
}

/** Whether a value is the name of an entry after which its key is called: `appSecretKey: 'appsecret'`. */
function isNamedLike(key: string, value: string): boolean {
  const entry = wordsOf(key)
    .replace(/ ?keys?$/, '')
    .replaceAll(' ', '');
  return value.replace(/[-_.]/g, '').toLowerCase() === entry;
}

/** Whether a value looks like the name of a Secret that holds what its key names: `webhookSecret: 'github-webhook'`. */
function isObjectName(key: string, value: string): boolean {
  if (!/^[a-z]+(-[a-z0-9]+)+$/.test(value)) return false;
  const known = [...wordsOf(key).split(' '), 'secret', 'secrets', 'creds', 'credentials', 'auth', 'token', 'key', 'keys', 'tls', 'config'];
  return value.split('-').some((word) => known.includes(word));
}

/** KMS calls its keys by such a name. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a value is, where it is a secret by its name. */
export function namedSecret(key: string, value: string, siblings: { readonly [key: string]: Plain }): string | undefined {
  const naming = namingOf(key);
  if (!naming || isHarmless(value)) return undefined;
  const { why, sureness } = naming;
  switch (sureness) {
    case 'surely':
      return why;
    case 'key':
      return isEntry(value, siblings) || isNamedLike(key, value) || (uuid.test(value) && /encryption|signing|decryption|master/i.test(key)) ? undefined : why;
    case 'object':
      return isObjectName(key, value) || isEntry(value, siblings) ? undefined : why;
    case 'random':
      return isRandom(value, 16) ? why : undefined;
  }
}

/** Whether a number is a password: `adminPassword: 12345678`. How long one has to be is none. */
export function isNumberSecret(key: string, value: number): boolean {
  const words = wordsOf(key);
  return (
    /passw(or)?d|passphrase/.test(words) &&
    namingOf(key) !== undefined &&
    Math.abs(value) >= 1000 &&
    !/(^| )(min|max|length|size|count|ttl|age)( |$)/.test(words)
  );
}
