import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeFiles } from '../../../store/files/writing/write-files';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-writing-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Far more than are written without a thread. */
const many = 1_500;
const nameOf = (index: number) => join(folder, 'made', String(index % 7), `${index}.yaml`);
const textOf = (index: number) => `file: ${index}\nname: "é€😀${'x'.repeat(index % 300)}"\n`;

test('files arrive as they are given, folders with them, however many there are', () => {
  const { written } = writeFiles((put) => {
    for (let index = 0; index < many; index += 1) put.file(nameOf(index), textOf(index));
  });
  expect(written).toEqual(Array.from({ length: many }, (_, index) => index));
  for (let index = 0; index < many; index += 1) expect(readFileSync(nameOf(index), 'utf8')).toBe(textOf(index));
});

test('where another file says the same, nothing is written; where that is a link, a folder or nothing, it is', () => {
  writeFiles((put) => {
    for (let index = 0; index < many; index += 1) put.file(nameOf(index), textOf(index));
  });
  const changed = [0, 499, 500, 777, many - 1];
  const { written } = writeFiles((put) => {
    for (let index = 0; index < many; index += 1) {
      put.file(join(folder, 'aside', String(index)), changed.includes(index) ? 'other\n' : textOf(index), nameOf(index));
    }
    put.file(join(folder, 'aside', 'folder'), 'x', join(folder, 'made'));
    put.file(join(folder, 'aside', 'nothing'), 'x', join(folder, 'nowhere'));
  });
  expect(written).toEqual([...changed, many, many + 1]);
  expect(readdirSync(join(folder, 'aside')).sort()).toEqual([...changed.map(String), 'folder', 'nothing'].sort());
});

test('a file may be larger than what is handed over at once, and empty', () => {
  const large = 'äöü€'.repeat(700_000);
  writeFiles((put) => {
    for (let index = 0; index < many; index += 1) put.file(nameOf(index), index === 900 || index === 901 ? large : '');
  });
  for (const index of [900, 901]) expect(readFileSync(nameOf(index), 'utf8')).toBe(large);
  expect(readFileSync(nameOf(1_000), 'utf8')).toBe('');
});

test.each([10, 1_000])('what the system refuses is thrown as it says it, and nothing is written any more: at file %s', (bad) => {
  mkdirSync(join(folder, 'taken', 'x'), { recursive: true });
  const given: number[] = [];
  const run = () =>
    writeFiles((put) => {
      for (let index = 0; index < 20_000; index += 1) {
        given.push(index);
        put.file(index === bad ? join(folder, 'taken') : nameOf(index), 'x'.repeat(1_000));
      }
    });
  expect(run).toThrow(expect.objectContaining({ code: 'EISDIR', syscall: 'open', path: join(folder, 'taken') }));
  // Whoever makes files learns of it long before the last one.
  expect(given.length).toBeLessThan(12_000);
  rmSync(join(folder, 'made'), { recursive: true });
  expect(existsSync(join(folder, 'made'))).toBe(false);
});

test('where making files fails, nothing is written any more, and the cause is thrown', () => {
  const cause = new Error('no more');
  const run = () =>
    writeFiles((put) => {
      for (let index = 0; index < many; index += 1) put.file(nameOf(index), textOf(index));
      throw cause;
    });
  expect(run).toThrow(cause);
  rmSync(join(folder, 'made'), { recursive: true });
  expect(existsSync(join(folder, 'made'))).toBe(false);
});

test('any texts, of any length and in any order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 0, max: 60_000 })), { minLength: 1, maxLength: 8 }),
      (parts) => {
        rmSync(join(folder, 'made'), { recursive: true, force: true });
        const text = (index: number) => {
          const [unit, times] = parts[index % parts.length] as readonly [string, number];
          return index % 50 === 0 ? unit.repeat(Math.ceil(times / 40)) : unit;
        };
        writeFileSync(join(folder, 'old'), text(0));
        const { written } = writeFiles((put) => {
          for (let index = 0; index < 700; index += 1) put.file(nameOf(index), text(index), join(folder, 'old'));
        });
        for (let index = 0; index < 700; index += 1) {
          // A lone half of a pair is no text to any file.
          const wanted = Buffer.from(text(index)).toString();
          const isSame = Buffer.from(text(index)).equals(readFileSync(join(folder, 'old')));
          expect(written.includes(index)).toBe(!isSame);
          if (!isSame) expect(readFileSync(nameOf(index), 'utf8')).toBe(wanted);
        }
      },
    ),
    { numRuns: 5 },
  );
});

describe('files that several folders hold alike', () => {
  const texts = [
    { path: 'a.yaml', text: 'é€😀\n' },
    { path: 'deep/b.yaml', text: 'x'.repeat(100_000) },
    { path: 'deep/down/c.yaml', text: '' },
  ];
  /** With a thread, and without. */
  const counts = [3, 600];

  function put(count: number, old?: (index: number) => string) {
    return writeFiles((put) => {
      for (let index = 0; index < count; index += 1) {
        if (old === undefined) put.shared(join(folder, 'made', String(index)), texts);
        else put.shared(join(folder, 'aside'), texts, old(index));
      }
    });
  }

  test.each(counts)('are written to each of %s', (count) => {
    expect(put(count).written).toHaveLength(3 * count);
    for (let index = 0; index < count; index += 1) {
      for (const { path, text } of texts) expect(readFileSync(join(folder, 'made', String(index), path), 'utf8')).toBe(text);
    }
  });

  test.each(counts)('are written by their numbers where one of %s folders does not hold exactly these', (count) => {
    put(count);
    const made = (index: number) => join(folder, 'made', String(index));
    writeFileSync(join(made(1), 'deep/b.yaml'), 'y'.repeat(100_000));
    writeFileSync(join(made(2), 'more.yaml'), '');
    expect(put(count, made)).toEqual({ written: [4], differing: [3, 6] });
    expect(readdirSync(join(folder, 'aside'))).toEqual(['4']);
    expect(readFileSync(join(folder, 'aside/4'), 'utf8')).toBe(texts[1]?.text);
  });

  test.each(counts)('are told and not written where nothing shall be, of %s', (count) => {
    put(count);
    rmSync(join(folder, 'made/0/a.yaml'));
    const done = writeFiles((put) => {
      for (let index = 0; index < count; index += 1) put.shared('', texts, join(folder, 'made', String(index)));
    });
    expect(done).toEqual({ written: [0], differing: [0] });
    expect(existsSync(join(folder, 'made/0/a.yaml'))).toBe(false);
  });
});
