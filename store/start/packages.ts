import type { FleetStart } from './fleet-start';
import { testedVersions } from './versions';

/** What a new fleet adds to a `package.json`, section by section. */
export interface PackageAdditions {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  /** @default - Vitest needs none */
  readonly jest?: unknown;
}

export function packageAdditions({ version, testRunner }: FleetStart): PackageAdditions {
  const { cdk8s, constructs, 'cdk8s-cli': cli, '@types/node': node, tsx, typescript, ...ofJest } = testedVersions;
  const isJest = testRunner === 'jest';
  return {
    scripts: {
      synth: 'cdk8s synth --check-upgrade=false',
      test: isJest ? 'jest' : 'vitest run',
      check: 'tsc --noEmit && fleet check',
    },
    dependencies: { cdk8s, 'cdk8s-fleet': `^${version}`, constructs },
    // Each Vitest wants other versions of these types: npm refuses to install one that it does not.
    devDependencies: sorted({ '@types/node': isJest ? node : node.replace('^', '>='), 'cdk8s-cli': cli, tsx, typescript, ...(isJest ? ofJest : {}) }),
    ...(isJest ? { jest: { transform: { '\\.ts$': '@swc/jest' } } } : {}),
  };
}

/** As npm sorts them. */
function sorted(versions: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)));
}
