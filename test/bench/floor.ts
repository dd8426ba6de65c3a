import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Copies a tree and prints the seconds that making folders and writing files took; reading is not timed. */
const [from = '', to = ''] = process.argv.slice(2);
const chunk = 10_000;

const files = readdirSync(from, { recursive: true, withFileTypes: true }).flatMap((entry) =>
  entry.isFile() ? [join(entry.parentPath, entry.name).slice(from.length)] : [],
);
const folders = new Set<string>();
let milliseconds = 0;
for (let start = 0; start < files.length; start += chunk) {
  const loaded = files.slice(start, start + chunk).map((file) => ({ path: to + file, text: readFileSync(from + file, 'utf8') }));
  const started = performance.now();
  for (const { path, text } of loaded) {
    const folder = dirname(path);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeFileSync(path, text);
  }
  milliseconds += performance.now() - started;
}
process.stdout.write(String(milliseconds / 1000));
