import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { sharedOf } from '../../../store/files/writing/shared-files';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

interface Seen {
  look(folder: string): void;
  holds(folder: string, shared: unknown): boolean;
}

const { SeenFolders } = require('../../../store/files/writing/seen-folders.cjs') as { readonly SeenFolders: new (after?: number) => Seen };

const folders = new TemporaryFolders();

/** Longer than disks take to tell two changes apart, in milliseconds. */
const while_ = 30;

function wait(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, while_);
}

const path = fc.constantFrom('a.yaml', 'b.yaml', 'deep/c.yaml', 'deep/d.yaml');
const contents = fc.dictionary(path, fc.constantFrom('1', '2', ''), { minKeys: 1, noNullPrototype: true });
const textsOf = (files: Readonly<Record<string, string>>) => Object.entries(files).map(([at, text]) => ({ path: at, text }));

/** What programs do that put a file in the place of another, or take one away. */
const deed = fc.record({ at: path, how: fc.constantFrom('replace', 'remove', 'link', 'folder') });

function carryOut(folder: string, { at, how }: { readonly at: string; readonly how: string }): void {
  const file = join(folder, at);
  mkdirSync(dirname(file), { recursive: true });
  if (how === 'replace') {
    writeFileSync(join(folder, '../aside'), '3');
    rmSync(file, { recursive: true, force: true });
    renameSync(join(folder, '../aside'), file);
    return;
  }
  rmSync(file, { recursive: true, force: true });
  if (how === 'link') symlinkSync('/dev/null', file);
  if (how === 'folder') mkdirSync(file);
}

test('what was looked at counts while nothing comes and nothing goes, and is what is there', () => {
  fc.assert(
    fc.property(fc.array(contents, { minLength: 1, maxLength: 4 }), contents, fc.option(deed), (held, asked, done) => {
      const top = folders.make(Object.fromEntries(held.flatMap((files, index) => Object.entries(files).map(([at, text]) => [`${index}/${at}`, text]))));
      wait();
      const seen = new SeenFolders(while_ / 3);
      for (const index of held.keys()) seen.look(join(top, String(index)));
      if (done) carryOut(join(top, '0'), done);
      const isSame = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) =>
        JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
      held.forEach((files, index) => {
        const holds = (some: Readonly<Record<string, string>>) => seen.holds(join(top, String(index)), sharedOf(textsOf(some)));
        const isTouched = index === 0 && done !== null && changesSomething(files, done);
        expect(holds(files)).toBe(!isTouched);
        expect(holds(asked)).toBe(!isTouched && isSame(files, asked));
      });
    }),
    { numRuns: 60 },
  );
});

/** All do but to take away what is not there, in a folder that is. */
function changesSomething(files: Readonly<Record<string, string>>, { at, how }: { readonly at: string; readonly how: string }): boolean {
  const hasFolder = dirname(at) === '.' || Object.keys(files).some((one) => dirname(one) === dirname(at));
  return how !== 'remove' || at in files || !hasFolder;
}

test('what changed a moment ago does not count, nor what is no folder or holds a link', () => {
  const top = folders.make({ 'new/a.yaml': '1', 'link/a.yaml': '1', file: '1' });
  rmSync(join(top, 'link/a.yaml'));
  write(top, { elsewhere: '1' });
  symlinkSync('../elsewhere', join(top, 'link/a.yaml'));
  const late = new SeenFolders();
  late.look(join(top, 'new'));
  expect(late.holds(join(top, 'new'), sharedOf([{ path: 'a.yaml', text: '1' }]))).toBe(false);
  wait();
  const seen = new SeenFolders(while_ / 3);
  for (const name of ['new', 'link', 'file', 'missing']) seen.look(join(top, name));
  expect(['new', 'link', 'file', 'missing', 'never'].map((name) => seen.holds(join(top, name), sharedOf([{ path: 'a.yaml', text: '1' }])))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});
