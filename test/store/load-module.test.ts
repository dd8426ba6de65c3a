import { join } from 'node:path';
import * as model from '../../constructs';
import { loadModule } from '../../store/code/load-module';
import { TemporaryFolders } from '../workspaces/temporary-folder';

const folders = new TemporaryFolders();

test('a TypeScript module is loaded with all that it exports', () => {
  const folder = folders.make({ 'a.ts': 'interface A { b: number }\nexport const other: A = { b: 1 };\nexport default { a: 2 } satisfies object;' });
  expect(loadModule(join(folder, 'a.ts'))).toMatchObject({ default: { a: 2 }, other: { b: 1 } });
});

test('a module outside of any package imports this package by name, the same copy of it', () => {
  const folder = folders.make({ 'a.ts': "import { unset, cluster } from 'cdk8s-fleet';\nexport default { unset, cluster };" });
  const { default: imported } = loadModule(join(folder, 'a.ts')) as { default: Record<string, unknown> };
  expect(imported['cluster']).toBe(model.cluster);
  expect(imported['unset']).toBe(model.unset);
});

test('a module that is loaded twice runs once', () => {
  const folder = folders.make({ 'a.ts': 'export default { made: {} };' });
  expect(loadModule(join(folder, 'a.ts'))['default']).toBe(loadModule(join(folder, 'a.ts'))['default']);
});

test.each([
  ['what it throws', 'throw new RangeError("mine");', 'mine'],
  ['that it imports what is not there', "import x from 'no-such-package-anywhere';\nexport default x;", 'no-such-package-anywhere'],
  ['that a neighbour is missing', "import x from './missing';\nexport default x;", './missing'],
])('whoever loads a module hears %s', (_, source, message) => {
  const folder = folders.make({ 'a.ts': source });
  expect(() => loadModule(join(folder, 'a.ts'))).toThrow(message);
});
