import {
  encodeToken,
  fillTokens,
  hasBrokenToken,
  hasToken,
  mapStrings,
  plainTokens,
  showTokens,
  splitTokens,
  strings,
  tokenName,
  tokensInGoJson,
  tokensInJson,
  tokensOf,
  withoutPrivate,
} from '../../../layers/text/token';
import { forgedToken } from '../../builders/bad-values';
import { deepFreeze } from '../../builders/layers-builder';

const name = encodeToken({ key: 'name', origin: 'name' });
const projectId = encodeToken({ key: 'projectId', origin: 'annotation gcp-hcp/project-id' });
const byHand = encodeToken({ key: 'byHand' });

describe('a token', () => {
  test('survives a template literal', () => {
    expect(splitTokens(`a-${name}/${projectId}${byHand}-z`)).toEqual([
      'a-',
      { key: 'name', origin: 'name' },
      '/',
      { key: 'projectId', origin: 'annotation gcp-hcp/project-id' },
      { key: 'byHand' },
      '-z',
    ]);
  });

  test('survives joining, padding, JSON and concatenation', () => {
    for (const text of [[name, 'x'].join('-'), name.padEnd(80, '.'), JSON.parse(JSON.stringify(name)), `x${name}`.concat('y'), ` ${name} `.trim()]) {
      expect(tokensOf(text)).toEqual([{ key: 'name', origin: 'name' }]);
      expect(hasBrokenToken(text)).toBe(false);
    }
  });

  test('is told from what an author wrote', () => {
    for (const text of ['', 'name', '{{ .Values.cluster.name }}', '{{.name}}']) {
      expect(hasToken(text)).toBe(false);
      expect(hasBrokenToken(text)).toBe(false);
      expect(splitTokens(text).join('')).toBe(text);
    }
    expect(hasToken(`a${name}`)).toBe(true);
  });

  test('shows as the expression that it stands for', () => {
    expect(showTokens(`${name}-${projectId}`)).toBe('{{ .Values.cluster.name }}-{{ .Values.cluster.projectId }}');
    expect(showTokens('{{.name}}')).toBe('{{.name}}');
  });

  test('may stand at the top of the values, inside of JSON and outside', () => {
    const top = encodeToken({ key: 'project_id', isTopLevel: true });
    expect(showTokens(`${top}-${tokensInJson(top)}`)).toBe('{{ .Values.project_id }}-{{ .Values.project_id }}');
    expect(splitTokens(tokensInJson(top))).toEqual([{ key: 'project_id', inJson: true, isTopLevel: true }]);
    expect(tokensOf(tokensInJson(top))).toEqual([{ key: 'project_id', isTopLevel: true }]);
    const forms = [tokensInGoJson(top), plainTokens(top), tokensInJson(plainTokens(top))];
    expect(forms.map(splitTokens)).toEqual([
      [{ key: 'project_id', inGoJson: true, isTopLevel: true }],
      [{ key: 'project_id', isPlain: true, isTopLevel: true }],
      [{ key: 'project_id', inJson: true, isPlain: true, isTopLevel: true }],
    ]);
    expect(tokensOf(forms)).toEqual([{ key: 'project_id', isTopLevel: true }]);
    expect(tokensOf([top, encodeToken({ key: 'project_id' })]).map(tokenName)).toEqual(['project_id', 'cluster.project_id']);
    expect(hasBrokenToken(top)).toBe(false);
  });

  test('is filled in with the value of its own key', () => {
    expect(fillTokens(`${name}-${projectId}`, ({ key, origin }) => `<${key} from ${origin}>`)).toBe(
      '<name from name>-<projectId from annotation gcp-hcp/project-id>',
    );
    expect(fillTokens('plain', () => 'never')).toBe('plain');
  });

  test('is filled in as it is, whatever the value looks like to a replacement', () => {
    expect(fillTokens(`a${name}b`, () => '$&$1{{')).toBe('a$&$1{{b');
  });
});

