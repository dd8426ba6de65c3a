import childProcess, { type SpawnSyncReturns } from 'node:child_process';
import { constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** One program, as `spawnSync` of Node takes it. */
export type Spawn = readonly [command: string, args: readonly string[], options: Readonly<Record<string, unknown>>];

/** An error has more than its message, and only that would be handed on. */
export type Spawned = Omit<SpawnSyncReturns<unknown>, 'error'> & { readonly error?: { readonly message: string } };

/** What is handed on as it is. Whatever else is asked for is this process's own matter: its terminal, another user, a shell. */
const options = new Set(['cwd', 'env', 'input', 'encoding', 'maxBuffer', 'timeout', 'killSignal', 'stdio']);

/**
 * Has programs started by a small process (`spawn-programs.ts`), from here on and for all of this one: a process that starts
 * another is copied first, which takes 20 ms where it has 300 MB, as those that run test files do, and 2 ms where it has 40.
 */
export function startPrograms(): void {
  const spawner = new SmallSpawner(childProcess.spawnSync);
  const own = childProcess.spawnSync;
  const replaced = (command: string, ...rest: readonly unknown[]) => {
    const args = Array.isArray(rest[0]) ? (rest[0] as readonly string[]) : [];
    const asked = (Array.isArray(rest[0]) ? rest[1] : rest[0]) as Record<string, unknown> | undefined;
    const isPlain = Object.entries(asked ?? {}).every(([name, value]) => options.has(name) && (name !== 'stdio' || value === 'pipe'));
    if (!isPlain) return (own as (...all: readonly unknown[]) => unknown)(command, ...rest);
    return spawner.run([command, args, { ...asked, cwd: asked?.['cwd'] ?? process.cwd(), env: { ...((asked?.['env'] as object) ?? process.env) } }]);
  };
  childProcess.spawnSync = replaced as typeof own;
}

class SmallSpawner {
  readonly #spawnSync: typeof childProcess.spawnSync;
  #pipes: { readonly asked: number; readonly answered: number } | undefined;

  /** @param spawnSync as it was */
  constructor(spawnSync: typeof childProcess.spawnSync) {
    this.#spawnSync = spawnSync;
  }

  run(program: Spawn): SpawnSyncReturns<unknown> {
    this.#pipes ??= start(this.#spawnSync);
    send(this.#pipes.asked, program);
    const { error, ...rest } = receive(this.#pipes.answered) as Spawned;
    return { ...rest, ...(error && { error: Object.assign(new Error(error.message), error) }) };
  }
}

/** Pipes that have a name: both ends are read and written without the event loop, for nobody waits for it. */
function start(spawnSync: typeof childProcess.spawnSync) {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-spawner-'));
  const [asked, answered] = ['asked', 'answered'].map((name) => join(folder, name)) as [string, string];
  spawnSync('mkfifo', [asked, answered]);
  const child = childProcess.spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'spawn-programs.ts'), asked, answered], {
    cwd: join(__dirname, '../..'),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  child.unref();
  // Each waits for the other end.
  const pipes = { asked: openSync(asked, constants.O_WRONLY), answered: openSync(answered, constants.O_RDONLY) };
  rmSync(folder, { recursive: true });
  return pipes;
}

/** Writes a value, with its size in front. */
export function send(file: number, value: unknown): void {
  const data = serialize(value);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  for (let rest = Buffer.concat([size, data]); rest.length > 0; rest = rest.subarray(writeSync(file, rest)));
}

/** @returns `undefined` where nobody writes any more */
export function receive(file: number): unknown {
  const size = take(file, 4)?.readUInt32BE();
  const data = size === undefined ? undefined : take(file, size);
  return data && deserialize(data);
}

function take(file: number, size: number): Buffer | undefined {
  const data = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const read = readSync(file, data, at, size - at, null);
    if (read === 0) return undefined;
    at += read;
  }
  return data;
}
