import type { FleetStart, PackageManager } from '../fleet-start';

/** What a person or a pipeline types. */
export interface Commands {
  readonly install: string;
  /** Exactly what the lock file says. */
  readonly installLocked: string;
  readonly test: string;
  /** Tests, and takes over what their snapshots show: also where `CI` is set, in which runners of tests write no new ones. */
  readonly testAndUpdate: string;
  /** Runs a script of `package.json`. */
  readonly script: (name: string) => string;
  /** Runs a program of an installed package. */
  readonly run: (program: string) => string;
}

export function commandsOf({ packageManager, testRunner }: Pick<FleetStart, 'packageManager' | 'testRunner'>): Commands {
  const manager = managers[packageManager];
  return { ...manager, testAndUpdate: manager.run(testRunner === 'jest' ? 'jest -u' : 'vitest run -u') };
}

const managers: Readonly<Record<PackageManager, Omit<Commands, 'testAndUpdate'>>> = {
  npm: {
    install: 'npm install',
    installLocked: 'npm ci',
    test: 'npm test',
    script: (name) => `npm run ${name}`,
    run: (program) => `npx ${program}`,
  },
  pnpm: {
    install: 'pnpm install',
    installLocked: 'pnpm install --frozen-lockfile',
    test: 'pnpm test',
    script: (name) => `pnpm run ${name}`,
    run: (program) => `pnpm exec ${program}`,
  },
  yarn: {
    install: 'yarn install',
    installLocked: 'yarn install --frozen-lockfile',
    test: 'yarn test',
    script: (name) => `yarn ${name}`,
    run: (program) => `yarn ${program}`,
  },
};
