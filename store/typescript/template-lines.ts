import { type Syntax, tryParseExpression } from './syntax';

/** The text of a template literal, in one arrow function at most, with the line breaks of its text as such; code is left as it is. */
export function templateOnLines(code: string): string {
  const expression = tryParseExpression(code);
  const template = expression?.type === 'ArrowFunctionExpression' ? (expression.body as Syntax) : expression;
  if (template?.type !== 'TemplateLiteral') return code;
  let [text, from] = ['', 0];
  for (const { start, end } of template.quasis as readonly Syntax[]) {
    // Every escape as a whole: `\\n` is a backslash and a letter.
    text += code.slice(from, start) + code.slice(start, end).replace(/\\(.)/gs, (whole, letter: string) => (letter === 'n' ? '\n' : whole));
    from = end;
  }
  text += code.slice(from);
  // An editor may remove space at the end of a line.
  return /[^\S\n]\n/.test(text) ? code : text;
}
