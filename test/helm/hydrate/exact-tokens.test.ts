import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { cluster } from '../../../constructs';
import { checksFile } from '../../../constructs/synthesis/hydration/checks-file';
import { type OpenedObjects, StandIns } from '../../../constructs/synthesis/hydration/stand-ins';
import type { ChartInput } from '../../../layers/charts/chart-input';
import { jsonText } from '../../../layers/text/json-text';
import { fillTokens, mapStrings, type Token, tokensInJson, valueInPlace } from '../../../layers/text/token';
import { toHelmTemplate } from '../../../store/yaml/yaml-text';
import { HydrateRepository, inputOf, problemsOf } from '../../store/hydrate/hydrate-builder';
import { describeWithHelm } from '../helm';

jest.setTimeout(6_000_000);

const [one, two] = [cluster.annotation('example.com/one'), cluster.annotation('example.com/two')].map(String) as [string, string];

/** How a chart may write a value: without quotation marks, between them, into other languages, as a part of a text, a key or an item. */
const lines = [
  'plain: {{ .Values.one }}',
  'other: {{ .Values.two }}',
  'spec:\n  replicas: {{ .Values.one }}\n  ports:\n    - containerPort: {{ .Values.two }}\n    - {{ .Values.one }}',
  'flow: [{{ .Values.one }}, {{ .Values.two | quote }}]',
  'braces: { a: {{ .Values.two }}, b: x }',
  'joined: {{ .Values.one }}{{ .Values.two }}',
  'version: {{ .Values.one }}.{{ .Values.two }}',
  'lower: {{ .Values.one }}_{{ .Values.two }}',
  'tens: 1{{ .Values.one }}',
  'minus: -{{ .Values.one }}',
  'hex: 0x{{ .Values.two }}',
  'keys:\n  {{ .Values.one }}: x',
  'quoted: {{ .Values.one | quote }}',
  'squoted: {{ .Values.two | squote }}',
  'double: "{{ .Values.one }}"',
  "single: '{{ .Values.two }}'",
  'part: https://{{ .Values.one }}/{{ .Values.two }}',
  'partQuoted: "https://{{ .Values.one }}/{{ .Values.two }}"',
  'yaml: {{ toYaml .Values.one }}',
  'all: {{ toYaml .Values.nested | nindent 2 }}',
  'json: {{ .Values.two | toJson }}',
  'jsonText: {{ dict "a" .Values.one | toJson | quote }}',
  'jsonByHand: |\n  {"a": "{{ .Values.one }}"}',
  'html: {{ .Values.one | html | quote }}',
  'text: |\n  one={{ .Values.one }}\n  two = {{ .Values.two | quote }}',
  'block: |\n  {{- .Values.one | nindent 2 }}',
  'folded: >-\n  {{ .Values.two }}',
  'tpl: {{ tpl .Values.one . | quote }}',
  'printed: {{ printf "%s:%s" .Values.one .Values.two | quote }}',
  'format: {{ printf .Values.one | quote }}',
  'trimmed: {{ .Values.two | trim | quote }}',
  'defaulted: {{ .Values.one | default "x" }}',
  'param: {{ .Values.param }}',
  'paramYaml: {{ toYaml .Values.param }}',
  'paramQuoted: {{ .Values.param | quote }}',
  '{{- if .Values.param }}\nhas: true\n{{- end }}',
  'text2: {{ .Values.text }}',
  'textQuoted: {{ .Values.text | quote }}',
  'textYaml: {{ toYaml .Values.text }}',
];

/** What a cluster may say. */
const live = fc.oneof(
  fc.constantFrom(
    'prod-eu-1',
    'x',
    '8080',
    '0',
    '-5',
    '443',
    '123456789012',
    '1234567',
    'true',
    'false',
    'yes',
    'No',
    'on',
    'null',
    '~',
    '',
    'v1',
    '1.5',
    '1e3',
    '0x10',
    '010',
    '0o17',
  ),
  fc.constantFrom(
    '2026-01-01',
    '12:30',
    '1_000',
    '.5',
    '5.',
    '+5',
    '.inf',
    '.nan',
    '1.10',
    '10.0.0.1',
    'a: b',
    'a #b',
    '#a',
    ' a',
    'a ',
    '*a',
    '&a',
    '!a',
    '- a',
    '-a',
    '?a',
    ':a',
    'a:',
  ),
  fc.constantFrom(
    'a,b',
    '[a]',
    '{a}',
    '{a,b}',
    'a"b',
    "it's",
    "'a'",
    '"a"',
    'a\\b',
    '\\n',
    'a&b',
    '<a>',
    'a\nb',
    'a\n',
    'a\tb',
    '{{ 1 }}',
    '{{ .Release.Name }}',
    '100%',
    '%d',
    '%s',
    '`a`',
    '|',
    '>',
    '@a',
    '%a',
  ),
  fc.constantFrom(
    'v-'.repeat(60),
    '<<',
    '=',
    '---',
    '...',
    '--- a',
    'é',
    '日本',
    '\u2028',
    '\u0085',
    'a\r\nb',
    '1\n2',
    '{"a": 1}',
    '[1, 2]',
    '99999999999999999999',
    '0123456789',
    '09',
  ),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.string({ unit: fc.constantFrom(...'ab1.0-_:# ,"\'\\&<{}[]\n\t%=!*|>@`~+ex'), maxLength: 6 }),
);

