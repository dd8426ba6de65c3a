import manifest from '../../package.json';
import { packageNameFor, whyNoPackageName } from '../../store/start/package-name';
import { testedVersions } from '../../store/start/versions';

test.each(['fleet', 'my-fleet', '@company/fleet', 'a.b_c-1'])('%s can name a package', (name) => {
  expect(whyNoPackageName(name)).toBeUndefined();
});

test.each([
  ['My Fleet!', 'it has capital letters', 'my-fleet'],
  ['my fleet', 'it has characters other than letters, digits, -, _ and .', 'my-fleet'],
  ['.fleet', 'it begins with .', 'fleet'],
  ['_fleet', 'it begins with _', 'fleet'],
  ['', 'a part of it is empty', 'fleet'],
  ['@/fleet', 'a part of it is empty', 'fleet'],
  ['node_modules', 'npm keeps the name for itself', 'node_modules-config'],
  ['fs', 'it is the name of a module of Node', 'fs-config'],
  ['cdk8s-fleet', 'the fleet needs a package of that name', 'cdk8s-fleet-config'],
  ['jest', 'the fleet needs a package of that name', 'jest-config'],
  ['x'.repeat(215), 'it is longer than 214 characters', 'x'.repeat(200)],
  ['Flotte für Köln', 'it has capital letters', 'flotte-fur-koln'],
])('%p cannot: %s', (name, why, example) => {
  expect(whyNoPackageName(name)).toBe(why);
  expect(packageNameFor(name)).toBe(example);
  expect(whyNoPackageName(packageNameFor(name))).toBeUndefined();
});

test('a new fleet asks for the versions that this package is tested with', () => {
  const tested: Readonly<Record<string, string>> = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const [name, version] of Object.entries(testedVersions)) expect(`${name} ${version}`).toBe(`${name} ${tested[name]}`);
});
