import type { Problem } from '../../constructs';
import { application, apps, buildFleet, type ConfigContent, problemsOf, smallFleet } from '../builders/fleet-builder';
import { longTest } from '../long-test';
import { isLongForm } from '../runs';

// What would take time that grows with the square of a number takes longer than this.
jest.setTimeout(60_000);

/** So many that time that grows with its square would not end; in the short form so many that limits are met. */
const many = isLongForm ? 50_000 : 2_000;
const several = isLongForm ? 3_000 : 300;

const change = { source: { targetRevision: '2.0.0' } };
const list = <T>(length: number, make: (index: number) => T): readonly T[] => Array.from({ length }, (_, index) => make(index));
const map = (length: number, make: (index: number) => readonly [string, unknown]) => Object.fromEntries(list(length, make));
const wide = (regions: number) => ({ ...smallFleet, environments: [{ name: 'e', sectors: [{ name: 's', regions: list(regions, (index) => `r${index}`) }] }] });

function rolledOutTo(paths: readonly string[], fleet?: unknown): ConfigContent {
  return { ...(fleet === undefined ? {} : { fleet }), ...apps({ web: application({ patches: { 'patch-001': { rolledOutTo: paths, change } } }) }) };
}

function count(problems: readonly Problem[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

describe('a list of very many paths', () => {
  test('that do not exist is told of, the first hundred by name', () => {
    const problems = problemsOf(rolledOutTo(list(many, (index) => `production/prod-1/r${index}`)));
    expect(count(problems)).toEqual({ 'unknown-path': 101 });
    expect(problems.filter(({ hint }) => hint?.startsWith('did you mean'))).not.toEqual([]);
    expect(problems.map(({ message }) => message)).toContain(`the list has ${many - 100} more paths, which were not looked at`);
  });

  test('that are one is told of', () => {
    expect(count(problemsOf(rolledOutTo(list(many, () => 'integration'))))).toMatchObject({ 'path-repeated': 100 });
  });

  test('that lie below one another is told of', () => {
    expect(count(problemsOf(rolledOutTo(['e', ...list(several, (index) => `e/s/r${index}`)], wide(several))))).toMatchObject({ 'path-covered': 100 });
  });

  test('that are all there is a patch like any other', () => {
    expect(
      problemsOf(
        rolledOutTo(
          list(several, (index) => `e/s/r${index}`),
          wide(several),
        ),
      ),
    ).toEqual([]);
  });

  test('of a cluster type is looked at as well', () => {
    const content = { fleet: wide(several), ...apps({ web: application() }, { paths: list(many, (index) => `e/s/x${index}`) }) };
    expect(count(problemsOf(content))).toMatchObject({ 'unknown-path': 101 });
  });
});

test('very many overrides are looked at, whether their paths exist or not', () => {
  const overrides = (prefix: string) => ({
    fleet: wide(several),
    ...apps({ web: application({ overrides: map(several, (index) => [`e/s/${prefix}${index}`, change]) }) }),
  });
  expect(problemsOf(overrides('r'))).toEqual([]);
  expect(count(problemsOf(overrides('x')))).toEqual({ 'unknown-path': several });
});

describe('very many patches of one app', () => {
  const patches = (length: number, path: (index: number) => string, what: (index: number) => unknown = () => change) =>
    apps({ web: application({ patches: map(length, (index) => [`patch-${index}`, { rolledOutTo: [path(index)], change: what(index) }]) }) });

  test('are too many', () => {
    expect(problemsOf(patches(2_000, () => 'integration'))).toMatchObject([
      { code: 'config-shape', message: 'the app has too many patches in flight', place: ['patches'], expected: 'at most 500', found: '2000' },
    ]);
  });

  longTest('are rendered as long as somebody could watch them', () => {
    const fields = (index: number) => ({ source: { helm: { valuesObject: map(50, (key) => [`k${key}`, index]) } } });
    expect(problemsOf(patches(500, () => 'integration', fields))).toEqual([]);
  });

  test('that win over one another are told of, the first hundred pairs', () => {
    const problems = problemsOf(patches(300, (index) => (index % 2 === 0 ? 'integration/int-1' : 'integration')));
    expect(count(problems)['rollout-inversion']).toBe(100);
  });
});

longTest('a file of very many apps is read, and so are layers of apps that it does not have', () => {
  const members = map(1_500, (index) => [`app-${index}`, application()]);
  const content = apps({ group: { apps: members, overrides: { integration: map(1_500, (index) => [`other-${index}`, change]) } } });
  expect(count(problemsOf(content))).toEqual({ 'unknown-app': 1_500 });
});

test('very long names and texts are told of, or rendered', () => {
  const long = 'x'.repeat(1_000_000);
  expect(count(problemsOf(rolledOutTo([long])))).toEqual({ 'unknown-path': 1 });
  expect(count(problemsOf(apps({ [long]: application() })))).toMatchObject({ 'invalid-name': 1 });
  expect(count(problemsOf({ fleet: { ...smallFleet, [long]: 1 } }))).toEqual({ 'unknown-key': 1 });
  const content = apps({ web: application({ source: { repoURL: 'https://x.example.com', path: 'x', helm: { valuesObject: { long } } } }) });
  expect(buildFleet(content).synth().warnings).toEqual([]);
});
