import type { FleetModel, Layers, MapValue, ModelApp, ModelNode, Part, Value } from './fleet-model';

/** A fleet as files of YAML, by their paths in the configuration folder. */
export function yamlForm(model: FleetModel): Readonly<Record<string, string>> {
  const { repository, path, labelPrefix, dimensions, nodes, clusterTypes } = model;
  const plurals = dimensions.map(([plural]) => plural);
  const files: Record<string, string> = {
    'config.yaml': document({
      repository,
      path,
      labelPrefix,
      dimensions: plurals,
      sequence: nodeList(nodes, plurals),
      cluster_types: clusterTypes.map(({ name }) => ({ name })),
    }),
  };
  for (const { name: type, applications, applicationSets, components } of clusterTypes) {
    files[`${type}/defaults.yaml`] =
      `applications:\n  default: ${flow(renamed(applications))}\napplicationsets:\n  default: ${flow(renamed(applicationSets))}\n`;
    for (const { name, apps, overrides, patches } of components) {
      const folder = `${type}/${name}`;
      files[`${folder}/metadata.yaml`] = document({ name, description: 'A component', owners: ['team@example.com'] });
      files[`${folder}/values.yaml`] = sections(apps, Object.fromEntries(apps.map((app) => [app.name, app.base])));
      for (const { path: at, layers } of overrides) files[`${folder}/${at}/override.yaml`] = sections(apps, layers);
      for (const { name: patch, rolledOutTo, layers } of patches) {
        for (const at of rolledOutTo) files[`${folder}/${at}/${patch}.yaml`] = `metadata: { description: 'Patch' }\n${sections(apps, layers)}`;
      }
    }
  }
  return files;
}

function document(content: Readonly<Record<string, unknown>>): string {
  return Object.entries(content)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
}

function nodeList(nodes: readonly ModelNode[], [plural = '', ...deeper]: readonly string[]): Readonly<Record<string, unknown>> {
  const items = nodes.map(({ name, promotion, children }) => {
    const said = { name, ...(promotion ? { promotion } : {}) };
    if (deeper.length === 0) return promotion ? said : name;
    return { ...said, ...nodeList(children, deeper) };
  });
  return { [plural]: items };
}

/** What apps say, in the sections of their kinds. */
function sections(apps: readonly ModelApp[], layers: Layers): string {
  const of = (kind: ModelApp['kind']) => apps.filter((app) => app.kind === kind && layers[app.name]);
  return (['Application', 'ApplicationSet'] as const)
    .flatMap((kind) => {
      const lines = of(kind).map(({ name }) => `  ${JSON.stringify(name)}: ${flow(renamed(layers[name] as MapValue))}\n`);
      return lines.length > 0 ? [`${kind.toLowerCase()}s:\n`, ...lines] : [];
    })
    .join('');
}

/** Labels and annotations have other names in YAML. */
function renamed({ entries }: MapValue): MapValue {
  const words: Readonly<Record<string, string>> = { labels: 'additionalLabels', annotations: 'additionalAnnotations' };
  return { kind: 'map', entries: entries.map(([key, value]) => [words[key] ?? key, value]) };
}

/** On one line, in the quotes of JSON, which are those of YAML. */
function flow(value: Value): string {
  switch (value.kind) {
    case 'scalar':
      return String(value.value);
    case 'unset':
      return 'null';
    case 'list':
      return `[${value.items.map(flow).join(', ')}]`;
    case 'map':
      return `{${value.entries.map(([key, inner]) => `${quoted(key)}: ${flow(inner)}`).join(', ')}}`;
    case 'text':
      return quoted(value.parts.map(piece).join(''));
    default:
      throw new Error(`'${value.kind}' cannot be said in YAML`);
  }
}

/** What is neither is for Argo CD, and stands as it is. */
function piece(part: Part): string {
  if (typeof part === 'string') return part;
  if ('dimension' in part) return `{{ .Values.cluster.${part.dimension}${part.upper ? ' | upper' : ''} }}`;
  return part.token === 'name' ? '{{ .Values.cluster.name }}' : `{{\`{{ .Values.cluster.${part.token} }}\`}}`;
}

/** Characters that YAML does not take as they are, or that somebody might take for a line break, are written as escapes. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
