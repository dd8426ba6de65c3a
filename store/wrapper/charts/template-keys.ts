import type { Layout } from '../layout';
import { documentsOf, printed, type TemplateDocument, type TemplateLine } from './template-lines';

/**
 * What is read of a key in the templates of a chart: `values` is what values say, `plain` is what they say and nothing with it,
 * `inner` has keys of its own, what is below `whole` does not matter, for its parts are read in another way, and what matches a
 * pattern is the key of that name of an entry in the secret manager.
 */
export type TemplateFate = 'values' | 'plain' | 'inner' | 'whole' | RegExp;

/** What is read of the manifests of a kind. */
export interface TemplateKeys {
  readonly kind: string;
  /** From `spec` on. */
  readonly known: { readonly [path: string]: TemplateFate };
  /** What templates may say for all, since it is the same here. */
  readonly alike: RegExp;
}

/** A line of a template that says what is not carried over. */
export interface StrangeLine {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** What the templates of a chart say beside what is read of them. @param what the chart is called */
export function strangeLines(documents: readonly TemplateDocument[], keys: TemplateKeys, what: string): readonly StrangeLine[] {
  return documents.flatMap(({ kind, lines, missing }): readonly StrangeLine[] => {
    const at = ({ path, line, text }: TemplateLine, reason: string) => ({ path, line, text: text.trim(), reason });
    const absent = missing.map((line) => at(line, 'what it includes is not in the chart: what that says is not carried over'));
    const first = lines.find(({ text }) => printed(text) !== '');
    if (!kind)
      return [...absent, ...(first && absent.length === 0 ? [at(first, `nothing says of what kind it is: ${what} makes more than is carried over`)] : [])];
    if (kind.said !== keys.kind) return [...absent, at(kind, `${what} makes this, too: it is not carried over, make a component of it`)];
    return [...absent, ...strangeKeysIn(lines, keys)];
  });
}

interface Open {
  readonly indent: number;
  readonly path: string;
}

function strangeKeysIn(lines: readonly TemplateLine[], { known, alike }: TemplateKeys): readonly StrangeLine[] {
  const found: StrangeLine[] = [];
  const above: Open[] = [];
  const leave = (indent: number) => {
    while (above.length > 0 && (above[above.length - 1]?.indent ?? 0) >= indent) above.pop();
    return above[above.length - 1]?.path;
  };
  lines.forEach((whole, index) => {
    const [, dashes = '', key, said = ''] = /^( *(?:- +)*)["']?([A-Za-z][\w./-]*)["']?:(?:\s+(.*))?$/.exec(whole.text.trimEnd()) ?? [];
    const { path: file, line } = whole;
    if (key === undefined) {
      const text = printed(whole.text);
      if (!/^\{\{.*\}\}$/.test(text)) return;
      const indent = Number(/\bn?indent\s+(\d+)/.exec(text)?.[1] ?? /^ */.exec(whole.text)?.[0].length);
      const parent = [...above].reverse().find((one) => one.indent < indent)?.path;
      const fate = parent === undefined ? 'inner' : known[parent];
      if (fate === 'inner') found.push({ path: file, line, text, reason: 'what it comes to is not known: it is not carried over' });
      else if (fate === 'plain' && !isPlain(text)) found.push({ path: file, line, text, reason: moreReason(parent as string) });
      return;
    }
    const parent = leave(dashes.length);
    const path = parent === undefined ? key : `${parent}.${key}`;
    above.push({ indent: dashes.length, path });
    const text = `${key}: ${said}`.trim();
    if (!path.startsWith('spec.') || alike.test(text)) return;
    const say = (reason: string) => found.push({ path: file, line, text, reason });
    const fate = known[path];
    const below = parent === undefined ? undefined : known[parent];
    if (fate === undefined && (below === 'values' || below === 'plain'))
      say(`the templates say it of '${(parent as string).slice(5)}' whatever the values are: it is not carried over`);
    else if (below === 'inner' && fate === undefined) say(`'${path.slice(5)}' of the templates is not known: it is not carried over`);
    else if ((fate === 'values' || fate === 'plain') && said !== '' && !said.includes('{{'))
      say('the templates say it whatever the values are: it is not carried over');
    else if (fate === 'plain' && said !== '' && !isPlain(said)) say(moreReason(path));
    else if (fate instanceof RegExp && !fate.test(blockOf(said, lines.slice(index + 1), dashes.length)))
      say('it is the key of that name in the entry here: where the entry calls it otherwise, say `registration: { keys }`');
  });
  return found;
}

function moreReason(path: string): string {
  return `the templates make more of '${path.slice(5)}' than the values say: it is not carried over`;
}

/** What gives a value of the values as it is. */
const passing = new Set(['toJson', 'toRawJson', 'toYaml', 'mustToJson', 'nindent', 'indent', 'default', 'dict', 'deepCopy']);

function isPlain(text: string): boolean {
  const rest = text.replace(/\{\{-?\s*(.*?)\s*-?\}\}/g, '').trim();
  return rest === '' && !/["'`]/.test(text) && (text.match(/(?<![.$\w])[A-Za-z]\w*/g) ?? []).every((word) => passing.has(word));
}

/** What a key says, also in the lines below it. */
function blockOf(said: string, following: readonly TemplateLine[], indent: number): string {
  if (!/^[|>]/.test(said)) return said;
  const end = following.findIndex(({ text }) => text.trim() !== '' && (/^ */.exec(text)?.[0].length ?? 0) <= indent);
  return following
    .slice(0, end < 0 ? following.length : end)
    .map(({ text }) => text.trim())
    .join('\n');
}

/** Lists what the templates of a chart say beside what is read of them. */
export function sayTemplates(chart: string, keys: TemplateKeys, what: string, layout: Layout): void {
  const about = layout.yaml(`${chart}/Chart.yaml`);
  if (Array.isArray(about?.content.dependencies) && about.content.dependencies.length > 0) {
    layout.say({ file: about.file, place: ['dependencies'], reason: `${what} depends on others: what these make is not carried over` });
  }
  for (const { path, line, text, reason } of strangeLines(documentsOf(chart, layout), keys, what)) {
    layout.say({ file: layout.shown(path), line, text, reason });
  }
}
