import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What each room may import: rooms, and packages that are its alone. */
const rooms: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>> = {
  'main.ts': { rooms: [], packages: ['cdk8s-fleet'] },
  // What is in `config/` is its owner's.
  'test/example/config': { rooms: [], packages: ['cdk8s-fleet', 'cdk8s', 'cdk8s-plus-27', 'constructs'] },
  constructs: { rooms: ['layers', 'imports'], packages: ['ajv', 'cdk8s', 'constructs'] },
  layers: { rooms: [], packages: ['deepmerge', 'fastest-levenshtein'] },
  store: {
    rooms: ['changes', 'layers'],
    packages: [
      '@babel/parser',
      '@babel/types',
      'node:child_process',
      'node:crypto',
      'node:fs',
      'node:module',
      'node:os',
      'node:path',
      'node:tty',
      'node:v8',
      'node:worker_threads',
      'node:util',
      'node:zlib',
      'tsx/cjs/api',
      'yaml',
    ],
  },
  changes: { rooms: ['layers'], packages: ['node:crypto'] },
  rollout: { rooms: ['layers'], packages: [] },
  // What runs in a browser knows what it is given.
  'cli/board/page': { rooms: ['cli/board/board'], packages: ['preact', 'preact/hooks'] },
  cli: {
    rooms: ['changes', 'constructs', 'imports', 'layers', 'rollout', 'store', 'package.json'],
    packages: ['commander', 'diff', 'node:path', 'picocolors'],
  },
};

interface Import {
  readonly from: string;
  readonly room: string;
  readonly to: string;
  readonly isType: boolean;
  readonly isReexport: boolean;
}

const root = join(__dirname, '..');

/** The innermost of the rooms in which a file lies. */
function roomOf(file: string): string | undefined {
  return Object.keys(rooms)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function files(place: string): readonly string[] {
  if (place.endsWith('.ts')) return [place];
  return readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(place, file))
    .filter((file) => roomOf(file) === place);
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
  expect(imports).toContainEqual(expect.objectContaining({ from: 'store/output/output-text.ts', to: 'layers/output' }));
});

test('every arrow between rooms is one of the design', () => {
  const wrong = imports.filter((found) => {
    const allowed = rooms[found.room];
    if (!isFile(found.to)) return !allowed?.packages.includes(found.to);
    const to = roomOf(found.to) ?? found.to.split('/')[0] ?? '';
    return to !== found.room && !allowed?.rooms.includes(to) && !(found.isType && allowed?.rooms.includes(found.to));
  });
  expect(wrong.map(describeImport)).toEqual([]);
});

test('what is stored knows changes by their types alone', () => {
  const known = imports.filter(({ room, to }) => room === 'store' && to.startsWith('changes/'));
  expect(known.length).toBeGreaterThan(0);
  expect(known.filter(({ isType }) => !isType).map(describeImport)).toEqual([]);
});

const publicApi = ['constructs/index.ts', 'cli/entry/index.ts', 'cli/testing/index.ts'];

test('only the public API re-exports', () => {
  expect(imports.filter(({ isReexport, from }) => isReexport && !publicApi.includes(from)).map(describeImport)).toEqual([]);
});

/** Inside the constructs, of both topologies: what is declared, read, resolved, checked and rendered, each with what it may import. */
const words: Readonly<Record<string, readonly string[]>> = {
  tree: [],
  'from-config': ['tree'],
  argocd: ['tree'],
  'external-secrets': ['tree'],
  resolve: ['tree', 'argocd'],
  check: ['tree', 'argocd', 'external-secrets', 'resolve'],
  render: ['tree', 'from-config', 'argocd', 'external-secrets', 'resolve', 'check'],
  synthesis: ['tree', 'from-config', 'argocd', 'external-secrets', 'resolve', 'check', 'render'],
};

/** A file's word: the name of its folder. What stands in no folder makes a whole of all words, and is below none. */
function wordOf(file: string): string {
  const [, ...parts] = file.split('/');
  const below = parts[0] === 'hub' ? parts.slice(1) : parts;
  return below.length > 1 ? (below[0] ?? '') : 'top';
}

const isOfHub = (file: string) => file.startsWith('constructs/hub/');
const isWord = (file: string) => wordOf(file) !== 'top';

const inConstructs = imports.filter(({ room, to }) => room === 'constructs' && to.startsWith('constructs/'));

test('every folder of constructs has a word that is known', () => {
  const folders = new Set(inConstructs.map(({ from }) => wordOf(from)));
  expect([...folders].filter((word) => word !== 'top' && words[word] === undefined)).toEqual([]);
});

test('every arrow inside the constructs leads to what stands below', () => {
  const wrong = inConstructs.filter(({ from, to }) => {
    const [here, there] = [wordOf(from), wordOf(to)];
    return isWord(from) && here !== there && !words[here]?.includes(there);
  });
  expect(wrong.map(describeImport)).toEqual([]);
});

