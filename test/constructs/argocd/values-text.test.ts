import fc from 'fast-check';
import { cluster } from '../../../constructs';
import { templatingOf, unsayables, valuesText } from '../../../constructs/argocd/values-text';
import { application, apps, manifestAt, problemsOf } from '../../builders/fleet-builder';

const us = 'integration/int-1/us';

/** An ApplicationSet whose template's source has these values. */
function set(valuesObject: object, fields: object = { goTemplate: true }) {
  const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0', helm: { valuesObject } };
  const template = { metadata: { name: '{{.name}}' }, spec: { project: 'p', destination: { name: '{{.name}}', namespace: 'web' }, source } };
  return { kind: 'ApplicationSet', generators: [{ clusters: {} }], template, ...fields };
}

function told(app: object) {
  return problemsOf(apps({ web: app })).map(({ code, place }) => `${code} ${place?.join('.')}`);
}

describe('a text of values', () => {
  test('is laid out as JSON is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (random) => {
        // As JSON says it: 0 for -0.
        const value = JSON.parse(JSON.stringify(random));
        // Numbers with an exponent and some characters are written otherwise, for readers of YAML 1.1.
        fc.pre(!/\de[-+\d]|[\u007f-\u009f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]/.test(JSON.stringify(value)));
        expect(valuesText(value, 'none')).toBe(`${JSON.stringify(value, null, 2)}\n`);
      }),
    );
  });

  test('holds nothing that a reader of YAML does not take as itself', () => {
    const text = valuesText({ a: null, note: 'Rotate.\u0085  Restart.', del: 'a\u007fb', '\u2028': '\ufeff\uffff\u0000', tiny: 1e-7 }, 'none');
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toContain('"Rotate.\\u0085  Restart."');
    expect(text).toContain('1.0e-7');
  });

  test('announces a key that is too long to be looked for', () => {
    expect(valuesText({ [`${'k'.repeat(2000)}`]: 1 }, 'none')).toMatch(/^\{\n {2}\? "k+": 1\n\}\n$/);
  });
});

describe('beside a null in an ApplicationSet', () => {
  const values = (valuesObject: object) => manifestAt(apps({ web: set({ ...valuesObject, nothing: null }) }), 'web', us).spec.template.spec.source.helm.values;

  test('an expression for Argo CD stands as it was written, and what it gives is escaped', () => {
    expect(values({ id: 'x-{{ index .metadata.annotations "a/id" }}"' })).toContain(
      '"id": "x-{{ regexReplaceAll `^.|.$` (index .metadata.annotations "a/id" | toString | printf `%+q`) `` }}\\""',
    );
  });

  test('what puts nothing out stays, and trim markers have done their work', () => {
    expect(values({ a: 'x {{- if eq .a "b" -}} \n"{{ else }}\\{{ end }}' })).toContain('"a": "x{{ if eq .a "b" }}\\"{{ else }}\\\\{{ end }}"');
    expect(values({ a: '{{ $x := .a }}b{{/* c */}}' })).toContain('"a": "{{ $x := .a }}b"');
    expect(values({ a: '{ {{- .a }}' })).toContain('"a": "\\u007b{{ regex');
  });

  test.each([
    ['a parameter that is pasted as it is', '{{name}}', {}],
    ['a text from elsewhere', '{{ template "x" }}', { goTemplate: true }],
    ['an expression that is not closed', 'a {{ .x', { goTemplate: true }],
    ['a condition without end', '{{ if .x }}a', { goTemplate: true }],
    ['an end without condition', 'a{{ end }}', { goTemplate: true }],
    ['an expression with a token in it', `{{ eq .x "${cluster.value('y')}" }}`, { goTemplate: true }],
  ])('%s is refused, as a value, in a list and as a key', (_, text, fields) => {
    const path = 'template.spec.source.helm.valuesObject';
    const only = (app: object) => told(app).filter((line) => !line.startsWith('token-not-injected'));
    expect(only(set({ a: null, b: text }, fields))).toEqual([`values-text ${path}.b`]);
    expect(only(set({ a: null, b: { c: ['x', text] } }, fields))).toEqual([`values-text ${path}.b.c.1`]);
    expect(only(set({ a: null, [text]: 1 }, fields))).toEqual([`values-text ${path}.${text}`]);
    // Without a null nothing becomes a text.
    expect(only(set({ b: text }, fields))).toEqual([]);
  });

  test('text without an expression is never refused', () => {
    expect(told(set({ a: null, b: '"}} { \u0085' }, {}))).toEqual([]);
    expect(told(application({ source: { repoURL: 'x', path: 'y', helm: { valuesObject: { a: null, b: '{{ anything' } } } }))).toEqual([]);
  });

  test('all sources are looked at', () => {
    const { source, ...spec } = set({ a: null, b: '{{x}}' }, {}).template.spec;
    const template = { metadata: { name: 'x' }, spec: { ...spec, sources: { one: source } } };
    expect(told({ kind: 'ApplicationSet', generators: [{ clusters: {} }], template })).toEqual(['values-text template.spec.sources.one.helm.valuesObject.b']);
  });
});

test('an Application is no template, and an ApplicationSet of Go templates says so', () => {
  expect([templatingOf('Application', { goTemplate: true }), templatingOf('ApplicationSet', { goTemplate: true }), templatingOf('ApplicationSet', {})]).toEqual(
    ['none', 'go', 'parameters'],
  );
  expect(unsayables({ a: '{{name}}' }, 'none')).toEqual([]);
});
