import { differences } from '../../changes/differences';
import { fieldsOf } from '../../changes/fields';
import type { Content } from '../../changes/state';

const between = (before: Content, after: Content) => differences(fieldsOf(before), fieldsOf(after));
const named = (...names: readonly string[]) => ({
  list: names.map((name) => ({ name, value: 1 })),
});

test('fields that come, go and change are told in order', () => {
  expect(between({ a: 1, b: 'x', d: [1, 2] }, { b: 'y', c: null, d: [2, 1] })).toMatchInlineSnapshot(`
   [
     {
       "before": 1,
       "field": "a",
     },
     {
       "after": "y",
       "before": "x",
       "field": "b",
     },
     {
       "after": null,
       "field": "c",
     },
     {
       "after": [
         2,
         1,
       ],
       "before": [
         1,
         2,
       ],
       "field": "d",
     },
   ]
  `);
});

test('a text is not the number that it looks like, and a list is compared with its order', () => {
  expect(between({ a: 1, b: ['x'], c: {} }, { a: '1', b: ['x'], c: [] })).toMatchInlineSnapshot(`
   [
     {
       "after": "1",
       "before": 1,
       "field": "a",
     },
     {
       "after": [],
       "before": {},
       "field": "c",
     },
   ]
  `);
});

test('the order of keys says nothing', () => {
  expect(between({ list: [{ a: 1, b: { c: 1, d: 2 } }] }, { list: [{ b: { d: 2, c: 1 }, a: 1 }] })).toEqual([]);
});

test('the order of named items is a change where those that stayed changed places, and none where one came or went', () => {
  expect(between(named('a', 'b'), named('b', 'a')).map(({ field }) => field)).toEqual(['list.(order)']);
  expect(between(named('a', 'b'), named('a', 'c', 'b')).map(({ field }) => field)).toEqual(['list.c.value']);
  expect(between(named('a', 'b'), named('b')).map(({ field }) => field)).toEqual(['list.a.value']);
});

test('a map that became a scalar goes as its fields and comes as one', () => {
  expect(between({ a: { b: 1, c: 2 } }, { a: 'text' })).toMatchInlineSnapshot(`
   [
     {
       "after": "text",
       "field": "a",
     },
     {
       "before": 1,
       "field": "a.b",
     },
     {
       "before": 2,
       "field": "a.c",
     },
   ]
  `);
});
