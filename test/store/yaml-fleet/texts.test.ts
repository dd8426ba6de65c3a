import { encodeToken } from '../../../layers/text/token';
import { forgedToken } from '../../builders/bad-values';
import { application, chartValues, layer, small, YamlFleets } from '../../builders/yaml-fleets';

const fleets = new YamlFleets();

/** As a YAML file writes a text between quotes, private characters and halves of characters by their numbers. */
function escaped(text: string): string {
  return `"${[...text].map((character) => (character > '~' ? `\\u${character.charCodeAt(0).toString(16)}` : character)).join('')}"`;
}

describe('text of a file is never a value of the cluster', () => {
  const texts = {
    'that looks like one': forgedToken,
    'that is what the program itself writes': encodeToken({ key: 'name', origin: 'name' }),
    'with a part of one': 'x\uE0F0name',
    'with a stray private character': 'x\uE0F2',
  };

  test.each(Object.entries(texts))('%s: it is refused, written out or by numbers', (_, text) => {
    for (const written of [escaped(text), `"${text}"`]) {
      const broken = (line: number, column: number) => [`error token-broken mc/web/values.yaml:${line}:${column}`];
      expect(fleets.told({ 'mc/web/values.yaml': chartValues(`a: ${written}`) })).toEqual(broken(9, 11));
      expect(fleets.told({ 'mc/web/values.yaml': chartValues(`${written}: a`) })).toEqual(broken(9, 11));
      expect(fleets.told({ 'mc/web/values.yaml': chartValues(`a: [b, {c: ${written}}]`) })).toEqual(broken(9, 19));
    }
    expect(fleets.told({ 'mc/web/int/override.yaml': layer(`project: ${escaped(text)}`) })).toEqual(['error token-broken mc/web/int/override.yaml:3:5']);
    expect(fleets.told({ 'mc/web/metadata.yaml': `description: ${escaped(text)}\n` })).toEqual(['error token-broken mc/web/metadata.yaml:1:1']);
  });

  test('not even where an expression makes it', () => {
    const told = fleets.told({ 'mc/web/values.yaml': chartValues(`a: '{{ "\\ue0f0name\\ue0f1" }}'`) });
    expect(told).toEqual(['error token-broken mc/web/values.yaml:9:11']);
  });
});

describe('half of a character', () => {
  test.each(['\ud800', 'x\udc00y'])('is refused wherever it stands: %j', (text) => {
    expect(fleets.told({ 'mc/web/values.yaml': chartValues(`a: ${escaped(text)}`) })).toEqual(['error not-plain-data mc/web/values.yaml:9:11']);
    expect(fleets.told({ 'mc/web/values.yaml': chartValues(`a: {${escaped(text)}: 1}`) })).toEqual(['error not-plain-data mc/web/values.yaml:9:15']);
    expect(fleets.told({ 'mc/web/int/override.yaml': layer(`annotations:\n  a: ${escaped(text)}`) })).toEqual([
      'error not-plain-data mc/web/int/override.yaml:4:7',
    ]);
  });

  test('is told from a whole one', () => {
    expect(fleets.told({ 'mc/web/values.yaml': chartValues('a: "\\U0001F600 \u{1F600}"') })).toEqual([]);
  });
});

test('generators below others are as closed as those above, and named sources a list', () => {
  const set = (generators: string) => `${application('api')}applicationsets:
  set:
    generators:
      - matrix:
          generators:
            - clusters: {${generators}}
    template: {metadata: {}, spec: {project: default, destination: {}}}
`;
  const defaults = `${small['mc/defaults.yaml']}applicationsets:\n  default:\n    namespace: argocd\n`;
  const files = (generators: string) => ({ 'mc/defaults.yaml': defaults, 'mc/api/values.yaml': set(generators) });
  expect(fleets.told(files('selectr: {}'))).toEqual(['error unknown-field mc/api/values.yaml:14:26']);
  const template = 'template: {metadata: {}, spec: {project: "", destination: {}, sources: {a: {repoURL: x, path: site}}}}';
  const manifest = fleets.manifest(files(template), 'set');
  expect(manifest.spec.generators[0].matrix.generators[0].clusters.template.spec.sources).toEqual([{ name: 'a', path: 'site', repoURL: 'x' }]);
});
