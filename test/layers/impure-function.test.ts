import fc from 'fast-check';
import { layer, target } from '../builders/layers-builder';

const targets = ['a/b/c', 'a/b/d', 'e/f/g'].map(target);

/** Asks a layer twice at every target. @returns what is wrong with it, as `code at place` */
function asked(values: unknown): readonly string[] {
  const compiled = layer(values, { place: ['base'] });
  return [...targets, ...targets].flatMap((at) => compiled.at(at).problems.map(({ code, place }) => `${code} at ${place?.join('.')}`));
}

test.each<readonly [string, () => unknown]>([
  [
    'that counts its calls',
    () => {
      let calls = 0;
      return { a: { x: () => ++calls } };
    },
  ],
  [
    'that has enough at some time',
    () => {
      let calls = 0;
      return { a: { x: () => (++calls > 4 ? 2 : 1) } };
    },
  ],
  [
    'that is no number at some time',
    () => {
      let calls = 0;
      return { a: { x: () => (++calls > 3 ? Number.NaN : 1) } };
    },
  ],
  [
    'that throws at some time',
    () => {
      let calls = 0;
      return {
        a: {
          x: () => {
            if (++calls > 3) throw new Error('x');
            return 1;
          },
        },
      };
    },
  ],
  ['of randomness', () => ({ a: { x: () => Math.random() } })],
  [
    'in a list',
    () => {
      let calls = 0;
      return { a: { x: [1, { y: () => ++calls }] } };
    },
  ],
  [
    'with a long answer',
    () => {
      let calls = 0;
      return { a: { x: () => 'y'.repeat(1000 + ++calls) } };
    },
  ],
  [
    'that changes one key of many',
    () => {
      let calls = 0;
      return { a: { x: () => ({ b: 1, c: [++calls > 3] }) } };
    },
  ],
])('a function of the target %s gives two answers for one target', (_, make) => {
  expect(asked(make())).toContain('impure-function at base.a.x');
});

test('a layer that is a function as a whole is asked twice too', () => {
  let calls = 0;
  expect(asked(() => ({ a: ++calls }))).toContain('impure-function at base');
});

test('of several functions the one that changed is named, with both answers', () => {
  let calls = 0;
  const compiled = layer({ a: () => 'same', b: () => (++calls > 1 ? 'then' : 'first'), c: () => 'same' });
  expect(compiled.at(targets[0] as never).problems).toEqual([]);
  expect(compiled.at(targets[0] as never).problems).toMatchObject([
    { code: 'impure-function', place: ['b'], target: 'a/b/c', found: '"first" at first, then "then"' },
  ]);
});

test('a function that follows from the target alone may say whatever it likes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(asked({ a: ({ region }: { region: string }) => (region === 'c' ? one : other), b: [() => one], c: () => undefined })).not.toContain(
        'impure-function at base.a',
      );
    }),
  );
});

test('what the tool generates may learn more', () => {
  let calls = 0;
  const generated = layer({ a: () => ++calls }, { kind: 'generated' });
  expect([1, 2].map(() => generated.at(targets[0] as never).values.plain['a'])).toEqual([1, 2]);
});
