import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { hashOf } from '../files/journal';

const day = 24 * 60 * 60 * 1000;

/** How long an entry that nobody asks for is kept. */
const kept = 30 * day;

/**
 * What was made once and need not be made again, one file for each key, outside of Git. It is never needed: it may be removed at
 * any time, an entry that is broken is none, and where it cannot be written all goes on without.
 */
export class ChartCache {
  readonly #folder: string | undefined;
  #isReady = false;

  /** @param folder absolute. @default - in the user's folder of caches */
  constructor(folder: string | undefined = defaultFolder()) {
    this.#folder = folder;
  }

  /** @param key a digest @returns `undefined` where there is no such entry, or a broken one */
  read(key: string): unknown {
    if (this.#folder === undefined) return undefined;
    const file = join(this.#folder, `${key}.json`);
    try {
      const text = readFileSync(file, 'utf8');
      const end = text.indexOf('\n');
      const body = text.slice(end + 1);
      if (text.slice(0, end) !== hashOf(body)) return undefined;
      const value: unknown = JSON.parse(body);
      // It is in use. Once a day is enough to know that.
      if (Date.now() - statSync(file).mtimeMs > day) touch(file);
      return value;
    } catch {
      return undefined;
    }
  }

  write(key: string, value: unknown): void {
    if (this.#folder === undefined) return;
    const file = join(this.#folder, `${key}.json`);
    const temporary = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
    try {
      this.#prepare(this.#folder);
      const body = JSON.stringify(value);
      writeFileSync(temporary, `${hashOf(body)}\n${body}`, { flag: 'wx', mode: 0o600 });
      renameSync(temporary, file);
    } catch {
      tryRemove(temporary);
    }
  }

  /** Once a process; and what is old goes, once a day. */
  #prepare(folder: string): void {
    if (this.#isReady) return;
    this.#isReady = true;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const mark = join(folder, 'swept');
    const swept = statSync(mark, { throwIfNoEntry: false })?.mtimeMs;
    if (swept !== undefined && Date.now() - swept < day) return;
    writeFileSync(mark, '', { mode: 0o600 });
    touch(mark);
    for (const name of readdirSync(folder)) {
      if (!/^[0-9a-f]{64}\.json(\..+\.tmp)?$/.test(name)) continue;
      const file = join(folder, name);
      const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY);
      if (age > (name.endsWith('.tmp') ? day : kept)) tryRemove(file);
    }
  }
}

function tryRemove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It was never there.
  }
}

function touch(file: string): void {
  const now = new Date();
  utimesSync(file, now, now);
}

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ a relative path is none */
function defaultFolder(): string | undefined {
  const set = process.env['XDG_CACHE_HOME'] ?? '';
  try {
    return join(isAbsolute(set) ? set : join(homedir(), '.cache'), 'cdk8s-fleet', 'charts');
  } catch {
    // A user without a home.
    return undefined;
  }
}
