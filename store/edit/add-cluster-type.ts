import { join } from 'node:path';
import { parse } from 'yaml';
import { sourceText } from '../typescript/source-text';
import { sourceOf } from '../typescript/source-tree';
import { insertYamlItem } from '../yaml/insert-yaml-item';
import { addFile, yamlText } from './add-app';
import type { Edits } from './edits';
import { type YamlRoot, yamlRoot } from './yaml-root';

/** A cluster type that gets a folder of its own. */
export interface NewClusterType {
  readonly name: string;
  readonly description?: string;
  readonly owners: readonly string[];
  /** Where alone it is rendered. @default - everywhere */
  readonly paths: readonly string[];
  /** The cluster type whose Argo CD deploys it: its own, or another. */
  readonly host: string;
  readonly root: Omit<YamlRoot, 'clusterType'>;
}

/** The broadest layer of its apps. */
const applications = {
  namespace: 'argocd',
  project: 'default',
  destination: { server: 'https://kubernetes.default.svc' },
  syncPolicy: { automated: { prune: false, selfHeal: true }, syncOptions: ['CreateNamespace=true'] },
};

/** Writes the defaults of a new cluster type, and the root that deploys it. @returns the file of its defaults */
export function addClusterType(edits: Edits, config: string, form: 'typescript' | 'yaml', clusterType: NewClusterType): string {
  const { name, description, owners, paths, host, root } = clusterType;
  const about = { description: `Deploys ${name}`, ...(owners.length > 0 ? { owners } : {}) };
  if (form === 'yaml') {
    const folder = join(config, host, `${name}-root`);
    addFile(edits, join(folder, 'metadata.yaml'), name, yamlText({ name: `${name}-root`, ...about }));
    addFile(edits, join(folder, 'values.yaml'), name, yamlRoot({ ...root, clusterType: name }));
    listClusterType(edits, join(config, 'config.yaml'), name);
    const defaults = { applications: { default: applications }, applicationsets: { default: { namespace: 'argocd' } } };
    return addFile(edits, join(config, name, 'defaults.yaml'), name, yamlText(defaults));
  }
  const rootFields = { kind: 'RootApplicationSet', ...about, clusterType: name };
  addFile(edits, join(config, host, `${name}-root.ts`), name, moduleOf('FleetAppConfig', rootFields));
  const fields = {
    ...(description === undefined ? {} : { description }),
    ...(paths.length > 0 ? { paths } : {}),
    applications,
    applicationSets: { namespace: 'argocd' },
  };
  return addFile(edits, join(config, name, 'defaults.ts'), name, moduleOf('ClusterTypeConfig', fields));
}

/** Writes the defaults of a new group of components. @returns the file */
export function addGroup(edits: Edits, config: string, { name, description, owners }: Pick<NewClusterType, 'name' | 'description' | 'owners'>): string {
  const fields = { ...(description === undefined ? {} : { description }), ...(owners.length > 0 ? { owners } : {}) };
  return addFile(edits, join(config, name, 'defaults.ts'), name, moduleOf('GroupConfig', fields));
}

function moduleOf(type: string, fields: object): string {
  const entries = Object.entries(fields).map(([key, value]) => ({ key, value: sourceOf(value) }));
  const content = sourceText({ kind: 'map', expanded: true, entries });
  return `import type { ${type} } from 'cdk8s-fleet';\n\nexport default ${content} satisfies ${type};\n`;
}

/** Where `config.yaml` lists cluster types, the new one is the last of them; else every folder is one. */
function listClusterType(edits: Edits, file: string, name: string): void {
  const source = edits.read(file);
  const { cluster_types: listed } = parse(source.text) as { readonly cluster_types?: readonly (string | { readonly name: string })[] };
  if (!Array.isArray(listed) || listed.length === 0) return;
  const last = listed[listed.length - 1];
  const lastName = typeof last === 'string' ? last : last?.name;
  edits.write(file, insertYamlItem(source, ['cluster_types'], { name }, lastName, `write \`- name: ${name}\` as the last of \`cluster_types\``));
}
