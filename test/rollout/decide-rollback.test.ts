import { decideRollback, type RollbackOptions } from '../../rollout/decide-rollback';
import { state } from './rollout-builder';

function left(paths: readonly string[], options?: RollbackOptions) {
  return decideRollback(state(paths), options);
}

describe('leaving the last step', () => {
  test('takes the patch out of its last sector', () => {
    expect(left(['int', 'prod/canary'])).toEqual({ paths: ['int'], targets: ['prod/canary/us', 'prod/canary/eu'], split: [] });
  });

  test('takes the patch out of its last region, where it entered region by region', () => {
    expect(left(['int', 'prod/canary/us', 'prod/canary/eu'])).toEqual({ paths: ['int', 'prod/canary/us'], targets: ['prod/canary/eu'], split: [] });
  });

  test('splits an environment that was coalesced', () => {
    expect(left(['int', 'prod'])).toEqual({ paths: ['int', 'prod/canary'], targets: ['prod/main/us'], split: ['prod'] });
  });

  test('splits down to regions where those are the steps', () => {
    expect(left(['int'], { level: 'region' })).toEqual({ paths: ['int/int-1'], targets: ['int/int-2/us'], split: ['int'] });
    expect(left(['int', 'prod/canary'], { level: 'region' })).toMatchObject({ paths: ['int', 'prod/canary/us'], split: ['prod/canary'] });
  });

  test('takes the patch out of an environment where those are the steps', () => {
    expect(left(['int', 'prod'], { level: 'environment' })).toMatchObject({ paths: ['int'], split: [] });
  });

  test('leaves no more than what was entered, whatever the level', () => {
    expect(left(['int', 'prod/canary'], { level: 'environment' }).paths).toEqual(['int']);
    expect(left(['int', 'prod/canary', 'prod/main'], { level: 'environment' }).paths).toEqual(['int', 'prod/canary']);
  });

  test('takes the patch out of its only step', () => {
    expect(left(['int/int-1'])).toEqual({ paths: [], targets: ['int/int-1/us', 'int/int-1/eu'], split: [] });
  });

  test('leaves nothing where the patch sits nowhere, or the level is no dimension', () => {
    expect(left([])).toEqual({ paths: [], targets: [], split: [] });
    expect(left(['int'], { level: 'galaxy' })).toEqual({ paths: ['int'], targets: [], split: [] });
  });

  test('goes over nodes where the app is not rendered', () => {
    const partly = state(['int', 'prod'], { rendered: ['int', 'prod/canary'] });
    expect(decideRollback(partly)).toEqual({ paths: ['int'], targets: ['prod/canary/us', 'prod/canary/eu'], split: [] });
  });
});

describe('leaving everything after a path', () => {
  test('keeps what is covered up to its last target', () => {
    expect(left(['int', 'prod'], { to: 'int/int-1' })).toEqual({
      paths: ['int/int-1'],
      targets: ['int/int-2/us', 'prod/canary/us', 'prod/canary/eu', 'prod/main/us'],
      split: ['int'],
    });
  });

  test('splits no further than it must', () => {
    expect(left(['int', 'prod'], { to: 'prod/canary/us' })).toMatchObject({ paths: ['int', 'prod/canary/us'], split: ['prod'] });
    expect(left(['int', 'prod'], { to: 'prod/canary' })).toMatchObject({ paths: ['int', 'prod/canary'], split: ['prod'] });
  });

  test('keeps everything where the path is the last one, or is none of the app', () => {
    expect(left(['int', 'prod'], { to: 'prod' })).toEqual({ paths: ['int', 'prod'], targets: [], split: [] });
    expect(left(['int', 'prod'], { to: 'nowhere' })).toEqual({ paths: ['int', 'prod'], targets: [], split: [] });
  });
});

describe('leaving one node', () => {
  test('splits what was coalesced, no further than it must, and leaves a gap', () => {
    expect(left(['int', 'prod'], { at: 'int/int-1/eu' })).toEqual({
      paths: ['int/int-1/us', 'int/int-2', 'prod'],
      targets: ['int/int-1/eu'],
      split: ['int'],
    });
    expect(left(['int', 'prod'], { at: 'int/int-2' })).toEqual({ paths: ['int/int-1', 'prod'], targets: ['int/int-2/us'], split: ['int'] });
  });

  test('keeps finer paths elsewhere as they are', () => {
    expect(left(['int/int-1/us', 'int/int-1/eu', 'int/int-2'], { at: 'int/int-1/eu' })).toMatchObject({ paths: ['int/int-1/us', 'int/int-2'], split: [] });
  });

  test('takes it from the whole node where it sits below', () => {
    expect(left(['int/int-1', 'prod/canary/us'], { at: 'prod' })).toMatchObject({ paths: ['int/int-1'], targets: ['prod/canary/us'] });
  });

  test('leaves nothing where it is not', () => {
    expect(left(['int/int-1'], { at: 'prod' })).toEqual({ paths: ['int/int-1'], targets: [], split: [] });
  });
});

describe('leaving everything', () => {
  test('keeps no path', () => {
    expect(left(['int', 'prod/canary/us'], { everywhere: true })).toMatchObject({ paths: [], split: [] });
  });

  test('names every target that was covered', () => {
    expect(left(['int/int-2', 'prod/canary/us'], { everywhere: true }).targets).toEqual(['int/int-2/us', 'prod/canary/us']);
  });

  test('keeps a path without a target of the app, which is nobody’s', () => {
    expect(decideRollback(state(['int', 'prod/main'], { rendered: ['int'] }), { everywhere: true }).paths).toEqual(['prod/main']);
  });
});

test('a patch of an adopted fleet that sits at a path and below it names no path twice afterwards', () => {
  expect(left(['int', 'int/int-1'])).toMatchObject({ paths: ['int/int-1'], split: ['int'] });
  expect(left(['int', 'int/int-1/us'])).toMatchObject({ paths: ['int/int-1', 'int/int-1/us'] });
  expect(left(['int', 'int/int-2'])).toMatchObject({ paths: ['int/int-1'], targets: ['int/int-2/us'] });
});
