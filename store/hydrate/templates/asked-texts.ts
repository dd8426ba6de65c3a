import { isFolder } from '../../../layers/charts/chart-id';
import type { ChartInput } from '../../../layers/charts/chart-input';
import { hasToken } from '../../../layers/text/token';
import type { ChartSource } from '../chart-sources';
import type { GivenFiles } from '../input-files';
import { saidValues } from '../said-values';
import { toldTexts } from './further-runs';
import { textOf } from './go-text';
import { samplesOf } from './pattern-samples';
import { actionsByFile, actionsOf } from './template-actions';

/** What templates ask for. */
interface Asked {
  /** Texts of one action, or of one file with few of them: where several values are told, they may be asked for together. */
  readonly groups: (readonly string[])[];
  /** Texts that count where values are compared with each other, or are looked up: keys of maps, and what stands for what nobody says. */
  readonly known: Set<string>;
  /** Whether a value is compared with something else that is told. */
  isMutual: boolean;
  /** Whether a value says which key of a map is meant. */
  isKey: boolean;
  /** Whether a value says which file of the chart is meant. */
  isFile: boolean;
  /** Whether one is compared with the name of the release, or of the chart. */
  isNamed: boolean;
}

const known = new WeakMap<ChartSource, Asked>();

/** Longer ones no name, address or label is. */
const longest = 253;
/** Of how many texts of a file any two are asked for together. */
const fewInFile = 6;

/**
 * Texts for which the templates of a chart ask, or look, in what they are told: `prod` of `eq .Values.env "prod"` and of
 * `hasPrefix "prod" .Values.env`, `x_x` of `replace "_" "-" .Values.env`, those that fit a pattern, keys of maps in which a value is
 * looked up. Which value it is that they ask nobody can tell from outside; who tells the chart such a text finds out by what comes out.
 * Where two values are compared with each other, it is each text that there is.
 *
 * @returns those that may be asked for together in one list; each of them by itself as well
 */
