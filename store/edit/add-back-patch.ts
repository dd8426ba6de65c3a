import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { setValue } from '../typescript/set-value';
import { sourceText } from '../typescript/source-text';
import { type MapSource, type Source, sourceOf } from '../typescript/source-tree';
import { sectionOf } from './add-patch';
import type { Edits } from './edits';
import { withImport } from './import-name';

/** A field of an app, as its file writes it. */
export interface WrittenField {
  readonly app: string;
  readonly keys: readonly string[];
  /** In TypeScript, its text; in YAML, what it is. @default - it is unset */
  readonly value?: { readonly code?: string; readonly data?: unknown };
}

/** Where the apps of a patch are written down. */
export interface AppsPlace {
  /** Their file; in YAML their component's `values.yaml`. */
  readonly file: string;
  readonly apps: readonly { readonly name: string; readonly kind: keyof typeof sectionOf; readonly isGroup: boolean }[];
}

export interface BackPatch {
  readonly name: string;
  readonly description: string;
  /** Where it sits: one at least. */
  readonly paths: readonly string[];
  readonly fields: readonly WrittenField[];
}

/** Writes a patch of values that stood in a file before, as they stood there. @returns the file that it stands in */
export function addBackPatch(edits: Edits, place: AppsPlace, patch: BackPatch): string {
  return place.file.endsWith('.yaml') ? addYaml(edits, place, patch) : addTypeScript(edits, place, patch);
}

function addYaml(edits: Edits, { file: base, apps }: AppsPlace, { name, description, paths, fields }: BackPatch): string {
  const files = paths.map((path) => join(dirname(base), path, `${name}.yaml`));
  const document: { [key: string]: unknown } = { metadata: { description } };
  for (const { app, keys, value } of fields) {
    const kind = apps.find((one) => one.name === app)?.kind ?? 'Application';
    setAt(document, [sectionOf[kind], app, ...keys], value?.data);
  }
  const text = stringify(document, { lineWidth: 0, singleQuote: true, compat: 'yaml-1.1' });
  for (const file of files) edits.write(file, text);
  return files[0] as string;
}

function setAt(tree: { [key: string]: unknown }, keys: readonly string[], value: unknown): void {
  let map = tree;
  for (const key of keys.slice(0, -1)) {
    map[key] ??= {};
    map = map[key] as { [key: string]: unknown };
  }
  map[keys[keys.length - 1] as string] = value;
}

function addTypeScript(edits: Edits, { file, apps }: AppsPlace, { name, description, paths, fields }: BackPatch): string {
  const isGroup = apps.some((app) => app.isGroup);
  let source = edits.read(file);
  let unset = 'unset';
  if (fields.some(({ value }) => value === undefined)) {
    const { text, local } = withImport(source, 'unset', 'cdk8s-fleet');
    source = { ...source, text };
    unset = local;
  }
  const leaves = fields.map(({ app, keys, value }) => [isGroup ? [app, ...keys] : keys, { kind: 'code', text: value?.code ?? unset }] as const);
  const entries = [
    { key: 'description', value: sourceOf(description) },
    { key: 'rolledOutTo', value: sourceOf(paths) },
    { key: 'change', value: mapOf(leaves) },
  ];
  const byHand = `write \`patches: { '${name}': { rolledOutTo: [${paths.map((path) => `'${path}'`).join(', ')}], change: … } }\``;
  edits.write(file, setValue(source, ['patches', name], sourceText({ kind: 'map', expanded: true, entries }), byHand));
  return file;
}

type Leaf = readonly [keys: readonly string[], value: Source];

function mapOf(leaves: readonly Leaf[]): MapSource {
  const keys = [...new Set(leaves.map(([[key = '']]) => key))];
  const entries = keys.map((key) => {
    const own = leaves.filter(([[first]]) => first === key);
    const value = own.find(([path]) => path.length === 1)?.[1];
    return { key, value: value ?? mapOf(own.map(([[, ...rest], inner]): Leaf => [rest, inner])) };
  });
  return { kind: 'map', entries };
}
