import { gatesOf, nextStep, type StepOptions } from '../../rollout/next-step';
import { state, type Tree } from './rollout-builder';

/** The path that is entered next, or why there is none. */
function next(paths: readonly string[], options: StepOptions = {}, tree?: Tree): string {
  const step = nextStep(state(paths, tree ? { tree } : {}), options);
  if (step.kind === 'enter') return step.path;
  return step.kind === 'refused' ? step.reason : step.kind;
}

describe('the next step', () => {
  test('goes from region to region inside a sector', () => {
    expect(next(['int/int-1/us'])).toBe('int/int-1/eu');
  });

  test('goes from sector to sector', () => {
    expect(next(['int/int-1'])).toBe('int/int-2');
    expect(next(['int/int-1/us', 'int/int-1/eu'])).toBe('int/int-2');
  });

  test('goes into the first sector of the next environment, and never into all of it', () => {
    expect(next(['int'])).toBe('prod/canary');
  });

  test('goes into a whole environment where that is asked for', () => {
    expect(next(['int'], { level: 'environment' })).toBe('prod');
  });

  test('stays below an environment that it entered already, whatever is asked for', () => {
    expect(next(['int', 'prod/canary'], { level: 'environment' })).toBe('prod/main');
    expect(next(['int', 'prod/canary/us'], { level: 'environment' })).toBe('prod/canary/eu');
  });

  test('goes into one region alone where that is asked for', () => {
    expect(next(['int'], { level: 'region' })).toBe('prod/canary/us');
    expect(next(['int', 'prod/canary/us'], { level: 'region' })).toBe('prod/canary/eu');
  });

  test('is the base where everything is covered', () => {
    expect(next(['int', 'prod'])).toBe('integrate');
    expect(next(['int/int-1/us', 'int/int-1/eu', 'int/int-2', 'prod/canary', 'prod/main/us'])).toBe('integrate');
  });

  test('starts behind the furthest path, in the order of the hierarchy and not of the list', () => {
    expect(next(['int/int-2', 'int/int-1'])).toBe('prod/canary');
  });

  test('tells its targets', () => {
    expect(nextStep(state(['int']))).toMatchObject({ path: 'prod/canary', targets: ['prod/canary/us', 'prod/canary/eu'] });
  });

  test('is refused for a patch that sits nowhere', () => {
    expect(next([])).toBe('nowhere');
    expect(nextStep(state(['prod'], { rendered: ['int'] }))).toEqual({ kind: 'refused', reason: 'nowhere', gaps: [] });
  });

  test('is refused at a level that is no dimension', () => {
    expect(next(['int'], { level: 'galaxy' })).toBe('level');
  });
});

describe('the next step in a hierarchy of other dimensions', () => {
  test('of one level goes from node to node', () => {
    expect(next(['a'], {}, ['a', 'b', 'c'])).toBe('b');
    expect(next(['a', 'b', 'c'], {}, ['a', 'b', 'c'])).toBe('integrate');
  });

  test('of two levels goes into whole nodes of the first', () => {
    const tree = { a: ['x', 'y'], b: ['x', 'y'] };
    expect(next(['a'], {}, tree)).toBe('b');
    expect(next(['a/x'], {}, tree)).toBe('a/y');
    expect(next(['a'], { level: 'cluster' }, tree)).toBe('b/x');
  });

  test('of four levels goes into whole nodes of the third', () => {
    const tree = { a: { s: { r: ['1', '2'], q: ['1'] } }, b: { s: { r: ['1', '2'] } } };
    expect(next(['a/s/r/1'], {}, tree)).toBe('a/s/r/2');
    expect(next(['a/s/r'], {}, tree)).toBe('a/s/q');
    expect(next(['a/s'], {}, tree)).toBe('b/s/r');
    expect(next(['a/s'], { level: 'sector' }, tree)).toBe('b/s');
    expect(next(['a/s'], { level: 'environment' }, tree)).toBe('b');
    expect(next(['a/s'], { level: 'cluster' }, tree)).toBe('b/s/r/1');
  });
});

describe('the next step of a cluster type that is rendered at some paths only', () => {
  const rendered = ['int/int-1/eu', 'prod/main'];

  test('goes from target to target, and over those that are none', () => {
    expect(nextStep(state(['int/int-1'], { rendered }))).toMatchObject({ kind: 'enter', path: 'prod/main', targets: ['prod/main/us'] });
  });

  test('is the base where all of its targets are covered', () => {
    expect(nextStep(state(['int/int-1/eu', 'prod/main'], { rendered }))).toEqual({ kind: 'integrate' });
  });
});

describe('the gates of a step', () => {
  const manual = ['int', 'prod', 'prod/canary', 'prod/canary/eu', 'prod/main/us'];

  /** The manual nodes that the next step enters. */
  function gates(paths: readonly string[], options: StepOptions = {}): readonly string[] {
    const step = nextStep(state(paths, { manual }), options);
    return step.kind === 'enter' ? gatesOf(step) : [];
  }

  test('are all manual nodes that it enters, above and below the path', () => {
    expect(gates(['int'])).toEqual(['prod', 'prod/canary', 'prod/canary/eu']);
    expect(gates(['int'], { level: 'environment' })).toEqual(['prod', 'prod/canary', 'prod/canary/eu', 'prod/main/us']);
  });

  test('are not those of nodes that it entered before', () => {
    expect(gates(['int', 'prod/canary/us'])).toEqual(['prod/canary/eu']);
    expect(gates(['int', 'prod/canary'])).toEqual(['prod/main/us']);
  });

  test('are none where every node is automated', () => {
    expect(gates(['int/int-1'])).toEqual([]);
  });
});

describe('a gap', () => {
  test('refuses the step and names the targets', () => {
    expect(nextStep(state(['int/int-1/us', 'prod/canary']))).toEqual({ kind: 'refused', reason: 'gap', gaps: ['int/int-1/eu', 'int/int-2/us'] });
  });

  test('refuses the step at the end too', () => {
    expect(nextStep(state(['int', 'prod/main']))).toEqual({ kind: 'refused', reason: 'gap', gaps: ['prod/canary/us', 'prod/canary/eu'] });
  });

  test('is entered first where that is asked for, node by node', () => {
    expect(next(['int/int-1/us', 'prod/canary'], { fill: true })).toBe('int/int-1/eu');
    expect(next(['int/int-1', 'prod/canary'], { fill: true })).toBe('int/int-2');
    expect(next(['int', 'prod/canary'], { fill: true })).toBe('prod/main');
  });

  test('is entered through its gates', () => {
    const step = nextStep(state(['int/int-1', 'prod/canary'], { manual: ['int/int-2', 'int/int-2/us', 'int', 'prod/main'] }), { fill: true });
    expect(step.kind === 'enter' && gatesOf(step)).toEqual(['int/int-2', 'int/int-2/us']);
  });
});
