import { type Finding, reported } from '../../layers/consequences';
import { appShape, appsShape, clusterTypeShape, patchShape, rootShape } from '../../layers/shape/app-shape';
import { awsAccessShape, repositoryShape, secretStoreShape, waysShape } from '../../layers/shape/credential-shape';
import { argoCDShape, commandShape, prometheusShape } from '../../layers/shape/evidence-shape';
import { exemptionShape } from '../../layers/shape/exemption-shape';
import { fleetShape, hubFleetShape, labelNamesShape, nodeShape } from '../../layers/shape/fleet-shape';
import { componentShape, groupShape, pinShape, releaseShape, releasesShape } from '../../layers/shape/group-shape';
import { hubShape, memberSettingsShape, spokeShape } from '../../layers/shape/member-shape';
import { readFields } from '../../layers/shape/read-fields';
import { ruleShape } from '../../layers/shape/rule-shape';
import type { Field, Shape } from '../../layers/shape/shape';

const shapes: Readonly<Record<string, Shape>> = {
  appShape,
  appsShape,
  clusterTypeShape,
  patchShape,
  rootShape,
  fleetShape,
  hubFleetShape,
  labelNamesShape,
  nodeShape,
  exemptionShape,
  argoCDShape,
  prometheusShape,
  commandShape,
  ruleShape,
  componentShape,
  groupShape,
  pinShape,
  releaseShape,
  releasesShape,
  hubShape,
  memberSettingsShape,
  spokeShape,
  awsAccessShape,
  repositoryShape,
  waysShape,
  secretStoreShape,
};

const someFunction = () => {};

/** A value of the kind. */
function right({ is, words, keys }: Field): unknown {
  if (keys) return Object.fromEntries(Object.entries(keys).map(([key, field]) => [key, right(field)]));
  if (words) return words[0];
  if (is === 'function') return someFunction;
  if (is === 'boolean') return true;
  if (is === 'strings' || is === 'list') return [];
  if (is === 'date' || is === 'day') return '2026-12-31';
  if (is === 'counts') return { targets: 1 };
  if (is === 'waves') return [1, '10%', 'rest'];
  if (is === 'evidence') return [{ command: { run: 'true' } }, someFunction];
  if (is === 'text or function') return someFunction;
  return is === 'string' ? 'x' : is === 'duration' ? '24h' : {};
}

const whole = { file: 'config/x.ts', place: ['above'], noun: 'the map', name: 'x' };

function read(shape: Shape, map: Readonly<Record<string, unknown>>) {
  const found: Finding[] = [];
  const result: Readonly<Record<string, unknown>> = readFields(map, shape, whole, found);
  return { result, problems: reported(found) };
}

const fields = Object.entries(shapes).flatMap(([name, shape]) => Object.entries(shape).map(([key, field]) => ({ name, shape, key, field })));
const isChecked = ({ field }: { readonly field: Field }) => !field.apart && !field.layered;
const full = (shape: Shape) => Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, right(field)]));

test.each(Object.entries(shapes))('%s: what is right is kept as it is', (_, shape) => {
  expect(read(shape, full(shape))).toEqual({ result: full(shape), problems: [] });
});

test.each(fields.filter(isChecked))('$name: $key of another kind is told of at its place and left out, and nothing else is', ({ shape, key }) => {
  const { result, problems } = read(shape, { ...full(shape), [key]: Symbol.for('of no kind') });
  expect(problems).toEqual([expect.objectContaining({ code: 'wrong-type', file: whole.file, place: ['above', key] })]);
  expect(problems[0]).toMatchObject({ message: expect.any(String), expected: expect.any(String), found: expect.any(String) });
  expect(result).toEqual(Object.fromEntries(Object.entries(full(shape)).filter(([other]) => other !== key)));
});

test.each(fields)('$name: $key in capitals is one mistake with a near miss', ({ shape, key, field }) => {
  const { [key]: value, ...others } = full(shape);
  const { result, problems } = read(shape, { ...others, [key.toUpperCase()]: value });
  expect(problems).toEqual([
    {
      code: 'unknown-key',
      message: `'${key.toUpperCase()}' is not known here`,
      file: whole.file,
      place: ['above', key.toUpperCase()],
      hint: `did you mean '${key}'?`,
    },
  ]);
  expect(result).toEqual(others);
  expect(field.about).not.toMatch(/^[A-Z](?![A-Z])|\.$/);
});

