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

const strategies = ['Auto', 'Base64', 'Base64URL', 'None'] as const;

const version = {
  is: 'string',
  about: 'the version of the entry; of a cluster in `secret: { secret, version }`',
  filled: 'a version of the entry',
  default: 'the current one',
} as const;

const decodingStrategy = {
  is: 'string',
  words: strategies,
  noun: 'how values are written',
  about: "how values are written there: `'Base64'`, `'Base64URL'`, `'None'`, or `'Auto'` for what can be decoded",
  default: "`'None'`",
} as const;

const store = {
  is: 'string',
  about: 'one of [several stores](#several-secret-stores)',
  filled: 'the name of one of secretStores',
  default: '`secretStore`',
} as const;

/** Where one value is that is not beside the others, or is all of an entry. */
const secretKeyShape = {
  secret: { is: 'string', about: 'another entry', filled: secret.filled, default: 'the same' },
  key: { is: 'string', about: 'its key there', filled: 'a key of the entry, or a path of keys', default: 'the whole entry' },
  version,
  decodingStrategy,
} as const satisfies Shape;

/** How an entry of the secret manager is read, whatever it is called. */
export const secretReadingShape = {
  store,
  property: {
    is: 'string',
    about: 'the key, or the path of keys joined by dots, below which the entry has everything',
    filled: 'a key of the entry, or a path of keys',
    default: 'at its top',
  },
  decodingStrategy,
  keys: {
    is: 'map',
    about: "what the entry calls what is needed: `{ username: 'user', password: 'credentials.token' }`; nothing else is read then",
    expected: "a map of keys of the entry: { username: 'user' }",
    default: 'all is called as above',
    each: {
      is: 'map',
      orText: true,
      keys: secretKeyShape,
      noun: "where '{name}' is",
      expected: "a key of the entry, or { secret: 'another entry', key: 'its key there' }",
    },
  },
  holds: {
    is: 'strings',
    about: 'the keys that the entry has, where Git shall know: a key that is none of them is a mistake which synth finds, before any cluster does',
    filled: 'a key of the entry',
    default: 'whatever it has',
  },
} as const satisfies Shape;

const keyOfEntry = { is: 'string', noun: "the key of '{name}'", expected: 'a key of the entry' } as const;

/** What the entry of a cluster says, and how it is read. */
export const registrationShape = {
  annotationsFrom: {
    is: 'map',
    about: 'annotations of the cluster secret, each with its key in the entry, or the path of keys to it',
    expected: "a map of keys of the entry: { 'company.example/vpc-id': 'vpc_id' }",
    each: keyOfEntry,
  },
  labelsFrom: {
    is: 'map',
    about: 'labels from there as well, by which nothing is deployed',
    expected: "a map of keys of the entry: { 'company.example/account': 'account_id' }",
    each: keyOfEntry,
  },
  ...secretReadingShape,
} as const satisfies Shape;

/** An entry of the secret manager, and how it is read. */
export const secretShape = { secret, version, ...secretReadingShape } as const satisfies Shape;

/** The ways to prove who one is, of which credentials say one; a client certificate may stand beside another. */
export const waysShape = {
  githubApp: {
    is: 'map',
    about: 'a GitHub App',
    expected: '{ secret, enterpriseUrl }',
    keys: {
      ...secretShape,
      enterpriseUrl: {
        is: 'string',
        about: 'the API of a GitHub Enterprise server',
        filled: "the API of a GitHub Enterprise server, such as 'https://ghe.example.com/api/v3'",
        default: 'that of github.com',
      },
    },
  },
  https: { is: 'map', about: 'a name and a password or token', expected: '{ secret }', keys: secretShape },
  bearerToken: { is: 'map', about: 'a token that Git sends as it is', expected: '{ secret }', keys: secretShape },
  ssh: { is: 'map', about: 'a private key of SSH', expected: '{ secret }', keys: secretShape },
  gcpServiceAccount: { is: 'map', about: 'a service account of Google Cloud', expected: '{ secret }', keys: secretShape },
  azureWorkloadIdentity: { is: 'boolean', about: 'an identity of Argo CD in Azure', expected: 'true' },
  ecr: { is: 'map', about: 'a registry of AWS', expected: '{ region, role, serviceAccount }', keys: awsAccessShape },
  clientCertificate: { is: 'map', about: 'a certificate of the client', expected: '{ secret }', keys: secretShape },
} as const satisfies Shape;

/** What each way needs of its entry, as Argo CD calls it: argo-cd, util/db/repository_secrets.go, secretToRepository. */
export const wayKeys = {
  githubApp: ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'],
  https: ['username', 'password'],
  bearerToken: ['bearerToken'],
  ssh: ['sshPrivateKey'],
  gcpServiceAccount: ['gcpServiceAccountKey'],
  clientCertificate: ['tlsClientCertData', 'tlsClientCertKey'],
} as const satisfies { readonly [way in keyof typeof waysShape]?: readonly string[] };

/** What is needed to register a cluster, and what may come along. */
export const registrationKeys = ['server', 'config', 'annotations'] as const;

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
  noProxy: { is: 'string', about: 'the hosts that are reached without `proxy`, joined by commas', filled: 'hosts, joined by commas' },
  forceHttpBasicAuth: {
    is: 'boolean',
    about: 'user and password are sent to Git before the server asks for them; for `https`',
    default: '`false`',
  },
  enableLfs: { is: 'boolean', about: 'large files of Git (LFS) are fetched; Argo CD does not read it of a credential template', default: '`false`' },
  project: { is: 'string', about: 'the Argo CD project that may use it', filled: 'a project of Argo CD', default: 'all' },
} as const satisfies Shape;

/** Names of what is called `{some word}-{name}` in a cluster: no name may be longer than a label's value. */
const names = {
  pattern: /^(?=.{1,52}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  expected: "at most 52 lower-case letters, digits and '-', starting and ending with a letter or digit",
} as const;

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
    names: { ...names, because: 'cannot name credentials' },
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

/** More stores by name. */
export const secretStoresField = {
  is: 'map',
  expected: "a map of secret stores by name: { 'other-account': { aws: { region: 'eu-west-1' } } }",
  each: {
    is: 'map',
    keys: secretStoreShape,
    noun: "the secret store '{name}'",
    whose: "'{name}'",
    expected: secretStoreField.expected,
    names: { ...names, because: 'cannot name a secret store' },
  },
} as const;

/** Which entry a cluster has: how such entries are read is layered. */
export const clusterSecretShape = { secret, store, version } as const satisfies Shape;
