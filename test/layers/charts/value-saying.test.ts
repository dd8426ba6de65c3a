import { valueSaying } from '../../../layers/charts/value-saying';
import type { Plain } from '../../../layers/layer';

test.each<readonly [what: string, text: string, documents: readonly Plain[], path: string | undefined]>([
  ['the same', 'hunter2', [{ a: { b: 'hunter2' } }], 'a.b'],
  ['the same, before what holds it', 'hunter2', [{ all: 'pass: hunter2\n', one: 'hunter2' }], 'one'],
  ['the same of the strongest', 'hunter2', [{ first: 'hunter2' }, { second: 'hunter2' }], 'first'],
  ['what holds it', 'hunter2', [{ list: [{ text: 'password: hunter2\n' }] }], 'list.0.text'],
  ['the longest that it is made of', 'postgres://app:hunter2@db:5432/app', [{ port: 5432, user: 'app', host: 'db', pass: 'hunter2' }], 'pass'],
  ['none that says yes or no', 'true', [{ enabled: true }], undefined],
  ['a number', '1234', [{ pin: 1234 }], 'pin'],
  ['none of what is short', 'a:b', [{ a: 'a', b: 'b', text: 'a:bc' }], undefined],
  ['none', 'hunter2', [null, {}, { a: null, b: [], c: '' }], undefined],
])('%s', (_, text, documents, path) => expect(valueSaying(text, documents)?.join('.')).toBe(path));
