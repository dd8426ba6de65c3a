import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldChange } from '../../../changes/change';
import { type HubWorkspace, startedHub } from '../../workspaces/hub-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

let workspace: HubWorkspace;

beforeAll(async () => {
  workspace = await startedHub();
});

afterAll(() => workspace.remove());

afterEach(() => {
  workspace.git('reset', '-q', '--hard');
  workspace.git('clean', '-fdq');
});

/** What a diff prints, which writes nothing, without ids of commits. */
function said(...args: readonly string[]): string {
  const before = workspace.snapshot('.');
  const { status, stdout, stderr } = workspace.fleet('diff', ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(workspace.snapshot('.')).toEqual(before);
  return stdout.replace(/\b[0-9a-f]{7}\b/g, '1a2b3c4');
}

test('where nothing was edited, nothing changes', () => {
  expect(said()).toBe('Nothing changes: HEAD (1a2b3c4) and the configuration render the same.\n');
});

test('another release of a group, with all that it says', () => {
  workspace.edit('config/addons/releases.ts', (text) => text.replace("rolledOutTo: ['tenant1/dev']", "rolledOutTo: ['tenant1/dev', 'tenant1/prod']"));
  expect(said()).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration: 5 components changed at 1 cluster

   addons, 4 components deployed by hub-1: aws-load-balancer-controller, cert-manager, external-dns, metrics-server
     release
         default → release1
         at   tenant1/prod
         why  patch-001 tenant1/prod (config/addons/releases.ts:34); before: base

   addons/aws-load-balancer-controller, deployed by hub-1
     version
         1.11.0 → 1.14.1
         at   tenant1/prod
         why  patch-001 tenant1/prod (config/addons/releases.ts:34); before: base

   addons/cert-manager, deployed by hub-1
     ignoreDifferences.0.group
         (not set) → admissionregistration.k8s.io
         at   tenant1/prod
         why  patch-001 tenant1/prod (config/addons/releases.ts:34); before: base
     ignoreDifferences.0.jqPathExpressions
         (not set) → [".webhooks[].clientConfig.caBundle"]
         at   tenant1/prod
         why  patch-001 tenant1/prod (config/addons/releases.ts:34); before: base
     ignoreDifferences.0.kind
         (not set) → ValidatingWebhookConfiguration
         at   tenant1/prod
         why  patch-001 tenant1/prod (config/addons/releases.ts:34); before: base
     version
         v1.18.2 → v1.19.0
         at   tenant1/prod
         why  patch-001 tenant1/prod (config/addons/releases.ts:34); before: base

   addons/external-dns, deployed by hub-1
     version
         1.15.0 → 1.19.0
         at   tenant1/prod
         why  patch-001 tenant1/prod (config/addons/releases.ts:34); before: base

   addons/metrics-server, deployed by hub-1
     version
         3.12.2 → 3.13.0
         at   tenant1/prod
         why  patch-001 tenant1/prod (config/addons/releases.ts:34); before: base

   members/settings: ExternalSecret cluster-tenant1-prod-workload1
     spec.target.template.metadata.labels.addonsRelease
         default → release1
         at   tenant1/prod
         why  patch-001 tenant1/prod (config/addons/releases.ts:34); before: base
   "
  `);
});

test('another version in a release', () => {
  workspace.edit('config/addons/releases.ts', (text) => text.replace("'3.13.0'", "'3.13.1'"));
  expect(said()).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration: 1 component changed at 2 clusters

   addons/metrics-server, deployed by hub-1
     version
         3.13.0 → 3.13.1
         at   tenant1/dev/tenant1-dev-workload1
         why  base (config/addons/releases.ts:17)

   addons/metrics-server, deployed by tenant1-dev-workload2
     version
         3.13.0 → 3.13.1
         at   tenant1/dev/tenant1-dev-workload2
         why  base (config/addons/releases.ts:17)
   "
  `);
});

test('a value of a component', () => {
  workspace.edit('config/addons/cert-manager.ts', (text) => text.replace('crds: { enabled: true }', 'crds: { enabled: false }'));
  expect(said()).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration: 1 component changed at 7 clusters

   addons/cert-manager
     values.crds.enabled
         true → false
         at   everywhere (7 clusters)
         why  base (config/addons/cert-manager.ts:8)
   "
  `);
});

test('a label of a spoke that is registered with two', () => {
  workspace.edit('config/spokes/tenant1-dev-workload2.ts', (text) => text.replace('tenant:', "labels: { size: 'small' },\n  tenant:"));
  expect(said()).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration: 1 component changed at 1 cluster

   members/settings: ExternalSecret cluster-tenant1-dev-workload2 (hub-1/argocd/members/tenant1-dev-workload2)
     spec.target.template.metadata.labels.size
         (not set) → small
         at   tenant1/dev/tenant1-dev-workload2
         why  override tenant1/dev/tenant1-dev-workload2 (config/spokes/tenant1-dev-workload2.ts:5)

   members/settings: ExternalSecret argocd/cluster-tenant1-dev-workload2 (tenant1-dev-workload2/argocd/members/tenant1-dev-workload2)
     spec.target.template.metadata.labels.size
         (not set) → small
         at   tenant1/dev/tenant1-dev-workload2
         why  override tenant1/dev/tenant1-dev-workload2 (config/spokes/tenant1-dev-workload2.ts:5)
   "
  `);
});

