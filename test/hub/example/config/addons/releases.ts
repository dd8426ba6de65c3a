import type { ReleasesConfig } from 'cdk8s-fleet';

export default {
  owners: ['team-platform@example.com'],
  releases: {
    default: {
      components: {
        'metrics-server': '3.12.2',
        'external-dns': '1.15.0',
        'aws-load-balancer-controller': '1.11.0',
        'cert-manager': 'v1.18.2',
      },
    },
    release1: {
      description: 'cert-manager 1.19, load balancer controller 1.14',
      components: {
        'metrics-server': '3.13.0',
        'external-dns': '1.19.0',
        'aws-load-balancer-controller': '1.14.1',
        'cert-manager': {
          version: 'v1.19.0',
          ignoreDifferences: [
            { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jqPathExpressions: ['.webhooks[].clientConfig.caBundle'] },
          ],
        },
      },
    },
  },
  release: 'default',
  patches: {
    'patch-001': {
      description: 'Addons release1',
      rolledOutTo: ['tenant1/dev'],
      change: { release: 'release1' },
    },
  },
} satisfies ReleasesConfig;
