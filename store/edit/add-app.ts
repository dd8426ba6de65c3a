import { join } from 'node:path';
import { stringify } from 'yaml';
import { FleetError } from '../../layers/problem';
import { sourceText } from '../typescript/source-text';
import { sourceOf } from '../typescript/source-tree';
import { yamlName } from '../yaml/field-names';
import type { Edits } from './edits';

/** An app that gets a file of its own. */
export interface NewApp {
  readonly clusterType: string;
  readonly name: string;
  /** What its file is in: `FleetAppConfig`, or `ComponentConfig` where the cluster type is a group of components. */
  readonly type: 'FleetAppConfig' | 'ComponentConfig';
  readonly description?: string;
  readonly owners: readonly string[];
  /** The fields of its base, in the order in which they are written. */
  readonly fields: { readonly [key: string]: unknown };
}

/** Writes the file of a new app. @returns the file @throws FleetError where there is one */
export function addApp(edits: Edits, config: string, form: 'typescript' | 'yaml', app: NewApp): string {
  const { clusterType, name, type, description, owners, fields } = app;
  const about = { ...(description === undefined ? {} : { description }), ...(owners.length > 0 ? { owners } : {}) };
  if (form === 'yaml') {
    const folder = join(config, clusterType, name);
    const named = Object.fromEntries(Object.entries(fields).map(([key, value]) => [yamlName(key), value]));
    addFile(edits, join(folder, 'metadata.yaml'), name, yamlText({ name, ...about }));
    return addFile(edits, join(folder, 'values.yaml'), name, yamlText({ applications: { [name]: named } }));
  }
  const entries = Object.entries({ ...about, ...fields }).map(([key, value]) => ({ key, value: sourceOf(value) }));
  const content = sourceText({ kind: 'map', expanded: true, entries });
  return addFile(
    edits,
    join(config, clusterType, `${name}.ts`),
    name,
    `import type { ${type} } from 'cdk8s-fleet';\n\nexport default ${content} satisfies ${type};\n`,
  );
}

/** @throws FleetError where there is one */
export function addFile(edits: Edits, file: string, name: string, text: string): string {
  if (edits.has(file)) {
    throw new FleetError([
      { code: 'duplicate-name', message: `there is a file for '${name}' already`, file, place: [], hint: 'edit it, or choose another name' },
    ]);
  }
  edits.write(file, text);
  return file;
}

export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, singleQuote: true, compat: 'yaml-1.1' });
}
