import fc from 'fast-check';
import { codeOwnersPattern, isCodeOwner } from '../../../layers/text/code-owner';
import { codeOwnersReader } from '../../builders/code-owners';

test.each(['@jane', '@company/platform', '@group/sub.group/team_1', '@a', '@jane_', 'team-platform@example.com', "o'neil+fleet@mail.example.com"])(
  '%s is somebody whom a forge may ask',
  (text) => {
    expect(isCodeOwner(text)).toBe(true);
  },
);

test.each([
  'payments-team',
  '@',
  '@a b',
  '@company/',
  '@/team',
  '@@owner',
  'team@',
  'team@host',
  'a team@example.com',
  'a@b.example, c',
  '#x',
  '',
  '@a/../b',
  '@x\n',
])('%j is nobody', (text) => {
  expect(isCodeOwner(text)).toBe(false);
});

const name = fc.string({
  unit: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...'ab ') }, fc.constantFrom(...'*?[]\\#!.-é😀\t')),
  minLength: 1,
  maxLength: 6,
});

test('a pattern matches its path, in one line, and none that is called otherwise', () => {
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), fc.boolean(), (names, isFolder) => {
      const path = names.join('/');
      const pattern = codeOwnersPattern(isFolder ? `${path}/` : path);
      expect(pattern).not.toMatch(/[\n\r\t#!]/);
      const asked = codeOwnersReader(`${pattern} @somebody`);
      expect(asked(isFolder ? `${path}/x/y` : path)).toEqual(['@somebody']);
      expect(asked(`above/${path}/x`)).toBeUndefined();
      expect(asked(`${path}.other/x`)).toBeUndefined();
      expect(asked(isFolder ? path : `x${path}`)).toBeUndefined();
    }),
  );
});
