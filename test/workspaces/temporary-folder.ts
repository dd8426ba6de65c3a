import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where temporary files are on the disk: Linux has memory below `/dev`, which is the system's, and no link of a configuration may lead there. */
export const disk = process.env['FLEET_TEST_DISK'] ?? tmpdir();

/** Folders of one test file: made on demand, removed when its tests are done. */
export class TemporaryFolders {
  readonly #made: string[] = [];

  /** @param parent of them all. @default - wherever temporary files are, which may be in memory (`run-setup.ts`) */
  constructor(private readonly parent: string = tmpdir()) {
    afterAll(() => {
      for (const folder of this.#made) rmSync(folder, { recursive: true, force: true });
    });
  }

  /** A new folder that holds these files, by path; a path that ends in `/` is a folder. */
  make(files: Readonly<Record<string, string>> = {}): string {
    const folder = realpathSync(mkdtempSync(join(this.parent, 'fleet-test-')));
    this.#made.push(folder);
    write(folder, files);
    return folder;
  }
}

/** Writes files and the folders that they need. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(path.endsWith('/') ? file : dirname(file), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(file, text);
  }
}

/** Everything below a folder by path: a file's text, `→ target` for a link, and `/` for a folder that is empty. */
export function tree(folder: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const walk = (below: string) => {
    const names = readdirSync(join(folder, below)).sort();
    if (names.length === 0 && below !== '') found[below] = '/';
    for (const name of names) {
      const path = below === '' ? name : `${below}/${name}`;
      const stat = lstatSync(join(folder, path));
      if (stat.isSymbolicLink()) found[path] = `→ ${readlinkSync(join(folder, path))}`;
      else if (stat.isDirectory()) walk(path);
      else found[path] = readFileSync(join(folder, path), 'utf8');
    }
  };
  walk('');
  return found;
}

/** When each file below a folder was written, in nanoseconds, and which file it is on the disk. */
export function stamps(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(tree(folder)).map((path) => {
      const { mtimeNs, ino } = statSync(join(folder, path), { bigint: true });
      return [path, `${mtimeNs} ${ino}`];
    }),
  );
}
