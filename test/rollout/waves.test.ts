import type { PatchState } from '../../layers/patch-state';
import { decideRollback } from '../../rollout/decide-rollback';
import { enteredWith, firstStep, isBroader, manualAmong, nextStep } from '../../rollout/next-step';
import { planPromotions } from '../../rollout/plan-promotions';
import { options, state, type Tree } from './rollout-builder';

/** What each step enters, with its wave and its gates. */
function planned(from: PatchState, level?: string): readonly string[] {
  return planPromotions(from, options(level === undefined ? {} : { level })).map((step) => {
    if (step.kind !== 'enter') return step.kind;
    const { path, wave, targets } = step.step;
    const gates = step.gates.length === 0 ? '' : ` behind ${step.gates.join(' ')}`;
    return `${path}${wave === undefined ? '' : ` ${wave.number}/${wave.of}`}: ${targets.length}${gates}`;
  });
}

const regions = Array.from({ length: 25 }, (_, index) => `r${String(index).padStart(2, '0')}`);
const wide: Tree = { int: { one: ['r'] }, prod: { canary: ['a', 'b'], main: regions } };

describe('waves of a node', () => {
  test('size its steps: one, a tenth rounded up, the rest; its gate is asked with the first', () => {
    const waves = { prod: [1, '10%', 'rest'] } as const;
    expect(planned(state(['int'], { tree: wide, manual: ['prod', 'prod/main'], waves }))).toEqual([
      'prod/canary 1/2: 1 behind prod',
      'prod/canary 2/2: 1',
      'prod/main 1/3: 1 behind prod/main',
      'prod/main 2/3: 3',
      'prod/main 3/3: 21',
      'integrate',
    ]);
  });

  test('are counted over the node that a step enters', () => {
    const waves = { prod: [1, '10%', 'rest'] } as const;
    expect(planned(state(['int'], { tree: wide, waves }), 'environment')).toEqual(['prod 1/3: 1', 'prod 2/3: 3', 'prod 3/3: 23', 'integrate']);
    expect(planned(state(['int', 'prod/canary'], { tree: { int: ['a'], prod: ['b'] }, waves: { '*': [1] } }), 'region').slice(0, 1)).toEqual(['prod: 1']);
  });

  test('are entered node by node where something in it has others', () => {
    const waves = { 'prod/canary': [1, 'rest'], 'prod/main': ['rest'] } as const;
    expect(planned(state(['int'], { tree: wide, waves }), 'environment')).toEqual(['prod/canary 1/2: 1', 'prod/canary 2/2: 1', 'prod/main: 25', 'integrate']);
  });

  test('go on where somebody has stopped in the middle of one, and close a gap in it first', () => {
    const at = (paths: readonly string[]) => state(['int', ...paths], { tree: wide, waves: { prod: [2, '20%', 'rest'] } });
    const inMain = (...names: readonly string[]) => ['prod/canary', ...names.map((name) => `prod/main/${name}`)];
    expect(nextStep(at(inMain('r00')))).toMatchObject({ targets: ['prod/main/r01'], wave: { number: 1, of: 3 } });
    expect(nextStep(at(inMain('r01')), { fill: true })).toMatchObject({ targets: ['prod/main/r00'], wave: { number: 1, of: 3 } });
    expect(nextStep(at(inMain('r00', 'r01', 'r02')))).toMatchObject({ targets: ['r03', 'r04', 'r05', 'r06'].map((name) => `prod/main/${name}`) });
  });

  test('are where a new patch begins', () => {
    const from = state([], { tree: wide, waves: { '*': [1, 'rest'] }, manual: ['int'] });
    expect(firstStep(from, undefined)).toMatchObject({ path: 'int/one', targets: ['int/one/r'] });
    expect(firstStep(from, 'environment', 'prod/canary/a')).toMatchObject({ path: 'prod', parts: ['prod/canary/a'], targets: ['prod/canary/a'] });
    expect(manualAmong(enteredWith(from, ['int/one/r']))).toEqual(['int']);
  });

  test('are what a rollback takes back last, whether a history tells or not', () => {
    const at = state(['int', 'prod/canary', 'prod/main/r00', 'prod/main/r01', 'prod/main/r02', 'prod/main/r03'], {
      tree: wide,
      waves: { prod: [1, '10%', 'rest'] },
    });
    const last = ['r01', 'r02', 'r03'].map((name) => `prod/main/${name}`);
    expect(decideRollback(at)).toMatchObject({ targets: last, paths: ['int', 'prod/canary', 'prod/main/r00'] });
    expect(decideRollback(at, { last: [...last, 'prod/main/r00'] }).targets).toEqual(last);
    expect(decideRollback(at, { last: last.slice(1) }).targets).toEqual(last.slice(1));
  });
});

