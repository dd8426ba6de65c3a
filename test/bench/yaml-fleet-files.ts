import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apps, nameOf, type Sector, sectors } from './fleet-files';

/** Writes the same fleet as folders of YAML files; every app has an override or a patch in one of ten paths of the hierarchy. @returns how many files there are */
export function writeYamlConfig(folder: string, targets: number): number {
  let files = 0;
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    files += 1;
  };
  const all = sectors(targets);
  write('config.yaml', configYaml(all));
  write('management-cluster/defaults.yaml', defaultsYaml);
  write('management-cluster/root/values.yaml', rootYaml);
  const paths = pathsOf(all).filter((_, index) => index % 10 === 0);
  for (let app = 1; app <= apps; app += 1) {
    const component = `management-cluster/${nameOf(app)}`;
    write(`${component}/metadata.yaml`, `name: ${nameOf(app)}\ndescription: Add-on ${app}\nowners: [team-${app % 5}@example.com]\n`);
    write(`${component}/values.yaml`, valuesYaml(app));
    for (const [index, path] of paths.entries()) {
      if (index % 2 === 0) write(`${component}/${path}/override.yaml`, overrideYaml(app, index));
      else write(`${component}/${path}/patch-001.yaml`, patchYaml(app));
    }
  }
  return files;
}

/** Every path, complete or not, in sequence. */
function pathsOf(all: readonly Sector[]): readonly string[] {
  const environments = new Set<string>();
  return all.flatMap(({ environment, name, regions }) => {
    const first = environments.has(environment) ? [] : [environment];
    environments.add(environment);
    return [...first, `${environment}/${name}`, ...regions.map((region) => `${environment}/${name}/${region}`)];
  });
}

function configYaml(all: readonly Sector[]): string {
  const environments = [...new Set(all.map(({ environment }) => environment))].map((environment) => {
    const inside = all.filter((sector) => sector.environment === environment);
    return `    - name: ${environment}
      sectors:
${inside.map(({ name, regions }) => `        - name: ${name}\n          regions: [${regions.join(', ')}]`).join('\n')}`;
  });
  return `sequence:\n  environments:\n${environments.join('\n')}\n\ncluster_types:\n  - name: management-cluster\n`;
}

const defaultsYaml = `applications:
  default:
    namespace: argocd
    finalizers:
      - resources-finalizer.argocd.argoproj.io
    project: default
    destination:
      name: "{{ .Values.cluster.name }}"
    syncPolicy:
      automated: { prune: false, selfHeal: true }
      syncOptions: [CreateNamespace=true]
applicationsets:
  default:
    namespace: argocd
`;

const rootYaml = `applicationsets:
  root:
    goTemplate: true
    generators:
      - clusters:
          selector:
            matchLabels:
              fleet/environment: "{{ .Values.cluster.environment }}"
              fleet/sector: "{{ .Values.cluster.sector }}"
              fleet/region: "{{ .Values.cluster.region }}"
    template:
      metadata:
        name: "management-cluster-{{.nameNormalized}}"
      spec:
        project: default
        source:
          repoURL: https://github.com/company/fleet
          path: "dist/management-cluster/{{ .Values.cluster.environment }}/{{ .Values.cluster.sector }}/{{ .Values.cluster.region }}"
          helm:
            valuesObject:
              cluster:
                name: "{{.name}}"
                projectId: '{{ index .metadata.annotations "gcp-hcp/project-id" }}'
        destination:
          name: "{{.name}}"
          namespace: argocd
`;

/** Every fourth app depends on the region, every fifth asks the cluster for an annotation. */
function valuesYaml(app: number): string {
  const name = nameOf(app);
  const globals = [
    '            logLevel: info',
    ...(app % 4 === 0 ? ['            region: "{{ .Values.cluster.region }}"'] : []),
    ...(app % 5 === 0 ? ['            projectId: "{{`{{ .Values.cluster.projectId }}`}}"'] : []),
  ].join('\n');
  return `applications:
  ${name}:
    source:
      repoURL: https://charts.example.com/${name}
      chart: ${name}
      targetRevision: v1.${app}.0
      helm:
        valuesObject:
          global:
${globals}
          fullnameOverride: ${name}
          replicaCount: 1
          image:
            repository: registry.example.com/platform/${name}
            tag: v1.${app}.0
            pullPolicy: IfNotPresent
          resources:
            requests: { cpu: ${app}00m, memory: ${app}28Mi }
            limits: { cpu: "${app}", memory: ${app}Gi }
          service:
            type: ClusterIP
            port: ${8000 + app}
            annotations:
              prometheus.io/scrape: "true"
              prometheus.io/port: "${9000 + app}"
          serviceAccount:
            create: true
            name: ${name}
            annotations:
              iam.gke.io/gcp-service-account: ${name}@example.iam.gserviceaccount.com
          securityContext:
            runAsNonRoot: true
            runAsUser: ${65000 + app}
            readOnlyRootFilesystem: true
            seccompProfile: { type: RuntimeDefault }
          probes:
            liveness: { path: /healthz, port: ${8000 + app}, periodSeconds: 10, failureThreshold: 3 }
            readiness: { path: /readyz, port: ${8000 + app}, periodSeconds: 5, failureThreshold: 3 }
          config:
            leaderElection: { enabled: true, leaseDuration: ${10 + app}s }
            metrics: { enabled: true, path: /metrics, interval: 30s }
            features: [serverSideApply, structuredLogs, feature-${app}]
          nodeSelector:
            kubernetes.io/os: linux
            example.com/pool: platform
          tolerations:
            - key: example.com/platform
              operator: Exists
              effect: NoSchedule
          podDisruptionBudget:
            enabled: true
    destination:
      namespace: ${name}
`;
}

/** Overrides of one app are alike only now and then: their replicas go round. */
function overrideYaml(app: number, index: number): string {
  return `# What this place needs.
applications:
  ${nameOf(app)}:
    source:
      helm:
        valuesObject:
          replicaCount: ${2 + (index % 10)}
          resources:
            requests:
              memory: 512Mi
`;
}

function patchYaml(app: number): string {
  return `metadata:
  description: Update of add-on ${app}

applications:
  ${nameOf(app)}:
    source:
      targetRevision: v2.0.0
`;
}
