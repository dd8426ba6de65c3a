import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { checkTypes } from '../../store/migrate/installed-tools';
import { longTest } from '../long-test';
import { repository, texts, Workspace } from '../workspaces/workspace';

jest.setTimeout(120_000);

describe('the YAML twin of the example, migrated', () => {
  const workspace = new Workspace({});
  cpSync(join(__dirname, 'example'), join(workspace.path, 'config'), {
    recursive: true,
  });
  const run = workspace.fleet('migrate', '--from', 'config', '--to', 'config-ts');

  afterAll(() => workspace.remove());

  test('is said to render the same', () => {
    expect(run.stdout).toMatchInlineSnapshot(`
     "config-ts/: 10 files written

     1 comment had no place in the new files:
       config/infra-cluster/defaults.yaml:18  # Was never rendered: an ApplicationSet has no project.

     types: no mistake
     rendered: 18 targets, 107 files, identical

     Next: read the files, give the new folder the place of the old one, and remove
     the YAML. Until then name the new folder with --config.
     "
    `);
    expect(run.status).toBe(0);
  });

  test('is written with one file per app, in TypeScript', () => {
    expect(Object.keys(workspace.snapshot('config-ts'))).toEqual([
      'fleet.ts',
      'infra-cluster/argocd.ts',
      'infra-cluster/defaults.ts',
      'infra-cluster/infra-cluster-root.ts',
      'infra-cluster/management-cluster-root.ts',
      'management-cluster/cert-manager.ts',
      'management-cluster/defaults.ts',
      'management-cluster/fleet-info.ts',
      'management-cluster/hypershift.ts',
      'management-cluster/prometheus.ts',
    ]);
  });

  longTest('renders every file as the YAML does', () => {
    expect(workspace.fleet('synth', '--config', 'config', '--output', 'from-yaml').status).toBe(0);
    expect(workspace.fleet('synth', '--config', 'config-ts', '--output', 'from-ts').status).toBe(0);
    const rendered = texts(workspace.snapshot('from-yaml'));
    expect(Object.keys(rendered)).toHaveLength(107);
    expect(texts(workspace.snapshot('from-ts'))).toEqual(rendered);
  });

  longTest('compiles', () => {
    expect(checkTypes(join(workspace.path, 'config-ts'))).toBe('');
  });

  test('is formatted and linted as this repository is', () => {
    const { status, stderr } = workspace.run(join(repository, 'node_modules/.bin/biome'), [
      ...['check', '--error-on-warnings', `--config-path=${join(repository, 'biome.json')}`, 'config-ts'],
    ]);
    expect([status, stderr]).toEqual([0, '']);
  });

  test('has the hierarchy with its gates', () => {
    expect(workspace.read('config-ts/fleet.ts')).toMatchInlineSnapshot(`
     "import { defineFleet } from 'cdk8s-fleet';

     // The fleet of config/ as folders of YAML files. The order of the nodes is the rollout sequence.
     const fleet = defineFleet({
       repository: 'https://github.com/company/gcp-hcp-apps',
       environments: [
         {
           name: 'integration',
           sectors: [
             { name: 'int-sector-1', promotion: 'automated', regions: ['us-central1', 'europe-west1'] },
             { name: 'int-sector-2', promotion: 'automated', regions: ['us-central1'] },
           ],
         },
         {
           name: 'stage',
           promotion: 'manual',
           sectors: [
             { name: 'stage-sector-1', regions: ['us-east1', 'europe-west1'] },
             { name: 'stage-sector-2', regions: ['ap-east1'] },
           ],
         },
         {
           name: 'production',
           promotion: 'manual',
           sectors: [
             { name: 'prod-canary', regions: ['us-east1'] },
             { name: 'prod-sector-1', promotion: 'manual', regions: ['us-east1', 'europe-east1'] },
           ],
         },
       ],
     });

     export default fleet;

     // Every app file learns the dimension paths of this fleet: a misspelt one is an error in the editor.
     declare module 'cdk8s-fleet' {
       interface Register {
         fleet: typeof fleet;
       }
     }
     "
    `);
  });

  test('has patches with the places where they stand, and comments where they stood', () => {
    expect(workspace.read('config-ts/management-cluster/cert-manager.ts')).toMatchInlineSnapshot(`
     "import type { FleetAppConfig } from 'cdk8s-fleet';

     export default {
       description: 'Certificate management for Kubernetes clusters',
       owners: ['team-platform@example.com'],
       source: {
         repoURL: 'https://charts.jetstack.io',
         targetRevision: 'v1.18.2', // The newest that was tried out
         chart: 'cert-manager',
         helm: { valuesObject: { crds: { enabled: true }, prometheus: { enabled: true }, webhook: { securePort: 10260 }, cainjector: { enabled: true } } },
       },
       destination: { namespace: 'cert-manager' },
       syncPolicy: { syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'] },
       overrides: {
         stage: { source: { helm: { valuesObject: { replicaCount: 2 } } } },
         production: {
           source: {
             // Stable, not the newest.
             targetRevision: 'v1.17.0',
             helm: { valuesObject: { replicaCount: 3, resources: { requests: { memory: '512Mi', cpu: '100m' } } } },
           },
         },
         'production/prod-sector-1': { source: { helm: { valuesObject: { webhook: { securePort: 10270 } } } } },
         'production/prod-sector-1/us-east1': { source: { helm: { valuesObject: { nodeSelector: { region: (target) => target.region } } } } },
       },
       patches: {
         'patch-001': {
           description: 'Security update: cert-manager v1.19.0',
           rolledOutTo: ['integration', 'stage/stage-sector-1'],
           change: { source: { targetRevision: 'v1.19.0' } },
         },
         'patch-002': {
           description: 'Renew certificates a week earlier',
           rolledOutTo: ['integration', 'stage/stage-sector-1/us-east1'],
           change: { source: { helm: { valuesObject: { config: { renewBeforeExpiryPercentage: 40 } } } } },
         },
       },
     } satisfies FleetAppConfig;
     "
    `);
  });

  test('has expressions as functions of the target and as tokens', () => {
    expect(workspace.read('config-ts/management-cluster/hypershift.ts')).toMatchInlineSnapshot(`
     "import { cluster, type FleetAppConfig } from 'cdk8s-fleet';

     export default {
       description: 'Hosted control planes',
       owners: ['team-hypershift@example.com'],
       source: {
         repoURL: 'https://github.com/company/hypershift-config',
         targetRevision: 'v0.1.62',
         path: 'charts/hypershift-operator',
         helm: {
           valuesObject: {
             cloud: {
               provider: 'gcp',
               projectId: cluster.annotation('gcp-hcp/project-id'),
               network: \`projects/\${cluster.annotation('gcp-hcp/project-id')}/global/networks/\${cluster.annotation('gcp-hcp/vpc-id')}\`,
               region: (target) => target.region,
             },
             operator: { replicas: 1 },
           },
         },
       },
       destination: { namespace: 'hypershift' },
       overrides: {
         production: { source: { helm: { valuesObject: { operator: { replicas: 3 } } } } },
       },
     } satisfies FleetAppConfig;
     "
    `);
  });

  test('has what YAML 1.1 takes for a boolean as one', () => {
    expect(workspace.read('config-ts/management-cluster/defaults.ts')).toMatchInlineSnapshot(`
     "import { type ClusterTypeConfig, cluster } from 'cdk8s-fleet';

     export default {
       applications: {
         project: 'default',
         namespace: 'argocd',
         finalizers: ['resources-finalizer.argocd.argoproj.io'],
         syncPolicy: {
           // Nothing is deleted by accident: pruning is opted into app by app.
           automated: { prune: false, selfHeal: true },
           syncOptions: ['CreateNamespace=true'],
         },
         destination: {
           name: cluster.name, // Injected by the ApplicationSet
         },
       },
       applicationSets: {
         namespace: 'argocd',
       },
     } satisfies ClusterTypeConfig;
     "
    `);
  });
});
