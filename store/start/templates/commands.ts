import type { FleetStart } from '../fleet-start';

/** What a person or a pipeline types. */
export interface Commands {
  readonly install: string;
  /** Exactly what the lock file says. */
  readonly installLocked: string;
  readonly test: string;
  /** Runs a script of `package.json`. */
  readonly script: (name: string) => string;
  /** Runs a program of an installed package. */
  readonly run: (program: string) => string;
}

export function commandsOf({ packageManager }: Pick<FleetStart, 'packageManager'>): Commands {
  switch (packageManager) {
    case 'npm':
      return { install: 'npm install', installLocked: 'npm ci', test: 'npm test', script: (name) => `npm run ${name}`, run: (program) => `npx ${program}` };
    case 'pnpm':
      return {
        install: 'pnpm install',
        installLocked: 'pnpm install --frozen-lockfile',
        test: 'pnpm test',
        script: (name) => `pnpm run ${name}`,
        run: (program) => `pnpm exec ${program}`,
      };
    case 'yarn':
      return {
        install: 'yarn install',
        installLocked: 'yarn install --frozen-lockfile',
        test: 'yarn test',
        script: (name) => `yarn ${name}`,
        run: (program) => `yarn ${program}`,
      };
  }
}
