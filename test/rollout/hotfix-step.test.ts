import { decidePromotion } from '../../rollout/decide-promotion';
import { hotfixStep } from '../../rollout/hotfix-step';
import { planPromotions } from '../../rollout/plan-promotions';
import { options, state } from './rollout-builder';

describe('straight to a node', () => {
  test('enters it past what lies between, and says what is left out', () => {
    expect(decidePromotion(state(['int/int-1']), options({ hotfix: 'prod/main' }))).toMatchObject({
      kind: 'enter',
      step: { path: 'prod/main', targets: ['prod/main/us'] },
      paths: ['int/int-1', 'prod/main'],
      leavesOut: ['int/int-2/us', 'prod/canary/us', 'prod/canary/eu'],
    });
  });

  test('goes through its own gate and those above and below it', () => {
    const manual = ['prod', 'prod/canary', 'prod/canary/us', 'prod/main', 'int/int-2'];
    expect(decidePromotion(state(['int/int-1'], { manual }), options({ hotfix: 'prod/canary' }))).toMatchObject({
      gates: ['prod', 'prod/canary', 'prod/canary/us'],
    });
    expect(decidePromotion(state(['int/int-1', 'prod/canary'], { manual }), options({ hotfix: 'prod/main' }))).toMatchObject({ gates: ['prod/main'] });
  });

  test('enters only what of the node is not covered', () => {
    expect(hotfixStep(state(['int', 'prod/canary/us']), 'prod')).toMatchObject({
      targets: ['prod/canary/eu', 'prod/main/us'],
      parts: ['prod/canary/eu', 'prod/main'],
      entered: [{ path: 'prod/canary/eu' }, { path: 'prod/main' }, { path: 'prod/main/us' }],
    });
    expect(decidePromotion(state(['int', 'prod/canary/us']), options({ hotfix: 'prod' }))).toMatchObject({ paths: ['int', 'prod'], leavesOut: [] });
  });

  test('begins where the patch sits nowhere', () => {
    expect(decidePromotion(state([]), options({ hotfix: 'prod/main' }))).toMatchObject({ paths: ['prod/main'] });
  });

  test('is refused where all of the node is covered, and where the node is none of the app', () => {
    expect(decidePromotion(state(['int', 'prod/main']), options({ hotfix: 'prod/main' }))).toEqual({
      kind: 'refused',
      reason: 'covered',
      targets: ['prod/main/us'],
    });
    expect(decidePromotion(state(['int/int-1'], { rendered: ['int'] }), options({ hotfix: 'prod' }))).toMatchObject({ reason: 'covered' });
  });

  test('is refused below, at and above a frozen node', () => {
    const patch = state(['int/int-1']);
    const frozen = (path: string) => ({ ...patch, nodes: patch.nodes.map((node) => (node.path === path ? { ...node, freeze: { reason: 'x' } } : node)) });
    for (const path of ['prod', 'prod/canary', 'prod/canary/us']) {
      expect(decidePromotion(frozen(path), options({ hotfix: 'prod/canary' }))).toMatchObject({ kind: 'refused', reason: 'frozen', frozen: [{ path }] });
    }
    expect(decidePromotion(frozen('int/int-2'), options({ hotfix: 'prod/canary' }))).toMatchObject({ kind: 'enter' });
  });

  test('is refused where the older of two patches would win', () => {
    const others = [{ name: 'patch-002', paths: ['prod'], fields: [['source', 'targetRevision']] }];
    expect(decidePromotion(state(['int/int-1']), options({ hotfix: 'prod/main', others }))).toMatchObject({ reason: 'inversion', other: 'patch-002' });
  });
});

test('what a hotfix left out is filled in sequence, through its gates, up to the base', () => {
  const steps = planPromotions(state(['int/int-1', 'prod/main'], { manual: ['prod', 'prod/canary'] }), options({ fill: true }));
  expect(steps).toMatchObject([
    { step: { path: 'int/int-2' }, gates: [] },
    // Production itself was entered with the hotfix.
    { step: { path: 'prod/canary' }, gates: ['prod/canary'], paths: ['int', 'prod'] },
    { kind: 'integrate' },
  ]);
});
