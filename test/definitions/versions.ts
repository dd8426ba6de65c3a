/** A module whose files define kinds, in the versions that are looked at. */
export interface DefiningModule {
  readonly name: string;
  readonly path: string;
  readonly versions: readonly string[];
  /** Files of the module, from its top. */
  readonly files: readonly string[];
}

/**
 * The first release of every supported version of Argo CD, which has no field of a later one, and the newest. Those that Go's
 * module proxy has.
 */
export const argoCD: DefiningModule = {
  name: 'Argo CD',
  path: 'github.com/argoproj/argo-cd/v3',
  versions: ['v3.2.0', 'v3.3.0', 'v3.4.0', 'v3.5.0', 'v3.6.0', 'v3.6.1'],
  files: ['application', 'applicationset', 'appproject'].map((kind) => `manifests/crds/${kind}-crd.yaml`),
};

/** The oldest supported version of External Secrets, and the newest that Go's module proxy has: of 2.0 and newer it has none. */
export const externalSecrets: DefiningModule = {
  name: 'External Secrets',
  path: 'github.com/external-secrets/external-secrets',
  versions: ['v0.16.2', 'v1.3.2'],
  files: ['external-secrets.io_externalsecrets', 'external-secrets.io_secretstores', 'external-secrets.io_clustersecretstores']
    .concat('generators.external-secrets.io_ecrauthorizationtokens')
    .map((kind) => `config/crds/bases/${kind}.yaml`),
};
