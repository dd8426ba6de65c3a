import { type Dimension, defaultDimensions } from '../../../layers/hierarchy';
import { exemptionShape } from '../../../layers/shape/exemption-shape';
import {
  yamlConfigShape,
  yamlExemptionsShape,
  yamlMetadataShape,
  yamlNodeShape,
  yamlPatchMetadataShape,
  yamlSettingsShape,
} from '../../../layers/shape/yaml-shape';
import type { FileKind } from './file-kinds';
import { commonDefs, described, fieldSchema, type JsonSchema, propertiesOf, ref } from './json-schema';
import { type Fates, type KindSchema, LayerSchema } from './layer-schema';

/** What becomes of the fields in each section of a file. */
export interface SectionFates {
  readonly applications: Fates;
  readonly applicationsets: Fates;
  readonly appprojects: Fates;
}

type Section = keyof SectionFates;

const sections: readonly Section[] = ['applications', 'applicationsets', 'appprojects'];
const kindOf = { applications: 'Application', applicationsets: 'ApplicationSet', appprojects: 'AppProject' } as const;

/** The schema of each kind of file, and of what they refer to. */
export function fileSchemas(fates: SectionFates): {
  readonly files: Readonly<Record<FileKind, JsonSchema>>;
  readonly defs: Readonly<Record<string, JsonSchema>>;
} {
  const kinds = require('../../../imports/argoproj.io.schema.json') as readonly (KindSchema & { readonly $id: string })[];
  const layers = sections.map((section) => {
    const kind = kinds.find(({ $id }) => $id === kindOf[section]) as KindSchema;
    return { section, schema: new LayerSchema(kind, kindOf[section]) };
  });
  const defs = Object.assign({ ...commonDefs }, ...layers.map(({ section, schema }) => ({ [kindOf[section]]: schema.layer(fates[section]), ...schema.defs })));
  return { files: { config, exemptions, defaults, values, metadata, override, patch }, defs };
}

const sequenceOf = (dimensions: readonly Dimension[]): JsonSchema => {
  const [outermost, ...deeper] = dimensions.map(({ plural }) => plural);
  return {
    type: 'object',
    properties: { [outermost ?? '']: { type: 'array', minItems: 1, items: nodeSchema(deeper) } },
    required: [outermost],
  };
};

function nodeSchema([below, ...deeper]: readonly string[]): JsonSchema {
  const own = { ...propertiesOf(yamlNodeShape) };
  if (below === undefined) return { anyOf: [{ type: 'string' }, { type: 'object', properties: own, required: ['name'], additionalProperties: false }] };
  const list = { type: 'array', minItems: 1, items: nodeSchema(deeper), description: `The ${below} of this node, in the order in which changes roll out.` };
  return { type: 'object', properties: { ...own, [below]: list }, required: ['name', below], additionalProperties: false };
}

/** A node of a hierarchy whose words the schema does not know. */
const anyNode: JsonSchema = {
  anyOf: [
    { type: 'string' },
    { type: 'object', properties: propertiesOf(yamlNodeShape), required: ['name'], additionalProperties: { type: 'array', items: ref('node') } },
  ],
};

const anySequence: JsonSchema = { type: 'object', additionalProperties: { type: 'array', items: ref('node') } };

const word: JsonSchema = { type: 'string', minLength: 1 };

const dimension: JsonSchema = {
  anyOf: [word, { type: 'object', properties: { plural: word, singular: word }, required: ['plural', 'singular'], additionalProperties: false }],
};

const folder: JsonSchema = { type: 'string', pattern: '^(?!\\.{0,2}$)[^/\\\\]+$' };

const config: JsonSchema = {
  title: 'config.yaml: the hierarchy and the cluster types of a fleet',
  type: 'object',
  $defs: { node: anyNode },
  properties: {
    ...propertiesOf(yamlSettingsShape),
    dimensions: { type: 'array', minItems: 1, items: dimension, ...described(yamlConfigShape.dimensions) },
    sequence: fieldSchema(yamlConfigShape.sequence),
    cluster_types: {
      type: 'array',
      items: { anyOf: [folder, { type: 'object', properties: { name: folder }, required: ['name'] }] },
      ...described(yamlConfigShape.cluster_types),
    },
  },
  required: ['sequence'],
  if: { properties: { dimensions: { const: defaultDimensions.map(({ plural }) => plural) } } },
  // biome-ignore lint/suspicious/noThenProperty: that is how JSON Schema calls it
  then: { properties: { sequence: sequenceOf(defaultDimensions) } },
  else: { properties: { sequence: anySequence } },
};

const exemptions: JsonSchema = {
  title: 'exemptions.yaml: what rules allow for a while',
  type: 'object',
  properties: {
    exemptions: {
      type: 'array',
      items: { type: 'object', properties: propertiesOf(exemptionShape), required: Object.keys(exemptionShape), additionalProperties: false },
      ...described(yamlExemptionsShape.exemptions),
    },
  },
  required: ['exemptions'],
};

const byName = (section: Section, isFilled: boolean): JsonSchema => ({
  type: isFilled ? 'object' : ['object', 'null'],
  additionalProperties: ref(kindOf[section]),
  ...(isFilled ? { minProperties: 1 } : {}),
});

const layersByName = Object.fromEntries(
  sections.map((section) => [section, { ...byName(section, false), description: `Fields of each ${kindOf[section]}, by its name.` }]),
);

const defaults: JsonSchema = {
  title: 'defaults.yaml: the broadest layer of the apps of a cluster type',
  type: 'object',
  properties: Object.fromEntries(
    sections.map((section) => [
      section,
      {
        type: ['object', 'null'],
        properties: { default: ref(kindOf[section]) },
        description: `\`default\`: the broadest layer of every ${kindOf[section]} of the cluster type.`,
      },
    ]),
  ),
};

const values: JsonSchema = {
  title: 'values.yaml: the apps of a component',
  type: 'object',
  properties: layersByName,
  anyOf: sections.map((section) => ({ properties: { [section]: byName(section, true) }, required: [section] })),
};

const metadata: JsonSchema = {
  title: 'metadata.yaml: whom a component belongs to',
  type: 'object',
  properties: Object.fromEntries(Object.entries(propertiesOf(yamlMetadataShape)).map(([key, schema]) => [key, key === 'name' ? {} : orNull(schema)])),
};

const override: JsonSchema = { title: 'override.yaml: what is different at a dimension path', type: 'object', properties: layersByName };

const patch: JsonSchema = {
  title: 'patch-*.yaml: what changes at a dimension path on its way through the fleet',
  type: 'object',
  properties: {
    metadata: {
      type: ['object', 'null'],
      properties: Object.fromEntries(Object.entries(propertiesOf(yamlPatchMetadataShape)).map(([key, schema]) => [key, orNull(schema)])),
    },
    ...layersByName,
  },
};

/** A key without a value says nothing. */
function orNull({ description, ...schema }: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }], description };
}
