import type { FleetStart, StartFile } from '../fleet-start';
import { literal } from './literal';

/**
 * The test that a user keeps: a snapshot for each cluster type, and what must hold whatever is edited.
 *
 * @param production what is to be guarded. @default - the last of the sequence, for a fleet that is there already
 */
export function testFile({ testRunner, packageManager }: FleetStart, production?: string): StartFile {
  const isJest = testRunner === 'jest';
  const update = `${packageManager === 'npm' ? 'npx' : packageManager === 'pnpm' ? 'pnpm exec' : 'yarn'} ${isJest ? 'jest -u' : 'vitest run -u'}`;
  const guarded =
    production === undefined
      ? "/** What comes last in the sequence. */\nconst production = fleet.outermost[fleet.outermost.length - 1] ?? '';"
      : `const production = ${literal(production)};`;
  return {
    path: 'test/fleet.test.ts',
    text: `import { differences, isPrerelease, readFleet } from 'cdk8s-fleet/testing';
${isJest ? '' : "import { expect, test } from 'vitest';\n"}
const fleet = readFleet();

${guarded}

// What Argo CD gets, for each cluster type at one of its targets. After an edit run \`${update}\`, and read the diff.
test.each(fleet.clusterTypes)('%s renders this', (clusterType) => {
  const target = fleet.targetsOf(clusterType).findLast((one) => one.toYaml() !== '');
  expect(target?.toYaml()).toMatchSnapshot();
});

test('production never runs a release candidate', () => {
  const candidates = fleet.deployed(production).filter(({ versions }) => versions.some(isPrerelease));
  expect(candidates.map(String)).toEqual([]);
});

test('every app has an owner', () => {
  expect(fleet.apps.filter(({ owners }) => owners.length === 0).map(String)).toEqual([]);
});

test('nothing outside production changes with production', () => {
  const changed = differences(fleet.without(production), fleet).filter(({ target }) => !target.isIn(production));
  expect(changed.map(String)).toEqual([]);
});
`,
  };
}
