/**
 * Controls that move a terminal's cursor or change its colours, and marks that turn the direction of a text around: the
 * categories Cc and Cf of Unicode, and its own line breaks.
 */
const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text of somebody's on one line, with what a terminal would obey written out: `\u001b`. */
export function withoutControls(text: string): string {
  return text.replace(controls, (character) => {
    const code = (character.codePointAt(0) as number).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}
