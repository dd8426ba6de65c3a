import fc from 'fast-check';
import { encodeToken } from '../../layers/text/token';
import type { Scope } from '../../store/expressions/evaluate';
import { ExpressionError } from '../../store/expressions/expression-error';
import { parseTemplate } from '../../store/expressions/parse';
import { evaluateTwice } from '../../store/expressions/passes';

export const target = { environment: 'stage', sector: 'stage-sector-1', region: 'us-east1' };

export const values = {
  cluster: target,
  image: 'nginx:1.27.0',
  replicas: 3,
  million: 1_000_000,
  ratio: 0.25,
  enabled: true,
  disabled: false,
  zero: 0,
  empty: '',
  nothing: null,
  none: {},
  noItems: [],
  zones: ['a', 'b'],
  applications: { web: { 'release-name': 'web', source: { targetRevision: 'v1.2.3' } } },
};

/** Values as a scope; only the cluster knows its name and its project. */
export function scopeOf(known: object = values, live: readonly string[] = ['name', 'projectId']): Scope {
  const at = (path: readonly string[]) => path.reduce<unknown>((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), known);
  return {
    value: at,
    token,
    liveToken: ([first, key = '']) => (first === 'cluster' && live.includes(key) ? token(key) : undefined),
    knownKeys: (path) => Object.keys(at(path) ?? {}),
  };
}

/** What the second pass sees: whatever stands below `cluster` is what the cluster says, and so is `project_id`. */
export function deployScopeOf(known: object = values): Scope {
  const { value, knownKeys } = scopeOf(known) as Required<Scope>;
  return {
    value: (path) => {
      const [first, key] = path;
      if (first === 'project_id' && path.length === 1) return encodeToken({ key: first, isTopLevel: true });
      return first === 'cluster' ? (key !== undefined && path.length === 2 ? token(key) : undefined) : value(path);
    },
    knownKeys,
    isDeploy: true,
  };
}

export function token(key: string): string {
  return encodeToken({ key, origin: key === 'name' ? 'name' : `annotation example.com/${key}` });
}

/** What reaches Argo CD. */
export function evaluated(text: string, scope = scopeOf(), deploy = deployScopeOf()): string {
  return evaluateTwice(parseTemplate(text), scope, deploy);
}

/** What is wrong with a text: `message @offset`, and the hint in a second line. */
export function complaint(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return `${error.message} @${error.offset}${error.hint === undefined ? '' : `\n${error.hint}`}`;
  }
  return 'nothing is wrong';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Go, JSON and TypeScript do not agree on how to write, count or change them. */
const rare = ['ß', '😀', '\u00a0', '\ufeff', '\x07'];
const text = fc.constantFrom('', ' ', 'a', 'b-c', '.', '$', '${', '`', "'", '\\', '\n', '%', '{', '}', 'dist/', ' x ', '$&', '#é', ...rare);
const go = (value: string) => JSON.stringify(value);
const raw = fc.constantFrom(
  '``',
  '`a`',
  '`{{ .name }}`',
  '`a-{{ .Values.cluster.name }}`',
  '`{{ .Values.cluster.projectId }}`',
  '`\u00a0{{ .Values.cluster.name }}`',
);
const reference = fc.constantFrom(
  '.Values.cluster.environment',
  '$.Values.cluster.sector',
  '(index .Values.cluster "region")',
  '(index .Values "cluster" "sector")',
  '.Values.image',
  '.Values.empty',
  '.Values.missing',
  '.Values.replicas',
  '.Values.million',
  '.Values.ratio',
);
const number = fc.constantFrom('3', '-5', '0', '1000000', '0x10', '0.5', '1234567.5');