test('of a component that is switched off, what becomes of what it deployed', () => {
  const edit = (from: string, to: string) => workspace.edit('config/addons/cert-manager.ts', (text) => text.replace(from, to));
  edit('overrides: {', "overrides: {\n    'tenant1/prod': { enabled: false },");
  expect(said()).toMatchInlineSnapshot(`
"HEAD (1a2b3c4) → the configuration: 1 component removed at 1 cluster, 1 component changed at 1 cluster

Removed
  - addons/cert-manager, deployed by hub-1
      at    tenant1/prod
      why   disabled by override tenant1/prod (config/addons/cert-manager.ts:10)
      then  what it deployed stays, and nobody manages it

members/settings: ExternalSecret cluster-tenant1-prod-workload1
  spec.target.template.metadata.labels.enable_cert_manager
      "true" → "false"
      at   tenant1/prod
      why  override tenant1/prod (config/addons/cert-manager.ts:10); before: override tenant1
"
`);
  expect(JSON.parse(workspace.fleet('diff', '--json').stdout).changes[0]).toMatchObject({ kind: 'app-removed', app: 'cert-manager', workloads: 'stay' });
  // Of what is to be uninstalled, Git says first that it goes.
  edit("'tenant1/prod': { enabled: false }", "'tenant1/prod': { uninstall: true }");
  workspace.fleet('synth');
  workspace.git('add', '-A');
  workspace.git('commit', '-q', '-m', 'It takes along what it deployed');
  edit('{ uninstall: true }', '{ uninstall: true, enabled: false }');
  expect(said()).toMatchInlineSnapshot(`
"HEAD (1a2b3c4) → the configuration: 1 component removed at 1 cluster, 1 component changed at 1 cluster

Removed
  - addons/cert-manager, deployed by hub-1
      at    tenant1/prod
      why   disabled by override tenant1/prod (config/addons/cert-manager.ts:10)
      then  what it deployed goes with it, by its finalizer

members/settings: ExternalSecret cluster-tenant1-prod-workload1
  spec.target.template.metadata.labels.enable_cert_manager
      "true" → "false"
      at   tenant1/prod
      why  override tenant1/prod (config/addons/cert-manager.ts:10); before: override tenant1
"
`);
  workspace.git('reset', '-q', '--hard', 'HEAD^');
});

test('a component that goes, with the layers that enabled it', () => {
  rmSync(join(workspace.path, 'config/addons/external-dns.ts'));
  workspace.edit('config/addons/releases.ts', (text) => text.replace(/ *'external-dns'.*\n/g, ''));
  workspace.edit('config/spokes/tenant2-prod-workload2.ts', (text) => text.replace(/ *components: .*\n/, ''));
  const { changes } = JSON.parse(workspace.fleet('diff', '--json').stdout) as {
    readonly changes: readonly FieldChange[];
  };
  const labels = changes.filter(({ field }) => field?.endsWith('enable_external_dns'));
  const layerAt = (target: string) =>
    target.endsWith('tenant2-prod-workload2') ? `override ${target}` : target.startsWith('platform') ? 'base' : `override ${target.split('/')[0]}`;
  expect(labels.length).toBeGreaterThan(0);
  for (const { targets, cause } of labels) expect(cause.before).toEqual([...new Set(targets.map(layerAt))].sort());
});