describe('a token that was tampered with', () => {
  test.each([
    ['cut off at its end', name.slice(0, -1)],
    ['cut off at its start', name.slice(1)],
    ['cut in the middle', projectId.slice(0, 5)],
    ['cut to its second half', projectId.slice(12)],
    ['split at a character', name.split('a')[0] as string],
    ['taken apart by characters', [...name].reverse().join('')],
    ['with a token inside', name.replace('am', name)],
    ['with another key', name.replace('name', 'na-me')],
    ['in a text with a whole one', `${projectId} and ${name.slice(0, 4)}`],
    ['in upper case', name.toUpperCase()],
    ['in upper case, with an annotation as origin', projectId.toUpperCase()],
    ['in lower case', projectId.toLowerCase()],
    ['with a part replaced', projectId.replace('project-id', 'other')],
  ])('is found out: %s', (_, text) => {
    expect(hasBrokenToken(text)).toBe(true);
  });
});

describe('text that only looks like a token', () => {
  const module = '../../../layers/text/token';
  const seal = Symbol.for('cdk8s-fleet.token-seal');

  /** The module as another program would have it, or another copy of the package in this one. */
  function another(isProgram: boolean): typeof import('../../../layers/text/token') {
    const shared = globalThis as { [seal]?: string };
    const own = shared[seal];
    if (isProgram) delete shared[seal];
    let loaded: typeof import('../../../layers/text/token') | undefined;
    jest.isolateModules(() => {
      loaded = require(module);
    });
    shared[seal] = own;
    return loaded as typeof import('../../../layers/text/token');
  }

  test.each([
    ['made by hand', forgedToken],
    ['of another program', another(true).encodeToken({ key: 'name', origin: 'name' })],
    ['with nothing in it', '\uE0F0\uE0F1'],
  ])('is found out and stays text: %s', (_, text) => {
    expect(hasBrokenToken(text)).toBe(true);
    expect(splitTokens(`a${text}b`)).toEqual([`a${text}b`]);
    expect(tokensOf({ [text]: text })).toEqual([]);
    expect(fillTokens(text, () => 'filled in')).toBe(text);
    expect(showTokens(`${name} ${text}`)).toMatch(/^\{\{ \.Values\.cluster\.name \}\} \\ue0f0/);
  });

  test('is not what another copy of the package makes in the same program', () => {
    const copy = another(false);
    expect(copy.encodeToken({ key: 'name', origin: 'name' })).toBe(name);
    expect(hasBrokenToken(copy.encodeToken({ key: 'other' }))).toBe(false);
  });

  test('is shown without anything that differs from run to run', () => {
    const shown = showTokens(name.slice(1));
    expect(shown).toBe(
      another(true).showTokens(
        another(true)
          .encodeToken({ key: 'name', origin: 'name' })
          .slice(1)
          .replace(/[0-9a-f]{8}\uE0F1$/, '\uE0F1'),
      ),
    );
  });

  test('is never put into a word for a token', () => {
    expect(withoutPrivate(`a${name}b\uE0F2`)).not.toMatch(/[\uE0F0-\uE0F2]/);
  });
});

describe('a document', () => {
  const document = deepFreeze({ [`key-${name}`]: 1, list: ['x', projectId, { deep: `${name}-${name}` }], nothing: null, number: 3, map: {} });

  test('gives every string, keys included', () => {
    expect([...strings(document)]).toEqual([`key-${name}`, 'list', 'x', projectId, 'deep', `${name}-${name}`, 'nothing', 'number', 'map']);
  });

  test('gives its tokens, each once', () => {
    expect(tokensOf(document)).toEqual([
      { key: 'name', origin: 'name' },
      { key: 'projectId', origin: 'annotation gcp-hcp/project-id' },
    ]);
    expect(tokensOf({ a: 'x' })).toEqual([]);
  });

  test('gives two tokens where one key has two origins', () => {
    expect(tokensOf([encodeToken({ key: 'a', origin: 'name' }), encodeToken({ key: 'a', origin: 'server' })])).toHaveLength(2);
  });

  test('is mapped string by string', () => {
    expect(mapStrings(document, showTokens)).toEqual({
      'key-{{ .Values.cluster.name }}': 1,
      list: ['x', '{{ .Values.cluster.projectId }}', { deep: '{{ .Values.cluster.name }}-{{ .Values.cluster.name }}' }],
      nothing: null,
      number: 3,
      map: {},
    });
  });

  test('is the same object where mapping changes nothing, down to each part', () => {
    expect(mapStrings(document, (text) => text)).toBe(document);
    const mapped = mapStrings({ same: document, other: 'a' }, (text) => (text === 'a' ? 'b' : text));
    expect(mapped.other).toBe('b');
    expect(mapped.same).toBe(document);
  });
});
