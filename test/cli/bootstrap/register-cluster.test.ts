import { parse } from 'yaml';
import { secretValue } from '../../../constructs/argocd/cluster-secret';
import { filledIn, parametersOf } from '../../hub/go-template';
import { examples, Workspace } from '../../workspaces/workspace';

let workspace: Workspace | undefined;

afterEach(() => {
  workspace?.remove();
  workspace = undefined;
});

const target = 'production/prod-canary/us-east1';

interface Printed {
  readonly manifests: readonly {
    readonly metadata: { readonly labels: object; readonly annotations?: object; readonly namespace: string };
    readonly stringData: object;
  }[];
  readonly fillIn: readonly string[];
}

function printed(...args: readonly string[]): Printed {
  const { status, stdout, stderr } = (workspace as Workspace).fleet('bootstrap', ...args, '--json');
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

describe.each(['typescript', 'yaml'] as const)('fleet bootstrap --cluster in a fleet in %s', (form) => {
  test('prints the secret by which the root finds a cluster: every label and annotation, and no credential', () => {
    workspace = new Workspace({});
    const { status, stdout, stderr } = workspace.fleet('bootstrap', target, '--cluster', 'mgmt-001', '--config', examples[form]);
    expect(status).toBe(0);
    expect(parse(stdout)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'cluster-mgmt-001',
        namespace: 'argocd',
        labels: {
          'argocd.argoproj.io/secret-type': 'cluster',
          'gcp-hcp/cluster-type': 'management-cluster',
          'gcp-hcp/environment': 'production',
          'gcp-hcp/sector': 'prod-canary',
          'gcp-hcp/region': 'us-east1',
        },
        annotations: { 'gcp-hcp/project-id': 'FILL-IN', 'gcp-hcp/vpc-id': 'FILL-IN' },
      },
      type: 'Opaque',
      stringData: {
        name: 'mgmt-001',
        server: 'https://FILL-IN',
        // Argo CD reads it, and no certificate is in it.
        config: '{"bearerToken":"FILL-IN","tlsClientConfig":{"insecure":false,"caData":"RklMTC1JTg=="}}',
      },
    });
    expect(stderr).toContain('  - annotation gcp-hcp/vpc-id: `--annotation gcp-hcp/vpc-id=VALUE`\n');
    expect(stderr).toContain('apply it there\n');
    expect(stderr).toContain('"there are no clusters with this name: mgmt-001"');
  });

  test('what is given is not asked for', () => {
    workspace = new Workspace({});
    const flags = [
      '--annotation',
      'gcp-hcp/project-id=p',
      '--annotation',
      'gcp-hcp/vpc-id=v',
      '--label',
      'example.com/tier=gold',
      '--server',
      'https://10.0.0.1:6443',
    ];
    const { manifests, fillIn } = printed(`management-cluster/${target}`, '--cluster', 'mgmt-001', ...flags, '--config', examples[form]);
    expect(fillIn).toEqual([expect.stringMatching(/^config: .* never in Git$/)]);
    expect(manifests).toMatchObject([
      {
        metadata: { labels: { 'example.com/tier': 'gold', 'gcp-hcp/region': 'us-east1' }, annotations: { 'gcp-hcp/project-id': 'p', 'gcp-hcp/vpc-id': 'v' } },
        stringData: { server: 'https://10.0.0.1:6443' },
      },
    ]);
  });

  test('--own prints what the Argo CD of the cluster itself needs, where apps are for the cluster by its name', () => {
    workspace = new Workspace({});
    expect(printed(target, '--cluster', 'mgmt-001', '--own', '--config', examples[form]).manifests).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'cluster-mgmt-001', namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'cluster' } },
        type: 'Opaque',
        stringData: { name: 'mgmt-001', server: 'https://kubernetes.default.svc', config: '{"tlsClientConfig":{"insecure":false}}' },
      },
    ]);
  });
});

test('what the root itself asks a secret for is there, too', () => {
  workspace = new Workspace();
  workspace.edit('config/infra-cluster/management-cluster-root.ts', (text) =>
    text.replace(
      "clusterType: 'management-cluster',",
      `clusterType: 'management-cluster',\n  inject: { tier: '${secretValue('labels', 'example.com/tier')}', vpc: '{{ index .metadata.annotations "example.com/vpc" }}' },`,
    ),
  );
  const { manifests } = printed(target, '--cluster', 'mgmt-001');
  expect(manifests).toMatchObject([{ metadata: { labels: { 'example.com/tier': 'FILL-IN' }, annotations: { 'example.com/vpc': 'FILL-IN' } } }]);
});

test('a root fills in its template of such a secret: nothing that it asks for is empty', () => {
  workspace = new Workspace();
  const { manifests } = printed(target, '--cluster', 'mgmt-001');
  expect(workspace.fleet('synth').status).toBe(0);
  const rendered = workspace.read(`dist/infra-cluster/${target}/templates/management-cluster-root.yaml`).replace(/\{\{`|`\}\}/g, '');
  const { labels, annotations } = (manifests[0] as Printed['manifests'][number]).metadata as {
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  const { template } = parse(rendered).spec;
  const made = filledIn(template, parametersOf({ name: 'mgmt-001', labels, annotations, values: {} }));
  expect(made.spec.source.helm.valuesObject.cluster).toEqual({ name: 'mgmt-001', projectId: 'FILL-IN', vpcId: 'FILL-IN' });
});

test('in the control plane the cluster needs no secret of its own', () => {
  workspace = new Workspace();
  workspace.edit('config/infra-cluster/management-cluster-root.ts', (text) =>
    text.replace("clusterType: 'management-cluster',", "clusterType: 'management-cluster',\n  applications: 'controlPlane',"),
  );
  const { stderr } = workspace.fleet('bootstrap', target, '--cluster', 'mgmt-001');
  expect(stderr).not.toContain('--own');
  expect(workspace.fleet('bootstrap', target, '--cluster', 'mgmt-001', '--own')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('the Applications of management-cluster live in the Argo CD that runs management-cluster-root'),
  });
});

test.each([
  [['infra-cluster/production/prod-canary/us-east1', '--cluster', 'x'], 'no ApplicationSet of another cluster type deploys infra-cluster'],
  [['production/prod-canary/us-east2', '--cluster', 'x'], "did you mean 'production/prod-canary/us-east1'?"],
  [[target, '--cluster', 'x', '--name', 'y'], '--name cannot be given with --cluster'],
  [[target, '--server', 'https://x', '--own'], '--server and --own cannot be given without --cluster'],
  [[target, '--cluster', '__'], "'__' cannot be the name of a cluster"],
  [[target, '--cluster', 'x', '--server', 'ftp'], "'ftp' cannot be the server of a cluster"],
  [[target, '--cluster', 'x', '--server', 'https://kubernetes.default.svc/'], 'is the cluster that the Argo CD itself runs in'],
  [[target, '--cluster', 'x', '--own', '--server', 'https://x'], '`--server` is not for --own'],
  [[target, '--cluster', 'x', '--label', 'a=b c'], "'b c' cannot be the value of a label"],
  [['hub-1', '--cluster', 'x', '--config', examples.hub], '--cluster cannot be given for hubs'],
])('%j: one message, and nothing for kubectl', (args, message) => {
  workspace = new Workspace();
  const { status, stdout, stderr } = workspace.fleet('bootstrap', ...args);
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining(message) });
  expect(stderr.match(/^error /gm)).toHaveLength(1);
});
