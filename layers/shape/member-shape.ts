import { layersShape, ownSettings } from './app-shape';
import { clusterSecretShape, registrationShape, repositoriesField, secretStoreField, secretStoresField } from './credential-shape';
import { only, type Shape } from './shape';

/** What every file of hubs and spokes with layers says of itself. */
export const layeredShape = { ...only(ownSettings, 'description', 'owners'), ...layersShape } as const satisfies Shape;

/** What a cluster may say otherwise than the fleet: where what is rendered for it is read, and where its Argo CD is. */
export const homeShape = {
  repository: {
    is: 'string',
    about: '[where what is rendered for it is read](#a-mirror-a-branch-another-namespace): a mirror of the repository, say',
    default: "the fleet's",
    layered: true,
  },
  revision: { is: 'string', about: 'the revision that is read there', default: "the fleet's", layered: true },
  path: { is: 'string', about: 'the folder of rendered output there, from the top', default: "the fleet's", layered: true },
  platformNamespace: { is: 'string', about: 'the namespace of its Argo CD, where it has one', default: "the fleet's", layered: true },
} as const satisfies Shape;

/** The layers of what members are, apart from groups and components. */
export const memberLayerShape = {
  labels: { is: 'map', about: 'labels of the cluster secret, besides the computed ones', layered: true },
  annotations: { is: 'map', about: 'annotations of the cluster secret', layered: true },
  registration: {
    is: 'map',
    keys: registrationShape,
    expected: `{ ${Object.keys(registrationShape).join(', ')} }`,
    about:
      'what its [entry in the secret manager](#names-and-places-in-the-secret-manager) says, and how it is read: `{ annotationsFrom, labelsFrom, store, property, decodingStrategy, keys, holds }`',
    default: '`server`, `config` and `annotations`',
    layered: true,
  },
  model: { is: 'word', words: ['centralized', 'distributed'], about: 'who deploys; hubs ignore it', default: "`'centralized'`", layered: true },
  manages: { is: 'strings', about: 'the groups that a distributed spoke deploys itself; hubs ignore it', default: '`[]`', layered: true },
  repositories: {
    ...repositoriesField,
    about: '[credentials](#credentials-of-repositories) by name, for the Argo CD of hubs and distributed spokes',
    layered: true,
  },
  secretStore: {
    ...secretStoreField,
    about: 'where the secret manager is: `aws`, any other `provider` as a SecretStore spells it, or a store that is `existing`',
    default: 'required where an Argo CD runs',
    layered: true,
  },
  secretStores: {
    ...secretStoresField,
    about: '[more of them](#several-secret-stores) by name, for what says `store`: another account, region or provider',
    layered: true,
  },
  ...homeShape,
} as const satisfies Shape;

/** `members/settings.ts`. */
export const memberSettingsShape = { ...layeredShape, ...memberLayerShape } as const satisfies Shape;

/** What the file of a hub or a spoke says besides its layer of the settings. */
export const memberShape = {
  tenant: { is: 'string', about: 'the tenant that it belongs to', required: 'one that fleet.ts lists', default: 'required' },
  environment: { is: 'string', about: 'the environment that it belongs to', required: 'one that fleet.ts lists', default: 'required' },
  secret: {
    is: 'map',
    orText: true,
    keys: clusterSecretShape,
    about: 'the name or ARN of its secret in the secret manager, or `{ secret, store, version }`',
    expected: 'the name or ARN of a secret in the secret manager, or { secret, store, version }',
    default: 'required',
  },
  groups: {
    is: 'map',
    about: "`{ addons: { release: 'release1' } }`: another release of a group",
    each: { is: 'layer' },
  },
  components: {
    is: 'map',
    about: "`{ 'external-dns': { enabled: false } }`: whether it gets a component, and values of its own",
    each: { is: 'layer' },
  },
} as const satisfies Shape;

/** `spokes/…/{spoke}.ts`. */
export const spokeShape = {
  ...memberShape,
  hub: { is: 'string', about: 'the name of its hub', default: 'required' },
  ...memberLayerShape,
} as const satisfies Shape;

/** `hubs/{hub}.ts`. What only spokes say is known, to be refused. */
export const hubShape = { ...memberShape, ...memberLayerShape, hub: spokeShape.hub } as const satisfies Shape;
