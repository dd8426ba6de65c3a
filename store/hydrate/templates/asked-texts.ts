import { isFolder } from '../../../layers/charts/chart-id';
import type { ChartInput } from '../../../layers/charts/chart-input';
import { hasToken } from '../../../layers/text/token';
import type { ChartSource } from '../chart-sources';
import type { GivenFiles } from '../input-files';
import { saidValues } from '../said-values';
import { toldTexts } from './further-runs';
import { samplesOf } from './pattern-samples';
import { actionsIn, actionsOf } from './template-actions';

/** What templates ask for. */
interface Asked {
  readonly texts: Set<string>;
  /** Whether one compares what it is told with something else that it is told. */
  isMutual: boolean;
  /** Whether one compares it with the name of the release, or of the chart. */
  isNamed: boolean;
}

const known = new WeakMap<ChartSource, Asked>();

/** Longer ones no name, address or label is. */
const longest = 253;

/**
 * Texts for which the templates of a chart ask, or look, in what they are told: `prod` of `eq .Values.env "prod"` and of
 * `hasPrefix "prod" .Values.env`, `x_x` of `replace "_" "-" .Values.env`. Which value it is that they ask nobody can tell from outside;
 * who tells the chart such a text finds out by what comes out. Where two values are compared with each other, it is each text that
 * there is.
 */
export function askedTexts(source: ChartSource, input: ChartInput, files: GivenFiles): readonly string[] {
  const own = known.get(source) ?? askedIn(actionsIn(source.files()));
  known.set(source, own);
  const told = askedIn(toldTexts(input, files).flatMap((text) => [...actionsOf(text)]));
  const names = own.isNamed || told.isNamed ? [input.releaseName, input.namespace, isFolder(input.id) ? '' : input.id.chart] : [];
  const others = own.isMutual || told.isMutual ? [...leaves(saidValues(input, source, files))] : [];
  const texts = [...own.texts, ...told.texts, ...names, ...others];
  return [...new Set(texts)].filter((text) => text !== '' && text.length <= longest && !text.includes('{{') && !hasToken(text));
}

function askedIn(actions: Iterable<string>): Asked {
  const asked: Asked = { texts: new Set(), isMutual: false, isNamed: false };
  for (const action of actions) readAction(action, asked);
  return asked;
}

function* leaves(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const below of Object.values(value)) yield* leaves(below);
}

/** A function with what it is given, or a part of a pipeline. */
interface Command {
  /** `''`: a text, or what stands in parentheses. @default - nothing was read yet */
  head?: string;
  readonly literals: string[];
  /** Whether something that is known stands in what it is given, in parentheses too. */
  isKnown: boolean;
  isNamed: boolean;
}

const part = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|:?=|[()|,]|[^\s()|"`',=]+/g;
const keywords = new Set(['if', 'else', 'with', 'range', 'end', ',']);
const names = /^\$?\.(?:Release|Chart|Template|Capabilities)\b/;

/** Functions that are given names, formats and texts to use instead, and ask for none. */
const unasking =
  /^(?:[.$].*|include|template|define|block|tpl|printf?|println|fail|required|dict|hasKey|get|set|unset|index|pluck|pick|omit|dig|lookup|default|coalesce|ternary|join|cat|repeat|squote|quote|date\w*|toDate|gen\w+|semver\w*)$/;
/** Those that compare two things. */
const mutual = /^(?:eq|ne|has|mustHas|contains|hasPrefix|hasSuffix|trimPrefix|trimSuffix|replace|split\w*)$/;

/** Reads `{{ if and (eq .Values.a "x") … | … }}` as far as it takes to know which text belongs to which function. */
function readAction(action: string, asked: Asked): void {
  const text = action.replace(/^\{\{-?/, '').replace(/-?\}\}$/, '');
  const open: Command[] = [];
  let command = begun();
  let isAssigned = false;
  const end = ({ head = '', literals, isKnown, isNamed }: Command) => {
    if (mutual.test(head)) {
      asked.isNamed ||= isNamed;
      asked.isMutual ||= !isKnown && !isNamed;
    }
    if (!unasking.test(head)) for (const literal of literals) for (const sample of samplesFor(head, literal)) asked.texts.add(sample);
  };
  for (const [found] of text.matchAll(part)) {
    if (found === '(') {
      command.head ??= '';
      open.push(command);
      command = begun();
    } else if (found === ')' || found === '|') {
      // What is no function hands on what it is.
      const { head, literals, isKnown, isNamed } = command;
      if (head !== '') end(command);
      command = found === '|' ? begun() : (open.pop() ?? begun());
      if (head === '') command.literals.push(...literals);
      command.isKnown ||= isKnown;
      command.isNamed ||= isNamed;
    } else if (found === ':=' || found === '=') {
      command = begun();
      isAssigned = true;
    } else if (/^["`]/.test(found)) {
      const literal = textOf(found);
      command.head ??= '';
      command.literals.push(literal);
      command.isKnown ||= !unasking.test(command.head);
      // A template for `tpl`.
      for (const inner of actionsOf(literal)) if (inner !== action) readAction(inner, asked);
    } else if (!keywords.has(found)) {
      command.isKnown ||= /^(?:-?[\d.]*\d[\d.]*|'.*|true|false|nil)$/.test(found);
      command.isNamed ||= names.test(found);
      command.head ??= found;
    }
  }
  // A text that is printed asks nothing.
  if (command.head !== '' || isAssigned) end(command);
}

function begun(): Command {
  return { literals: [], isKnown: false, isNamed: false };
}

/** What to tell a function that is given a text, so that it shows: the text itself, where it is one that stands by itself in YAML. */
function samplesFor(head: string, text: string): readonly string[] {
  if (/regex/i.test(head)) return samplesOf(text);
  if (/[\p{L}\p{N}]/u.test(text)) return [text];
  if (/^(?:trimPrefix|hasPrefix)$/.test(head)) return [`${text}x`];
  if (/^(?:trimSuffix|hasSuffix)$/.test(head)) return [`x${text}`];
  if (/^(?:replace|split\w*|contains)$/.test(head)) return [`x${text}x`];
  return head === 'trimAll' ? [`${text}x`, `x${text}`] : [text];
}

/** What a text of Go means: of its escapes, templates use those that JSON has. */
function textOf(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1);
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal.slice(1, -1);
  }
}
