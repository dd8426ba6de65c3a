import type { Plain } from '../../layers/layer';
import { hasToken } from '../../layers/token';

/** A value that looks like a secret. */
export interface SecretLookalike {
  /** Keys from the top of what was searched; items of lists by their index. */
  readonly path: readonly string[];
  /** What it looks like, as a noun: `a GitHub token`. Never what it is. */
  readonly why: string;
}

/** A kind of text that is a secret wherever it stands. */
interface Shape {
  readonly why: string;
  readonly pattern: RegExp;
  /** Decides where the pattern alone cannot. */
  readonly isSecret?: (match: RegExpExecArray) => boolean;
}

/** Tokens begin where a word does; otherwise any long random text would hold one sooner or later. */
const token = (why: string, body: string): Shape => ({
  why,
  pattern: new RegExp(`(?<![A-Za-z0-9_+/-])(?:${body})`, 'g'),
  isSecret: ([text]) => !/EXAMPLE|(.)\1{7}/i.test(text),
});

/** Each begins with a text that `hint` looks for. */
const shapes: readonly Shape[] = [
  { why: 'a private key', pattern: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/g },
  {
    why: 'a private key in base64',
    pattern: /LS0tLS1CRUdJTi[A-Za-z0-9+/]{1,50}/g,
    // Certificates begin alike, and are public.
    isSecret: ([text]) => Buffer.from(text, 'base64').toString('latin1').includes('PRIVATE KEY'),
  },
  token('an age key', 'AGE-SECRET-KEY-1[A-Z0-9]{50,}'),
  token('a GitHub token', 'gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}'),
  token('a GitLab token', 'gl(?:pat|ptt|rt|dt|cbt|ft|agent|oas|soat)-[A-Za-z0-9_-]{16,}'),
  token('a Slack token', 'xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}'),
  token('a Slack webhook', 'https://hooks\\.slack\\.com/(?:services|workflows)/[A-Za-z0-9/]{20,}'),
  token('an access key of AWS', '(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9+/])'),
  token('a JSON web token', 'eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}'),
  token('an API key of Google', 'AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{20,}'),
  token('an npm token', 'npm_[A-Za-z0-9]{30,}'),
  token('a Docker Hub token', 'dckr_pat_[A-Za-z0-9_-]{20,}'),
  token('a Vault token', 'hv[sbr]\\.[A-Za-z0-9_-]{20,}'),
  token('a Grafana token', 'gls[ac]_[A-Za-z0-9_]{32,}|glc_[A-Za-z0-9+/=]{32,}'),
  token('a Stripe key', '[sr]k_live_[A-Za-z0-9]{20,}'),
  token('a SendGrid key', 'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{32,}'),
  {
    why: 'a URL with a password in it',
    pattern: /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@?#]*:([^\s/@?#]+)@[^\s/]/gi,
    isSecret: ([, password = '']) => !isHarmless(password),
  },
];

/** One look at a text, for nearly none is worth a second. */
const hint =
  /-----BEGIN|LS0tLS1CRUdJTi|AGE-SECRET|gh[pousr]_|github_pat_|gl(?:pat|ptt|rt|dt|cbt|ft|agent|oas|soat)-|gls[ac]_|glc_|xox[abeoprs]-|xapp-|hooks\.slack|AKIA|ASIA|\beyJ|AIza|GOCSPX-|npm_|dckr_|hv[sbr]\.|k_live_|SG\.|:\/\/[^\s/@]*:[^\s/@]*@/;

/** Names of values that are secrets: the last words of a key. */
const secretNames: readonly { readonly words: RegExp; readonly why: string; readonly isKey?: true }[] = [
  { words: /(password|passwd|passphrase)$/, why: 'a password, by its name' },
  { words: /(^| )token$/, why: 'a token, by its name' },
  { words: /(^| )client ?secret$/, why: 'a client secret, by its name' },
  { words: /(^| )secret ?key$/, why: 'a secret key, by its name', isKey: true },
  { words: /(^| )private ?key$/, why: 'a private key, by its name', isKey: true },
  { words: /(^| )api ?key$/, why: 'an API key, by its name', isKey: true },
  { words: /(^| )access ?key$/, why: 'an access key, by its name', isKey: true },
];

/** What a key says of its value. */
interface Naming {
  readonly why: string;
  /** Whether the word is `key`, which is also what an entry of a map is called. */
  readonly isKey: boolean;
}

/** Keys are few and come again and again. */
const namings = new Map<string, Naming | undefined>();

function namingOf(key: string): Naming | undefined {
  if (!namings.has(key)) namings.set(key, newNaming(key));
  return namings.get(key);
}

function newNaming(key: string): Naming | undefined {
  const words = wordsOf(key);
  // `existingSecretKey` is the key of a secret that is there already.
  if (/(^| )existing /.test(words)) return undefined;
  const found = secretNames.find((name) => name.words.test(words));
  return found && { why: found.why, isKey: found.isKey === true };
}

