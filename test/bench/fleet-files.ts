import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Apps of the cluster type besides its root. */
export const apps = 20;
const regionsPerSector = 20;
const patchedApp = 1;

/** Of so many targets, one in a hundred is patched. */
export function patchedTargets(targets: number): number {
  return Math.max(1, Math.floor(targets / 100));
}

/** Apps whose charts lie in the repository: none of them asks for what depends on the target. */
export const chartedApps: readonly number[] = [2, 3, 7, 11, 13];
/** Of each such chart. */
export const chartObjects = 30;

/**
 * The same fleet with charts of its own: those of some apps are folders, and these apps say something else in each environment.
 *
 * @param repository the top of the repository
 * @param charts     folder of the charts, from there
 * @param isOpened   whether their objects are rendered
 */
export function writeChartedConfig(folder: string, targets: number, repository: string, charts: string, isOpened: boolean): void {
  writeConfig(folder, targets);
  for (const app of chartedApps) {
    const name = nameOf(app);
    const text = appFile(app, [])
      .replace(
        /source: \{\n.*\n.*\n.*\n/,
        `source: {\n    repoURL: 'https://github.com/company/fleet',\n    path: '${charts}/${name}',\n    targetRevision: 'HEAD',\n`,
      )
      .replace('export default {', `export default {\n  hydrate: ${isOpened},\n  kubernetes: '1.33',`)
      .replace(/\n {2}overrides: .*\n/, '\n')
      .replace(
        /\n\} satisfies/,
        `\n  overrides: {${['stage', 'production'].map((one, index) => ` ${one}: { source: { helm: { valuesObject: { replicaCount: ${index + 2} } } } },`).join('')} },\n} satisfies`,
      );
    writeFileSync(join(folder, 'management-cluster', `${name}.ts`), text);
    writeChart(join(repository, charts, name), name);
  }
}

/** A chart whose objects hold all of its values between them. */
function writeChart(folder: string, name: string): void {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`);
  for (let object = 1; object <= chartObjects; object += 1) {
    const text = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-${object}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/name: {{ .Values.fullnameOverride | quote }}, app.kubernetes.io/instance: {{ .Release.Name | quote }} }
data:
  replicas: {{ .Values.replicaCount | quote }}
  image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
  config.yaml: |
    {{- toYaml .Values.config | nindent 4 }}
  probes.yaml: |
    {{- toYaml .Values.probes | nindent 4 }}
`;
    writeFileSync(join(folder, 'templates', `object-${object}.yaml`), text);
  }
}

/** Writes a fleet's configuration as a user would: `fleet.ts`, and a cluster type with its defaults, its apps and its root. */
export function writeConfig(folder: string, targets: number): void {
  const clusterType = join(folder, 'management-cluster');
  mkdirSync(clusterType, { recursive: true });
  writeFileSync(join(folder, 'fleet.ts'), fleetFile(targets));
  writeFileSync(join(clusterType, 'defaults.ts'), defaultsFile);
  writeFileSync(join(clusterType, 'root.ts'), rootFile);
  for (let app = 1; app <= apps; app += 1) writeFileSync(join(clusterType, `${nameOf(app)}.ts`), appFile(app, rolledOutTo(targets, patchedTargets(targets))));
}

/** Moves the one patch along the sequence: the edit of `fleet promote`. */
export function movePatch(folder: string, targets: number, covered: number): void {
  writeFileSync(join(folder, 'management-cluster', `${nameOf(patchedApp)}.ts`), appFile(patchedApp, rolledOutTo(targets, covered)));
}

export interface Sector {
  readonly name: string;
  readonly environment: string;
  readonly regions: readonly string[];
}

/** In sequence: a tenth of the targets in integration, a fifth in stage, the rest in production. */
export function sectors(targets: number): readonly Sector[] {
  const tenth = Math.ceil(targets / 10);
  const share = { integration: tenth, stage: 2 * tenth, production: targets - 3 * tenth };
  return Object.entries(share).flatMap(([environment, count]) =>
    Array.from({ length: Math.ceil(count / regionsPerSector) }, (_, index) => ({
      name: `${environment}-sector-${index + 1}`,
      environment,
      regions: Array.from({ length: Math.min(regionsPerSector, count - index * regionsPerSector) }, (_, region) => regionName(region)),
    })),
  );
}

/** The same names in every sector, as with the regions of a cloud. */
function regionName(index: number): string {
  return `${['us-east', 'us-west', 'europe-west', 'asia-south'][index % 4]}${Math.floor(index / 4) + 1}`;
}

