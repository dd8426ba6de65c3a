import { gzipSync } from 'node:zlib';
import { furtherRuns } from '../../../../store/hydrate/templates/further-runs';
import { tarOf } from '../../../builders/chart-builder';
import { inputOf } from '../hydrate-builder';

const inFile = (text: string | Buffer, path = 'templates/x.yaml') =>
  furtherRuns({ shown: 'web', path: '/web', digest: '', files: () => new Map([[path, Buffer.from(text)]]) }, inputOf());

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
])('%s may vary', (text) => expect(inFile(`a: ${text}\n`)).toBeGreaterThan(0));

test.each([
  '# now: default values, up to date',
  '{{/* Default values, with random keys: now */}}{{ .Values.a }}',
  '{{ include "web.validate" . }} values',
  '{{ .Release.Name }}-now',
  '{{ .context.values }}',
  '{{ $.now }}',
  '{{ range keys .Values.a | sortAlpha }}',
  '{{ range $k := sortAlpha (keys .a) }}{{ if has $k (keys .b) }}{{ keys .c | len }}',
  '{{ include "web.keys" . }}',
])('%s does not', (text) => expect(inFile(`a: ${text}\n`)).toBe(0));

test('subcharts that are packed, values and parameters are looked at', () => {
  const packed = (content: string) => gzipSync(tarOf([{ path: 'db/templates/x.yaml', content }]));
  expect(inFile(packed('{{ now }}'), 'charts/db.tgz')).toBeGreaterThan(0);
  expect(inFile(packed('{{ .Values.a }}'), 'charts/db.tgz')).toBe(0);
  const source = { shown: 'web', path: '/web', digest: '', files: () => new Map() };
  expect(furtherRuns(source, inputOf({ values: ['a: "{{ now }}"'] }))).toBeGreaterThan(0);
  expect(furtherRuns(source, inputOf({ parameters: [{ name: 'a', value: '{{ randInt 1 9 }}', forceString: false }] }))).toBeGreaterThan(0);
  expect(furtherRuns(source, inputOf({ values: ['now: 1'] }))).toBe(0);
});

test('a hostile file takes no time', () => {
  expect(inFile('{{ '.repeat(300_000))).toBe(0);
  expect(inFile('{{ a }'.repeat(300_000))).toBe(0);
  expect(inFile('{{/* '.repeat(300_000))).toBe(0);
});

test('what may well be the same twice by chance is rendered many times, and what is only tried never', () => {
  expect(inFile('{{ now }}')).toBe(1);
  expect(inFile('{{ randInt 0 2 }}')).toBeGreaterThan(10);
  expect(inFile('{{ keys .Values.a | first }}')).toBeGreaterThan(30);
  expect(inFile('{{ randAlphaNum 1 }} {{ keys .Values.a | sortAlpha | first }}')).toBe(3);
  const source = { shown: 'web', path: '/web', digest: '', files: () => new Map([['templates/x.yaml', Buffer.from('{{ randInt 0 2 }}')]]) };
  expect(furtherRuns(source, inputOf({ isTrial: true }))).toBe(0);
});
