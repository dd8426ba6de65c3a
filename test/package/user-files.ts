/** A fleet of one app, as a user writes it. */
export const fleetFiles = {
  'config/fleet.ts': `import { defineFleet } from 'cdk8s-fleet';

const fleet = defineFleet({
  repository: 'https://github.com/company/fleet',
  environments: [
    { name: 'integration', sectors: [{ name: 'int', promotion: 'automated', regions: ['us-central1'] }] },
    { name: 'production', sectors: [{ name: 'prod', promotion: 'automated', regions: ['us-east1', 'europe-west1'] }] },
  ],
});

export default fleet;

declare module 'cdk8s-fleet' {
  interface Register {
    fleet: typeof fleet;
  }
}
`,
  'config/mc/web.ts': `import { type FleetAppConfig, unset } from 'cdk8s-fleet';

export default {
  description: 'The web',
  owners: ['web@example.com'],
  project: 'default',
  source: { repoURL: 'https://example.com/charts', chart: 'web', targetRevision: '1.0.0', helm: { valuesObject: { replicas: 1, debug: true } } },
  destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
  overrides: { production: { source: { helm: { valuesObject: { debug: unset, region: (target) => target.region } } } } },
  patches: {
    'patch-001': {
      description: 'Newer',
      rolledOutTo: ['integration'],
      change: { source: { targetRevision: '1.1.0' } },
    },
  },
} satisfies FleetAppConfig;
`,
};

export const mainFile = "import { synthesize } from 'cdk8s-fleet';\n\nsynthesize();\n";

export const cdk8sFile = 'language: typescript\napp: node --import tsx main.ts\noutput: .cdk8s\n';

/** What the editor of a user underlines. */
export const misspelt = `import type { FleetAppConfig } from 'cdk8s-fleet';

export default { overrides: { 'production/prodd': {} } } satisfies FleetAppConfig;
`;

/** The settings that `cdk8s init typescript-app` writes. */
export const cdk8sSettings = JSON.stringify({
  compilerOptions: {
    alwaysStrict: true,
    declaration: true,
    experimentalDecorators: true,
    inlineSourceMap: true,
    inlineSources: true,
    lib: ['es2016'],
    module: 'CommonJS',
    noEmitOnError: true,
    noFallthroughCasesInSwitch: true,
    noImplicitAny: true,
    noImplicitReturns: true,
    noImplicitThis: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    resolveJsonModule: true,
    strict: true,
    strictNullChecks: true,
    strictPropertyInitialization: true,
    stripInternal: true,
    target: 'ES2017',
  },
  include: ['**/*.ts'],
  exclude: ['node_modules'],
});

/** Modules for a bundler, without a word about them in `package.json`. */
export const bundlerSettings = JSON.stringify({
  compilerOptions: { module: 'esnext', moduleResolution: 'bundler', target: 'es2022', strict: true, skipLibCheck: false, types: [] },
  include: ['main.ts', 'config', 'wrong.ts'],
});

const tests = `
test('an instance is everybody’s', () => {
  expect(readFleet().apps.map(String)).toEqual(['web of mc']);
  expect(new Fleet({ repository: 'https://github.com/company/fleet' }).path).toBe('dist');
});

test('production knows its regions', () => {
  const values = readFleet().targets.map((target) => target.values('web'));
  expect(values).toEqual([{ debug: true, replicas: 1 }, { region: 'us-east1', replicas: 1 }, { region: 'europe-west1', replicas: 1 }]);
  expect(String(unset)).toContain('cdk8s-fleet.unset');
});
`;

/** Tests of the fleet, for runners that compile TypeScript. */
export const testFile = (imported: string) => `${imported}import { Fleet, unset } from 'cdk8s-fleet';
import { readFleet } from 'cdk8s-fleet/testing';
${tests}`;

/** The same for Jest as it comes, which compiles none. */
export const plainTestFile = `const { Fleet, unset } = require('cdk8s-fleet');
const { readFleet } = require('cdk8s-fleet/testing');
${tests}`;
