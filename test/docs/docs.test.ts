import { readdirSync, readFileSync } from 'node:fs';
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
