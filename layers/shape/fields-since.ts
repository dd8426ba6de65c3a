// Made of Argo CD's own definitions by `npm run definitions:fields`; not edited by hand.

/** The versions of Argo CD that are supported, the oldest first. */
export const argoCDVersions = ['3.2', '3.3', '3.4', '3.5', '3.6'] as const;

/** One of them. */
export type ArgoCDVersion = (typeof argoCDVersions)[number];

/** The newest, whose fields are those that configuration may say. */
export const newestArgoCD = argoCDVersions[argoCDVersions.length - 1] as ArgoCDVersion;

/** What has fields of its own: the spec of an Application wherever it stands, a generator wherever it stands, the specs of two kinds. */
export type FieldsOf = 'Application' | 'generator' | 'ApplicationSet' | 'AppProject';

/** The fields that came with a version, none below another: `[]` stands for any item of a list. */
export const fieldsSince: Readonly<Record<string, { readonly [part in FieldsOf]?: readonly string[] }>> = {
  '3.3': {
    Application: [
      'sourceHydrator.drySource.directory',
      'sourceHydrator.drySource.helm',
      'sourceHydrator.drySource.kustomize',
      'sourceHydrator.drySource.plugin',
    ],
    AppProject: ['clusterResourceBlacklist[].name', 'clusterResourceWhitelist[].name'],
  },
  '3.4': {},
  '3.5': {
    Application: ['source.tagPrefix', 'sourceHydrator.syncSource.repoURL', 'sources[].tagPrefix'],
    generator: ['scmProvider.gitea.excludeArchivedRepos', 'scmProvider.github.excludeArchivedRepos', 'scmProvider.gitlab.includeArchivedRepos'],
    AppProject: ['sourceIntegrity', 'syncWindows[].syncOverrun'],
  },
  '3.6': {
    Application: [
      'source.directory.disableExtensionFilter',
      'sourceHydrator.drySource.directory.disableExtensionFilter',
      'sources[].directory.disableExtensionFilter',
    ],
    generator: ['oci'],
  },
};
