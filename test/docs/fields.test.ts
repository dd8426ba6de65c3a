import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsAccessShape, repositoryShape, secretStoreShape, waysShape } from '../../layers/shape/credential-shape';
import { labelNamesShape, nodeShape } from '../../layers/shape/fleet-shape';
import { componentShape, releasesShape } from '../../layers/shape/group-shape';
import { memberLayerShape } from '../../layers/shape/member-shape';
import { keysWith } from '../../layers/shape/shape';
import { yamlMetadataShape, yamlSettingsShape } from '../../layers/shape/yaml-shape';
import { fieldTables, placeOfTable, tableText } from './field-tables';

const pathOf = (document: string) => join(__dirname, '../..', document);
const read = (document: string) => readFileSync(pathOf(document), 'utf8');
const code = (keys: readonly string[]) => keys.map((key) => `\`${key}\``);

// A document whose table is not that of the shape is written anew by `npm run docs`.
const isWriting = process.env.FLEET_DOCS === 'write';

test.each(fieldTables)('$document, $heading: the table says what the shape says', (table) => {
  const text = read(table.document);
  const { start, end } = placeOfTable(table, text) ?? { start: 0, end: 0 };
  const expected = tableText(table);
  if (isWriting && end > 0) writeFileSync(pathOf(table.document), text.slice(0, start) + expected + text.slice(end));
  else expect(text.slice(start, end)).toBe(expected);
});

const rowsOf = (text: string) => [...text.matchAll(/^\| (.+?) +\| (.+?) +\|/gm)].map(([, first = '', second = '']) => [first, second] as const);

test('docs/hub-spoke/configuration.md tells every name of a label', () => {
  const section = read('docs/hub-spoke/configuration.md').split('\n## Labels\n')[1]?.split('\n## ')[0] ?? '';
  const told = [...section.matchAll(/^\|.*\| `(\w+)` +\|$/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual(Object.keys(labelNamesShape).sort());
});

test('docs/hub-spoke/configuration.md tells what is layered', () => {
  const layered = new Map(rowsOf(read('docs/hub-spoke/configuration.md')).map(([file, keys]) => [file, keys]));
  expect(layered.get('`members/settings.ts`')).toBe(code(keysWith(memberLayerShape, 'layered')).join(', '));
  expect(layered.get('`{group}/releases.ts`')).toBe(code(keysWith(releasesShape, 'layered')).join(', '));
  expect(layered.get('`{group}/{component}.ts`')).toBe(code([...keysWith(componentShape, 'layered'), ...keysWith(componentShape, 'released')]).join(', '));
});

test('docs/hub-spoke/configuration.md tells what credentials and secret stores say', () => {
  const section = read('docs/hub-spoke/configuration.md').split('\n## Credentials of repositories\n')[1]?.split('\n## ')[0] ?? '';
  const ways = [...section.matchAll(/^\| `(\w+): (?:\{ .+? \}|true)`/gm)].map(([, way]) => way);
  expect(ways).toEqual(Object.keys(waysShape));
  expect([...Object.keys(repositoryShape), 'secret', 'enterpriseUrl', ...Object.keys(awsAccessShape)].filter((key) => !section.includes(key))).toEqual([]);
  expect(Object.keys(secretStoreShape).filter((key) => !memberLayerShape.secretStore.about.includes(`\`${key}\``))).toEqual([]);
});

test('docs/configuration.md tells what a node says', () => {
  const section = read('docs/configuration.md').split('## The fleet: `config/fleet.ts`')[1]?.split('\n## ')[0] ?? '';
  expect(Object.keys(nodeShape).filter((key) => !new RegExp(`\\b${key}\\b`).test(section))).toEqual([]);
});

test('docs/yaml-fleets.md tells the keys of its files', () => {
  const text = read('docs/yaml-fleets.md');
  expect(text).toContain(`metadata.yaml                 ${Object.keys(yamlMetadataShape).join(', ')}\n`);
  expect(Object.keys(yamlSettingsShape).filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
});
