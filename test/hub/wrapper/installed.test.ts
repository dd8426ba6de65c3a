import { valuesOf } from '../../../store/wrapper/charts/helm-source';
import { TemplateError } from '../../../store/wrapper/go-syntax';
import { Layout } from '../../../store/wrapper/layout';
import { comparedAfter, edited, type Files, folders, read, unsaidIn, unsaidOf, written } from './edited-layout';

const bootstrap = 'fleet/bootstrap/addons.yaml';

/** The layout with more in what installs the wrapper. */
function installing(more: string): Files {
  return edited(bootstrap, '            ignoreMissingValueFiles: true\n', `            ignoreMissingValueFiles: true\n${more}`);
}

describe('values of what installs the wrapper are those that Argo CD gives to Helm', () => {
  const folder = folders.make({ 'a.yaml': 'a: { file: 1, both: file }\n' });
  const by = { file: 'a.yaml', path: 'a.yaml', content: {} };
  const own = (helm: object) => valuesOf({ helm }, by, new Layout(folder)).own;

  test.each<[string, object, object]>([
    ['a text', { values: 'a: { text: 1 }\n' }, { a: { text: 1 } }],
    ['a map in the place of a text', { values: 'a: { text: 1 }\n', valuesObject: { b: 1 } }, { b: 1 }],
    ['a map that is empty in the place of a text', { values: 'a: { text: 1 }\n', valuesObject: {} }, {}],
    [
      'parameters over both, as numbers and booleans where they look like it',
      {
        values: 'a: { text: 1, b: 1 }\n',
        parameters: [
          { name: 'a.b', value: '2' },
          { name: 'c', value: 'true' },
          { name: 'd', value: '01' },
          { name: 'e\\.x/y', value: 'z' },
        ],
      },
      { a: { text: 1, b: 2 }, c: true, d: '01', 'e.x/y': 'z' },
    ],
    [
      'texts after all others',
      {
        parameters: [
          { name: 'a', value: '1', forceString: true },
          { name: 'a', value: '2' },
        ],
      },
      { a: '1' },
    ],
  ])('%s', (_, helm, expected) => {
    expect(own(helm)).toEqual(expected);
  });

  test.each<[string, object, string]>([
    ['a text that is no map', { values: '- a\n' }, '`helm.values` of what installs the chart is no map of YAML'],
    ['a text that is no YAML', { values: 'a: [\n' }, '`helm.values` of what installs the chart is no map of YAML'],
    ['a parameter of a list', { parameters: [{ name: 'a[0]', value: 'x' }] }, "the parameter 'a[0]' sets a list, which is not read"],
  ])('but for %s', (_, helm, message) => {
    expect(() => own(helm)).toThrow(new TemplateError(message));
  });
});

test('a parameter of what installs the wrapper beats its values', () => {
  const reading = read(installing('            parameters:\n              - name: external-dns.defaultVersion\n                value: 9.0.0\n'));
  expect(unsaidOf(reading)).toEqual([]);
  expect(written(reading, 'addons/releases.ts')).toContain("'external-dns': '9.0.0'");
  expect(comparedAfter(reading).differing).toEqual([]);
});

test('what else it says of Helm is listed, and further sources', () => {
  expect(unsaidIn(installing('            fileParameters:\n              - name: a\n                path: b\n'))).toEqual([
    expect.stringMatching(new RegExp(`^${bootstrap}:\\d+ \\| 'helm.fileParameters' of what installs the chart is not read: what it says is not carried over$`)),
  ]);
  expect(
    unsaidIn(
      edited(bootstrap, '          ref: values\n', '          ref: values\n        - repoURL: https://git.company.example/more\n          path: more\n'),
    ),
  ).toEqual([
    `${bootstrap} | https://git.company.example/more more | a further source beside the chart: it is not carried over, make a component of what it deploys`,
  ]);
});
