import { hasToken } from '../../../layers/text/token';

const references: readonly RegExp[] = [
  // Filled in later: by a shell, Helm, Kubernetes, Grafana, the Vault plugin of Argo CD (`<path:…>`) and others; `<password>` too.
  /\$\{|\$\(|\$__|^\$[A-Za-z_][\w.:-]*$|^\$\d$|\{\{|^%[({]|^<[^<>]*>$/,
  // Vector's way to a secret store; a pattern that matches any.
  /^SECRET\[[\w.-]+\]$|^\.[*+]$/,
  // Where it is, not what it is.
  /^ref\+|^[a-z][a-z0-9+.-]*:\/\/|^(vault|env|file|sops|secret|gcp|aws|awssm|azure|arn|op|akv|doppler|ssm):/i,
  /^(~|\.{1,2})\/\S*$|^\/[\w.@%-]+(\/[\w.@%-]+)+\/?$|^alias\/[\w/-]+$|^projects\/[^/]+\//,
  // A path in a secret manager: `secret/data/shop`, `kv/shop#password`.
  /^[a-z][a-z_.-]*(\/[a-z][a-z0-9_.-]*)+(#[\w.-]+)?$/,
  // Public.
  /^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-\S+)\s+AAAA|^age1[a-z0-9]{50,}$/,
  // Encrypted by SOPS, as one value or as a whole document, or by Sealed Secrets.
  /ENC\[(AES256_GCM|SEALED|PKCS7|GPG)?,|^ENC\[/,
  /-----BEGIN (AGE ENCRYPTED FILE|PGP MESSAGE)-----/,
];

const placeholder =
  /^(change[-_ ]?(me|it|this)\W*|replace[-_ ]?(me|it|this)\W*|(your|my)[-_ ].*here|(your|my)[-_][a-z_-]*(password|token|key|secret|pass)|__+[a-z][a-z0-9_]*__+|placeholder|example|redacted|dummy|todo|tbd|n\/a|\*+|\.{3,}|…|x{3,}|-+)$/i;
const setting = /^(true|false|yes|no|on|off|null|nil|none|undefined|never|always|auto|default|enabled|disabled|required|optional|read|write|[01])$/i;

/** Durations (`3600s`, `1h30m`) and versions (`^1.2.3`). */
const measure = /^((\d+(\.\d+)?(ns|us|ms|s|m|h|d|w|y))+|[~^<>=v]*\d+(\.\d+)+(-[\w.]+)?)$/;

/** What of these a text of any length may hold. */
const anywhere = /\$\{|\$\(|\$__|\{\{|ENC\[(AES256_GCM|SEALED|PKCS7|GPG)?,|-----BEGIN (AGE ENCRYPTED FILE|PGP MESSAGE)-----/;

/** What is longer is no path, name or word: patterns for these would go back and forth in it, until they run out of memory. */
const longest = 10_000;

/** Whether a value says where a secret is, that it comes later, or that there is none. */
export function isHarmless(text: string): boolean {
  const value = text.trim();
  if (value.length > longest) return hasToken(value) || anywhere.test(value);
  if (value === '' || placeholder.test(value) || setting.test(value) || measure.test(value)) return true;
  return hasToken(value) || references.some((pattern) => pattern.test(value));
}

/**
 * Whether a text looks as if a machine made it up: long enough, and going back and forth between digits, capitals and small
 * letters in one of its words.
 */
export function isRandom(text: string, length = 12): boolean {
  return text.split(/[^A-Za-z0-9]+/).some((word) => {
    if (word.length < length || !/[0-9]/.test(word) || !/[A-Za-z]/.test(word)) return false;
    const turns = word.match(/[0-9](?=[A-Za-z])|[A-Za-z](?=[0-9])|[a-z](?=[A-Z])/g)?.length ?? 0;
    return turns >= 4;
  });
}

/** The text that base64 holds, where it is text and nothing else. Looks for what must not be there: what must would be remembered letter by letter. */
export function decoded(text: string): string | undefined {
  const packed = text.replace(/\s+/g, '');
  const letters = packed.replace(/={1,2}$/, '');
  if (packed.length < 8 || packed.length % 4 === 1 || letters === '' || /[^A-Za-z0-9+/_-]/.test(letters)) return undefined;
  const bytes = Buffer.from(packed.replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString('latin1');
  return /[^\t\n\r\x20-\x7e]/.test(bytes) ? undefined : bytes;
}
