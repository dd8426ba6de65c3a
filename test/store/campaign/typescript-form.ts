import type { FleetModel, Layers, MapValue, ModelClusterType, ModelComponent, ModelNode, Part, Value } from './fleet-model';
import { tokenSources } from './fleet-model';

/** A fleet as files of TypeScript, by their paths in the configuration folder. */
export function typescriptForm(model: FleetModel): Readonly<Record<string, string>> {
  const { repository, path, labelPrefix, dimensions, nodes, clusterTypes } = model;
  const plurals = dimensions.map(([plural]) => plural);
  const isDefault = plurals.join() === 'environments,sectors,regions';
  const files: Record<string, string> = {
    'fleet.ts': file([
      ...Object.entries({ repository, path, labelPrefix }).map(([key, value]) => `${key}: ${quoted(value)}`),
      ...(isDefault ? [] : [`dimensions: ${JSON.stringify(plurals)}`]),
      nodeList(nodes, plurals),
    ]),
  };
  for (const type of clusterTypes) {
    files[`${type.name}/defaults.ts`] = defaults(type);
    for (const component of type.components) files[`${type.name}/${fileName(component)}.ts`] = componentFile(component);
  }
  return files;
}

/** A file that holds one app is named after it. */
function fileName({ name, apps }: ModelComponent): string {
  return apps.length === 1 ? (apps[0]?.name as string) : name;
}

function file(entries: readonly string[], imports = ''): string {
  return `${imports}export default {\n${entries.map((entry) => `  ${entry},\n`).join('')}};\n`;
}

function nodeList(nodes: readonly ModelNode[], [plural = '', ...deeper]: readonly string[]): string {
  const items = nodes.map(({ name, promotion, children }) => {
    const said = promotion ? [`promotion: ${quoted(promotion)}`] : [];
    if (deeper.length === 0 && said.length === 0) return quoted(name);
    return `{ ${[`name: ${quoted(name)}`, ...said, ...(deeper.length > 0 ? [nodeList(children, deeper)] : [])].join(', ')} }`;
  });
  return `${plural}: [${items.join(', ')}]`;
}

const names = "import { cluster, unset } from 'cdk8s-fleet';\n";

function defaults({ paths, applications, applicationSets, extra }: ModelClusterType): string {
  const entries = [`applications: ${code(applications)}`, `applicationSets: ${code(applicationSets)}`];
  if (paths) entries.push(`paths: ${JSON.stringify(paths)}`);
  if (!extra) return file(entries, names);
  entries.push(`customize: (chart) => { const target = chart.target; new ApiObject(chart, 'extra', ${configMap('extra', extra)}); }`);
  return file(entries, `import { ApiObject } from 'cdk8s';\n${names}`);
}

function configMap(name: string, data: MapValue): string {
  return `{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: ${quoted(name)} }, data: ${code(data, true)} }`;
}

function componentFile({ apps, overrides, patches }: ModelComponent): string {
  const [only] = apps;
  const isAlone = apps.length === 1;
  const layers = (of: Layers) =>
    isAlone ? code(of[only?.name as string] as MapValue) : record(Object.entries(of).map(([name, layer]) => [name, code(layer)]));
  const shared = [
    ...(overrides.length > 0 ? [`overrides: ${record(overrides.map(({ path, layers: of }) => [path, layers(of)]))}`] : []),
    ...(patches.length > 0
      ? [
          `patches: ${record(
            patches.map(({ name, rolledOutTo, layers: of }) => [
              name,
              `{ description: 'Patch', rolledOutTo: [${rolledOutTo.map(quoted).join(', ')}], change: ${layers(of)} }`,
            ]),
          )}`,
        ]
      : []),
  ];
  const own = apps.map(({ kind, base, workload, deploys }) => [
    ...(kind === 'Application' ? [] : [`kind: ${quoted(kind)}`]),
    ...(deploys ? [`clusterType: ${quoted(deploys.clusterType)}`, `inject: ${JSON.stringify(deploys.inject)}`] : []),
    ...base.entries.map(([key, value]) => `${quoted(key)}: ${code(value)}`),
    ...(workload ? [`workloads: (chart, target) => { new ApiObject(chart, 'place', ${configMap(workload.name, workload.data)}); }`] : []),
  ]);
  const imports = apps.some(({ workload }) => workload) ? `import { ApiObject } from 'cdk8s';\n${names}` : names;
  if (isAlone) return file(["description: 'An app'", ...(own[0] ?? []), ...shared], imports);
  return file([`apps: ${record(apps.map(({ name }, index) => [name, `{ ${own[index]?.join(', ')} }`]))}`, ...shared], imports);
}

function record(entries: readonly (readonly [string, string])[]): string {
  return `{ ${entries.map(([key, value]) => `${quoted(key)}: ${value}`).join(', ')} }`;
}

/** @param hasTarget whether it stands where the target is at hand, and no function of it is needed */
function code(value: Value, hasTarget = false): string {
  switch (value.kind) {
    case 'scalar':
      return String(value.value);
    case 'unset':
      return 'unset';
    case 'nothing':
      return 'undefined';
    case 'list':
      return `[${value.items.map((item) => code(item, hasTarget)).join(', ')}]`;
    case 'map':
      return record(value.entries.map(([key, inner]) => [key, code(inner, hasTarget)]));
    case 'choice':
      return `(target) => target[${quoted(value.dimension)}] === ${quoted(value.name)} ? ${code(value.there, true)} : ${code(value.otherwise, true)}`;
    case 'text':
      return textCode(value.parts, hasTarget);
  }
}

function textCode(parts: readonly Part[], hasTarget: boolean): string {
  const [only = ''] = parts;
  if (parts.length <= 1 && typeof only === 'string') return quoted(only);
  const template = `\`${parts.map((part) => (typeof part === 'string' ? part.replace(/[`\\$]/g, '\\$&').replaceAll('\r', '\\r') : `\${${expression(part)}}`)).join('')}\``;
  const needsTarget = parts.some((part) => typeof part === 'object' && 'dimension' in part);
  return needsTarget && !hasTarget ? `(target) => ${template}` : template;
}

function expression(part: Exclude<Part, string>): string {
  if ('dimension' in part) return `target[${quoted(part.dimension)}]${part.upper ? '.toUpperCase()' : ''}`;
  if (part.token === 'name') return 'cluster.name';
  const source = tokenSources[part.token];
  if (!source) return `cluster.value(${quoted(part.token)})`;
  return `cluster.${source[0]}(${quoted(source[1])})`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
