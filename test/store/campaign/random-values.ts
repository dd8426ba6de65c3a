import { list, type MapValue, type Part, scalar, text, tokenSources, type Value } from './fleet-model';
import type { Random } from './random';

/** What the texts and values of a fleet may be. */
export interface Flavour {
  /** The dimensions, in the singular, and the names of nodes in each. */
  readonly dimensions: readonly (readonly [singular: string, names: readonly string[]])[];
  /** Whether it must be said in YAML too, where not everything can be. */
  readonly hasYaml: boolean;
  /** Whether null stands among Helm values. */
  readonly hasNulls: boolean;
  /** Whether code has a hand in the charts: cdk8s cannot write a key called `constructor` then. */
  readonly isCustomized: boolean;
  /** Keys of cluster values that some ApplicationSet injects. */
  readonly tokens: readonly string[];
}

const plainTexts = ['a', 'web', 'v1.2.3', 'eu-west', 'team/one', '80', 'x_y', 'A b c', 'https://example.com/a?b=c&d#e'];

/** What some reader of YAML takes for something else, or cannot stand. */
const doubtfulTexts: readonly string[] = [
  ...['yes', 'no', 'on', 'Off', 'y', 'N', '~', 'null', 'Null', '', 'true', '010', '0o17', '0x1F', '0X1F', '0b1', '1e3', '.5', '+1', '1_000', '12:30', '1:2:3'],
  ...['2026-01-01', '.inf', 'NaN', '=', '<<', '-', '- x', '? x', ': x', 'a: b', 'a #b', '#c', '*a', '&a x', '!t x', '%d', '@x', '|', '>-', "it's", '"q"', "'"],
  ...[
    ' lead',
    'trail ',
    'two\nlines',
    'end\n',
    '\n',
    '\n\n x\n',
    ' indented\nless\n',
    'tab\there',
    '\tlead',
    'a\n\tb',
    'back\\slash\\n',
    '$HOME',
    `\${x}`,
    '`tick`',
  ],
  ...['日本', 'ünï', '🎉', '{a}', '[b]', '{', '}', ']', ',', 'a,b', '\u00a0', 'long '.repeat(40), '---', '...', '--- x', 'x\r\ny', 'e\u0301', '1.', '08', '-0'],
];

/** What other readers refuse, or take for a line break. */
const exoticTexts = ['\u0085', 'a\u0085b', 'a\u2028b', 'c\u2029', 'del\u007f', '\ufeffbom', 'a\u0001b', '\u001b[31m', 'x\u009fy', '\ud83d\ude00\u200d'];

/** What Helm would take for an action. */
const bracedTexts: readonly string[] = [
  ...[
    '{{.name}}',
    '{{ .Values.cluster.name }}',
    '{{ index .metadata.annotations "a/b" }}',
    "{{ .a | default 'b' }}",
    '{{ `raw` }}',
    '{{{{',
    '}}{{',
    '{{',
    '}}',
  ],
  ...[
    '{{{.x}}}',
    '{{/* no */}}',
    '{{- range .x }}\n  - {{ . }}\n{{- end }}\n',
    '#{{ x }}',
    '{{`{{.x}}`}}',
    '{{ "a" }} `b` {{ c',
    'a {{ .b }}: c #{{ d }}',
    '{{\n.x\n}}',
  ],
];

const keys = ['a', 'b', 'c', 'map', 'deep', 'list', 'camelCase', 'with-dash'];
const doubtfulKeys = [
  'yes',
  '1',
  '1.5',
  'null',
  'dots.and/slash',
  'a b',
  'ünï',
  'toString',
  'valueOf',
  'a: b',
  '- x',
  '#k',
  '',
  '010',
  '"k"',
  "k's",
  '\\',
  'true',
];
const bracedKeys = ['{{.k}}', '{{ `k` }}', 'k{{', '}}k'];

const numbers = [0, 1, 2, 3, -7, 8080, 1.5, 0.25, 2_147_483_648];

