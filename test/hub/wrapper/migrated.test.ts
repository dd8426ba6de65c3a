import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { fleetFromConfig } from '../../../constructs';
import { texts } from '../../../store/output/output-folder';
import { readConfig } from '../../../store/read/read-config';
import { describeWithHelm } from '../../helm/helm';
import { Workspace } from '../../workspaces/workspace';
import { type Application, interpret } from '../argo-cd';
import { type Got, merge, WrapperLayout } from './wrapper';

jest.setTimeout(300_000);

// biome-ignore lint/suspicious/noExplicitAny: a source as Argo CD spells it
type Loose = any;

/** What Terraform writes into the secret of the hub; what else it says stands in the layout. */
const hub = {
  name: 'hub-1',
  labels: {
    fleet_member: 'hub-cluster',
    tenant: 'platform',
    environment: 'prod',
    addonsRelease: 'default',
    resourcesRelease: 'default',
    monitoringRelease: 'default',
    fleetRelease: 'default',
    use_remote_argo: 'true',
    enable_remote_addons: 'false',
    enable_remote_resources: 'false',
    enable_remote_monitoring: 'false',
    enable_metrics_server: 'true',
    enable_cert_manager: 'true',
    enable_namespaces: 'true',
    enable_quotas: 'true',
  },
  annotations: {
    addons_repo_basepath: 'addons',
    addons_repo_url: 'https://github.com/company/fleet',
    addons_repo_revision: 'main',
    fleet_repo_basepath: 'fleet',
    fleet_repo_url: 'https://github.com/company/fleet',
    fleet_repo_revision: 'main',
  },
};

const workspace = new Workspace({});
cpSync(join(__dirname, 'layout'), join(workspace.path, 'old'), { recursive: true });
const run = workspace.fleet('migrate', '--from', 'old', '--to', 'new');

afterAll(() => workspace.remove());

test('the layout is said to be carried over whole', () => {
  expect(run.stderr).toBe('');
  expect(run.stdout).toContain('compared: 5 clusters, 37 components of clusters, identical');
  expect(run.status).toBe(0);
});

describeWithHelm('what Argo CD deploys of the wrapper layout', () => {
  test('is what it deploys of the migrated fleet: for each cluster and component, from the same Argo CD, under the same name', () => {
    const layout = new WrapperLayout(join(workspace.path, 'old'), hub);
    try {
      const before = layout.deployed();
      const after = deployedNow();
      expect(before).toHaveLength(37);
      expect(byName(after)).toEqual(byName(before));
    } finally {
      layout.remove();
    }
  });
});

function deployedNow(): readonly Got[] {
  const output = fleetFromConfig(readConfig(join(workspace.path, 'new'))).synth();
  const files = new Map([...texts(output)].filter(({ path }) => !path.startsWith('_record/')).map(({ path, text }) => [`dist/${path}`, text]));
  const { applications } = interpret(files);
  // What brings a spoke its own Argo CD's work is no component.
  return applications.filter(({ set }) => set !== 'fleet-spokes').map((one) => gotOf(one, files));
}

function gotOf({ argoCD, cluster, name, metadata, spec }: Application, files: ReadonlyMap<string, string>): Got {
  const own = Object.fromEntries(Object.entries(metadata.labels).filter(([label]) => !label.startsWith('fleet/')));
  const annotations = Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => !key.startsWith('argocd.argoproj.io/')));
  const { source, sources = [source], ...rest } = spec;
  const whole = sources
    .filter(({ ref }: Loose) => ref === undefined)
    .map(({ helm, name: _, ...one }: Loose) => {
      if (!helm) return one;
      const read = (helm.valueFiles ?? []).map((file: string) => parse(files.get(file.replace('$values/', '')) ?? '') ?? {});
      return { ...one, helm: { releaseName: helm.releaseName, values: [...read, helm.valuesObject].reduce(merge, {}) } };
    });
  return { argoCD, cluster, name, labels: own, annotations, spec: { ...rest, sources: whole } };
}

/** By Argo CD and name, each with its sources in one order: Argo CD does not mind it. */
function byName(all: readonly Got[]): object {
  const order = (source: object) => JSON.stringify(source, ['chart', 'path']);
  const sorted = (one: Got): Got => ({ ...one, spec: { ...one.spec, sources: [...one.spec.sources].sort((a, b) => (order(a) < order(b) ? -1 : 1)) } });
  return Object.fromEntries(all.map((one) => [`${one.argoCD} ${one.name}`, sorted(one)]).sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1)));
}
