import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The rooms of the store, and which of the others each may import: none of them needs itself in the end. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  text: [],
  files: [],
  git: [],
  typescript: ['text', 'files'],
  yaml: ['text', 'files'],
  expressions: ['typescript'],
  code: ['files', 'typescript'],
  'yaml-fleet': ['text', 'files', 'yaml', 'expressions'],
  output: ['text', 'files', 'git', 'yaml'],
  edit: ['text', 'files', 'typescript', 'yaml'],
  history: ['git', 'typescript', 'yaml', 'yaml-fleet', 'read', 'state'],
  state: ['git', 'yaml', 'output'],
  migrate: ['files', 'typescript', 'yaml', 'expressions', 'yaml-fleet'],
  wrapper: ['files', 'typescript', 'yaml-fleet'],
  read: ['text', 'files', 'git', 'typescript', 'yaml', 'code', 'yaml-fleet', 'output', 'hydrate'],
  charts: ['text', 'files', 'git', 'yaml', 'edit'],
  hydrate: ['files', 'git', 'yaml', 'charts'],
  evidence: ['files'],
  start: ['text', 'files', 'git', 'typescript', 'yaml', 'edit', 'read'],
};

const store = join(__dirname, '../../store');
const imports = readdirSync(store, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => {
    const found = [...readFileSync(join(store, file), 'utf8').matchAll(/(?:\bfrom |\brequire\()'(\.[^']+)'/g)];
    return found.map(([, to = '']) => ({ file, to: relative(store, join(store, file, '..', to)) }));
  })
  .filter(({ to }) => !to.startsWith('..'));
const roomOf = (path: string) => path.slice(0, path.indexOf('/'));

test('every file of the store lies in one of its rooms', () => {
  expect(imports.length).toBeGreaterThan(300);
  expect(new Set(imports.map(({ file }) => roomOf(file)))).toEqual(new Set(Object.keys(rooms)));
});

test('a room of the store imports only what it may', () => {
  const wrong = imports.filter(({ file, to }) => roomOf(file) !== roomOf(to) && !rooms[roomOf(file)]?.includes(roomOf(to)));
  expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
});

test('no room of the store needs itself', () => {
  const below = (room: string): readonly string[] => (rooms[room] ?? []).flatMap((next) => [next, ...below(next)]);
  expect(Object.keys(rooms).filter((room) => below(room).includes(room))).toEqual([]);
});
