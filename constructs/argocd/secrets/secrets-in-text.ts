import type { Plain } from '../../../layers/layer';
import { blockYaml } from './block-yaml';
import { decoded, isHarmless } from './harmless';
import { namedSecret, namingOf } from './secret-names';

/** A name and what it is set to, with no blank between: `--password=x`, `PASSWORD='x'`, `auth.password=x`, `?api_key=x`, `;Pwd=x`. */
const assignment = /(?:^|[\s;,&?"'`{(])(?:--?|-D)?([A-Za-z_][\w.-]*)\s?=\s?(?:"([^"]*)"|'([^']*)'|([^\s"'`;,&)(\][{}<>|]+))(?![\w([])/g;

/** An option and its value as the next word of a command. */
const option = /(?:^|\s)--?([A-Za-z][\w.-]*)\s+(?:"([^"]*)"|'([^']*)'|([^\s"'`;|&<>-][^\s"'`;|&<>]*))/g;

/** Entries of a map in one line: `{ password: x, user: y }`. */
const flow = /[{,]\s{0,40}["']?([A-Za-z_][\w.-]*)["']?\s*:\s*(?:"([^"]*)"|'([^']*)'|([^\s"'`,}{[\]][^\s"'`,}{[\]]*))/g;

/** Lines of configuration whose words stand beside each other. */
const directive = /^[ \t]{0,20}(requirepass|masterauth)[ \t]+(\S+)[ \t]*$/gm;

/** An entry of a `.netrc`. */
const netrc = /(?:^|\s)(?:machine\s{1,20}\S+|default)\s{1,20}login\s{1,20}\S+\s{1,20}(password)\s{1,20}(\S+)/g;

/** An element of XML that holds a text. */
const element = /<([A-Za-z_][\w.-]{0,60})(?:\s[^<>]{0,200})?>([^<>]{1,500})<\/\1\s?>/g;

/** A user's password in SQL. */
const statement =
  /\b(?:create|alter|grant)\s[^;']{0,500}?(?:'[^']{0,100}'[^;']{0,200}?){0,4}\b(?:(identified)\s{1,10}(?:with\s{1,10}\S{1,60}\s{1,10})?by|(password)\s?=?)\s{0,10}'([^']{3,})'/gi;

/** What databases keep of a password: how it is hashed stands in front. */
const hash = /^(md5[0-9a-f]{32}$|scram-sha-\d+\$|\*[0-9a-f]{40}$|\$\w{1,10}\$)/i;

/** Text of a program or of a sentence rather than a value: a call, a variable, another name. */
const expression = /[()]|^[A-Za-z_]\w*(\.\w+)+$|^(process\.env|os\.environ)/;

/** Without any of these words there is no name of a secret in a text, and nearly every text has none. */
const mention = /pass|pw|identified|token|secret|key|credential|auth|docker|\bsas/i;

/** Words that are names of values themselves: `token=token`, `password = form.password`. */
const name = /^[A-Za-z_.-]*(password|passwd|pass|token|secret|key|credentials?)$/i;

/**
 * Why a text holds a secret by a name in it: a document, a file of settings, a connection string, a command line.
 *
 * @param search looks at a document's maps and lists
 */
export function secretInText(text: string, search: (document: Plain) => string | undefined): string | undefined {
  if (text.length < 6 || !mention.test(text)) return undefined;
  for (const part of text.split(/^---(?=\s|$)/m)) {
    const document = documentIn(part);
    for (const one of [document, ...(isJson(part) && document !== undefined ? [] : secretsInLine(part))]) {
      const why = one === undefined ? undefined : search(one);
      if (why !== undefined) return why;
    }
    if (document !== undefined && isJson(text)) return undefined;
  }
  for (const [pattern, isCommand] of patterns) {
    for (const [, key = '', double, single, bare] of text.matchAll(pattern)) {
      const why = namedInText(key, double ?? single ?? bare ?? '', isCommand);
      if (why !== undefined) return why;
    }
  }
  return passwordInSql(text);
}

function passwordInSql(text: string): string | undefined {
  if (!/\b(create|alter|grant)\s/i.test(text)) return undefined;
  for (const [, , , value = ''] of text.matchAll(statement)) if (!isHarmless(value) && !hash.test(value)) return 'a password in SQL';
  return undefined;
}

const patterns: readonly (readonly [RegExp, boolean])[] = [
  [assignment, false],
  [option, true],
  [flow, false],
  [directive, false],
  [netrc, false],
  [element, false],
];

function namedInText(key: string, value: string, isCommand: boolean): string | undefined {
  if (!namingOf(key) || value.length < 3 || isHarmless(value) || expression.test(value) || name.test(value) || value.includes('://')) return undefined;
  // A word behind a word is part of a sentence, unless it is a command's.
  if (isCommand && /^[a-z]+$/.test(value) && namingOf(key)?.sureness !== 'surely') return undefined;
  const why = namedSecret(key, value, {});
  return why === undefined ? undefined : `${why}: '${key}'`;
}

function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** The document that a text is, as JSON or as YAML in blocks. */
function documentIn(text: string): Plain | undefined {
  if (isJson(text)) {
    try {
      return JSON.parse(text) as Plain;
    } catch {
      // A template, perhaps.
    }
  }
  return text.includes(':') ? blockYaml(text) : undefined;
}

/**
 * Secrets of Kubernetes whose entries stand in one line: `stringData: { a: x }`. Other kinds have `data`, too, and may stand in a text
 * that names Secrets: what is in base64 is one's.
 */
function* secretsInLine(text: string): Generator<Plain> {
  if (!/\bkind["']?\s{0,10}:\s{0,10}["']?Secret\b/.test(text)) return;
  for (const [, section = '', entries] of text.matchAll(/\b(data|stringData)["']?\s{0,10}:\s{0,10}(\{[^{}]*\})/g)) {
    const found = [...`${entries}`.matchAll(flow)].map(([, key = '', double, single, bare]) => [key, double ?? single ?? bare ?? ''] as const);
    if (section === 'data' && !found.every(([, value]) => decoded(value) !== undefined)) continue;
    yield { kind: 'Secret', [section]: Object.fromEntries(found) };
  }
}

/** Options of a command in a list, whose value is the next item: `['--password', 'x']`. @returns the indices of such values */
export function secretOptions(list: readonly Plain[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [index, item] of list.entries()) {
    const value = list[index + 1];
    const [, key] = typeof item === 'string' ? (/^--?([A-Za-z][\w.-]*)$/.exec(item) ?? []) : [];
    if (key === undefined || typeof value !== 'string' || value.startsWith('-')) continue;
    const why = namedSecret(key, value, {});
    if (why !== undefined) found.set(index + 1, why);
  }
  return found;
}