/** A text for anything that takes texts. */
export function anyText(random: Random, flavour: Flavour): Value {
  const kind = random.int(1, 10);
  if (kind <= 2) return text(random.pick(plainTexts));
  if (kind <= 5) return text(random.pick(doubtfulTexts));
  if (kind === 6) return text(random.pick(exoticTexts));
  if (kind === 7 && !flavour.hasYaml) return text(random.pick(bracedTexts));
  return mixedText(random, flavour);
}

/** A text that is put together, as a label or a name takes it. */
export function mixedText(random: Random, flavour: Flavour): Value {
  const parts: Part[] = [];
  for (let count = random.int(1, 4); count > 0; count -= 1) {
    if (random.oneIn(2)) parts.push(dynamicPart(random, flavour));
    // A brace right before an action is read as part of it.
    else if (!flavour.hasYaml && random.oneIn(6)) parts.push('{', dynamicPart(random, flavour));
    else
      parts.push(
        flavour.hasYaml || random.oneIn(2)
          ? random.pick(['a-', '-b', '/', ' ', '.x'])
          : random.pick(['{', '}', '"', '\\', '`', "'", '{{', '}}', '{{.x}}', ': ', ' #']),
      );
  }
  return { kind: 'text', parts };
}

/** A text that Kubernetes takes as the value of a label. */
export function labelText(random: Random, { dimensions }: Flavour): Value {
  return text(random.pick(['x', 'v-1_', 'A.']), { dimension: random.pick(dimensions)[0], upper: random.oneIn(3) });
}

function dynamicPart(random: Random, { dimensions, tokens }: Flavour): Part {
  if (tokens.length > 0 && random.oneIn(2)) return { token: random.pick(tokens) };
  return { dimension: random.pick(dimensions)[0], upper: random.oneIn(4) };
}

/** Every key that a token may have which comes from a secret. */
export const secretKeys: readonly string[] = Object.keys(tokenSources);

/** Where values stand: in the first layer there is nothing to remove yet; a part of a whole merges with nothing. */
type Stand = 'first' | 'above' | 'part';

/** Values of a chart. */
export function chartValues(random: Random, flavour: Flavour, stand: Stand, depth = 0): MapValue {
  const entries = new Map<string, Value>();
  for (let count = random.int(depth === 0 ? 1 : 0, 4); count > 0; count -= 1) {
    const key =
      random.int(1, 10) <= 7
        ? random.pick(keys)
        : flavour.hasYaml || random.oneIn(2)
          ? random.pick(flavour.isCustomized ? doubtfulKeys : [...doubtfulKeys, 'constructor'])
          : random.pick(bracedKeys);
    entries.set(key, chartValue(random, flavour, stand, depth + 1));
  }
  return { kind: 'map', entries: [...entries] };
}

function chartValue(random: Random, flavour: Flavour, stand: Stand, depth: number): Value {
  const kind = random.int(1, 20);
  if (kind <= 5 && depth < 4) return chartValues(random, flavour, stand, depth);
  if (kind <= 8 && depth < 4) return list(...random.times(0, 3, () => chartItem(random, flavour, depth + 1)));
  if (kind <= 11) return scalar(random.oneIn(3) ? random.oneIn(2) : random.pick(numbers));
  if (kind === 12 && flavour.hasNulls) return scalar(null);
  const isOwn = !flavour.hasYaml && stand !== 'part';
  if (kind === 13 && isOwn) return stand === 'above' ? { kind: 'unset' } : { kind: 'nothing' };
  if (kind === 14 && isOwn) return choice(random, flavour, () => chartValue(random, flavour, 'part', depth + 1));
  return anyText(random, flavour);
}

/** Nothing can be removed from a list, and a map in one is a value like any other. */
function chartItem(random: Random, flavour: Flavour, depth: number): Value {
  if (depth < 4 && random.oneIn(4)) return chartValues(random, flavour, 'part', depth + 1);
  return random.oneIn(3) ? scalar(random.pick(numbers)) : anyText(random, flavour);
}

/** A function of the target. */
export function choice(random: Random, { dimensions }: Flavour, make: () => Value): Value {
  const [dimension, names] = random.pick(dimensions);
  return { kind: 'choice', dimension, name: random.pick(names), there: make(), otherwise: make() };
}
