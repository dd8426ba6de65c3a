import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { branchRoom, branchWord } from '../../../store/git/writing/branch-name';

const hostile = [
  '.',
  '..',
  'a.lock',
  '.lock',
  'a..b',
  'x.',
  '@',
  '@{',
  'a b',
  "it's $HOME",
  'a~b^c:d?e*f[g\\h',
  '-',
  'über',
  '🚀',
  '\u0007',
  'a=2Eb',
  'a+b',
  'v1.2',
];

/** What stands in a name for a text. */
function read(word: string): string {
  return decodeURIComponent(word.replaceAll('=', '%'));
}

test('whatever a folder is called, no other one is written the same', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...hostile)), (text) => {
      const word = branchWord(text);
      expect(read(word)).toBe(text);
      expect(word).toMatch(/^(?!.*\.\.)(?!\.)[\w.=-]*(?<!\.)$/);
    }),
    { numRuns: 500 },
  );
});

test('Git takes each as the name of a branch', () => {
  const names = hostile.flatMap((text) => [`${branchRoom('steps', `${text}/config`)}/a/b`, `${branchRoom('evidence', `deep/${text}/config`)}`]);
  for (const name of names) expect([name, spawnSync('git', ['check-ref-format', `refs/heads/${name}`]).status]).toEqual([name, 0]);
});

test('a fleet at the top has no folder in it, and configuration that is called otherwise is told apart', () => {
  const rooms = ['config', 'a/config', 'a/b/config', 'a+b/config', 'staging'].map((path) => branchRoom('steps', path));
  expect(rooms).toEqual(['fleet/steps', 'fleet/steps-a', 'fleet/steps-a+b', 'fleet/steps-a=2Bb', 'fleet/steps-staging']);
});
