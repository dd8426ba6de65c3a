import type { MemberSettingsConfig } from 'cdk8s-fleet';

export default {
  description: 'What clusters are, apart from what runs on them',
  owners: ['team-platform@example.com'],
  secretStore: { aws: { region: 'eu-west-1', serviceAccount: 'external-secrets' } },
  repositories: {
    company: {
      url: 'https://github.com/company',
      scope: 'credential-template',
      githubApp: { secret: 'fleet/github-app' },
    },
    charts: {
      url: '111122223333.dkr.ecr.eu-west-1.amazonaws.com',
      ecr: { region: 'eu-west-1', serviceAccount: 'external-secrets' },
    },
  },
  overrides: {
    tenant1: { labels: { 'company.example/cost-center': '4711' } },
    tenant2: { labels: { 'company.example/cost-center': '4712' } },
  },
} satisfies MemberSettingsConfig;
