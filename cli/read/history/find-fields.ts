import { FleetError } from '../../../constructs';
import { fieldKeys } from '../../../layers/record';
import { asksFor, nearest } from '../../../layers/text/nearest';

/**
 * The fields that were meant: one by its name, all below a name, or those that a pattern fits, in which `*` stands for any text. A
 * name may be cut at its beginning: `replicaCount`.
 *
 * @throws FleetError with a suggestion
 */
export function findFields(known: readonly string[], asked: string | undefined): readonly string[] {
  if (asked === undefined) return known;
  const word = unquoted(asked);
  const plain = known.map((field) => ({ field, text: unquoted(field) }));
  const fits: readonly ((text: string) => boolean)[] = word.includes('*')
    ? [patternOf(word)]
    : [
        (text) => text === word || text.startsWith(`${word}.`),
        // What is in a list was set with the list.
        (text) => word.startsWith(`${text}.`),
        (text) => `.${text}.`.includes(`.${word}.`),
      ];
  for (const isMeant of fits) {
    const found = plain.filter(({ text }) => isMeant(text)).map(({ field }) => field);
    if (found.length > 0 && word !== '') return found;
  }
  throw noField(asked, word, plain);
}

function patternOf(pattern: string): (text: string) => boolean {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const form = new RegExp(`^${parts.join('.*')}(\\..*)?$`, 's');
  return (text) => form.test(text);
}

/** Keys that hold points need quotes in a field, and nobody writes them by hand. */
function unquoted(field: string): string {
  return fieldKeys(field)?.join('.') ?? field;
}

function noField(asked: string, word: string, plain: readonly { readonly field: string; readonly text: string }[]): FleetError {
  const texts = plain.map(({ text }) => text);
  const parts = texts.flatMap((text) => text.split('.').map((_, index, keys) => keys.slice(0, index + 1).join('.')));
  const ends = texts.flatMap((text) => text.split('.').map((_, index, keys) => keys.slice(index).join('.')));
  const meant = word.includes('*') ? undefined : nearest(word, new Set([...parts, ...ends]));
  const tops = [...new Set(texts.map((text) => text.split('.')[0] as string))];
  const hint = meant === undefined ? `there are ${tops.slice(0, 8).join(', ')}${tops.length > 8 ? ', …' : ''}` : asksFor(meant);
  return new FleetError([{ code: 'unknown-field', message: `nothing sets '${asked}' there`, place: [], hint }]);
}