/** The first targets of the sequence; a whole sector by its own name. */
function rolledOutTo(targets: number, count: number): readonly string[] {
  let left = count;
  return sectors(targets).flatMap(({ name, environment, regions }) => {
    const sector = `${environment}/${name}`;
    const covered = regions.slice(0, left);
    left -= covered.length;
    return covered.length === regions.length ? [sector] : covered.map((region) => `${sector}/${region}`);
  });
}

function fleetFile(targets: number): string {
  const environments = ['integration', 'stage', 'production'].map((name) => ({
    name,
    sectors: sectors(targets).flatMap((sector) => (sector.environment === name ? [{ name: sector.name, regions: sector.regions }] : [])),
  }));
  return `import { defineFleet } from 'cdk8s-fleet';

export default defineFleet({
  repository: 'https://github.com/company/fleet',
  environments: ${JSON.stringify(environments, null, 2)},
});
`;
}

const defaultsFile = `import { type ClusterTypeConfig, cluster } from 'cdk8s-fleet';

export default {
  applications: {
    namespace: 'argocd',
    finalizers: ['resources-finalizer.argocd.argoproj.io'],
    project: 'default',
    destination: { name: cluster.name },
    syncPolicy: { automated: { prune: false, selfHeal: true }, syncOptions: ['CreateNamespace=true'] },
  },
  applicationSets: { namespace: 'argocd' },
} satisfies ClusterTypeConfig;
`;

const rootFile = `import type { FleetAppConfig } from 'cdk8s-fleet';

export default { kind: 'RootApplicationSet', clusterType: 'management-cluster' } satisfies FleetAppConfig;
`;

/** The name of an app by its number. */
export function nameOf(app: number): string {
  return `app-${String(app).padStart(2, '0')}`;
}

/** Every fourth app depends on the region, the last on the target itself; every fifth asks the cluster for an annotation. */
function globals(app: number): string {
  return [
    `logLevel: 'info'`,
    ...(app % 4 === 0 ? ['region: (target) => target.region'] : []),
    ...(app % 5 === 0 ? [`projectId: cluster.annotation('gcp-hcp/project-id')`] : []),
    ...(app === apps ? ['place: (target) => target.path'] : []),
  ].join(', ');
}

const override = `
  overrides: { production: { source: { helm: { valuesObject: { replicaCount: 3, resources: { requests: { memory: '512Mi' } } } } } } },`;

function patch(paths: readonly string[]): string {
  return `
  patches: {
    'patch-001': { rolledOutTo: ${JSON.stringify(paths)}, change: { source: { targetRevision: 'v2.0.0' } } },
  },`;
}

function appFile(app: number, paths: readonly string[]): string {
  const name = nameOf(app);
  return `import { cluster, type FleetAppConfig } from 'cdk8s-fleet';

export default {
  description: 'Add-on ${app}',
  owners: ['team-${app % 5}@example.com'],
  source: {
    repoURL: 'https://charts.example.com/${name}',
    chart: '${name}',
    targetRevision: 'v1.${app}.0',
    helm: {
      valuesObject: {
        global: { ${globals(app)} },
        fullnameOverride: '${name}',
        replicaCount: 1,
        image: { repository: 'registry.example.com/platform/${name}', tag: 'v1.${app}.0', pullPolicy: 'IfNotPresent' },
        resources: { requests: { cpu: '${app}00m', memory: '${app}28Mi' }, limits: { cpu: '${app}', memory: '${app}Gi' } },
        service: { type: 'ClusterIP', port: ${8000 + app}, annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '${9000 + app}' } },
        serviceAccount: { create: true, name: '${name}', annotations: { 'iam.gke.io/gcp-service-account': '${name}@example.iam.gserviceaccount.com' } },
        securityContext: { runAsNonRoot: true, runAsUser: ${65000 + app}, readOnlyRootFilesystem: true, seccompProfile: { type: 'RuntimeDefault' } },
        probes: {
          liveness: { path: '/healthz', port: ${8000 + app}, periodSeconds: 10, failureThreshold: 3 },
          readiness: { path: '/readyz', port: ${8000 + app}, periodSeconds: 5, failureThreshold: 3 },
        },
        config: {
          leaderElection: { enabled: true, leaseDuration: '${10 + app}s' },
          metrics: { enabled: true, path: '/metrics', interval: '30s' },
          features: ['serverSideApply', 'structuredLogs', 'feature-${app}'],
        },
        nodeSelector: { 'kubernetes.io/os': 'linux', 'example.com/pool': 'platform' },
        tolerations: [{ key: 'example.com/platform', operator: 'Exists', effect: 'NoSchedule' }],
        podDisruptionBudget: { enabled: true },
      },
    },
  },
  destination: { namespace: '${name}' },${app % 3 === 0 ? override : ''}${app === patchedApp ? patch(paths) : ''}
} satisfies FleetAppConfig;
`;
}
