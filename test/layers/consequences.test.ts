import fc from 'fast-check';
import { type Cause, type Finding, reported, unread } from '../../layers/consequences';
import { FleetError, Problems } from '../../layers/problem';
import { problemCodes } from '../../layers/problem-codes';

/** A mistake at the top of `app.ts`, unless told otherwise. */
function found(fields: Partial<Finding> = {}): Finding {
  return { code: 'missing-field', message: 'a mistake', file: 'app.ts', place: [], ...fields };
}

const misspelt = found({ code: 'unknown-key', message: "'secrt' is not known here", place: ['cluster', 'secrt'], meant: 'secret' });

type Row = readonly [why: string, follows: Cause, others: readonly Finding[]];

const dropped: readonly Row[] = [
  ['an error stands there', { file: 'app.ts', place: ['secret'] }, [found({ code: 'wrong-type', place: ['secret'] })]],
  ['an error with that code stands there', { file: 'app.ts', place: ['secret'], code: 'wrong-type' }, [found({ code: 'wrong-type', place: ['secret'] })]],
  ['an error stands there, of what no file declares', { place: ['fleet/app'] }, [found({ file: undefined, place: ['fleet/app'] })]],
  ['the key that stands there was misspelt', { file: 'app.ts', place: ['cluster', 'secret'] }, [misspelt]],
  ['the key that stands there is not known', { file: 'app.ts', place: ['cluster', 'secrt'] }, [misspelt]],
  ['the file could not be read', unread('addons', 'dns'), []],
  ['a file of the folder could not be read', unread('addons'), []],
];

const kept: readonly Row[] = [
  ['nothing else was found', { file: 'app.ts', place: ['secret'] }, []],
  ['what stands there is a warning', { file: 'app.ts', place: ['secret'] }, [found({ place: ['secret'], severity: 'warning' })]],
  ['what stands there has another code', { file: 'app.ts', place: ['secret'], code: 'wrong-type' }, [found({ place: ['secret'] })]],
  ['the error stands below', { file: 'app.ts', place: ['secret'] }, [found({ place: ['secret', 'name'] })]],
  ['the error stands above', { file: 'app.ts', place: ['secret', 'name'] }, [found({ place: ['secret'] })]],
  ['the error stands in another file', { file: 'app.ts', place: ['secret'] }, [found({ file: 'other.ts', place: ['secret'] })]],
  ['another key was misspelt', { file: 'app.ts', place: ['cluster', 'hub'] }, [misspelt]],
  ['the key was misspelt elsewhere', { file: 'app.ts', place: ['secret'] }, [misspelt]],
  ['another file could not be read', unread('addons', 'mesh'), []],
];

/** What `Problems` gives out, `addons/dns` being a file that could not be read. */
function problemsOf(findings: readonly Finding[]): readonly Finding[] {
  const problems = new Problems();
  problems.addAll(findings);
  problems.addUnread(['addons', 'addons/dns']);
  return problems.sorted();
}

describe('a finding that would follow from something', () => {
  test.each(dropped)('is not reported where %s', (_, cause, others) => {
    const codes = others.map(({ code }) => code);
    expect(problemsOf([found({ message: 'the consequence', follows: [cause] }), ...others]).map(({ code }) => code)).toEqual(codes);
  });

  test.each(kept)('is reported where %s', (_, cause, others) => {
    const messages = problemsOf([found({ message: 'no consequence', follows: [cause] }), ...others]).map(({ message }) => message);
    expect(messages).toHaveLength(others.length + 1);
    expect(messages).toContain('no consequence');
  });

  test('may follow from several things, of which one is enough', () => {
    const follows = [unread('addons', 'mesh'), { file: 'app.ts', place: ['secret'] }];
    expect(problemsOf([found({ follows }), found({ code: 'wrong-type', place: ['secret'] })])).toHaveLength(1);
  });

  test('is the cause of nothing where it is one itself', () => {
    const one = found({ place: ['a'], follows: [unread('addons', 'dns')] });
    const other = found({ place: ['b'], message: 'stands for itself', follows: [{ file: 'app.ts', place: ['a'] }] });
    expect(problemsOf([one, other]).map(({ message }) => message)).toEqual(['stands for itself']);
  });

  test('at one target and not at another is reported', () => {
    const follows = [unread('addons', 'dns')];
    const [one, other] = [found({ target: 'a', follows }), found({ target: 'b' })];
    expect(problemsOf([one, other])).toEqual([found({ target: 'a', targets: 2 })]);
    expect(problemsOf([other, one])).toEqual([found({ target: 'b', targets: 2 })]);
    expect(problemsOf([one, found({ target: 'b', follows: [...follows] })])).toEqual([]);
  });
});

