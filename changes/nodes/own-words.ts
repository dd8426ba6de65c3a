import type { Plain } from '../../layers/layer';

/** A text in which the names of a target are `*`, each as a word of its own. */
export function ownWords(text: string, target: string): string {
  const names = [target, ...target.split('/')].sort((a, b) => b.length - a.length);
  return names.reduce((left, name) => withoutWord(left, name), text);
}

function withoutWord(text: string, word: string): string {
  let result = '';
  let from = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, from)) {
    const end = at + word.length;
    const isWord = !isLetter(text[at - 1]) && !isLetter(text[end]);
    result += text.slice(from, at) + (isWord ? '*' : word);
    from = end;
  }
  return result + text.slice(from);
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9]/.test(character);
}

/** Whether values differ in the names of their targets alone. */
export function saysWhereItIs(values: readonly { readonly value?: Plain; readonly targets: readonly string[] }[]): boolean {
  const texts = new Set<string>();
  for (const { value, targets } of values) {
    const text = JSON.stringify(value);
    if (text === undefined) return false;
    for (const target of targets) texts.add(ownWords(text, target));
    if (texts.size > 1) return false;
  }
  return true;
}
