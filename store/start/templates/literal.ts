import { sourceText } from '../../typescript/source-text';

/** A text as a TypeScript literal. */
export function literal(text: string): string {
  return sourceText({ kind: 'value', value: text });
}
