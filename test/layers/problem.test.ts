import { compare, FleetError, isError, type Problem, Problems } from '../../layers/problem';

/** A mistake in `app.ts`, unless told otherwise. */
function mistake(fields: Partial<Problem> = {}): Problem {
  return { code: 'unknown-field', message: 'a mistake', file: 'app.ts', place: ['source'], ...fields };
}

function collected(...problems: readonly Problem[]): readonly Problem[] {
  const found = new Problems();
  found.addAll(problems);
  return found.sorted();
}

describe('the same mistake', () => {
  test('at many targets is one problem: the first target, and how many', () => {
    expect(collected(mistake({ target: 'a' }), mistake({ target: 'b' }), mistake({ target: 'c' }))).toEqual([mistake({ target: 'a', targets: 3 })]);
  });

  test('at one target is one problem without a count', () => {
    expect(collected(mistake({ target: 'a' }), mistake({ target: 'a' }))).toEqual([mistake({ target: 'a' })]);
    expect(collected(mistake(), mistake())).toEqual([mistake()]);
  });

  test('found twice at a later target counts that target once', () => {
    const [problem] = collected(mistake({ target: 'a' }), mistake({ target: 'b' }), mistake({ target: 'b' }), mistake({ target: 'a' }));
    expect(problem?.targets).toBe(2);
  });

  test.each<Partial<Problem>>([
    { code: 'invalid-field' },
    { message: 'another' },
    { file: 'other.ts' },
    { place: ['source', 'helm'] },
    { place: [] },
    { found: 'something' },
  ])('is not the one that differs in %p', (fields) => {
    expect(collected(mistake({ target: 'a' }), mistake({ ...fields, target: 'b' }))).toHaveLength(2);
  });

  test('of two apps that no file declares is two', () => {
    expect(collected(mistake({ file: undefined, app: 'a' }), mistake({ file: undefined, app: 'b' }))).toHaveLength(2);
  });

  test('is not changed where it was collected', () => {
    const first = Object.freeze(mistake({ target: 'a' }));
    collected(first, mistake({ target: 'b' }));
    expect(first).not.toHaveProperty('targets');
  });

  test('at places that only look alike when joined is two', () => {
    expect(collected(mistake({ place: ['a', 'b'] }), mistake({ place: ['a.b'] }))).toHaveLength(2);
  });
});

describe('problems', () => {
  test('are sorted by file, place, code and message, in whichever order they were found', () => {
    const sorted = [
      mistake({ file: undefined, place: [] }),
      mistake({ file: 'Z.ts' }),
      mistake({ file: 'a.ts', place: [] }),
      mistake({ file: 'a.ts', place: ['a'], code: 'config-shape' }),
      mistake({ file: 'a.ts', place: ['a'], code: 'unknown-field', message: 'x' }),
      mistake({ file: 'a.ts', place: ['a'], code: 'unknown-field', message: 'y' }),
      mistake({ file: 'a.ts', place: ['a', 'b'] }),
      mistake({ file: 'b.ts', place: [] }),
    ];
    expect(collected(...sorted)).toEqual(sorted);
    expect(collected(...[...sorted].reverse())).toEqual(sorted);
  });

  test('throw together, warnings included, where one of them is an error', () => {
    const found = new Problems();
    found.addAll([mistake({ severity: 'warning', message: 'w' }), mistake({ message: 'e1' }), mistake({ message: 'e2' })]);
    expect(() => found.throwIfAny()).toThrow(FleetError);
    const error = new FleetError(found.sorted());
    expect(error.problems.map(({ message }) => message).sort()).toEqual(['e1', 'e2', 'w']);
    expect(error.message.split('\n')).toHaveLength(3);
  });

  test('do not throw where there are none, or only warnings', () => {
    const found = new Problems();
    found.throwIfAny();
    expect(found.sorted()).toEqual([]);
    found.add(mistake({ severity: 'warning' }));
    found.throwIfAny();
    expect(found.sorted()).toEqual([mistake({ severity: 'warning' })]);
  });

  test('that follow from a value that no manifest can hold are not reported beside it', () => {
    const place = ['source', 'targetRevision'];
    const refused = mistake({ code: 'not-plain-data', place });
    expect(collected(mistake({ code: 'null-value', place }), refused, mistake({ code: 'invalid-field', place }))).toEqual([refused]);
    const elsewhere = mistake({ code: 'null-value', place: ['source', 'chart'] });
    expect(collected(refused, elsewhere)).toHaveLength(2);
    expect(collected(refused, mistake({ code: 'layer-throws', place }))).toHaveLength(2);
  });
});

test('a problem is an error unless it says that it is a warning', () => {
  expect(isError(mistake())).toBe(true);
  expect(isError(mistake({ severity: 'error' }))).toBe(true);
  expect(isError(mistake({ severity: 'warning' }))).toBe(false);
});

test('an error names file and place, code and message of each problem', () => {
  expect(new FleetError([mistake(), mistake({ file: undefined, place: [] })]).message).toBe(
    'app.ts source: unknown-field: a mistake\nunknown-field: a mistake',
  );
});

test('texts are ordered by code unit, whatever the locale', () => {
  expect(['b', 'é', 'Z', 'a', '10', '9', ''].sort(compare)).toEqual(['', '10', '9', 'Z', 'a', 'b', 'é']);
  expect(compare('a', 'a')).toBe(0);
});