export function askedTexts(source: ChartSource, input: ChartInput, files: GivenFiles): readonly (readonly string[])[] {
  const own = known.get(source) ?? askedIn(actionsByFile(source.files()));
  known.set(source, own);
  const told = askedIn(toldTexts(input, files).map(actionsOf));
  const is = (what: 'isMutual' | 'isKey' | 'isFile' | 'isNamed') => own[what] || told[what];
  const names = is('isNamed') ? [input.releaseName, input.namespace, isFolder(input.id) ? '' : input.id.chart] : [];
  const said = is('isMutual') || is('isKey') ? [...[...own.known, ...told.known].flatMap(partsOf), ...textsIn(saidValues(input, source, files))] : [];
  const paths = is('isFile') ? [...source.files().keys()].filter((path) => !/(^|\/)(templates|crds)\//.test(path)).flatMap((path) => path.split(/[/.]/)) : [];
  // Two values may be the same, whatever they are.
  const alone = [...names, ...said, ...paths, ...(is('isMutual') ? ['same'] : [])].map((text) => [text]);
  return [...own.groups, ...told.groups, ...alone].map((group) => group.filter(isAskable)).filter((group) => group.length > 0);
}

function isAskable(text: string): boolean {
  return text !== '' && text.length <= longest && !text.includes('{{') && !hasToken(text);
}

function askedIn(files: Iterable<Iterable<string>>): Asked {
  const asked: Asked = { groups: [], known: new Set(), isMutual: false, isKey: false, isFile: false, isNamed: false };
  for (const actions of files) {
    const ofFile = new Set<string>();
    for (const action of actions) {
      const texts = new Set<string>();
      readAction(action, asked, texts);
      if (texts.size > 0) asked.groups.push([...texts]);
      for (const text of texts) ofFile.add(text);
    }
    if (ofFile.size > 1 && ofFile.size <= fewInFile) asked.groups.push([...ofFile]);
  }
  return asked;
}

/** Texts and keys, and the parts of those that list something. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield* partsOf(value);
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, below] of Object.entries(value)) {
      yield key;
      yield* textsIn(below);
    }
  }
}

/** `prod` and `live` of `prod,live`. */
function partsOf(text: string): readonly string[] {
  const parts = text.length > longest ? [] : text.split(/[\s,;|:=]+/);
  return parts.length > 1 ? [text, ...parts] : [text];
}

/** A function with what it is given, or a part of a pipeline. */
interface Command {
  /** `''`: a text, or what stands in parentheses. @default - nothing was read yet */
  head?: string;
  readonly literals: string[];
  readonly numbers: string[];
  /** How many things it is given that are no texts; what is handed to it by a pipeline is one. */
  others: number;
  /** Whether something that is known stands in what it is given, in parentheses too. */
  isKnown: boolean;
  isNamed: boolean;
}

const part = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|:?=|[()|,]|[^\s()|"`',=]+/g;
const keywords = new Set(['if', 'else', 'with', 'range', 'end', ',']);
const names = /^\$?\.(?:Release|Chart|Template|Capabilities)\b/;

/** Functions that are given names of templates, formats and messages, and ask for none of them. */
const unasking =
  /^(?:[.$].*|include|template|define|block|tpl|printf?|println|fail|required|lookup|ternary|join|cat|repeat|squote|quote|date\w*|toDate|gen\w+|semver\w*)$/;
/** Those whose texts are keys, or stand for what nobody says: they count where something is looked for among them. */
const knowing = /^(?:dict|get|hasKey|index|set|unset|pluck|pick|omit|dig|default|coalesce)$/;
/** Those that compare two things. */
const mutual = /^(?:eq|ne|has|mustHas|contains|hasPrefix|hasSuffix|trimPrefix|trimSuffix|replace|split\w*)$/;
/** Those that look something up, in the first thing or the last. */
const lookingUp = /^(?:get|hasKey|index|pluck|dig)$/;

/** Reads `{{ if and (eq .Values.a "x") … | … }}` as far as it takes to know which text belongs to which function. */
function readAction(action: string, asked: Asked, texts: Set<string>): void {
  const text = action.replace(/^\{\{-?/, '').replace(/-?\}\}$/, '');
  const open: Command[] = [];
  let command = begun();
  let isAssigned = false;
  const end = ({ head = '', literals, numbers, others, isKnown, isNamed }: Command) => {
    if (mutual.test(head)) {
      asked.isNamed ||= isNamed;
      asked.isMutual ||= !isKnown && !isNamed;
    }
    asked.isKey ||= lookingUp.test(head) && others > 1;
    asked.isFile ||= /\.Files\./.test(head) && others > 0;
    if (knowing.test(head)) for (const literal of literals) asked.known.add(literal);
    else if (!unasking.test(head)) for (const literal of literals) for (const sample of samplesFor(head, literal)) texts.add(sample);
    // A count, or a length.
    if (/^(?:eq|ne|has)$/.test(head))
      for (const number of numbers) for (const sample of [number, Number(number) <= longest ? 'x'.repeat(Number(number)) : '']) texts.add(sample);
  };
  for (const [found] of text.matchAll(part)) {
    if (found === '(') {
      command.head ??= '';
      command.others += 1;
      open.push(command);
      command = begun();
    } else if (found === ')' || found === '|') {
      // What is no function hands on what it is.
      const { head, literals, isKnown, isNamed } = command;
      if (head !== '') end(command);
      command = found === '|' ? begun() : (open.pop() ?? begun());
      if (head === '') command.literals.push(...literals);
      if (found === '|') command.others += 1;
      command.isKnown ||= isKnown;
      command.isNamed ||= isNamed;
    } else if (found === ':=' || found === '=') {
      command = begun();
      isAssigned = true;
    } else if (/^["`]/.test(found)) {
      const literal = textOf(found);
      command.head ??= '';
      command.literals.push(literal);
      command.isKnown ||= !unasking.test(command.head) && !knowing.test(command.head);
      // A template for `tpl`.
      for (const inner of actionsOf(literal)) if (inner !== action) readAction(inner, asked, texts);
    } else if (!keywords.has(found)) {
      const isNumber = /^\d+(?:\.\d+)?$/.test(found);
      if (isNumber) command.numbers.push(found);
      command.isKnown ||= isNumber || /^(?:'.*|true|false|nil)$/.test(found);
      command.isNamed ||= names.test(found);
      if (command.head === undefined) command.head = found;
      else if (!isNumber) command.others += 1;
    }
  }
  // A text that is printed asks nothing.
  if (command.head !== '' || isAssigned) end(command);
}

function begun(): Command {
  return { literals: [], numbers: [], others: 0, isKnown: false, isNamed: false };
}

/** What to tell a function that is given a text, so that it shows: the text itself, where it is one that stands by itself in YAML. */
function samplesFor(head: string, text: string): readonly string[] {
  if (/regex/i.test(head)) return samplesOf(text);
  if (/[\p{L}\p{N}]/u.test(text)) return partsOf(text);
  if (/^(?:trimPrefix|hasPrefix)$/.test(head)) return [`${text}x`];
  if (/^(?:trimSuffix|hasSuffix)$/.test(head)) return [`x${text}`];
  if (/^(?:replace|split\w*|contains)$/.test(head)) return [`x${text}x`];
  return head === 'trimAll' ? [`${text}x`, `x${text}`] : [text];
}
