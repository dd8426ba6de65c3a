import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { setValue } from '../typescript/set-value';
import { sourceText } from '../typescript/source-text';
import { sourceOf } from '../typescript/source-tree';
import { yamlName } from '../yaml/field-names';
import type { Edits } from './edits';

/** Where a file in YAML says it. */
export const sectionOf = { Application: 'applications', ApplicationSet: 'applicationsets', AppProject: 'appprojects' } as const;

/** Where an app is written down, for a patch that it does not have yet. */
export interface AppPlace {
  readonly form: 'typescript' | 'yaml';
  /** Its own file; in YAML its component's `values.yaml`. */
  readonly file: string;
  readonly isGroup: boolean;
  readonly app: string;
  readonly kind: keyof typeof sectionOf;
}

export interface NewPatch {
  readonly name: string;
  readonly description?: string;
  /** Where it sits: one at least. */
  readonly paths: readonly string[];
  /** A layer of the app: values by their keys. */
  readonly change: { readonly [key: string]: unknown };
}

/** Writes a new patch. @returns the file that it stands in */
export function addPatch(edits: Edits, app: AppPlace, patch: NewPatch): string {
  return app.form === 'yaml' ? addYaml(edits, app, patch) : addTypeScript(edits, app, patch);
}

function addYaml(edits: Edits, app: AppPlace, { name, description, paths, change }: NewPatch): string {
  const files = paths.map((path) => join(dirname(app.file), path, `${name}.yaml`));
  const section = sectionOf[app.kind];
  const metadata = description === undefined ? {} : { metadata: { description } };
  const fields = Object.fromEntries(Object.entries(change).map(([key, value]) => [yamlName(key), value]));
  const text = stringify({ ...metadata, [section]: { [app.app]: fields } }, { lineWidth: 0, singleQuote: true, compat: 'yaml-1.1' });
  for (const file of files) edits.write(file, text);
  return files[0] as string;
}

function addTypeScript(edits: Edits, app: AppPlace, { name, description, paths, change }: NewPatch): string {
  const entries = [
    ...(description === undefined ? [] : [{ key: 'description', value: sourceOf(description) }]),
    { key: 'rolledOutTo', value: sourceOf(paths) },
    { key: 'change', value: sourceOf(app.isGroup ? { [app.app]: change } : change) },
  ];
  const code = sourceText({ kind: 'map', expanded: true, entries });
  const byHand = `write \`patches: { '${name}': { rolledOutTo: [${paths.map((path) => `'${path}'`).join(', ')}], change: … } }\``;
  edits.write(app.file, setValue(edits.read(app.file), ['patches', name], code, byHand));
  return app.file;
}
