import fc from 'fast-check';
import { comparableUrl } from '../../../constructs/argocd/projects/git-url';
import { fitsGlob } from '../../../constructs/argocd/projects/glob';

test('a text without wildcards fits itself and nothing else', () => {
  const plain = fc.string({ unit: fc.constantFrom(...'abc/.-:') });
  fc.assert(
    fc.property(plain, plain, (pattern, text) => fitsGlob(pattern, text) === (pattern === text)),
    { numRuns: 200 },
  );
});

test('a star stands for any text without a separator, two for any text', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab/') });
  fc.assert(
    fc.property(text, text, text, (before, inside, after) => {
      expect(fitsGlob(`${before}**${after}`, before + inside + after, '/')).toBe(true);
      expect(fitsGlob(`${before}*${after}`, before + inside + after, '/') || inside.includes('/')).toBe(true);
      expect(fitsGlob(`${before}*${after}`, before + inside + after)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('no pattern takes long', () => {
  const start = Date.now();
  expect(fitsGlob('*a'.repeat(200), `${'a'.repeat(2000)}b`)).toBe(false);
  expect(fitsGlob(`${'{a,'.repeat(5000)}`, 'a')).toBe(false);
  expect(fitsGlob('{a,{a,{a,b}}}'.repeat(100), 'a'.repeat(100))).toBe(true);
  expect(Date.now() - start).toBeLessThan(5000);
});

test('URLs of one repository are one', () => {
  const one = ['git@github.com:Acme/Web.git', 'ssh://git@github.com/acme/web', ' ssh://git@github.com/acme/web.git '];
  expect(new Set(one.map(comparableUrl)).size).toBe(1);
  expect(comparableUrl('https://GitHub.com/acme/web.git')).toBe(comparableUrl('https://github.com/acme/web'));
  expect(comparableUrl('https://github.com/acme/web')).not.toBe(comparableUrl('https://github.com/acme/web/'));
  expect(() => comparableUrl('https://a.b/\ud800')).not.toThrow();
});
