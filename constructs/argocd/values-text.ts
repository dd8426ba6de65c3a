import type { Plain } from '../../layers/layer';
import { insideJson, jsonText, numberText } from '../../layers/text/json-text';
import { tokensInJson } from '../../layers/text/token';
import { ownTemplate } from './go-template-text';

/**
 * What Argo CD does with the texts of an Application before it is one: nothing; or, in an ApplicationSet's template, it
 * evaluates Go templates, or replaces `{{name}}` by a parameter's value as it is.
 */
export type Templating = 'none' | 'go' | 'parameters';

/** A text of some values that cannot be said in a text of the whole. */
export interface Unsayable {
  /** From the values' top. */
  readonly path: readonly string[];
  readonly text: string;
  readonly reason: string;
  readonly hint?: string;
}

/** How an ApplicationSet's spec has its templates evaluated (argo-cd, applicationset/utils: `Replace`). */
export function templatingOf(kind: string, spec: unknown): Templating {
  if (kind !== 'ApplicationSet') return 'none';
  return (spec as { readonly goTemplate?: unknown } | undefined)?.goTemplate === true ? 'go' : 'parameters';
}

/**
 * Values of a chart as one text. It is JSON, which every reader of YAML reads alike; only where Argo CD evaluates the text
 * first, what it evaluates stands in it unescaped, and puts out what it gives as a part of JSON.
 */
export function valuesText(values: Plain, templating: Templating): string {
  return `${block(values, '', (text) => quoted(text, templating))}\n`;
}

/** Everything that `valuesText` cannot say. */
export function unsayables(values: Plain, templating: Templating): readonly Unsayable[] {
  return templating === 'none' ? [] : [...unsayablesIn(values, templating, [])];
}

function* unsayablesIn(value: Plain, templating: Templating, path: readonly string[]): Generator<Unsayable> {
  if (typeof value === 'string') yield* unsayable(value, templating, path);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (!Array.isArray(value)) yield* unsayable(key, templating, [...path, key]);
      yield* unsayablesIn(item, templating, [...path, key]);
    }
  }
}

const byGoTemplate = 'say `goTemplate: true`, and write parameters as `{{ .name }}`';

function unsayable(text: string, templating: Templating, path: readonly string[]): readonly Unsayable[] {
  if (!text.includes('{{')) return [];
  // The parameter's value would stand in the text as it is: a quotation mark in it ends the string that it stands in.
  if (templating === 'parameters') return [{ path, text, reason: "a parameter's value would be pasted into it as it is", hint: byGoTemplate }];
  const template = ownTemplate(text);
  return typeof template === 'string' ? [{ path, text, reason: template }] : [];
}

function quoted(text: string, templating: Templating): string {
  const template = templating === 'go' && text.includes('{{') ? ownTemplate(text) : undefined;
  if (template === undefined || typeof template === 'string') return tokensInJson(jsonText(text));
  const parts = template.map((part, index) => {
    if (part.kind === 'action') return part.source;
    // Braces of a text may neither open an action nor become part of the next one's.
    const json = insideJson(part.text).replaceAll('{{', '{\\u007b');
    return tokensInJson(template[index + 1] === undefined ? json : json.replace(/\{$/, '\\u007b'));
  });
  return `"${parts.join('')}"`;
}

/** The layout of `JSON.stringify(value, null, 2)`. */
function block(value: Plain, indent: string, text: (text: string) => string): string {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const deeper = `${indent}  `;
  const isList = Array.isArray(value);
  const items = Object.entries(value).map(([key, item]) => `${isList ? '' : entryKey(text(key))}${block(item, deeper, text)}`);
  const [open, close] = isList ? '[]' : '{}';
  return items.length === 0 ? `${open}${close}` : `${open}\n${items.map((item) => `${deeper}${item}`).join(',\n')}\n${indent}${close}`;
}

/** A reader of YAML looks for the colon of a key that nothing announces 1,024 characters far (yaml.org/spec/1.2.2, 7.4.2). */
function entryKey(key: string): string {
  return `${key.length > 1000 ? '? ' : ''}${key}: `;
}
