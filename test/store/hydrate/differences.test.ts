import { ObjectReader } from '../../../store/hydrate/chart-objects';
import { findRandom } from '../../../store/hydrate/differences';
import { printed } from './hydrate-builder';

function random(one: string, other: string): unknown {
  const reader = new ObjectReader();
  return findRandom(reader.read(one, 'web 1.0.0'), reader.read(other, 'web 1.0.0'), 'web 1.0.0');
}

test('what is another one each time is named by object and field, and not shown', () => {
  const one = printed('a') + printed('b', 'data: {password: first, user: x}\nlist: [{x: 1}, {x: 2}]\n');
  const other = printed('a') + printed('b', 'data: {password: second, user: x}\nlist: [{x: 1}, {x: 3}]\n');
  expect(random(one, other)).toEqual({
    code: 'chart-random',
    message: "ConfigMap 'b' of web 1.0.0 is another one each time it is rendered",
    found: 'data.password, list[1].x',
    hint: expect.stringContaining('existingSecret'),
  });
});

test('of many fields and objects some are named', () => {
  const many = (salt: string) =>
    ['a', 'b', 'c'].map((name) => printed(name, `data: {${Array.from({ length: 7 }, (_, index) => `k${index}: ${salt}`).join(', ')}}\n`)).join('');
  expect(random(many('x'), many('y'))).toMatchObject({
    found: "data.k0, data.k1, data.k2, data.k3, data.k4, 2 more fields, 2 more objects: ConfigMap 'b', ConfigMap 'c'",
  });
});

test('objects that come and go are told of', () => {
  expect(random(printed('a'), printed('a') + printed('b'))).toMatchObject({
    message: 'the number of objects of web 1.0.0 is another one each time it is rendered',
  });
  expect(random(printed('a') + printed('b'), printed('a'))).toMatchObject({ message: "ConfigMap 'b' of web 1.0.0 is another one each time it is rendered" });
});

test('a chart that fails now and then is told of', () => {
  expect(random(printed('a'), 'kind: X\n')).toMatchObject({ code: 'chart-random', message: 'web 1.0.0 fails at one time and not at another' });
});

test('comments may differ', () => {
  expect(random(printed('a', '# at one\n'), printed('a', '# at two\n'))).toBeUndefined();
});
