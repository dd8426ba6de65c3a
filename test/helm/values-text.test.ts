import fc from 'fast-check';
import { parse } from 'yaml';
import { cluster } from '../../constructs';
import { valuesText } from '../../constructs/argocd/values-text';
import type { Plain } from '../../layers/layer';
import { toHelmTemplate, toYaml } from '../../store/yaml/yaml-text';
import { byGo, rareCharacters } from './go-reader';
import { describeWithHelm } from './helm';

jest.setTimeout(60_000);

/** A rare character wherever in a text it may mean something. */
const placed = rareCharacters.flatMap((rare) => [rare, `a${rare}`, `${rare}b`, `a ${rare} b`, `a\n${rare}b`, `"${rare}\\`]);
const numbers = [0, 1, -1.5, 1e-7, 1e21, 1.5e300, 12345678];
const document = {
  texts: placed,
  keys: Object.fromEntries(placed.map((text, index) => [text, index])),
  numbers,
  empty: [{}, [], '', null],
  [`long ${'key '.repeat(500)}`]: true,
};

/** Every text with anything in it, from the whole of Unicode. */
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ unit: fc.constantFrom(...rareCharacters, 'a', '"', '\\', ' ', '\n') }));

describeWithHelm('a text of values, read by Go', () => {
  test('says what was written, whatever characters it holds', () => {
    expect(byGo('.Files.Get "values" | fromYaml', { values: valuesText(document, 'none') })).toEqual({
      ...document,
      numbers: numbers.map((value) => value + 0),
    });
  });

  test('says what was written, whatever it is', () => {
    const value = fc.letrec<{ value: Plain; map: Plain }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, anyText, fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }), tie('map')),
      map: fc.dictionary(anyText, tie('value'), { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<Plain>,
    })).value;
    fc.assert(
      fc.property(fc.array(value, { minLength: 60, maxLength: 60 }), (list) => {
        expect(byGo('.Files.Get "values" | fromYaml', { values: valuesText({ list }, 'none') })).toEqual({ list });
      }),
      { numRuns: 5 },
    );
  });

  test('is read alike by JavaScript, as YAML 1.1, as YAML 1.2', () => {
    const text = valuesText(document, 'none');
    for (const version of ['1.1', '1.2'] as const) expect(parse(text, { version })).toEqual(document);
  });

  test('comes through a chart', () => {
    const template = toHelmTemplate({ kind: 'Probe', spec: { values: valuesText(document, 'none'), document } });
    const read = byGo(
      'dict "all" (include "t" . | fromYaml) "values" ((include "t" . | fromYaml).spec.values | fromYaml)',
      {},
      `{{ define "t" }}${template}{{ end }}`,
    );
    expect(read).toEqual({ all: { kind: 'Probe', spec: { values: valuesText(document, 'none'), document } }, values: document });
  });
});

describeWithHelm('a file that is written, read by Go', () => {
  test('says what was written, whatever its texts and keys', () => {
    const unit = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...rareCharacters, '"', "'", '\\', ' ', '\n', ':', '#', '-', 'a') },
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    const text = fc.string({ unit, maxLength: 6 });
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 300, maxLength: 300 }), (texts) => {
        const written = { texts, keys: Object.fromEntries(texts.map((one, index) => [one, index])) };
        expect(byGo('.Files.Get "file" | fromYaml', { file: toYaml(written) })).toEqual(written);
      }),
      { numRuns: 5 },
    );
  });
});

describeWithHelm('a value of the cluster, at deploy', () => {
  const said = `${placed.join('|')}{{ .x }}`;
  // A key has 1,024 characters at most, escapes included.
  const [low, high] = [rareCharacters.slice(0, 50).join(''), rareCharacters.slice(50).join('')];
  const keyed = { [`k-${cluster.annotation('a/low')}`]: 1, [`k-${cluster.annotation('a/high')}`]: 2 };
  const values = { a: null, text: `x-${cluster.name}-y`, list: [cluster.name], ...keyed };

  test('arrives exactly, whatever characters it holds: in texts, in keys, and in a text of values', () => {
    const template = toHelmTemplate({ spec: values, values: valuesText(values, 'none') });
    const read = byGo(
      'dict "file" (include "t" . | fromYaml) "values" ((include "t" . | fromYaml).values | fromYaml)',
      { 'values.yaml': toYaml({ cluster: { name: said, low, high } }) },
      `{{ define "t" }}${template}{{ end }}`,
    );
    const meant = { a: null, text: `x-${said}-y`, list: [said], [`k-${low}`]: 1, [`k-${high}`]: 2 };
    expect(read).toMatchObject({ file: { spec: meant }, values: meant });
  });
});

describeWithHelm('a text of values in the template of an ApplicationSet', () => {
  const hostile = `"q' \\ ${rareCharacters.join('')} }} {{ \n- x: y`;
  const parameters = { name: hostile, nameNormalized: 'one', number: 3, list: ['"', 'b\n'], metadata: { annotations: { 'a/id': hostile, plain: 'p' } } };
  const texts = [
    '{{ .name }}',
    'x-{{.name}}-{{ index .metadata.annotations "a/id" }}-y',
    '{{ index .metadata.annotations `a/id` | upper | quote }}',
    '{{ if eq .nameNormalized "one" }}"{{ .name }}"{{ else }}\\{{ end }}',
    '{{ range .list }}[{{ . }}]{{ end }}',
    '{{ $n := .name }}{{ $n }} {{ with .metadata }}{{ .annotations.plain }}{{ end }}',
    'a \n{{- .name -}} \t b {{- /* why */ -}} c',
    '{ {{- .name -}} }',
    '{{ "{{" }} .x {{ "}}" }}',
    '{{ printf "%s\\"%d" .name .number }}{{ .number }}',
    '{{\n  .name\n}}',
    '{{ default "x\\ty" "" }}',
    '{{/* only */}}',
    'plain "text"',
  ];

  /** What Argo CD makes of each text by itself, and of the one that holds all. */
  function evaluated(values: Record<string, Plain>): unknown {
    const files = {
      'values.yaml': toYaml({ parameters, own: values, whole: valuesText({ ...values, nothing: null }, 'go') }),
    };
    return byGo(
      'dict "own" (include "own" . | fromJson) "whole" (tpl .Values.whole .Values.parameters | fromYaml)',
      files,
      '{{ define "own" }}{{ $all := dict }}{{ range $k, $v := .Values.own }}{{ $_ := set $all $k (tpl $v $.Values.parameters) }}{{ end }}{{ $all | toJson }}{{ end }}',
    );
  }

  test('gives what each text gives by itself, whatever the parameters hold', () => {
    const { own, whole } = evaluated(Object.fromEntries(texts.map((text, index) => [`t${index}`, text]))) as Record<string, Record<string, unknown>>;
    expect(whole).toEqual({ ...own, nothing: null });
    expect(own?.t0).toBe(hostile);
  });

  test('gives that, whatever the texts are put together of', () => {
    const fragment = fc.oneof(
      fc.constantFrom(...texts),
      fc.constantFrom('"', '\\', '{ ', '}', '}}', ' \n', 'é', '\u0085', "'", ' {{- .name }}', '{{ .name -}} \n'),
    );
    const text = fc.array(fragment, { maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 150, maxLength: 150 }), (all) => {
        const { own, whole } = evaluated(Object.fromEntries(all.map((one, index) => [`t${index}`, one]))) as Record<string, Record<string, unknown>>;
        expect(whole).toEqual({ ...own, nothing: null });
      }),
      { numRuns: 4 },
    );
  });
});
