import type { FleetStart, StartFile } from '../fleet-start';
import { commandsOf } from './commands';
import { literal } from './literal';

/**
 * The test that a user keeps: a snapshot for each cluster type, and what must hold whatever is edited.
 *
 * @param production what is to be guarded. @default - the last of the sequence, for a fleet that is there already
 */
export function testFile(start: FleetStart, production?: string): StartFile {
  const isJest = start.testRunner === 'jest';
  const guarded =
    production === undefined
      ? "/** What comes last in the sequence. Name yours, if it is something else: `const production = 'production';` */\nconst production = fleet.outermost.at(-1) ?? '';"
      : `const production = ${literal(production)};`;
  return {
    path: 'test/fleet.test.ts',
    text: `import { differences, isPrerelease, readFleet } from 'cdk8s-fleet/testing';
${isJest ? '' : "import { expect, test } from 'vitest';\n"}
const fleet = readFleet();

${guarded}

// What Argo CD gets, for each cluster type at one of its targets. After an edit run \`${commandsOf(start).testAndUpdate}\`, and read the diff.
test.each(fleet.clusterTypes)('%s renders this', (clusterType) => {
  const target = fleet.targetsOf(clusterType).findLast(({ files }) => files.length > 0);
  expect(target?.toYaml()).toMatchSnapshot();
});

test('production never runs a release candidate', () => {
  const candidates = fleet.deployed(production).filter(({ versions }) => versions.some(isPrerelease));
  expect(candidates.map(String)).toEqual([]);
});

test('every app has an owner', () => {
  expect(fleet.apps.filter(({ owners }) => owners.length === 0).map(String)).toEqual([]);
});

/**
 * The configuration that a pull request starts from, where a pipeline says which: \`git worktree add ../base origin/main\`, then
 * \`FLEET_BASE=../base/config npm test\`. Without it, the fleet is held against itself with nothing said for production.
 */
const base = process.env.FLEET_BASE;

test('nothing outside production changes with production', () => {
  const changed = differences(base ? readFleet(base) : fleet.without(production), fleet);
  const outside = changed.filter(({ target }) => !target.isIn(production));
  if (outside.length < changed.length) expect(outside.map(String)).toEqual([]);
});
`,
  };
}