test.each(fields)('$name: $key that is undefined is not there', ({ shape, key, field }) => {
  const { [key]: _, ...others } = full(shape);
  const { result, problems } = read(shape, { ...others, [key]: undefined });
  const needed = { code: field.missing ?? 'missing-field', message: `the map needs '${key}'`, place: ['above'] };
  expect(problems).toEqual(field.required === undefined ? [] : [expect.objectContaining(needed)]);
  expect(result).toEqual(others);
});

test.each(fields.filter(({ field }) => isChecked({ field }) && field.is === 'strings' && field.filled !== undefined))(
  '$name: $key with an empty text in it is told of at its place, and the others are kept',
  ({ shape, key, field }) => {
    const { result, problems } = read(shape, { ...full(shape), [key]: ['a', ' ', 'b', ''] });
    const told = (index: string) => ({
      code: 'invalid-field',
      message: `'${key}' has an empty text in it`,
      file: whole.file,
      place: ['above', key, index],
      expected: field.filled,
    });
    expect(problems).toEqual([told('1'), told('3')]);
    expect(result[key]).toEqual(['a', 'b']);
  },
);

test('what stands in maps by name is read as deep as it goes', () => {
  const { problems, result } = read(releasesShape, {
    releases: {
      default: { components: { dns: '1.2', lb: 3, web: { verson: '1', namespace: 7, chart: 'web' }, none: undefined } },
      'no name!': { version: '2' },
      empty: 7,
    },
    patches: { a: { rolledOutTo: ['x'], change: {} }, b: { rolledOutTo: 'x', chagne: {} }, c: 7 },
  });
  expect(problems.map(({ code, place }) => `${code} ${place?.slice(1).join('.')}`).sort()).toEqual([
    'config-shape patches.c',
    'invalid-name releases.no name!',
    'unknown-key patches.b.chagne',
    'unknown-key releases.default.components.web.verson',
    'wrong-type patches.b.rolledOutTo',
    'wrong-type releases.default.components.lb',
    'wrong-type releases.default.components.web.namespace',
    'wrong-type releases.empty',
  ]);
  expect(result).toEqual({
    releases: { default: { components: { dns: '1.2', web: { chart: 'web' } } }, 'no name!': { version: '2' }, empty: {} },
    patches: { a: { rolledOutTo: ['x'], change: {} } },
  });
});

test('a word that is nearly a right one is asked for', () => {
  const hintOf = (node: object) => {
    const problems: Finding[] = [];
    readFields({ name: 'prod', ...node }, nodeShape, { file: 'config/fleet.ts', place: [], noun: 'the node', name: 'prod' }, problems);
    return problems.map(({ message, hint }) => [message, hint]);
  };
  expect(hintOf({ promotion: 'manuel' })).toEqual([["the gate of 'prod' cannot be read", "did you mean 'manual'?"]]);
  expect(hintOf({ promotion: 'never' })).toEqual([["the gate of 'prod' cannot be read", undefined]]);
  expect(hintOf({ promotion: true })).toEqual([["the gate of 'prod' cannot be read", undefined]]);
});

test('counts are whole numbers from 1 on, and at least one', () => {
  const budgetOf = (budget: object) => {
    const { result, problems } = read(nodeShape, { budget });
    return [result.budget, ...problems.map(({ code, message, place, expected, found }) => [code, message, place, expected, found])];
  };
  expect(budgetOf({ targets: 5, sectors: 1, regions: undefined })).toEqual([{ targets: 5, sectors: 1 }]);
  const told = (unit: string, found: string) => [
    'wrong-type',
    `'${unit}' of 'budget' has the wrong type`,
    ['above', 'budget', unit],
    'a whole number of 1 or more',
    found,
  ];
  expect(budgetOf({ targets: 0, sectors: 1, regions: 1.5, x: '2' })).toEqual([
    { sectors: 1 },
    told('targets', 'the number 0'),
    told('regions', 'the number 1.5'),
    told('x', "the string '2'"),
  ]);
  expect(budgetOf({})).toEqual([
    undefined,
    ['invalid-field', "'budget' is empty", ['above', 'budget'], 'a map of whole numbers, such as { targets: 5 }', undefined],
  ]);
});