/** `adminPassword`, `ADMIN_PASSWORD` and `admin.password2` as `admin password`. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/[ 0-9]+$/, '')
    .toLowerCase();
}

const references: readonly RegExp[] = [
  // Filled in later: by a shell, Helm, Kubernetes, Grafana, the Vault plugin of Argo CD (`<path:…>`) and others; `<password>` too.
  /\$\{|\$\(|\$__|^\$[A-Za-z_][\w.:-]*$|\{\{|^%[({]|^<[^<>]*>$/,
  // Where it is, not what it is.
  /^ref\+|^[a-z][a-z0-9+.-]*:\/\/|^(vault|env|file|sops|secret|gcp|aws|awssm|azure|arn):/i,
  /^(~|\.{1,2})\/\S*$|^\/[\w.@%-]+(\/[\w.@%-]+)+\/?$/,
  /^projects\/[^/]+\/secrets\//,
  // Encrypted by SOPS.
  /^ENC\[/,
];

const placeholder =
  /^(change[-_ ]?(me|it|this)\W*|replace[-_ ]?(me|it|this)\W*|(your|my)[-_ ].*here|placeholder|example|redacted|dummy|todo|tbd|n\/a|\*+|\.{3,}|…|x{3,}|-+)$/i;
const setting = /^(true|false|yes|no|on|off|null|nil|none|never|always|auto|default|enabled|disabled|required|optional)$/i;

/** Whether a value says where a secret is, or that there is none. */
function isHarmless(text: string): boolean {
  const value = text.trim();
  return value === '' || placeholder.test(value) || setting.test(value) || hasToken(value) || references.some((pattern) => pattern.test(value));
}

/** The last word of what keys in a secret are called: `client-secret`, `DATABASE_URL`, `tls.key`, `id_rsa`. */
const entryName = /(^| )(password|passwd|pass|username|user|token|key|secret|id|value|pem|crt|cert|rsa|credentials|config|dsn|url|uri|json|yaml)$/;

/** Keys beside `secretKey` that say that it is the key of a value in a Kubernetes secret or in a secret manager. */
const secretNamers = /(^| )(remote ?ref|secret ?ref|secret ?name|existing ?secret)$/;

/** Whether the value of `secretKey` is the key of an entry, as in `{ secretName: 'smtp', secretKey: 'relay' }`. */
function isEntry(value: string, siblings: { readonly [key: string]: Plain }): boolean {
  return (/^[A-Za-z._-]+$/.test(value) && entryName.test(wordsOf(value))) || Object.keys(siblings).some((key) => secretNamers.test(wordsOf(key)));
}

/** What it is, where a value is a secret by its name. */
function namedSecret(key: string, value: string, siblings: { readonly [key: string]: Plain }): string | undefined {
  const naming = namingOf(key);
  if (!naming || isHarmless(value)) return undefined;
  return naming.isKey && isEntry(value, siblings) ? undefined : naming.why;
}

function shapeOf(text: string): string | undefined {
  if (text.length < 8 || !hint.test(text)) return undefined;
  // A placeholder may stand before what is none.
  return shapes.find(({ pattern, isSecret = () => true }) => [...text.matchAll(pattern)].some(isSecret))?.why;
}

/** What was found in values that cannot change; layers share most of them among targets. */
const known = new WeakMap<object, readonly SecretLookalike[]>();
const nothing: readonly SecretLookalike[] = [];

/**
 * Values in configuration that look like secrets, which do not belong into Git: private keys and tokens by their shape,
 * literals by the name of their key. References, templates and placeholders are none.
 *
 * @param path where the value stands; its last key counts as the value's name
 */
export function secretLookalikes(value: Plain, path: readonly string[] = []): readonly SecretLookalike[] {
  if (typeof value === 'string') {
    const why = shapeOf(value) ?? namedSecret(path[path.length - 1] ?? '', value, {});
    return why === undefined ? nothing : [{ path, why }];
  }
  const found = search(value);
  return path.length === 0 ? found : found.map((lookalike) => ({ ...lookalike, path: [...path, ...lookalike.path] }));
}

/** Paths are those from the value itself, so that what was found holds wherever else the value stands. */
function search(value: Plain): readonly SecretLookalike[] {
  if (typeof value !== 'object' || value === null) return nothing;
  const before = known.get(value);
  if (before) return before;
  let found: SecretLookalike[] | undefined;
  for (const key in value) {
    const item = (value as { readonly [key: string]: Plain })[key] as Plain;
    const why = typeof item === 'string' ? (shapeOf(item) ?? nameOfItem(value, key, item)) : undefined;
    if (why !== undefined) {
      found ??= [];
      found.push({ path: [key], why });
    } else if (typeof item === 'object') {
      for (const lookalike of search(item)) {
        found ??= [];
        found.push({ path: [key, ...lookalike.path], why: lookalike.why });
      }
    }
  }
  const all = found ?? nothing;
  if (Object.isFrozen(value)) known.set(value, all);
  return all;
}

/** Why an item of a map is a secret by its name, which is `name` in what containers call an environment: `{ name, value }`. */
function nameOfItem(map: object, key: string, item: string): string | undefined {
  if (Array.isArray(map)) return undefined;
  const siblings = map as { readonly [key: string]: Plain };
  const name = key === 'value' && typeof siblings.name === 'string' ? siblings.name : key;
  return namedSecret(name, item, siblings);
}
