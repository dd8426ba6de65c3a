/**
 * Kinds that are written by their raw spec, in configuration or by the tool itself, and so need closed schemas; by API group.
 * `layered` are those that layers speak of; `sameSpec` kinds that have the spec of another one.
 */
export const groups = {
  'argoproj.io': {
    owner: 'Argo CD',
    kinds: ['Application', 'ApplicationSet', 'AppProject'],
    layered: ['Application', 'ApplicationSet', 'AppProject'],
  },
  'external-secrets.io': {
    owner: 'External Secrets',
    kinds: ['ExternalSecret', 'SecretStore'],
    layered: ['SecretStore'],
    sameSpec: { ClusterSecretStore: 'SecretStore' },
  },
  'generators.external-secrets.io': { owner: 'External Secrets', kinds: ['ECRAuthorizationToken'] },
};

/**
 * Lists that layers may write as maps too, which are merged as such and rendered as lists (`layers/shape/keyed-lists.ts`):
 * whether an item's key is its name.
 */
export const keyedLists = { sources: true, roles: true, destinations: false, syncWindows: false };
