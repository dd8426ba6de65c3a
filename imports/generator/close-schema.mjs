import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

/** Keywords of a CRD that mean the same in JSON schema. */
const keywords = [
  'type',
  'required',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'enum',
  'nullable',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
];

/** What Kubernetes leaves to itself in a CRD (`metadata: {type: object}`), as far as a person authors it. */
const stringMap = { type: 'object', additionalProperties: { type: 'string' } };
const metadata = {
  type: 'object',
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    namespace: { type: 'string' },
    labels: stringMap,
    annotations: stringMap,
    finalizers: { type: 'array', items: { type: 'string' } },
  },
  required: ['name'],
};

/** An OpenAPI schema of a CRD as plain JSON schema in which unknown keys are refused wherever the API server would drop them. */
function close(schema) {
  if (schema['x-kubernetes-int-or-string']) return { type: ['integer', 'string'] };
  const closed = {};
  for (const key of keywords) if (key in schema) closed[key] = schema[key];
  if (schema.items) closed.items = close(schema.items);
  if (schema.properties) {
    closed.type = 'object';
    closed.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, value]) => [name, close(value)]));
    closed.additionalProperties = schema['x-kubernetes-preserve-unknown-fields'] === true;
  } else if (typeof schema.additionalProperties === 'object') {
    closed.additionalProperties = close(schema.additionalProperties);
  } else if (closed.type === 'object') {
    closed.additionalProperties = true;
  }
  return closed;
}

/**
 * The definition of an ApplicationSet leaves open what it cannot say without containing itself. What stands there are types
 * of Argo CD (pkg/apis/application/v1alpha1/applicationset_types.go): children of `matrix` and `merge` are the generators of
 * the top level (ApplicationSetNestedGenerator), but the `matrix` and `merge` among them hold plain ones only
 * (ApplicationSetTerminalGenerator) and have no template (NestedMatrixGenerator); a generator's `template` is the
 * ApplicationSet's own (ApplicationSetTemplate), with the fields that it requires.
 */
function closeApplicationSet(schema) {
  const spec = schema.properties.spec.properties;
  const { matrix, merge, ...plain } = spec.generators.items.properties;
  const ref = (name) => ({ $ref: `#/definitions/${name}` });
  const list = (name) => ({ type: 'array', items: ref(name) });
  const combined = (generator, name, own = {}) => ({ ...generator, properties: { ...generator.properties, generators: list(name), ...own } });
  const nested = ({ properties: { template: _, ...properties }, ...generator }) => combined({ ...generator, properties }, 'TerminalGenerator');
  const generator = (own) => ({ ...spec.generators.items, properties: { ...plainRefs, ...own } });
  const withTemplate = (kind) => (kind.properties.template ? { ...kind, properties: { ...kind.properties, template: ref('Template') } } : kind);
  const definitionOf = (name) => `${name[0].toUpperCase()}${name.slice(1)}`;
  const plainRefs = Object.fromEntries(Object.keys(plain).map((name) => [name, ref(definitionOf(name))]));
  schema.definitions = {
    Template: spec.template,
    ...Object.fromEntries(Object.entries(plain).map(([name, kind]) => [definitionOf(name), withTemplate(kind)])),
    TerminalGenerator: generator({}),
    NestedGenerator: generator({ matrix: nested(matrix), merge: nested(merge) }),
  };
  spec.template = ref('Template');
  spec.generators.items = generator({
    matrix: combined(matrix, 'NestedGenerator', { template: ref('Template') }),
    merge: combined(merge, 'NestedGenerator', { template: ref('Template') }),
  });
  return schema;
}

/**
 * What the definition of an AppProject leaves to Argo CD, which refuses other words when it comes to a sync
 * (pkg/apis/application/v1alpha1/types.go, `InlineSyncWindow.Validate`).
 */
function closeAppProject(schema) {
  schema.properties.spec.properties.syncWindows.items.properties.kind.enum = ['allow', 'deny'];
  return schema;
}

const own = { ApplicationSet: closeApplicationSet, AppProject: closeAppProject };

/** The closed schemas of a file of CRDs, of those kinds that are wanted. */
export function closedSchemas(file, kinds) {
  const crds = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS());
  return crds
    .filter((crd) => kinds.includes(crd.spec.names.kind))
    .map((crd) => {
      const version = crd.spec.versions.find((candidate) => candidate.storage);
      const schema = close(version.schema.openAPIV3Schema);
      schema.properties = {
        ...schema.properties,
        apiVersion: { const: `${crd.spec.group}/${version.name}` },
        kind: { const: crd.spec.names.kind },
        metadata,
      };
      schema.required = ['apiVersion', 'kind', 'metadata', 'spec'];
      const closed = { $id: crd.spec.names.kind, ...schema };
      return own[crd.spec.names.kind]?.(closed) ?? closed;
    });
}
