import type { Shape } from './shape';

/** How External Secrets gets into an account of AWS. */
export const awsAccessShape = {
  region: { is: 'string', about: 'the region of AWS', required: true, filled: 'a region of AWS', default: 'required' },
  role: { is: 'string', about: 'the ARN of a role that it assumes', filled: 'the ARN of a role' },
  serviceAccount: {
    is: 'string',
    about: 'a service account, in the same namespace, that the cluster may exchange for a role (IRSA)',
    filled: 'the name of a service account',
    default: "the credentials of External Secrets' own pod",
  },
} as const satisfies Shape;

const secret = {
  is: 'string',
  about: 'the name or ARN of a secret in the secret manager',
  required: true,
  filled: 'the name or ARN of a secret in the secret manager',
  default: 'required',
} as const;

/** The ways to prove who one is, of which credentials say one. */
export const waysShape = {
  githubApp: {
    is: 'map',
    about: 'a GitHub App',
    expected: '{ secret, enterpriseUrl }',
    keys: {
      secret,
      enterpriseUrl: {
        is: 'string',
        about: 'the API of a GitHub Enterprise server',
        filled: "the API of a GitHub Enterprise server, such as 'https://ghe.example.com/api/v3'",
        default: 'that of github.com',
      },
    },
  },
  https: { is: 'map', about: 'a name and a password or token', expected: '{ secret }', keys: { secret } },
  ssh: { is: 'map', about: 'a private key of SSH', expected: '{ secret }', keys: { secret } },
  ecr: { is: 'map', about: 'a registry of AWS', expected: '{ region, role, serviceAccount }', keys: awsAccessShape },
} as const satisfies Shape;

/** What all credentials have in common. */
export const repositoryShape = {
  url: {
    is: 'string',
    about: "the repository, or what the URLs of a credential template's repositories begin with",
    required: true,
    filled: "the repository, such as 'https://github.com/company'",
    default: 'required',
  },
  scope: {
    is: 'string',
    words: ['repository', 'credential-template'],
    filled: "'repository' or 'credential-template'",
    noun: "the scope of '{name}'",
    about: 'one repository, or every one below the URL that has no credentials of its own',
    default: "`'repository'`",
  },
  type: {
    is: 'string',
    words: ['git', 'helm', 'oci'],
    filled: "'git', 'helm' or 'oci'",
    noun: "the type of the repository '{name}'",
    about:
      "`'git'`; `'helm'`: charts, in a chart repository or, where the URL has `oci://` or no scheme, in a registry (`enableOCI`); `'oci'`: images that hold manifests or charts",
    default: "what components use it as; else `oci://` is `'oci'`, no scheme `'helm'`, anything else `'git'`",
  },
  insecure: {
    is: 'boolean',
    about: "neither the server's certificate nor the host key of SSH is looked at; Argo CD does not read it of a credential template",
    default: '`false`',
  },
  proxy: {
    is: 'string',
    about: 'the URL of the proxy that it is reached through; one with a password in it is refused',
    filled: "the URL of a proxy, such as 'http://proxy.example.com:3128'",
    default: "what Argo CD's own environment says",
  },
  project: { is: 'string', about: 'the Argo CD project that may use it', filled: 'a project of Argo CD', default: 'all' },
} as const satisfies Shape;

/** Credentials by name. */
export const repositoriesField = {
  is: 'map',
  expected: 'a map of credentials by name',
  each: {
    is: 'map',
    keys: { ...repositoryShape, ...waysShape },
    noun: "the credentials '{name}'",
    whose: "'{name}'",
    expected: `{ url, and one of ${Object.keys(waysShape).join(', ')} }`,
    names: {
      // Its objects are `repository-{name}`, and no name may be longer than a label's value.
      pattern: /^(?=.{1,52}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
      because: 'cannot name credentials',
      expected: "at most 52 lower-case letters, digits and '-', starting and ending with a letter or digit",
    },
  },
} as const;

/** Where the secret manager is, one of these. */
export const secretStoreShape = {
  aws: { is: 'map', about: 'AWS Secrets Manager', expected: '{ region, role, serviceAccount }', keys: awsAccessShape },
  // A provider's own fields are those of External Secrets' schema.
  provider: { is: 'map', apart: true, about: 'any other provider, as a SecretStore spells it' },
  existing: {
    is: 'map',
    about: 'a store that is there already',
    expected: '{ name, kind }',
    keys: {
      name: { is: 'string', about: 'the name of the store', required: true, filled: 'the name of the store', default: 'required' },
      kind: {
        is: 'string',
        words: ['SecretStore', 'ClusterSecretStore'],
        noun: 'the kind of the store',
        code: 'invalid-field',
        about: 'its kind',
        required: true,
        filled: 'SecretStore or ClusterSecretStore',
        default: 'required',
      },
    },
  },
} as const satisfies Shape;

export const secretStoreField = {
  is: 'map',
  keys: secretStoreShape,
  expected: `one of ${Object.keys(secretStoreShape).join(', ')}: { aws: { region: 'eu-west-1' } }`,
} as const;
