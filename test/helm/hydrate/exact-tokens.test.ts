import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { cluster } from '../../../constructs';
import { type OpenedObjects, StandIns } from '../../../constructs/synthesis/hydration/stand-ins';
import type { ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import { fillTokens, mapStrings, type Token, tokensInJson, valueInPlace } from '../../../layers/text/token';
import { HydrateRepository, inputOf, problemsOf } from '../../store/hydrate/hydrate-builder';
import { describeWithHelm } from '../helm';
import { clusterValues, filled, live } from './cluster-says';
import { writingLines } from './random/lines';

jest.setTimeout(600_000);

const [one, two] = [cluster.annotation('example.com/one'), cluster.annotation('example.com/two')].map(String) as [string, string];

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

  const body = ['port: {{ .Values.one }}', 'list:\n  - 1{{ .Values.one }}', 'quoted: {{ .Values.one | quote }}', 'double: "{{ .Values.two }}"'];

  /** What the folder of an app gives for a chart that is told two values, for what a cluster says. */
  function deployed(says: readonly string[], written: readonly string[] = body, told: Partial<ChartInput> = {}): readonly ChartObjects[] {
    const renderer = repository.renderer();
    const render = (inputs: readonly ChartInput[]) => renderer.render(inputs);
    repository.chart('web', { 'x.yaml': `apiVersion: v1\nkind: X\nmetadata:\n  name: a\n${written.join('\n')}\n` });
    const standIns = new StandIns(inputOf({ values: [tokensInJson(JSON.stringify({ one, two }))], ...told }), (asking) => renderer.asked(asking));
    repository.chart('filled', filled(standIns.read(render(standIns.inputs), render)));
    return render(says.map((said) => inputOf({ id: { folder: 'charts/filled' }, values: [clusterValues({ one: said, two: said })] })));
  }

  test('what stands without quotation marks is what YAML reads', () => {
    const said = {
      '8080': [8080, 18080],
      '-5': [-5, '1-5'],
      '1.5': [1.5, 11.5],
      true: [true, '1true'],
      '~': [null, '1~'],
      '0x10': [16, '10x10'],
      '1e3': [1000, 11000],
      v1: ['v1', '1v1'],
      '2026-01-01': ['2026-01-01', '12026-01-01'],
      "it's &a<b": ["it's &a<b", "1it's &a<b"],
    } as const;
    expect(deployed(Object.keys(said))).toEqual(
      Object.entries(said).map(([text, [port, item]]) => ({
        objects: [{ apiVersion: 'v1', kind: 'X', metadata: { name: 'a' }, port, list: [item], quoted: text, double: text }],
      })),
    );
  });

  test('it can be nothing else than a scalar: Helm names the value', () => {
    const lines = ['1\nevil: true', '1\n  - 2', '\t', '1\r2', '1\u00852', '1\u20282', '1 # x', 'a: b', 'a:', ' a', 'a ', '\u00a0a', 'a\u3000', '\v', ''];
    const yaml = ['{a: b}', '[1]', '*x', '&x 1', '!!str 1', '- a', '? a', '|', '> a', '"a"', "'a'", '%a', '@a', '`a`', '{{ .Values }}', '12345678901234567890'];
    const names = expect.stringMatching(/cluster\.(one|two) (must not|is missing).*the annotation example\.com\/(one|two) of the cluster secret/);
    expect(deployed([...lines, ...yaml])).toEqual([...lines, ...yaml].map(() => ({ problems: [expect.objectContaining({ found: names })] })));
  });

  /** Which of these texts may be deployed. */
  function taken(says: readonly string[], written: readonly string[], told: Partial<ChartInput> = {}): readonly string[] {
    const given = deployed(says, written, told);
    return says.filter((_, index) => 'objects' in (given[index] as ChartObjects));
  }

  test('what Helm reads in a parameter is told: words in whatever letters, and counts with a sign', () => {
    const parameters = [{ name: 'param', value: one, forceString: false }];
    const says = ['true', 'TRUE', 'True', 'tRue', 'FALSE', 'fal\u017fe', 'Null', 'null', '+5', '-007', '-0', '5', '-5', '007', 'x', 'trues'];
    expect(taken(says, ['param: {{ .Values.param | quote }}', 'one: {{ .Values.one | quote }}'], { parameters })).toEqual([
      'true',
      '5',
      '-5',
      '007',
      'x',
      'trues',
    ]);
    // As a text it is what it is.
    expect(taken(['TRUE', '+5'], ['param: {{ .Values.param | quote }}'], { parameters: [{ name: 'param', value: one, forceString: true }] })).toEqual([
      'TRUE',
      '+5',
    ]);
  });

  test('a text of YAML that is nothing is told, where a chart asks whether it is there', () => {
    const written = ['{{- if .Values.text }}', 'has: true', '{{- end }}', 'one: {{ .Values.one | quote }}'];
    const values = [tokensInJson(JSON.stringify({ one })), `text: ${one}`];
    expect(taken(['x', '5', 'false', 'Off', '0', '~'], written, { values })).toEqual(['x', '5']);
  });

  test('spaces alone are told, and what Go does not print', () => {
    const says = ['x', 'a b', 'soft\u00adhyphen', 'no\u00a0break', '\u{e0001}', 'é', '日本'];
    expect(taken(['x', ' ', ' \u3000'], ['{{- if trim .Values.one }}', 'has: true', '{{- end }}', 'two: {{ .Values.two | quote }}'])).toEqual(['x']);
    expect(taken(says, ['text: |', '  one = {{ .Values.one | quote }}', 'two: {{ .Values.two | quote }}'])).toEqual(['x', 'a b', 'é', '日本']);
  });

  test('a line that is longer than what Go keeps together is told, and what it writes by its number in YAML', () => {
    const says = ['x', 'several words that are longer than a line of eighty letters may be before somebody folds it', '😀'];
    const toYaml = '{{ toYaml (dict "a" (printf "x-%s" .Values.one)) | nindent 2 }}';
    expect(taken(says, [`text: |${toYaml}`, 'two: {{ .Values.two | quote }}'])).toEqual(['x']);
    expect(taken(says, [`map: ${toYaml}`, 'two: {{ .Values.two | quote }}'])).toEqual(says.slice(0, 2));
  });

  test('a key is none of those that stand beside it, and its place in a text is refused', () => {
    const values = [tokensInJson(JSON.stringify({ keyed: { [`team-${one}`]: 'x', 'team-a.b': 'y', other: 'z' } }))];
    const says = ['a.b', 'axb', 'other', 'a'];
    expect(taken(says, ['keyed: {{ toYaml .Values.keyed | nindent 2 }}'], { values })).toEqual(['axb', 'other', 'a']);
    expect(() => deployed(['x'], ['text: {{ toJson .Values.keyed | quote }}'], { values })).toThrow(/does not hold it as it is/);
  });

  test('what no object holds must be there: a chart may ask whether it is', () => {
    const [without, there] = deployed(['', 'a'], ['{{- if .Values.two }}', 'has: true', '{{- end }}']);
    expect(problemsOf(without)).toEqual([expect.objectContaining({ found: expect.stringContaining('cluster.one is missing') })]);
    expect(there).toEqual({ objects: [{ apiVersion: 'v1', kind: 'X', metadata: { name: 'a' }, has: true }] });
  });

  test('the objects are what the chart makes of it, or Helm says which value it cannot be', () => {
    let opened = 0;
    let equal = 0;
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...writingLines), { minLength: 1, maxLength: 4 }),
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
          const templates = filled(objects);
          repository.chart('filled', templates);
          const given = render(
            says.flatMap((said) => {
              const known = { one: said[0], two: said[1] };
              const fill = (token: Token) => valueInPlace(token, known[token.key as 'one' | 'two']);
              const asIs = mapStrings({ values: input.values, parameters }, (all) => fillTokens(all, fill));
              return [inputOf({ id: { folder: 'charts/filled' }, values: [clusterValues(known)] }), inputOf(asIs)];
            }),
          );
          for (const [index, said] of says.entries()) {
            const [found, expected] = given.slice(2 * index);
            const [problem] = problemsOf(found) as readonly { readonly found?: string }[];
            // What the chart cannot be rendered with reaches no cluster.
            if (problemsOf(expected).length > 0) continue;
            // Nor is compared what Go reads, and JavaScript has no number for.
            if (problem?.found && /too large to be kept exactly|JSON has no number/.test(problem.found)) continue;
            if (problem) expect([said, problem.found]).toEqual([said, expect.stringMatching(/cluster\.(one|two) (must not|is missing)/)]);
            else {
              equal += 1;
              if (!isDeepStrictEqual(found, expected))
                throw new Error(
                  `${JSON.stringify(said).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)} gives ${JSON.stringify(found)} for ${JSON.stringify(expected)} with ${templates['checks.tpl']}`,
                );
            }
          }
        },
      ),
      {
        numRuns: 6,
        endOnFailure: true,
        interruptAfterTimeLimit: 400_000,
      },
    );
    expect(opened).toBeGreaterThan(0);
    expect(equal).toBeGreaterThan(0);
  });
});
