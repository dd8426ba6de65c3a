import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What each room may import: rooms, and packages that are its alone. */
const rooms: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>> = {
  'main.ts': { rooms: ['constructs', 'store'], packages: [] },
  config: { rooms: [], packages: ['cdk8s-fleet', 'cdk8s', 'cdk8s-plus-27', 'constructs'] },
  constructs: { rooms: ['layers', 'imports'], packages: ['ajv', 'cdk8s', 'constructs'] },
  layers: { rooms: [], packages: ['deepmerge', 'fastest-levenshtein'] },
  store: {
    rooms: ['layers'],
    packages: [
      '@babel/parser',
      '@babel/types',
      'node:child_process',
      'node:crypto',
      'node:fs',
      'node:module',
      'node:os',
      'node:path',
      'node:util',
      'tsx/cjs/api',
      'yaml',
    ],
  },
  rollout: { rooms: ['layers'], packages: [] },
  cli: { rooms: ['constructs', 'layers', 'rollout', 'store', 'package.json'], packages: ['commander', 'diff', 'node:path', 'picocolors'] },
};

interface Import {
  readonly from: string;
  readonly room: string;
  readonly to: string;
  readonly isType: boolean;
  readonly isReexport: boolean;
}

const root = join(__dirname, '..');

function files(place: string): readonly string[] {
  if (place.endsWith('.ts')) return [place];
  return readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(place, file));
}

const statement = /^(import|export)\s+(type\s+)?(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm;
const call = /\brequire\('([^']+)'\)/g;

function importsOf(file: string, room: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  // A bare name is a package; a relative one is a file, or a folder by its index.
  const resolve = (to: string) => (to.startsWith('.') ? relative(root, join(root, dirname(file), to)).replace(/^constructs$/, 'constructs/index') : to);
  return [
    ...[...text.matchAll(statement)].map(([, keyword, type, to = '']) => ({
      from: file,
      room,
      to: resolve(to),
      isType: type !== undefined,
      isReexport: keyword === 'export',
    })),
    ...[...text.matchAll(call)].map(([, to = '']) => ({ from: file, room, to: resolve(to), isType: false, isReexport: false })),
  ];
}

const imports = Object.keys(rooms).flatMap((room) => files(room).flatMap((file) => importsOf(file, room)));
const isFile = (to: string) =>
  !to.startsWith('node:') && (to.includes('/') || to.endsWith('.json')) && [...Object.keys(rooms), 'imports', 'package.json'].includes(to.split('/')[0] ?? '');
const describeImport = ({ from, to }: Import) => `${from} imports ${to}`;

test('the import lines of all rooms are read', () => {
  for (const room of Object.keys(rooms)) expect(imports.filter((found) => found.room === room)).not.toEqual([]);
  expect(imports).toContainEqual(expect.objectContaining({ from: 'store/yaml-text.ts', to: 'layers/node' }));
});

test('every arrow between rooms is one of the design', () => {
  const wrong = imports.filter((found) => {
    const allowed = rooms[found.room];
    if (!isFile(found.to)) return !allowed?.packages.includes(found.to);
    const to = found.to.split('/')[0] ?? '';
    return to !== found.room && !allowed?.rooms.includes(to);
  });
  expect(wrong.map(describeImport)).toEqual([]);
});

test('only the public API re-exports', () => {
  expect(imports.filter(({ isReexport, from }) => isReexport && from !== 'constructs/index.ts').map(describeImport)).toEqual([]);
});

test('no module needs itself to be loaded', () => {
  const graph = new Map<string, string[]>();
  for (const { from, to, isType } of imports) {
    if (isType || !isFile(to)) continue;
    graph.set(from, [...(graph.get(from) ?? []), to.endsWith('.ts') ? to : `${to}.ts`]);
  }
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    else for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
  };
  for (const file of graph.keys()) visit(file, []);
  expect(cycles).toEqual([]);
});
