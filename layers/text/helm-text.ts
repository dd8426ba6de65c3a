import { hasToken, splitTokens, type Token, tokenName } from './token';

/**
 * The two-moments law as text. A rendered target is a Helm chart, and Helm evaluates every `{{` in the raw text of its
 * templates. Only tokens may reach it live; whatever else opens an action is wrapped in a back-quoted literal, which
 * Helm prints as it is. No quotation marks are used inside an action: the text may stand in either kind of YAML quotes.
 */
export function toHelmText(text: string): string {
  if (!needsHelmText(text)) return text;
  const parts = splitTokens(text);
  return parts
    .map((part, index) => {
      if (typeof part !== 'string') return liveToken(part);
      const escaped = escapeActions(part);
      // A brace right before an action would be read as part of it: `{` and `{{ … }}` make `{{{`.
      const opens = typeof parts[index + 1] === 'object' && escaped.endsWith('{');
      return opens ? `${escaped.slice(0, -1)}{{\`{\`}}` : escaped;
    })
    .join('');
}

/** Whether Helm would see an action in the text, so that the scalar that holds it must be quoted. */
export function needsHelmText(text: string): boolean {
  return text.includes('{{') || hasToken(text);
}

/**
 * `required` because `index` and missing keys give an empty string, whatever the options: that must fail the cluster. The
 * value stands between double quotes, so it is quoted as Go quotes in ASCII alone, whose escapes are YAML's as well, without
 * Go's own quotes: no character of it is read otherwise by any reader of YAML. What stands without them is its value as it is.
 */
function liveToken(token: Token): string {
  if (token.isPlain) return `{{ ${requiredValue(token)} }}`;
  if (token.inGoJson) return `{{ ${escapedValue(`regexReplaceAll \`^.|.$\` (${requiredValue(token)} | toJson) \`\``)} }}`;
  const escaped = escapedValue(requiredValue(token));
  return `{{ ${token.inJson ? escapedValue(escaped) : escaped} }}`;
}

/** The value of a token as an expression; one that is missing fails the cluster. */
export function requiredValue(token: Token): string {
  const name = tokenName(token);
  return `required \`${name} is missing: ${originText(token.origin)}\` .Values.${name} | toString`;
}

/** Scalars of a template that stand without quotation marks: they begin with the action of a token, or with what numbers are made of. */
const plainLine = /(?<=: |- )((?:[\w.+-]*\{\{ required `[^`\n]*` \.Values\.[^\s`]+ \| toString \}\})+[\w.+-]*)$/gm;

/** Whether a scalar of a template stands there without quotation marks. */
export function isPlainInTemplate(text: string): boolean {
  return text.includes('{{ required `');
}

/** A template whose every scalar YAML can read: what stands without quotation marks begins with braces, and gets them. */
export function readableTemplate(template: string): string {
  return isPlainInTemplate(template) ? template.replace(plainLine, (text) => JSON.stringify(text)) : template;
}

function escapedValue(expression: string): string {
  return `regexReplaceAll \`^.|.$\` (${expression} | printf \`%+q\`) \`\``;
}

/** Where a root ApplicationSet takes a token's value from, in words that need no quotation marks. */
export function originText(origin: string | undefined): string {
  if (origin === undefined) return 'nobody injected it';
  return origin.includes(' ') ? `expected from the ${origin} of the cluster secret` : `expected from the cluster secret (${origin})`;
}

function escapeActions(text: string): string {
  let escaped = '';
  let rest = text;
  for (;;) {
    const start = rest.indexOf('{{');
    if (start < 0) return escaped + rest;
    const end = rest.indexOf('}}', start + 2);
    const whole = end < 0 ? undefined : rest.slice(start, end + 2);
    // A whole expression reads best wrapped whole; one with a back-quote of its own cannot be.
    const wrapped = whole !== undefined && !whole.includes('`') && !whole.includes('\n') ? whole : '{{';
    escaped += `${rest.slice(0, start)}{{\`${wrapped}\`}}`;
    rest = rest.slice(start + wrapped.length);
  }
}
