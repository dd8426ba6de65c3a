import { type LexedAction, lexAction } from '../../layers/text/lex-action';
import { hasToken } from '../../layers/text/token';

/** A part of a text that is a Go template: text, or an action that leaves no white space out and puts out a part of JSON. */
export type TemplatePart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'action'; readonly source: string };

const opening: ReadonlySet<string> = new Set(['if', 'with', 'range']);
const silent: ReadonlySet<string> = new Set([...opening, 'else', 'end', 'break', 'continue']);
/** They put out text that stands elsewhere. */
const elsewhere: ReadonlySet<string> = new Set(['template', 'block', 'define']);

/**
 * A string that Argo CD evaluates by itself, as parts of a larger text that is evaluated at once and means the same: the
 * white space that trim markers take is taken, and what an action gives is escaped.
 *
 * @returns why it cannot be, where it cannot
 */
export function ownTemplate(text: string): readonly TemplatePart[] | string {
  const parts: TemplatePart[] = [];
  let [from, depth, trims] = [0, 0, false];
  const add = (end: number, trimsEnd: boolean) => {
    const start = trims ? text.slice(from, end).replace(/^[ \t\r\n]+/, '') : text.slice(from, end);
    const added = trimsEnd ? start.replace(/[ \t\r\n]+$/, '') : start;
    const last = parts[parts.length - 1];
    // A comment leaves nothing between two texts.
    if (last?.kind === 'text') parts.splice(-1, 1, { kind: 'text', text: last.text + added });
    else if (added !== '') parts.push({ kind: 'text', text: added });
  };
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', from)) {
    const action = lexAction(text, at);
    if (action.kind === 'unclosed') return `its ${action.what} is not closed`;
    const source = text.slice(at, action.end);
    if (hasToken(source)) return 'an expression for Argo CD holds a value that only the cluster knows';
    add(at, action.trimsBefore);
    [from, trims] = [action.end, action.trimsAfter];
    if (action.kind === 'comment') continue;
    const word = action.lexemes[0]?.source ?? '';
    if (elsewhere.has(word)) return `\`${word}\` puts out a text whose characters cannot be escaped`;
    if (opening.has(word)) depth += 1;
    if (word === 'end') depth -= 1;
    if (depth < 0) return '`end` has nothing to end';
    parts.push({ kind: 'action', source: isSilent(action) ? `{{ ${bodyOf(action, source)} }}` : escaping(bodyOf(action, source)) });
  }
  if (depth > 0) return '`if`, `with` or `range` has no `end`';
  add(text.length, false);
  return parts;
}

/** Whether it puts nothing out: a part of a control structure, or an assignment. */
function isSilent({ lexemes }: LexedAction): boolean {
  const [first, second, third] = lexemes.map(({ source }) => source);
  return silent.has(first ?? '') || (first?.startsWith('$') === true && (second === '=' || (second === ':' && third === '=')));
}

function bodyOf({ trimsBefore, trimsAfter }: LexedAction, source: string): string {
  return source.slice(trimsBefore ? 3 : 2, trimsAfter ? -3 : -2).trim();
}

/** As a token's value is escaped; Argo CD has the functions of Go and of sprig. */
function escaping(pipeline: string): string {
  return `{{ regexReplaceAll \`^.|.$\` (${pipeline} | toString | printf \`%+q\`) \`\` }}`;
}
