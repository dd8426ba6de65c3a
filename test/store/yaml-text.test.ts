import fc from 'fast-check';
import { Document, parse } from 'yaml';
import type { Plain } from '../../layers/layer';
import { encodeToken, fillTokens, mapStrings, showTokens } from '../../layers/text/token';
import { fileText } from '../../store/output/output-text';
import { yamlOptions } from '../../store/yaml/scalar-text';
import { toHelmTemplate, toYaml } from '../../store/yaml/yaml-text';
import { helmText } from '../builders/helm-model';
import { layer, mergeAll } from '../builders/layers-builder';
import { anyDocument, copy, documents, key, type PlainMap, plainNumber, readings, text } from './yaml-model';

const name = encodeToken({ key: 'name', origin: 'name' });
const projectId = encodeToken({ key: 'projectId', origin: 'annotation gcp-hcp/project-id' });

/** Maps for the library, which keeps the order of a `Map` and reorders number-like keys of an object. */
function sorted(value: Plain): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}

describe('a document', () => {
  test('is written in block style, keys sorted, lists indented', () => {
    const document: PlainMap = { b: { d: [1, { z: true, x: null }, [2, [3]], [], {}], c: 'text' }, a: [], f: {}, '10': 'ten', '9': 'nine' };
    expect(toYaml(document)).toBe(`'10': ten
'9': nine
a: []
b:
  c: text
  d:
    - 1
    - x: null
      z: true
    - - 2
      - - 3
    - []
    - {}
f: {}
`);
  });

  test('that is empty is an empty map', () => {
    expect(toYaml({})).toBe('{}\n');
    expect(toHelmTemplate({})).toBe('{}\n');
  });

  test('reads back as itself in YAML 1.2 and 1.1', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(readings(toYaml(document))).toEqual([copy(document), copy(document)]);
      }),
      { numRuns: 1000 },
    );
  });

  test('is, byte for byte, what the yaml library writes, where both quote alike', () => {
    // Strings that begin like no number and are no word: for the others we are stricter, as scalar-text.test.ts shows.
    const alike = (value: string) =>
      !/^[-+.\d_]/.test(value) &&
      !/^(y|n|yes|no|on|off|true|false|null|~|=|<<|inf(inity)?|nan)?$/i.test(value.replaceAll('_', '')) &&
      !/\n *\t/.test(value) &&
      !/[^\n -~é]/.test(value);
    const options = { ...yamlOptions };
    fc.assert(
      fc.property(
        documents(
          text.filter((value) => alike(value) && !/^\s/.test(value)),
          key.filter((value) => alike(value) && !value.includes('\n')),
          plainNumber.filter((value) => !String(value).includes('e')),
        ),
        (document) => {
          expect(toYaml(document)).toBe(new Document(sorted(document), options).toString(options));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('with blocks of lines at every depth reads back as itself', () => {
    const script = '#!/bin/sh\nset -e\n\n  indented\n';
    const document = { a: script, b: [script, 'one\ntwo', { c: script, d: [[script]] }], e: { f: { g: `${script}\n\n` } }, h: '\n leading' };
    expect(readings(toYaml(document))).toEqual([document, document]);
    expect(toYaml({ a: script })).toBe('a: |\n  #!/bin/sh\n  set -e\n\n    indented\n');
  });

  test('has neither anchors nor aliases, however often an object stands in it', () => {
    const shared = { list: [1], map: { a: 'b' } };
    const yaml = toYaml({ a: shared, b: shared, c: [shared, shared, shared.list] });
    expect(yaml).not.toMatch(/[&*]/);
    expect(parse(yaml)).toEqual({ a: shared, b: shared, c: [shared, shared, [1]] });
  });

  test('shares the text of a map between depths without mixing them up', () => {
    const shared = Object.freeze({ a: Object.freeze({ b: 'line\nline\n' }) });
    const sharing: readonly PlainMap[] = [{ x: shared }, { x: { y: { z: shared } } }, { x: [shared, [shared]] }, { x: shared, y: { x: shared } }];
    for (const document of sharing) {
      expect(parse(toYaml(document))).toEqual(document);
    }
  });

  test('is never folded', () => {
    const long = `${'word '.repeat(100)}end`;
    expect(long.length).toBeGreaterThan(500);
    for (const value of [long, `${long}: quoted`, `"${long}`, `\t${long}`]) {
      expect(toYaml({ deep: { deeper: [value] } }).split('\n')).toHaveLength(4);
      expect(toHelmTemplate({ deep: { deeper: [`${value}{{.x}}`] } }).split('\n')).toHaveLength(4);
    }
  });

  test('is the same bytes whatever the order in which its keys were written', () => {
    expect(toYaml({ b: 1, a: { d: 2, c: 3 } })).toBe(toYaml({ a: { c: 3, d: 2 }, b: 1 }));
  });

  test('keeps keys that every object has', () => {
    const document = JSON.parse('{"constructor": {"toString": 1}, "hasOwnProperty": "x"}');
    expect(toYaml(document)).toBe('constructor:\n  toString: 1\nhasOwnProperty: x\n');
  });

  test('shows a token as the expression that it stands for, which its reader can read', () => {
    expect(parse(toYaml({ [`k-${name}`]: `${projectId}-x` }))).toEqual({ 'k-{{ .Values.cluster.name }}': '{{ .Values.cluster.projectId }}-x' });
  });

  test('leaves an expression of the author as it is: nobody evaluates it', () => {
    expect(toYaml({ a: '{{.name}}', b: 'x-{{ .y }}' })).toBe("a: '{{.name}}'\nb: x-{{ .y }}\n");
  });
});

describe('a Helm template', () => {
  const values = { name: 'spoke-1', projectId: 'my-project' };

  test('quotes every scalar that holds an action, keys too, and no other', () => {
    expect(toHelmTemplate({ a: `x-${name}`, b: 'x-{{ .y }}', c: { 'k-{{.z}}': 'plain' } })).toBe(
      [
        'a: "x-{{ regexReplaceAll `^.|.$` (required `cluster.name is missing: expected from the cluster secret (name)` .Values.cluster.name | toString | printf `%+q`) `` }}"',
        "b: 'x-{{`{{ .y }}`}}'",
        'c:',
        "  'k-{{`{{.z}}`}}': plain",
        '',
      ].join('\n'),
    );
  });

  test('without an action is the document as it is', () => {
    fc.assert(
      fc.property(
        documents(
          text.filter((value) => !value.includes('{{')),
          key.filter((value) => !value.includes('{{')),
          plainNumber,
        ),
        (document) => {
          expect(toHelmTemplate(document)).toBe(toYaml(document));
        },
      ),
    );
  });

  test('renders to the document with its tokens filled in, and its raw text is YAML too', () => {
    const fragment = fc.constantFrom('{', '{{', '}', '}}', '{{.name}}', '`', '"', "'", '\\', '\n', ' ', 'a', ':', '#', name, projectId);
    const strings = fc.oneof(
      fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join('')),
      text,
    );
    const keys = fc.oneof(key, fc.constantFrom('{{.name}}', `k-${name}`, `{${projectId}`, '{{"`"}}'));
    fc.assert(
      fc.property(documents(strings, keys, plainNumber), (document) => {
        const template = toHelmTemplate(document);
        const [inGo, inYaml] = readings(template);
        expect(inGo).toEqual(inYaml);
        const meant = mapStrings(copy(document), (value) => fillTokens(value, (token) => values[token.key as keyof typeof values]));
        expect(readings(helmText(template, values))).toEqual([meant, meant]);
      }),
      { numRuns: 800 },
    );
  });
});

describe('a file of rendered output', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: '{{.b}}', token: name } };

  test('below templates/ is a Helm template, elsewhere it is applied as it is', () => {
    expect(fileText({ kind: 'template', path: 'templates/x.yaml', document: object })).toBe(toHelmTemplate(object));
    const manifest = { ...object, data: { a: '{{.b}}' } };
    expect(fileText({ kind: 'manifest', path: 'manifests/x.yaml', document: manifest })).toBe(toYaml(manifest));
  });

  test('says in a chart that it is rendered', () => {
    const document: PlainMap = { apiVersion: 'v2', name: 'x', version: '0.0.0' };
    const chart = fileText({ kind: 'chart', path: 'Chart.yaml', document });
    expect(chart).toMatch(/^# Rendered/);
    expect(parse(chart)).toEqual(document);
  });

  test('with the values of a chart says so, and holds them and nothing of where they come from', () => {
    const values = mergeAll([
      layer({ a: 1, list: ['yes'] }, { kind: 'base' }),
      layer({ a: 2, map: {}, nothing: null }, { kind: 'patch', name: 'patch-001', path: 'production' }),
    ]);
    const text = fileText({ kind: 'helm-values', path: 'values/addons/x.yaml', values });
    expect(text).toBe(`# Rendered by cdk8s-fleet: the values of a chart. Change the configuration and run \`npx fleet synth\`.
a: 2
list:
  - 'yes'
map: {}
nothing: null
`);
    expect(parse(fileText({ kind: 'helm-values', path: 'values/addons/x.yaml', values: mergeAll([]) }))).toEqual({});
  });

  test('is the same text every time, and a token in it shows', () => {
    const file = { kind: 'template', path: 'templates/x.yaml', document: object } as const;
    expect(fileText(file)).toBe(fileText(file));
    expect(fileText(file)).not.toContain(name);
    expect(showTokens(fileText(file))).toBe(fileText(file));
  });
});