test('a FleetError neither holds consequences nor says what anything follows from', () => {
  const { problems, message } = new FleetError([misspelt, found({ follows: [{ file: 'app.ts', place: ['cluster', 'secret'] }] })]);
  const { meant: _, ...problem } = misspelt;
  expect(problems).toEqual([problem]);
  expect(message.split('\n')).toHaveLength(1);
});

const keys = fc.constantFrom('a', 'b', 'c');
const place = fc.array(keys, { maxLength: 2 });
const file = fc.constantFrom('x.ts', 'y.ts', undefined);
const code = fc.constantFrom(...problemCodes.slice(0, 3));
const cause: fc.Arbitrary<Cause> = fc.oneof(
  fc.record({ file, place, code: fc.option(code, { nil: undefined }) }),
  fc.record({ unread: fc.constantFrom('addons', 'addons/dns', 'mesh') }),
);
const finding: fc.Arbitrary<Finding> = fc.record(
  {
    code,
    message: fc.constantFrom('one', 'two'),
    file,
    place,
    severity: fc.constantFrom('error' as const, 'warning' as const),
    follows: fc.array(cause, { maxLength: 3 }),
    meant: keys,
  },
  { requiredKeys: ['code', 'message', 'place'] },
);
const findings = fc.array(finding, { maxLength: 8 });
const unreadFiles = new Set(['addons', 'addons/dns']);

describe('whatever is found', () => {
  test('what follows from nothing is reported, and what is left out follows from an error that is reported, or from an unread file', () => {
    fc.assert(
      fc.property(findings, (all) => {
        // Problems are copied where they are stripped: the message says which is which.
        const named = all.map((one, index) => ({ ...one, message: String(index) }));
        const given = new Set(reported(named, unreadFiles).map(({ message }) => message));
        const isCause = (error: Finding, one: Cause) => {
          if ('unread' in one || (one.code ?? error.code) !== error.code || error.file !== one.file) return false;
          const at = (error.place ?? []).join('/');
          const meant = error.meant === undefined ? at : [...(error.place ?? []).slice(0, -1), error.meant].join('/');
          return [at, meant].includes(one.place.join('/'));
        };
        for (const one of named) {
          if (given.has(one.message)) continue;
          const errors = named.filter((error) => error !== one && given.has(error.message) && (error.severity ?? 'error') === 'error');
          const causes = one.follows ?? [];
          expect(causes.some((each) => ('unread' in each ? unreadFiles.has(each.unread) : errors.some((error) => isCause(error, each))))).toBe(true);
        }
      }),
    );
  });

  test('an error remains where there was one, unless a file could not be read', () => {
    const errors = (all: readonly Finding[]) => all.filter(({ severity = 'error' }) => severity === 'error').length;
    fc.assert(fc.property(findings, (all) => errors(reported(all)) > 0 === errors(all) > 0));
  });

  test('the order does not matter, what is reported is reported again, and nothing says what it follows from', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const named = all.map((one, index) => ({ ...one, message: String(index) }));
        const once = reported(named);
        expect(reported([...named].reverse())).toEqual([...once].reverse());
        expect(reported(once)).toEqual(once);
        for (const one of once) for (const key of ['follows', 'meant']) expect(one).not.toHaveProperty(key);
      }),
    );
  });
});
