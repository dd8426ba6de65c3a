import { decideBack, type FormerField, type WrittenValue } from '../../rollout/decide-back';

function value(text: string): WrittenValue {
  return { same: text, shown: text };
}

function field(fields: Partial<FormerField> = {}): FormerField {
  return { app: 'web', keys: ['source', 'targetRevision'], said: value('2'), before: value('1'), now: value('2'), overrides: [], ...fields };
}

const named = { app: 'web', keys: ['source', 'targetRevision'] };

test('a field goes back to what the base said', () => {
  expect(decideBack([field()])).toEqual({ fields: [{ ...named, value: value('1') }], left: [], others: [] });
});

test('a field that was not set is to be unset', () => {
  expect(decideBack([field({ before: undefined })]).fields).toEqual([named]);
});

test('a field that says something else since, or nothing, is left', () => {
  expect(decideBack([field({ now: value('3') })])).toEqual({ fields: [], left: [{ ...named, why: 'changed', now: '3' }], others: [] });
  expect(decideBack([field({ now: undefined })]).left).toEqual([{ ...named, why: 'changed' }]);
});

test('a field in which the base said the same before is left', () => {
  expect(decideBack([field({ before: value('2') })]).left).toEqual([{ ...named, why: 'same', now: '2' }]);
});

describe('what overrides said before', () => {
  const overrides = [
    { path: 'prod', before: value('0') },
    { path: 'prod/canary', before: value('0.1') },
    { path: 'int', before: value('1') },
  ];

  test('is told where it is something else', () => {
    expect(decideBack([field({ overrides })]).others).toEqual([
      { ...named, path: 'prod', before: '0' },
      { ...named, path: 'prod/canary', before: '0.1' },
    ]);
  });

  test('of the layer of all nodes is what stood there, wherever the patch begins', () => {
    const everywhere = [{ path: '*', before: value('0') }, ...overrides];
    expect(decideBack([field({ overrides: everywhere })])).toMatchObject({
      fields: [{ value: value('0') }],
      others: [{ path: 'prod/canary' }, { path: 'int' }],
    });
    expect(decideBack([field({ overrides: everywhere })], 'prod/main')).toMatchObject({ fields: [{ value: value('0') }], others: [] });
  });

  test('is what a patch says that begins at or below them, the most specific first', () => {
    expect(decideBack([field({ overrides })], 'prod/canary/us')).toEqual({ fields: [{ ...named, value: value('0.1') }], left: [], others: [] });
    expect(decideBack([field({ overrides })], 'prod/main').fields).toEqual([{ ...named, value: value('0') }]);
    expect(decideBack([field({ overrides })], 'prod')).toMatchObject({ fields: [{ value: value('0') }], others: [{ path: 'prod/canary' }] });
    expect(decideBack([field({ overrides })], 'stage')).toMatchObject({ fields: [{ value: value('1') }], others: [] });
  });
});
