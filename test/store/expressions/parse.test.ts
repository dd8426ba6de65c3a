import { ExpressionError } from '../../../store/expressions/expression-error';
import { needsTarget, parseTemplate, references } from '../../../store/expressions/parse';

describe('a template', () => {
  test('is cut at its actions, with the trim markers of evaluated ones applied', () => {
    expect(parseTemplate('a {{- .Values.b -}} c {{- .d }}')).toEqual({
      parts: [
        { kind: 'text', text: 'a', offset: 0 },
        {
          kind: 'action',
          pipeline: { kind: 'reference', path: ['b'], byIndex: false, offset: 6, source: '.Values.b' },
          offset: 2,
          source: '{{- .Values.b -}}',
        },
        { kind: 'text', text: 'c ', offset: 20 },
        { kind: 'as-written', text: '{{- .d }}', offset: 22 },
      ],
    });
  });

  test('has the arguments of a pipeline in the order of the call', () => {
    expect(parseTemplate('{{ .Values.a | replace "x" `y` }}').parts).toMatchObject([
      {
        pipeline: {
          kind: 'call',
          name: 'replace',
          offset: 3,
          source: '.Values.a | replace "x" `y`',
          args: [
            { kind: 'literal', value: 'x', offset: 23, source: '"x"' },
            { kind: 'literal', value: 'y', offset: 27, source: '`y`' },
            { kind: 'reference', path: ['a'], offset: 3 },
          ],
        },
      },
    ]);
  });

  test('has no parts where it has no text', () => {
    expect(parseTemplate('')).toEqual({ parts: [] });
    expect(parseTemplate(' {{- /* nothing */ -}} ')).toEqual({ parts: [] });
  });

  test.each([
    ['a', false],
    ['{{ .name }}', false],
    ['{{ upper "a" }}', false],
    ['{{ `{{ .Values.cluster.name }}` }}', false],
    ['{{/* .Values.a */}}', false],
    ['{{ "x" | default .Values.a }}', true],
    ['{{ .Values.cluster.environment }}', true],
  ])('%s needs the target: %p', (text, expected) => {
    expect(needsTarget(parseTemplate(text))).toBe(expected);
  });
});

describe('a reference', () => {
  test.each([
    ['{{ .Values.cluster.name }}', [{ path: ['cluster', 'name'], offset: 3, hasDefault: false, isBare: true }]],
    ['{{ ( $.Values.a ) }}', [{ path: ['a'], offset: 3, hasDefault: false, isBare: true }]],
    ['{{ index .Values.a "b/c" "d" }}', [{ path: ['a', 'b/c', 'd'], offset: 3, hasDefault: false, isBare: false }]],
    ['{{ index .Values "a" "b" 0 "c" }}', [{ path: ['a', 'b'], offset: 9, hasDefault: false, isBare: false }]],
    [
      '{{ index .Values.a .Values.b }}',
      [
        { path: ['a'], offset: 9, hasDefault: false, isBare: false },
        { path: ['b'], offset: 19, hasDefault: false, isBare: false },
      ],
    ],
    [
      '{{ .Values.a | default .Values.b | upper }}{{ .Values.c }}',
      [
        { path: ['a'], offset: 3, hasDefault: true, isBare: false },
        { path: ['b'], offset: 23, hasDefault: false, isBare: false },
        { path: ['c'], offset: 46, hasDefault: false, isBare: true },
      ],
    ],
    [
      '{{ .Values.a | default .Values.b | default "c" }}',
      [
        { path: ['a'], offset: 3, hasDefault: true, isBare: false },
        { path: ['b'], offset: 23, hasDefault: true, isBare: false },
      ],
    ],
    ['{{ quote .Values.a | default "b" }}', [{ path: ['a'], offset: 9, hasDefault: false, isBare: false }]],
  ])('of %s is found with its place and use', (text, expected) => {
    expect(references(parseTemplate(text))).toEqual(expected);
  });
});

test.each([
  ['parentheses', `{{ ${'('.repeat(20_000)}.Values.a${')'.repeat(20_000)} }}`],
  ['open parentheses', `{{ ${'('.repeat(20_000)}.Values.a }}`],
  ['pipes', `{{ .Values.a ${'| quote '.repeat(20_000)}}}`],
  ['arguments', `{{ printf "x" .Values.a ${'"x" '.repeat(20_000)}}}`],
])('an expression of 20,000 %s is a mistake of its author', (_, text) => {
  expect(() => parseTemplate(text)).toThrow(ExpressionError);
});
