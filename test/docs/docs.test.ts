import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes } from '../../layers/problem';
import { dependencies, devDependencies } from '../../package.json';

const read = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');

test('docs/problems.md explains every code, and no other', () => {
  const explained = [...read('docs/problems.md').matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, code]) => code);
  expect(explained.sort()).toEqual([...problemCodes].sort());
});

test('docs/decisions.md says why each dependency is there', () => {
  const decisions = read('docs/decisions.md');
  const unexplained = [...Object.keys(dependencies), ...Object.keys(devDependencies)].filter(
    (name) => !name.startsWith('@types/') && name !== '@swc/core' && !decisions.includes(`\`${name}\``),
  );
  expect(unexplained).toEqual([]);
});

test('no link between the documents is broken', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...readdirSync(join(__dirname, '../../docs')).map((file) => `docs/${file}`)];
  const broken = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)]
      .map(([, to = '']) => join(document, '..', to))
      .filter((to) => {
        try {
          return read(to) === undefined;
        } catch {
          return true;
        }
      })
      .map((to) => `${document} -> ${to}`),
  );
  expect(broken).toEqual([]);
});

test('docs/security.md names a test for every promise', () => {
  const rows = [...read('docs/security.md').matchAll(/^\| (.+?) \| (.+) \|$/gm)].filter(([, promise, held]) => held?.includes('](') || promise?.endsWith('.'));
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(([, , held]) => !/\]\(\.\.\/test\/[^)]+\.ts\)/.test(held ?? '')).map(([, promise]) => promise)).toEqual([]);
});

describe('CONTRIBUTING.md', () => {
  const text = read('CONTRIBUTING.md');
  const section = (heading: string) => text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const named = (part: string) => [...part.matchAll(/`([\w-]+(?:\/[\w.-]*)+|[\w-]+\.ts)`/g)].map(([, file = '']) => file);

  test('names files and folders that are there', () => {
    // A name with nothing behind its slash is a word of the rooms.
    const paths = named(text).filter((path) => /\/./.test(path));
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => !existsSync(join(__dirname, '../..', path)))).toEqual([]);
  });

  test('walks four things, each in at most ten stops that name their files', () => {
    const stops = section('Four walks')
      .split(/\n\n(?=\d+\. )/)
      .slice(1);
    expect(stops).toHaveLength(4);
    for (const walk of stops) {
      const lines = walk.split('\n').filter((line) => /^\d+\. /.test(line));
      expect(lines.length).toBeGreaterThan(4);
      expect(lines.length).toBeLessThanOrEqual(10);
    }
  });

  test('names the files of five changes', () => {
    const changes = section('Five changes, and their files')
      .split('\n')
      .filter((line) => line.startsWith('- **'));
    expect(changes).toHaveLength(5);
    for (const change of changes) expect(named(change).length).toBeGreaterThan(0);
  });
});