test('what the registrations of several spokes say alike is told once', () => {
  workspace.edit('config/members/settings.ts', (text) => text.replace("'4711' }", "'4711', tier: 'gold' }"));
  expect(said()).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration: 1 component changed at 3 clusters

   members/settings: hub-1/argocd/members/*
     spec.target.template.metadata.labels.tier
         (not set) → gold
         at   tenant1 (3 clusters)
         why  override tenant1 (config/members/settings.ts:19)

   members/settings: ExternalSecret argocd/cluster-tenant1-dev-workload2
     spec.target.template.metadata.labels.tier
         (not set) → gold
         at   tenant1/dev/tenant1-dev-workload2
         why  override tenant1 (config/members/settings.ts:19)
   "
  `);
});

test('a spoke that goes', () => {
  rmSync(join(workspace.path, 'config/spokes/tenant2-prod-workload2.ts'));
  expect(said()).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration: 1 cluster removed

   Removed
     - 1 cluster with 3 components of addons, 1 component of monitoring, 1 component of resources
         at    tenant2/prod/tenant2-prod-workload2
         then  the hub forgets the cluster: what runs there stays, and nobody manages it
   "
  `);
});

test('a spoke that gets another name is one that goes and one that comes, and looks renamed', () => {
  workspace.git('mv', 'config/spokes/tenant1-dev-workload2.ts', 'config/spokes/tenant1-dev-workload9.ts');
  workspace.edit('config/spokes/tenant1-dev-workload9.ts', (text) => text.replaceAll('workload2', 'workload9'));
  expect(said()).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration: 1 cluster removed, 1 cluster added

   Removed
     - 1 cluster with 4 components of addons, 2 components of bootstrap, 1 component of monitoring, 1 component of resources
         at    tenant1/dev/tenant1-dev-workload2
         why   it looks renamed to tenant1/dev/tenant1-dev-workload9
         then  the hub forgets the cluster: what runs there stays, and nobody manages it

   Added
     + 1 cluster with 4 components of addons, 2 components of bootstrap, 1 component of monitoring, 1 component of resources
         at   tenant1/dev/tenant1-dev-workload9
         why  it looks like tenant1/dev/tenant1-dev-workload2 under another name
   "
  `);
});

test('a spoke that comes', () => {
  const one = workspace.read('config/spokes/tenant2-prod-workload2.ts');
  workspace.write({
    'config/spokes/tenant2-prod-workload3.ts': one.replaceAll('tenant2-prod-workload2', 'tenant2-prod-workload3'),
  });
  expect(said()).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration: 1 cluster added

   Added
     + 1 cluster with 3 components of addons, 1 component of monitoring, 1 component of resources
         at   tenant2/prod/tenant2-prod-workload3
   "
  `);
});

test('a spoke that moves to another hub', () => {
  workspace.write({
    'config/hubs/hub-2.ts': workspace.read('config/hubs/hub-1.ts').replaceAll('hub-1', 'hub-2'),
  });
  expect(workspace.fleet('synth').status).toBe(0);
  workspace.git('add', '-A');
  workspace.git('commit', '-q', '-m', 'Another hub');
  workspace.edit('config/spokes/tenant2-prod-workload2.ts', (text) => text.replace("hub: 'hub-1'", "hub: 'hub-2'"));
  expect(said()).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration: 5 components removed at 1 cluster, 1 object removed at 1 cluster, 5 components added at 1 cluster, 1 object added at 1 cluster

   Removed
     - addons/aws-load-balancer-controller, deployed by hub-1
         at   tenant2/prod/tenant2-prod-workload2
         why  deployed by hub-2 from now on
     - addons/cert-manager, deployed by hub-1
         at   tenant2/prod/tenant2-prod-workload2
         why  deployed by hub-2 from now on
     - addons/metrics-server, deployed by hub-1
         at   tenant2/prod/tenant2-prod-workload2
         why  deployed by hub-2 from now on
     - monitoring/kube-prometheus-stack, deployed by hub-1
         at   tenant2/prod/tenant2-prod-workload2
         why  deployed by hub-2 from now on
     - resources/namespaces, deployed by hub-1
         at   tenant2/prod/tenant2-prod-workload2
         why  deployed by hub-2 from now on
     - members/settings: ExternalSecret cluster-tenant2-prod-workload2
         at   tenant2/prod/tenant2-prod-workload2

   Added
     + addons/aws-load-balancer-controller, deployed by hub-2
         at   tenant2/prod/tenant2-prod-workload2
         why  until now deployed by hub-1
     + addons/cert-manager, deployed by hub-2
         at   tenant2/prod/tenant2-prod-workload2
         why  until now deployed by hub-1
     + addons/metrics-server, deployed by hub-2
         at   tenant2/prod/tenant2-prod-workload2
         why  until now deployed by hub-1
     + monitoring/kube-prometheus-stack, deployed by hub-2
         at   tenant2/prod/tenant2-prod-workload2
         why  until now deployed by hub-1
     + resources/namespaces, deployed by hub-2
         at   tenant2/prod/tenant2-prod-workload2
         why  until now deployed by hub-1
     + members/settings: ExternalSecret cluster-tenant2-prod-workload2
         at   tenant2/prod/tenant2-prod-workload2
   "
  `);
});
