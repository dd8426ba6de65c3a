import { appFields, appShape, appsShape, layersShape, ownSettings } from './app-shape';
import { fleetShape, nodeShape } from './fleet-shape';
import { only, type Shape, without } from './shape';

/** What `config.yaml` says of the fleet just as `fleet.ts` does. */
export const yamlSettingsShape = {
  // Only roots and workloads need it, and they are written in TypeScript.
  repository: { is: 'string', about: fleetShape.repository.about },
  ...without(fleetShape, 'repository', 'adopted', 'dimensions', 'evidence'),
} as const satisfies Shape;

/** A node in `config.yaml`: what runs or sends something is no data. */
export const yamlNodeShape = without(nodeShape, 'evidence');

/** `config.yaml`. Any other key is the user's. */
export const yamlConfigShape = {
  dimensions: fleetShape.dimensions,
  sequence: {
    is: 'map',
    about: 'the nodes of the hierarchy below the name of the outermost dimension, in the order in which changes roll out',
    required: true,
    default: 'required',
  },
  cluster_types: { is: 'list', about: 'the cluster types: `- name: …` for each', default: 'every folder' },
  ...yamlSettingsShape,
} as const satisfies Shape;

/** `exemptions.yaml`. Any other key is the user's. */
export const yamlExemptionsShape = {
  exemptions: { is: 'list', about: 'what rules of `fleet check --since` allow for a while', required: true, default: 'required' },
} as const satisfies Shape;

/** `metadata.yaml`. */
export const yamlMetadataShape = { name: { is: 'string', about: 'how the component is called, for people' }, ...ownSettings } as const satisfies Shape;

/** `metadata` in the file of a patch. */
export const yamlPatchMetadataShape = only(layersShape.patches.each.keys, 'description');

/** Fields that are called what they are called in TypeScript. */
const sameFields = ['namespace', 'finalizers', 'enabled', 'after', 'hydrate', 'kubernetes', 'apiVersions'] as const;

/** What an app of a file says besides the fields of its kind's `spec`. */
export const yamlAppFields = {
  ...only(appFields, ...sameFields),
  additionalAnnotations: { ...appFields.annotations, about: `${appFields.annotations.about}; numbers and booleans are quoted` },
  additionalLabels: appFields.labels,
} as const satisfies Shape;

/** Fields that have another name in a YAML fleet than in TypeScript. */
export const yamlNames = { additionalAnnotations: 'annotations', additionalLabels: 'labels' } as const;

/** What only a file in TypeScript says of an app. */
export const typescriptOnly: readonly string[] = [
  ...Object.keys(without(appFields, ...sameFields)),
  ...Object.keys(without(appShape, 'notSecret', 'silence')),
  ...Object.keys(only(appsShape, 'apps')),
];