/** Values of whatever kind, in a text of YAML, and of a parameter. */
const told = fc.record({
  first: fc.constantFrom(one, `a${one}`, `${one}/${two}`, '1'),
  second: fc.constantFrom(two, `${two}.example.com`, one),
  param: fc.constantFrom(one, two, `x${one}`),
  forceString: fc.boolean(),
  text: fc.constantFrom('', `text: "${one}"`, `text: ${two}`),
});

describeWithHelm('whatever a cluster says, with the real Helm', () => {
  let repository: HydrateRepository;

  beforeEach(() => {
    repository = new HydrateRepository();
  });
  afterEach(() => repository.remove());

  test('the objects are what the chart makes of it, or Helm says which value it cannot be', () => {
    let opened = 0;
    let equal = 0;
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...lines), { minLength: 1, maxLength: 4 }),
        told,
        fc.array(fc.tuple(live, live), { minLength: 12, maxLength: 12 }),
        (some, { first, second, param, forceString, text }, says) => {
          repository.remove();
          repository = new HydrateRepository();
          const renderer = repository.renderer();
          const render = (inputs: readonly ChartInput[]) => renderer.render(inputs);
          repository.chart('web', { 'x.yaml': `apiVersion: v1\nkind: X\nmetadata:\n  name: a\n${some.join('\n')}\n` });
          const values = tokensInJson(JSON.stringify({ one: first, two: second, nested: { a: first, b: [second] } }));
          const parameters = some.some((line) => line.includes('.param')) ? [{ name: 'param', value: param, forceString }] : [];
          const input = inputOf({ values: text === '' ? [values] : [values, text], parameters });
          const standIns = new StandIns(input, (asking) => renderer.asked(asking));
          const objects: OpenedObjects = standIns.read(render(standIns.inputs), render);
          if ('problems' in objects) {
            expect(problemsOf(objects)).toEqual(
              problemsOf(objects).map(() => expect.objectContaining({ code: expect.stringMatching(/^chart-(token|render)$/) })),
            );
            return;
          }
          opened += 1;
          const templates = objects.objects.map((object, index) => [`t${index}.yaml`, toHelmTemplate(object)]);
          const checks = checksFile('', objects.checks).map((file) => ['checks.tpl', 'text' in file ? file.text : '']);
          repository.chart('filled', Object.fromEntries([...templates, ...checks]));
          const given = render(
            says.flatMap((said) => {
              const known = { one: said[0], two: said[1] };
              const fill = (token: Token) => valueInPlace(token, known[token.key as 'one' | 'two']);
              const asIs = mapStrings({ values: input.values, parameters }, (all) => fillTokens(all, fill));
              return [
                inputOf({ id: { folder: 'charts/filled' }, values: [`{"cluster": {"one": ${jsonText(known.one)}, "two": ${jsonText(known.two)}}}`] }),
                inputOf({ ...asIs }),
              ];
            }),
          );
          for (const [index, said] of says.entries()) {
            const [filled, expected] = given.slice(2 * index);
            const [problem] = problemsOf(filled) as readonly { readonly found?: string }[];
            // What the chart cannot be rendered with reaches no cluster.
            if (problemsOf(expected).length > 0) continue;
            // Nor is compared what Go reads, and JavaScript has no number for.
            if (problem?.found && /too large to be kept exactly|JSON has no number/.test(problem.found)) continue;
            if (problem) expect([said, problem.found]).toEqual([said, expect.stringMatching(/cluster\.(one|two) (must not hold|is missing)/)]);
            else {
              equal += 1;
              if (!isDeepStrictEqual(filled, expected))
                throw new Error(
                  `${JSON.stringify(said).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)} gives ${JSON.stringify(filled)} for ${JSON.stringify(expected)} with ${checks}`,
                );
            }
          }
        },
      ),
      {
        seed: Number(process.env.FLEET_SEED ?? Date.now()) | 0,
        numRuns: Number(process.env.FLEET_EXACT_RUNS ?? 8),
        endOnFailure: true,
        interruptAfterTimeLimit: 500_000,
      },
    );
    expect(opened).toBeGreaterThan(0);
    expect(equal).toBeGreaterThan(0);
  });
});
