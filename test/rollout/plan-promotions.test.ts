import { planPromotions } from '../../rollout/plan-promotions';
import { options, state } from './rollout-builder';

/** Steps in short. */
function planned(...given: Parameters<typeof planPromotions>): readonly string[] {
  return planPromotions(...given).map((step) =>
    step.kind === 'enter' ? `${step.step.path} → ${step.paths.join(' ')}` : step.kind === 'refused' ? step.reason : 'base',
  );
}

describe('a plan', () => {
  test('has every remaining step up to the base, past all gates', () => {
    expect(planned(state(['int/int-1/us'], { manual: ['prod', 'int/int-2'] }), options())).toEqual([
      'int/int-1/eu → int/int-1',
      'int/int-2 → int',
      'prod/canary → int prod/canary',
      'prod/main → int prod',
      'base',
    ]);
  });

  test('goes target by target where that is asked for', () => {
    expect(planned(state(['int']), options({ level: 'region' }))).toEqual([
      'prod/canary/us → int prod/canary/us',
      'prod/canary/eu → int prod/canary',
      'prod/main/us → int prod',
      'base',
    ]);
  });

  test('goes environment by environment where that is asked for', () => {
    expect(planned(state(['int/int-1']), options({ level: 'environment' }))).toEqual(['int/int-2 → int', 'prod → int prod', 'base']);
  });

  test('fills gaps first where that is asked for', () => {
    expect(planned(state(['int/int-2', 'prod/main']), options({ fill: true }))).toEqual(['int/int-1 → int prod/main', 'prod/canary → int prod', 'base']);
  });

  test('ends at what refuses a step', () => {
    const others = [{ name: 'patch-002', paths: ['int', 'prod'], fields: [['source']] }];
    expect(planned(state(['int/int-1', 'int/int-2']), options({ others }))).toEqual(['inversion']);
    expect(planned(state(['prod']), options())).toEqual(['gap']);
    const older = [{ name: 'patch-000', paths: ['int'], fields: [['source']] }];
    expect(planned(state(['int', 'prod/canary']), options({ others: older }))).toEqual(['prod/main → int prod', 'older']);
  });

  test('of a patch that covers everything is the base alone', () => {
    expect(planned(state(['int', 'prod']), options())).toEqual(['base']);
  });

  test('of 1,000 targets in 50 sectors, and one target by target, have a step for each and one for the base', () => {
    const names = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    const sectors = (prefix: string) => Object.fromEntries(names(25, prefix).map((name) => [name, names(20, 'r')]));
    const fleet = state(['a/s0/r0'], { tree: { a: sectors('s'), b: sectors('t') } });
    const plans = [planPromotions(fleet, options()), planPromotions(fleet, options({ level: 'region' }))];
    expect(plans.map((plan) => plan.length)).toEqual([19 + 49 + 1, 999 + 1]);
  });
});
