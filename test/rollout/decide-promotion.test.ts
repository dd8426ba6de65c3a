import { decidePromotion, type PromotionDecision } from '../../rollout/decide-promotion';
import type { OtherPatch } from '../../rollout/inversions';
import { options, state } from './rollout-builder';

const revision = ['source', 'targetRevision'];
const replicas = ['source', 'helm', 'valuesObject', 'replicas'];

function other(name: string, paths: readonly string[], ...fields: readonly (readonly string[])[]): OtherPatch {
  return { name, paths, fields: fields.length === 0 ? [revision] : fields };
}

/** What a patch of this name does next beside others. */
function beside(patch: string, paths: readonly string[], ...others: readonly OtherPatch[]): PromotionDecision {
  return decidePromotion(state(paths, { patch }), options({ others }));
}

describe('a decision', () => {
  test('to enter tells where the patch sits afterwards, what coalesced and who has to approve', () => {
    const before = state(['int', 'prod/canary'], { manual: ['prod', 'prod/main'] });
    expect(decidePromotion(before, options())).toEqual({
      kind: 'enter',
      step: expect.objectContaining({ path: 'prod/main', targets: ['prod/main/us'] }),
      paths: ['int', 'prod'],
      coalesced: [{ path: 'prod', from: ['prod/canary', 'prod/main'] }],
      apart: [],
      gates: ['prod/main'],
    });
  });

  test('to enter tells what stays apart', () => {
    const isSame = (target: string) => target !== 'prod/canary/eu';
    expect(decidePromotion(state(['int', 'prod/canary']), options({ isSame }))).toMatchObject({
      paths: ['int', 'prod/canary', 'prod/main'],
      apart: [{ path: 'prod', target: 'prod/canary/eu' }],
    });
  });

  test('to enter does not repeat what an earlier step kept apart', () => {
    const isSame = (_: string, __: readonly string[], after: readonly string[]) => !after.includes('int');
    expect(decidePromotion(state(['int/int-1', 'int/int-2']), options({ isSame }))).toMatchObject({
      paths: ['int/int-1', 'int/int-2', 'prod/canary'],
      apart: [],
    });
  });

  test('to integrate comes only when everything is covered', () => {
    expect(decidePromotion(state(['int', 'prod/canary']), options()).kind).toBe('enter');
    expect(decidePromotion(state(['int', 'prod']), options())).toEqual({ kind: 'integrate' });
  });

  test('is a refusal where the step is one', () => {
    expect(decidePromotion(state(['prod']), options())).toEqual({ kind: 'refused', reason: 'gap', targets: ['int/int-1/us', 'int/int-1/eu', 'int/int-2/us'] });
    expect(decidePromotion(state([]), options())).toEqual({ kind: 'refused', reason: 'nowhere', targets: [] });
  });
});

describe('an older patch in flight that sets the same field', () => {
  test('refuses integration, and is named with field and targets', () => {
    expect(beside('patch-002', ['int', 'prod'], other('patch-001', ['int/int-1']))).toEqual({
      kind: 'refused',
      reason: 'older',
      other: 'patch-001',
      field: 'source.targetRevision',
      targets: ['int/int-1/us', 'int/int-1/eu'],
    });
  });

  test('refuses it where one sets a map and the other something in it', () => {
    const above = other('patch-001', ['int'], ['source']);
    const below = other('patch-001', ['int'], [...revision, 'major']);
    expect(beside('patch-002', ['int', 'prod'], above)).toMatchObject({ reason: 'older' });
    expect(beside('patch-002', ['int', 'prod'], below)).toMatchObject({ reason: 'older' });
  });

  test('does not, where it covers nothing', () => {
    expect(beside('patch-002', ['int', 'prod'], other('patch-001', []))).toEqual({ kind: 'integrate' });
  });

  test('is older by its name, whatever its place in the list', () => {
    expect(beside('patch-010', ['int', 'prod'], other('patch-011', ['int']), other('patch-009', ['int']))).toMatchObject({
      reason: 'older',
      other: 'patch-009',
    });
    expect(beside('b', ['int', 'prod'], other('B', ['int']))).toMatchObject({ reason: 'older', other: 'B' });
  });
});

test.each([
  ['a newer patch', other('patch-003', ['int'])],
  ['an older patch that sets other fields', other('patch-001', ['int/int-1/us'], replicas)],
])('%s does not refuse integration', (_, one) => {
  expect(beside('patch-002', ['int', 'prod'], one)).toEqual({ kind: 'integrate' });
});

describe('an inversion', () => {
  test('refuses the step of an older patch that would create it', () => {
    expect(beside('patch-001', ['int'], other('patch-002', ['int', 'prod']))).toEqual({
      kind: 'refused',
      reason: 'inversion',
      other: 'patch-002',
      field: 'source.targetRevision',
      targets: ['prod/canary/us', 'prod/canary/eu'],
    });
  });

  test('refuses the step of a newer patch that would create it', () => {
    expect(beside('patch-002', ['int/int-1'], other('patch-001', ['int/int-1', 'int/int-2/us']))).toMatchObject({
      reason: 'inversion',
      other: 'patch-001',
      targets: ['int/int-2/us'],
    });
  });

  test('is none at one path, where the newer wins', () => {
    expect(beside('patch-002', ['int'], other('patch-001', ['int', 'prod/canary']))).toMatchObject({ kind: 'enter', paths: ['int', 'prod/canary'] });
  });

  test('is none in different fields', () => {
    expect(beside('patch-001', ['int'], other('patch-002', ['int', 'prod'], replicas))).toMatchObject({ kind: 'enter' });
  });

  test('that is there already refuses no step that creates none', () => {
    expect(beside('patch-001', ['int/int-1'], other('patch-002', ['int/int-1', 'int/int-2']))).toMatchObject({ kind: 'enter' });
    expect(beside('patch-001', ['int/int-1/us', 'int/int-1/eu', 'int/int-2'], other('patch-002', ['int', 'prod/canary']))).toMatchObject({
      kind: 'enter',
      paths: ['int', 'prod/canary'],
    });
  });

  test('keeps paths apart that would create it, and lets the step go on', () => {
    // Both say the same, so nothing would be rendered otherwise.
    expect(beside('patch-002', ['int/int-1/us'], other('patch-001', ['int/int-1/us', 'int/int-1/eu']))).toMatchObject({
      kind: 'enter',
      paths: ['int/int-1/us', 'int/int-1/eu'],
      apart: [{ path: 'int/int-1', target: 'int/int-1/us' }],
    });
  });

  test('over a newer patch refuses integration, after which that one would win', () => {
    expect(beside('patch-001', ['int', 'prod/canary/us', 'prod/canary/eu', 'prod/main'], other('patch-002', ['prod/canary']))).toEqual({
      kind: 'refused',
      reason: 'inversion',
      other: 'patch-002',
      field: 'source.targetRevision',
      targets: ['prod/canary/us', 'prod/canary/eu'],
    });
  });
});
