import { cluster, type FleetAppConfig } from 'cdk8s-fleet';

export default {
  description: 'Metrics and alerts',
  owners: ['team-observability@example.com'],
  // Two sources by name: an override can change the one and leave the other.
  sources: {
    chart: {
      repoURL: 'https://prometheus-community.github.io/helm-charts',
      chart: 'kube-prometheus-stack',
      targetRevision: '77.5.0',
      helm: {
        releaseName: 'prometheus',
        valuesObject: {
          grafana: { enabled: false },
          prometheus: {
            prometheusSpec: {
              externalLabels: {
                cluster: cluster.name,
                environment: (target) => target.environment,
                region: (target) => target.region,
              },
              replicas: 1,
              retention: '7d',
            },
          },
        },
      },
    },
    rules: {
      repoURL: 'https://github.com/company/observability',
      targetRevision: 'main',
      path: 'rules',
      directory: { recurse: true },
    },
  },
  destination: { namespace: 'monitoring' },
  syncPolicy: { syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'] },
  ignoreDifferences: [
    {
      group: 'admissionregistration.k8s.io',
      kind: 'ValidatingWebhookConfiguration',
      jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
    },
  ],
  overrides: {
    production: {
      sources: { chart: { helm: { valuesObject: { prometheus: { prometheusSpec: { replicas: 2, retention: '30d' } } } } } },
    },
  },
} satisfies FleetAppConfig;