test('what both topologies share knows nothing of hubs, but for what is given out of them', () => {
  const wrong = inConstructs.filter(({ from, to }) => isWord(from) && wordOf(from) !== 'synthesis' && !isOfHub(from) && isOfHub(to));
  expect(wrong.map(describeImport)).toEqual([]);
});

/** Inside the command, in the order in which it runs: each room may import those before it. */
const stages = ['read', 'prepare', 'write', 'print', 'commands'];

test('every arrow inside the command leads to what runs before', () => {
  const stageOf = (file: string) => stages.indexOf(file.split('/')[1] ?? '');
  const inside = imports.filter(({ room, to }) => room === 'cli' && stageOf(to) >= 0 && to.startsWith('cli/'));
  expect(new Set(inside.map(({ to }) => stageOf(to))).size).toBe(stages.length);
  expect(inside.filter(({ from, to }) => stageOf(from) >= 0 && stageOf(from) < stageOf(to)).map(describeImport)).toEqual([]);
});

const isTypeScript = (to: string) => isFile(to) && !to.startsWith('imports/') && !to.endsWith('.json');
const withEnding = (to: string) => (to.endsWith('.ts') ? to : `${to}.ts`);

/** Files in a circle of imports, each circle once: Tarjan's strongly connected components. */
function circles(arrows: readonly Import[]): readonly (readonly string[])[] {
  const graph = new Map<string, string[]>();
  for (const { from, to } of arrows) graph.set(from, [...(graph.get(from) ?? []), withEnding(to)]);
  const [order, low] = [new Map<string, number>(), new Map<string, number>()];
  const stack: string[] = [];
  const found: (readonly string[])[] = [];
  const visit = (file: string) => {
    order.set(file, order.size);
    low.set(file, order.get(file) as number);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) as number, low.get(next) as number));
    }
    if (low.get(file) !== order.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1 || graph.get(file)?.includes(file)) found.push(circle.sort());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}

test('circles are found', () => {
  const arrow = (from: string, to: string) => ({ from, to, room: '', isType: false, isReexport: false });
  const arrows = [arrow('a.ts', 'b'), arrow('b.ts', 'c'), arrow('c.ts', 'a'), arrow('c.ts', 'd'), arrow('d.ts', 'd')];
  expect(circles(arrows)).toEqual([['d.ts'], ['a.ts', 'b.ts', 'c.ts']]);
});

test('no module needs itself to be loaded', () => {
  expect(circles(imports.filter(({ to, isType }) => !isType && isTypeScript(to)))).toEqual([]);
});

test('no more than five files know types of one another', () => {
  const large = circles(imports.filter(({ to }) => isTypeScript(to))).filter(({ length }) => length > 5);
  expect(large.map((circle) => `${circle.join(', ')} know one another`)).toEqual([]);
});

/** What Git has or would take with `git add --all`, without what is generated. */
const written = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...Object.keys(rooms), 'test'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => !file.startsWith('package') && !file.endsWith('.snap'));

test('no folder has more than twenty files', () => {
  const counts = new Map<string, number>();
  for (const file of written) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect([...counts].flatMap(([folder, count]) => (count > 20 ? [`${folder} has ${count} files`] : []))).toEqual([]);
});

test('no file of the rooms is longer than 300 lines, and half of them have at most 100', () => {
  const lengths = written
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('test/'))
    .map((file) => ({ file, length: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .sort((a, b) => a.length - b.length);
  expect(lengths.flatMap(({ file, length }) => (length > 300 ? [`${file} has ${length} lines`] : []))).toEqual([]);
  expect(lengths[Math.floor(lengths.length / 2)]?.length).toBeLessThanOrEqual(100);
});

test('no test but test/fleet.test.ts reads the fleet in config/, its output, or the examples: whoever changes them breaks none', () => {
  const reading = [
    /\b(?:readConfig|readdirSync|readFileSync|cpSync)\((?:repository, )?'(?:config|dist|examples)\b/,
    /\b(?:repository|root), ['"`](?:config|dist|examples)\b/,
    /(?:from|require\w*\(|import\() ?'(?:\.\.\/)+(?:config|dist|examples)\//,
    /\breadFleet\((?:\)|'(?:config|examples)\b)/,
  ];
  const tests = written.filter(
    (file) =>
      file.startsWith('test/') &&
      file.endsWith('.ts') &&
      !/^test\/(?:(?:fleet|rooms|cli\/testing\/read-fleet|cli\/charts\/imported-example)\.test|package\/user-files)\.ts$/.test(file),
  );
  expect(tests.length).toBeGreaterThan(100);
  expect(tests.filter((file) => reading.some((pattern) => pattern.test(readFileSync(join(root, file), 'utf8'))))).toEqual([]);
});
