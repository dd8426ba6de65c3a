import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Components besides Argo CD and External Secrets. */
export const components = 28;
const spokesPerHub = 500;
const tenants = 10;

/** Of so many spokes, one in a hundred has the new release. */
export function promotedSpokes(spokes: number): number {
  return Math.max(1, Math.floor(spokes / 100));
}

interface Spoke {
  readonly name: string;
  readonly path: string;
  readonly tenant: string;
  readonly environment: string;
}

/** In sequence. */
export function spokesOf(count: number): readonly Spoke[] {
  const places = Array.from({ length: count }, (_, index): Spoke => {
    const tenant = `tenant${String((index % tenants) + 1).padStart(2, '0')}`;
    const environment = ['dev', 'prod', 'prod'][Math.floor(index / tenants) % 3] as string;
    const name = `${tenant}-${environment}-${String(index + 1).padStart(5, '0')}`;
    return { name, tenant, environment, path: `${tenant}/${environment}/${name}` };
  });
  return places.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Writes the configuration of a fleet of hubs and spokes as a user would: a file for each. Every fourth spoke deploys for itself. */
export function writeHubConfig(folder: string, count: number): void {
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const spokes = spokesOf(count);
  const hubs = Array.from({ length: Math.ceil(count / spokesPerHub) }, (_, index) => `hub-${index + 1}`);
  const names = Array.from({ length: tenants }, (_, index) => `tenant${String(index + 1).padStart(2, '0')}`);
  write('fleet.ts', fleetFile(names));
  write('members/settings.ts', settingsFile);
  for (const hub of hubs)
    write(
      `hubs/${hub}.ts`,
      exported({ tenant: 'platform', environment: 'prod', secret: `fleet/${hub}`, annotations: { 'company.example/region': 'eu-west-1' } }),
    );
  for (const [index, { name, tenant, environment }] of spokes.entries()) {
    const own = index % 4 === 0 ? { model: 'distributed', manages: ['addons', 'resources'] } : {};
    write(
      `spokes/${tenant}/${name}.ts`,
      exported({
        hub: hubs[Math.floor(index / spokesPerHub)],
        tenant,
        environment,
        secret: `fleet/${name}`,
        annotations: { 'company.example/region': ['eu-west-1', 'us-east-1'][index % 2], 'company.example/vpc-id': `vpc-${index}` },
        ...own,
      }),
    );
  }
  write('bootstrap/defaults.ts', exported({ bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' } }));
  for (const name of ['argo-cd', 'external-secrets']) {
    write(`bootstrap/${name}.ts`, exported({ repoURL: 'https://charts.example.com', chart: name, version: '1.0.0', values: valuesOf(0) }));
  }
  write('addons/releases.ts', releasesFile(spokes, promotedSpokes(count)));
  for (let index = 1; index <= components; index += 1) {
    const group = index <= 20 ? 'addons' : index <= 26 ? 'resources' : 'monitoring';
    write(`${group}/${componentName(index)}.ts`, componentFile(index, names));
  }
}

/** Moves the release one spoke further: the edit of `fleet promote`. */
export function moveRelease(folder: string, count: number, covered: number): void {
  writeFileSync(join(folder, 'addons/releases.ts'), releasesFile(spokesOf(count), covered));
}

function componentName(index: number): string {
  return `component-${String(index).padStart(2, '0')}`;
}

function fleetFile(names: readonly string[]): string {
  const listed = [
    ...names.map((name) => ({ name, environments: ['dev', { name: 'prod', promotion: 'manual' }] })),
    { name: 'platform', environments: ['prod'] },
  ];
  return exported({ topology: 'hub-and-spoke', repository: 'https://example.com/fleet.git', tenants: listed, promotionLevel: 'cluster' });
}

const settingsFile = exported({
  secretStore: { aws: { region: 'eu-west-1' } },
  repositories: { company: { url: 'https://example.com', scope: 'credential-template', https: { secret: 'fleet/git' } } },
  overrides: { tenant01: { labels: { 'company.example/cost-center': '4711' } } },
});

/** The first spokes of the sequence have the new release; a whole environment by its own name. */
function releasesFile(spokes: readonly Spoke[], covered: number): string {
  const pins = (version: string) => Object.fromEntries(Array.from({ length: 20 }, (_, index) => [componentName(index + 1), version]));
  return exported({
    releases: { default: { components: pins('1.0.0') }, release1: { components: pins('1.1.0') } },
    release: 'default',
    patches: { 'patch-001': { rolledOutTo: spokes.slice(0, covered).map(({ path }) => path), change: { release: 'release1' } } },
  });
}

/** About 40 lines of values: a third of the components says something of the cluster, a half something per tenant. */
function componentFile(index: number, names: readonly string[]): string {
  const own = index % 3 === 0 ? 'clusterName: (target) => target.cluster, region: (target) => target.annotations["company.example/region"],' : '';
  const overrides = {
    '*': { enabled: true },
    ...(index % 2 === 0 ? Object.fromEntries(names.map((name) => [name, { values: { owner: name } }])) : {}),
    ...Object.fromEntries(names.map((name) => [`${name}/prod`, { values: { replicas: 3 } }])),
  };
  const version = index <= 20 ? '' : "version: '1.0.0',";
  return `export default {
  repoURL: 'https://charts.example.com', chart: '${componentName(index)}', ${version} namespace: 'system',
  values: { ${own} ...${JSON.stringify(valuesOf(index))} },
  overrides: ${JSON.stringify(overrides)},
};
`;
}

function valuesOf(index: number): object {
  return {
    replicas: 1,
    image: { repository: `registry.example.com/images/component-${index}`, pullPolicy: 'IfNotPresent' },
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    service: { type: 'ClusterIP', port: 8080 + index, annotations: { 'example.com/scrape': 'true' } },
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ key: 'system', operator: 'Exists', effect: 'NoSchedule' }],
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    config: Object.fromEntries(Array.from({ length: 12 }, (_, key) => [`setting${key + 1}`, `value ${index}-${key + 1}`])),
  };
}

function exported(content: unknown): string {
  return `export default ${JSON.stringify(content, null, 2)};\n`;
}
