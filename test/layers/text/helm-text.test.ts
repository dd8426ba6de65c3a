import fc from 'fast-check';
import { needsHelmText, originText, toHelmText } from '../../../layers/text/helm-text';
import { encodeToken, fillTokens } from '../../../layers/text/token';
import { helmText } from '../../builders/helm-model';

const name = encodeToken({ key: 'name', origin: 'name' });
const projectId = encodeToken({ key: 'projectId', origin: 'annotation gcp-hcp/project-id' });
const byHand = encodeToken({ key: 'byHand' });
const values = { name: 'spoke-1', projectId: 'my-project', byHand: '{{ not evaluated }}' };

/** What Helm makes of the text that we write for it. */
function deployed(text: string): string {
  return helmText(toHelmText(text), values);
}

/** What the author meant: the text as written, with its tokens filled in. */
function meant(text: string): string {
  return fillTokens(text, ({ key }) => values[key as keyof typeof values]);
}

describe('text for Helm', () => {
  test.each([
    ['plain', 'plain'],
    ['{ "json": {} }', '{ "json": {} }'],
    ['}}', '}}'],
    ['{{.name}}', '{{`{{.name}}`}}'],
    ['a-{{.name}}-{{ index .x "y" }}', 'a-{{`{{.name}}`}}-{{`{{ index .x "y" }}`}}'],
    [
      name,
      '{{ regexReplaceAll `^.|.$` (required `cluster.name is missing: expected from the cluster secret (name)` .Values.cluster.name | toString | printf `%+q`) `` }}',
    ],
    [
      encodeToken({ key: 'project_id', isTopLevel: true }),
      '{{ regexReplaceAll `^.|.$` (required `project_id is missing: nobody injected it` .Values.project_id | toString | printf `%+q`) `` }}',
    ],
    [byHand, '{{ regexReplaceAll `^.|.$` (required `cluster.byHand is missing: nobody injected it` .Values.cluster.byHand | toString | printf `%+q`) `` }}'],
  ])('of %p is %p', (text, helm) => {
    expect(toHelmText(text)).toBe(helm);
  });

  test.each([
    '{{',
    '{{{',
    '{{{{',
    '{{}}',
    '{{{x}}}',
    '{{`x`}}',
    '{{`',
    '`{{`}}',
    '{{ "{{" }}',
    '{{/* comment */}}',
    '{{- trim -}}',
    ' {{- x',
    '{{\n.name\n}}',
    '{{ a }}{{ b }}{{ c',
    '}}{{',
    `{${name}`,
    `{{${name}`,
    `{{{${name}`,
    `{{ .x }}{${name}}`,
    `{${name}}`,
    `${name}${projectId}`,
    `{{ ${name} }}`,
    `{{${name}}}${projectId}{`,
    `\`${name}\``,
    `"${name}"\\`,
  ])('of %p gives the author what was written', (text) => {
    expect(deployed(text)).toBe(meant(text));
  });

  test('gives the author what was written, whatever it is made of', () => {
    const fragment = fc.constantFrom(
      '{',
      '{{',
      '{{{',
      '}',
      '}}',
      '{{.name}}',
      '{{- x -}}',
      '`',
      '{{`',
      '`}}',
      '"',
      "'",
      '\\',
      '\n',
      ' ',
      '-',
      '/*',
      '*/',
      'a',
      '$',
      name,
      projectId,
      byHand,
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (fragments) => {
        const text = fragments.join('');
        expect(deployed(text)).toBe(meant(text));
      }),
      { numRuns: 3000 },
    );
  });

  test('holds no quotation mark inside an action that the author did not write', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{{', '}}', '{', '`', 'a', name, projectId, byHand), { maxLength: 8 }), (fragments) => {
        expect(toHelmText(fragments.join(''))).not.toMatch(/["'\\]/);
      }),
    );
  });

  test('fails the deployment of a cluster that lacks a value, and never renders it empty', () => {
    expect(() => helmText(toHelmText(`a-${projectId}`), { name: 'x' })).toThrow(/projectId is missing: .*annotation gcp-hcp\/project-id/);
    expect(() => helmText(toHelmText(name), { name: '' })).toThrow('name is missing');
  });
});

test('text needs Helm where it holds an opening or a token, and nowhere else', () => {
  expect(['{{', 'a {{.b}}', name, `x${name}`].every(needsHelmText)).toBe(true);
  expect(['', '{', '}}', '{ {', '$', 'name'].some(needsHelmText)).toBe(false);
});

test('the origin of a token is told without quotation marks', () => {
  for (const origin of [undefined, 'name', 'annotation a.b/c', 'label d']) expect(originText(origin)).not.toMatch(/["'`\\]/);
  expect(originText('label tier')).toContain('label tier');
});