/** A pipeline; some of them are wrong. */
const pipeline = fc.letrec<{ readonly term: string; readonly operand: string }>((tie) => ({
  operand: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text.map(go),
    raw,
    reference,
    reference,
    number,
    tie('term').map((term) => `(${term})`),
  ),
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('operand'),
    fc.tuple(fc.constantFrom('upper', 'lower', 'trim', 'quote', 'squote'), tie('operand')).map(([name, operand]) => `${name} ${operand}`),
    fc.tuple(tie('operand'), fc.constantFrom('upper', 'lower', 'trim', 'quote', 'squote')).map(([operand, name]) => `${operand} | ${name}`),
    fc.tuple(tie('operand'), tie('operand')).map(([value, otherwise]) => `${value} | default ${otherwise}`),
    fc.tuple(tie('operand'), tie('operand'), tie('operand')).map(([value, old, replacement]) => `replace ${old} ${replacement} ${value}`),
    fc.tuple(fc.integer({ min: -12, max: 12 }), tie('operand')).map(([length, operand]) => `trunc ${length} ${operand}`),
    fc
      .tuple(fc.oneof(text.map(go), fc.constantFrom('1', 'ge', 'e.').map(go), raw), tie('operand'))
      .map(([suffix, operand]) => `trimSuffix ${suffix} ${operand}`),
    fc
      .tuple(fc.constantFrom('%s-%v', '%v%%%q', '%s$%s', '%12s|%-12v'), tie('operand'), tie('operand'))
      .map(([format, one, two]) => `printf ${go(format)} ${one} ${two}`),
    fc.tuple(tie('operand'), tie('operand')).map(([one, two]) => `print ${one} ${two}`),
    tie('operand').map((operand) => `print ${operand}`),
    fc.tuple(fc.constantFrom('%d', '%05d'), tie('operand')).map(([format, operand]) => `printf ${go(format)} ${operand}`),
  ),
})).term;

const plainText = text.filter((part) => !part.includes('{'));
const action = fc.tuple(fc.constantFrom('{{ ', '{{- ', '{{'), pipeline, fc.constantFrom(' }}', ' -}}', '}}')).map((parts) => parts.join(''));
const comment = fc.constantFrom('{{/* nothing */}}', '{{- /* .Values }} */ -}}');
const forArgoCd = fc.constantFrom('{{.name}}', '{{- range .items -}}', '{{ index .metadata.annotations "a/b" }}', '{{ .Values.cluster.name }}');

/** Scalars with actions between plain text, all of them evaluated when the fleet is rendered. */
export const evaluatedTemplates = fc
  .array(fc.oneof({ weight: 2, arbitrary: plainText }, { weight: 4, arbitrary: action }, comment), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''));

/** The same, with what is left to Argo CD. */
export const templates = fc.array(fc.oneof(evaluatedTemplates, forArgoCd), { minLength: 1, maxLength: 2 }).map((parts) => parts.join(''));

/** Ways to escape a text, so that one pass gives it. */
function escaped(text: string): fc.Arbitrary<string> {
  const ways = [`{{ ${go(text)} }}`, text.replaceAll('{{', '{{"{{"}}'), `{{ printf "%s" ${go(text)} }}`, `{{ print ${go(text)} }}`];
  return fc.constantFrom(...ways, ...(/[`\r]/.test(text) ? [] : [`{{\`${text}\`}}`, `{{- \`${text}\` -}}`]));
}

function joined(parts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(parts, { minLength: 1, maxLength: 3 }).map((list) => list.join(''));
}

const last = joined(
  fc.constantFrom('{{ .name }}', '{{ index .metadata.annotations "a/id" }}', '{{ "x" }}', 'a', ' ', '{{ .Values.cluster.name }}', '{{- .x -}}'),
);
const live = fc.constantFrom(
  '{{ .Values.cluster.name }}',
  '{{- $.Values.cluster.projectId | squote -}}',
  '{{ printf "%s/%v" .Values.project_id 3 }}',
  '{{ .Values.project_id }}',
);
const second = joined(fc.oneof(evaluatedTemplates, live, last.chain(escaped), plainText));

/** Scalars that are evaluated when the fleet is rendered, and again when it is deployed; what comes out then may be for Argo CD. */
export const escapedTemplates = joined(
  fc.oneof({ weight: 3, arbitrary: second.chain(escaped) }, evaluatedTemplates, plainText, fc.constantFrom('{{"{"}}', '{', '}', '{{"}}"}}')),
);
