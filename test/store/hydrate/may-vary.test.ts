import { gzipSync } from 'node:zlib';
import { mayVary } from '../../../store/hydrate/may-vary';
import { tarOf } from '../../builders/chart-builder';
import { inputOf } from './hydrate-builder';

const inFile = (text: string | Buffer, path = 'templates/x.yaml') =>
  mayVary({ shown: 'web', path: '/web', digest: '', files: () => new Map([[path, Buffer.from(text)]]) }, inputOf());

test.each([
  '{{ now }}',
  '{{- randAlphaNum 8 | b64enc -}}',
  '{{ $ca := genCA "a" 1 }}',
  '{{ printf "}}" | ago }}',
  '{{ tpl "{{ uuidv4 }}" . }}',
  "{{/* don't */}}{{ keys .Values.a }}",
  '{{ "unfinished now',
  '{{ range $k, $v := (\n values .Values.x) }}',
  '{{ date_modify "1h" .Values.t }}',
])('%s may vary', (text) => expect(inFile(`a: ${text}\n`)).toBe(true));

test.each([
  '# now: default values, up to date',
  '{{/* Default values, with random keys: now */}}{{ .Values.a }}',
  '{{ include "web.validate" . }} values',
  '{{ .Release.Name }}-now',
])('%s does not', (text) => expect(inFile(`a: ${text}\n`)).toBe(false));

test('subcharts that are packed, values and parameters are looked at', () => {
  const packed = (content: string) => gzipSync(tarOf([{ path: 'db/templates/x.yaml', content }]));
  expect(inFile(packed('{{ now }}'), 'charts/db.tgz')).toBe(true);
  expect(inFile(packed('{{ .Values.a }}'), 'charts/db.tgz')).toBe(false);
  const source = { shown: 'web', path: '/web', digest: '', files: () => new Map() };
  expect(mayVary(source, inputOf({ values: ['a: "{{ now }}"'] }))).toBe(true);
  expect(mayVary(source, inputOf({ parameters: [{ name: 'a', value: '{{ randInt 1 9 }}', forceString: false }] }))).toBe(true);
  expect(mayVary(source, inputOf({ values: ['now: 1'] }))).toBe(false);
});

test('a hostile file takes no time', () => {
  expect(inFile('{{ '.repeat(300_000))).toBe(false);
  expect(inFile('{{ a }'.repeat(300_000))).toBe(false);
  expect(inFile('{{/* '.repeat(300_000))).toBe(false);
});
