import { yamlText } from '../../edit/add-app';
import { yamlRoot } from '../../edit/yaml-root';
import type { FleetStart, StartFile } from '../fleet-start';

/** The fleet of `regionsConfig` as folders of YAML files. */
export function yamlConfig({ repository, path }: FleetStart): readonly StartFile[] {
  return [
    {
      path: 'config/config.yaml',
      text: `# The order of the nodes is the rollout sequence: a change enters integration first, and production last.
repository: ${yamlText(repository).trimEnd()}
path: ${yamlText(path).trimEnd()}

sequence:
  environments:
    - name: integration
      sectors:
        - name: int-sector-1
          regions: [us-east1]
    - name: production
      # Nothing enters it before somebody approves that.
      promotion: manual
      sectors:
        - name: prod-canary
          regions: [us-east1]
        - name: prod-sector-1
          regions: [europe-west1]

cluster_types:
  - name: workload-cluster
`,
    },
    {
      path: 'config/workload-cluster/defaults.yaml',
      text: `# The broadest layer of every app of this cluster type. One more cluster type is one more folder.
applications:
  default:
    namespace: argocd
    project: default
    # The cluster that Argo CD itself runs in.
    destination:
      server: https://kubernetes.default.svc
    syncPolicy:
      # Nothing is deleted by accident: pruning is opted into app by app.
      automated:
        prune: false
        selfHeal: true
      syncOptions:
        - CreateNamespace=true

applicationsets:
  default:
    namespace: argocd
`,
    },
    {
      path: 'config/workload-cluster/workload-cluster-root/metadata.yaml',
      text: `name: workload-cluster-root
description: Deploys the apps of its region
owners:
  - team-platform@example.com
`,
    },
    {
      path: 'config/workload-cluster/workload-cluster-root/values.yaml',
      text: yamlRoot({
        clusterType: 'workload-cluster',
        repository,
        revision: 'HEAD',
        path,
        labelPrefix: 'fleet',
        dimensions: ['environment', 'sector', 'region'],
      }),
    },
    {
      path: 'config/workload-cluster/cert-manager/metadata.yaml',
      text: `name: cert-manager
description: Certificate management for Kubernetes clusters
owners:
  - team-platform@example.com
`,
    },
    {
      path: 'config/workload-cluster/cert-manager/values.yaml',
      text: `# An app is a folder with its values in it.
applications:
  cert-manager:
    source:
      repoURL: https://charts.jetstack.io
      chart: cert-manager
      targetRevision: v1.18.2
      helm:
        valuesObject:
          crds:
            enabled: true
    destination:
      namespace: cert-manager
`,
    },
    {
      path: 'config/workload-cluster/cert-manager/production/override.yaml',
      text: `applications:
  cert-manager:
    source:
      helm:
        valuesObject:
          replicaCount: 2
`,
    },
  ];
}
