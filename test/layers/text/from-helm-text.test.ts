import fc from 'fast-check';
import { fromHelmText } from '../../../layers/text/from-helm-text';
import { toHelmText } from '../../../layers/text/helm-text';
import { encodeToken, showTokens } from '../../../layers/text/token';

const tokens = [
  encodeToken({ key: 'name', origin: 'name' }),
  encodeToken({ key: 'projectId', origin: 'annotation gcp-hcp/project-id' }),
  encodeToken({ key: 'projectId', origin: 'annotation gcp-hcp/project-id', inJson: true }),
  encodeToken({ key: 'projectId', origin: 'annotation gcp-hcp/project-id', inGoJson: true }),
  encodeToken({ key: 'byHand', isPlain: true }),
  encodeToken({ key: 'byHand' }),
  encodeToken({ key: 'project_id', isTopLevel: true }),
  encodeToken({ key: 'project_id', isTopLevel: true, inJson: true }),
];

const pieces = [
  ...[
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
    '{{`{{`}}',
    '"',
    "'",
    '\\',
    '\n',
    '\r\n',
    ' ',
    '-',
    '/*',
    '*/',
    'a',
    '$',
    '$&',
    '日本',
    '\u0085',
  ],
  ...['{{ .Values.cluster.name }}', '{{ required `x` .Values.cluster.name }}', '(required `', '.Values.', 'regexReplaceAll `^.|.$` (', '| printf `%+q`) ``'],
];

test('a text of a template stands for what its author wrote, tokens as readers see them', () => {
  const fragment = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.constantFrom(...tokens) },
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 12 }), (fragments) => {
      const text = fragments.join('');
      expect(fromHelmText(toHelmText(text))).toBe(showTokens(text));
    }),
    { numRuns: 20_000 },
  );
});

test.each(tokens)('every token is told by its name', (token) => {
  expect(fromHelmText(toHelmText(`a-${token}-b`))).toBe(showTokens(`a-${token}-b`));
});

test('what another version or a hand wrote stays as it is where nobody knows what it stands for', () => {
  expect(fromHelmText('{{ include "x" . }} and {{ .Chart.Name }}')).toBe('{{ include "x" . }} and {{ .Chart.Name }}');
  expect(fromHelmText('{{ required `cluster.name is missing` .Values.cluster.name }}')).toBe('{{ .Values.cluster.name }}');
});