describe('a sequence by environments', () => {
  const names = Array.from({ length: 20 }, (_, index) => `t${String(index).padStart(2, '0')}`);
  const tree = Object.fromEntries(names.map((name) => [name, { dev: [`${name}-1`, `${name}-2`], stage: [`${name}-3`], prod: [`${name}-4`, `${name}-5`] }]));
  const manual = names.slice(1).map((name) => `${name}/prod`);
  // The builder calls the three dimensions environment, sector and region.
  const from = (paths: readonly string[], more: Parameters<typeof state>[1] = {}) => state(paths, { tree, first: 1, manual, ...more });

  test('takes 20 tenants in 3 environments a handful of steps, and asks once for all of a name', () => {
    expect(planned(from(['t00/dev']))).toEqual(['*/dev: 38', '*/stage: 20', '*/prod: 40 behind */prod', 'integrate']);
    expect(planned(from(['t00/dev'], { waves: { '*': [1, '10%', 'rest'] } }))).toEqual([
      '*/dev 2/3: 3',
      '*/dev 3/3: 35',
      '*/stage 1/3: 1',
      '*/stage 2/3: 2',
      '*/stage 3/3: 17',
      '*/prod 1/3: 1 behind */prod',
      '*/prod 2/3: 4',
      '*/prod 3/3: 35',
      'integrate',
    ]);
  });

  test('goes on tenant by tenant, or cluster by cluster, where that is asked for', () => {
    expect(planned(from(['t00/dev']), 'environment').slice(0, 2)).toEqual(['t01/dev: 2', 't02/dev: 2']);
    expect(planned(from(['t00/dev']), 'environment').filter((step) => step.includes('behind'))).toEqual(['t00/prod: 2 behind */prod']);
    expect(planned(from(['t00/dev']), 'region').slice(0, 2)).toEqual(['t01/dev/t01-1: 1', 't01/dev/t01-2: 1']);
  });

  test('lists a path for each node, in its order, and a tenant where all of it is covered', () => {
    const [first, second, third] = planPromotions(from(['t00/dev']), options()).map((step) => (step.kind === 'enter' ? step.paths : []));
    expect(first).toEqual(names.map((name) => `${name}/dev`));
    expect(second).toEqual([...(first ?? []), ...names.map((name) => `${name}/stage`)]);
    expect(third).toEqual(names);
  });

  test('enters node by node what has other waves than the rest of its name', () => {
    const waves = { 't01/dev': [1, 'rest'] } as const;
    const two = { t00: { dev: ['a', 'b'], prod: ['c'] }, t01: { dev: ['d', 'e'], prod: ['f'] } };
    expect(planned(state(['t00/dev/a'], { tree: two, first: 1, waves }))).toEqual([
      't00/dev/b: 1',
      't01/dev 1/2: 1',
      't01/dev 2/2: 1',
      '*/prod: 2',
      'integrate',
    ]);
  });

  test('takes back all of a name that was entered last', () => {
    const all = names.map((name) => `${name}/dev`);
    const entered = from([...all, 't00/stage', 't01/stage']);
    expect(decideRollback(entered).paths).toEqual(all);
    expect(decideRollback(entered, { last: ['t01/stage/t01-3'] }).targets).toEqual(['t01/stage/t01-3']);
    expect(decideRollback(entered, { to: 't00/dev' }).paths).toEqual(['t00/dev']);
  });

  test('knows what is broader than a level', () => {
    const step = nextStep(from(['t00/dev']));
    if (step.kind !== 'enter') throw new Error(step.kind);
    expect(isBroader(step, from([]), undefined)).toBe(false);
    expect(isBroader(step, from([]), 'environment')).toBe(true);
    expect(isBroader({ ...step, path: 't00/dev' }, from([]), 'environment')).toBe(false);
    expect(isBroader({ ...step, path: 't00/dev' }, from([]), 'region')).toBe(true);
  });
});
