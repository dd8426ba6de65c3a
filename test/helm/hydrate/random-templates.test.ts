import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { cluster } from '../../../constructs';
import { type OpenedObjects, StandIns } from '../../../constructs/synthesis/hydration/stand-ins';
import type { ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import { fillTokens, mapStrings, type Token, tokensInJson, valueInPlace } from '../../../layers/text/token';
import { HydrateRepository, inFolder, problemsOf } from '../../store/hydrate/hydrate-builder';
import { describeWithHelm } from '../helm';
import { clusterValues, filled, live } from './cluster-says';
import { functions } from './template-functions';

jest.setTimeout(600_000);

const one = String(cluster.annotation('example.com/one'));

/** A value with one function after the other, each of which is given what the one before it made. */
const expression = fc
  .tuple(
    fc.constantFrom('.Values.one', '.Values.map.a', '(first .Values.list)', '(printf "x-%s" .Values.one)', '.Values.param', '$a'),
    fc.array(fc.constantFrom(...functions), { minLength: 1, maxLength: 2 }),
  )
  .map(([value, all]) => all.reduce((made, shape) => `(${shape.replaceAll(/(?<![\w.])_(?!\w)/g, () => made)})`, value));

/** Where what comes out ends up. */
const places: readonly ((made: string) => string)[] = [
  (made) => `x: {{ ${made} }}`,
  (made) => `x: {{ ${made} | quote }}`,
  (made) => `x: {{ ${made} | toJson }}`,
  (made) => `x: {{ toYaml ${made} | nindent 2 }}`,
  (made) => `x: |\n  {{ ${made} }}\ny: z`,
  (made) => `x: {{ if ${made} }}a{{ else }}b{{ end }}`,
  (made) => `{{- with ${made} }}\nx: {{ . | toJson }}\n{{- end }}`,
  (made) => `{{- $b := ${made} }}\nx: {{ $b | toJson }}`,
  (made) => `x: {{ include "web.keep" (dict "v" ${made}) }}`,
  (made) => `x: y\n{{- range $k, $v := (dict "v" ${made}) }}\n{{ $k }}: {{ $v | toJson }}\n{{- end }}`,
];

const helpers = [
  '{{- define "web.keep" }}{{ .v | toJson }}{{ end }}',
  '{{- define "web.upper" }}{{ .v | upper | toJson }}{{ end }}',
  '{{- define "web.range" }}{{ range .v }}{{ . | quote }}{{ end }}{{ end }}',
].join('\n');

describeWithHelm('whatever templates make of a value, with the real Helm', () => {
  let repository: HydrateRepository;

  beforeEach(() => {
    repository = new HydrateRepository();
  });
  afterEach(() => repository.remove());

  test('the objects are what the chart makes of it, or it is refused', () => {
    let [opened, equal] = [0, 0];
    const ran = process.env.FLEET_TEST_LOG === undefined ? () => {} : (text: string) => process.stderr.write(`${text}\n`);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(expression, fc.constantFrom(...places)), { minLength: 30, maxLength: 30 }),
        fc.array(live, { minLength: 16, maxLength: 16 }),
        (all, says) => {
          repository.remove();
          repository = new HydrateRepository();
          const renderer = repository.renderer();
          const render = (inputs: readonly ChartInput[]) => renderer.render(inputs);
          const charts = all.map(([made, place], index) => {
            const line = place(made);
            const text = `{{- $a := .Values.one }}apiVersion: v1\nkind: X\nmetadata:\n  name: a\n${line}\n`;
            repository.chart(`c${index}`, { 'x.yaml': text, '_helpers.tpl': helpers }, { 'conf/prod.txt': 'PROD' });
            const values = [tokensInJson(JSON.stringify({ one, map: { a: one, b: 'x' }, list: [one, 'x'] }))];
            const parameters = line.includes('.param') ? [{ name: 'param', value: one, forceString: false }] : [];
            const input = inFolder(`c${index}`, { values, parameters });
            return { line, index, input, standIns: new StandIns(input, (asking) => renderer.asked(asking)) };
          });
          // What is refused at once is not tried.
          const first = render(charts.flatMap(({ standIns: { inputs } }) => [inputs[0] as ChartInput, inputs.at(-1) as ChartInput]));
          const kept = charts.filter((_, index) => first.slice(2 * index, 2 * index + 2).every((given) => 'objects' in given));
          const given = render(kept.flatMap(({ standIns }) => standIns.inputs));
          let next = 0;
          const read = kept.flatMap((chart) => {
            const own = given.slice(next, next + chart.standIns.inputs.length);
            next += own.length;
            const objects: OpenedObjects = chart.standIns.read(own, render);
            ran(`${'problems' in objects ? 'refused' : 'opened'}: ${JSON.stringify(chart.line)}`);
            return 'problems' in objects ? [] : [{ ...chart, objects }];
          });
          opened += read.length;
          for (const { index, objects } of read) repository.chart(`filled${index}`, filled(objects));
          const pairs = read.flatMap(({ index, input, line, objects }) =>
            says.map((said) => {
              const fill = (text: string) => fillTokens(text, (token: Token) => valueInPlace(token, said));
              const asIs = mapStrings({ values: input.values, parameters: input.parameters }, fill);
              const opening = inFolder(`filled${index}`, { values: [clusterValues({ one: said, two: said })] });
              return { line, said, objects, inputs: [opening, { ...input, ...asIs }] };
            }),
          );
          const results = render(pairs.flatMap(({ inputs }) => inputs));
          for (const [index, { line, said, objects }] of pairs.entries()) {
            const [found, expected] = results.slice(2 * index) as [ChartObjects, ChartObjects];
            const [problem] = problemsOf(found) as readonly { readonly found?: string }[];
            if (problemsOf(expected).length > 0 || (problem?.found && /too large to be kept exactly|JSON has no number/.test(problem.found))) continue;
            if (problem) expect([line, said, problem.found]).toEqual([line, said, expect.stringMatching(/cluster\.one (must not|is missing)/)]);
            else if (!isDeepStrictEqual(found, expected))
              throw new Error(
                `${JSON.stringify(line)} with ${JSON.stringify(said)} gives ${JSON.stringify(found)} for ${JSON.stringify(expected)} with ${filled(objects)['checks.tpl']}`,
              );
            else equal += 1;
          }
        },
      ),
      { numRuns: Number(process.env.FLEET_TEST_CASES ?? 2), endOnFailure: true, interruptAfterTimeLimit: 400_000 },
    );
    expect(opened).toBeGreaterThan(0);
    expect(equal).toBeGreaterThan(0);
  });
});
