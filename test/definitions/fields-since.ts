import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from '../workspaces/workspace';
import { definitionFiles } from './program';
import { argoCD } from './versions';

/** The table that is made of the definitions. */
export const tableFile = join(repository, 'layers/shape/fields-since.ts');

// biome-ignore lint/suspicious/noExplicitAny: a definition is read as far as it is known
type Loose = any;

/** A field by what it is a field of: any spec of an Application, any generator, the spec of a kind. */
interface Field {
  readonly part: 'Application' | 'generator' | 'ApplicationSet' | 'AppProject';
  readonly path: string;
}

/** The text of the table, as it shall be. */
export function fieldsSinceText(): string {
  const versions = [...new Set(argoCD.versions.map((version) => version.slice(1).split('.').slice(0, 2).join('.')))];
  const rows = versions.slice(1).map((version, index) => [version, addedIn(versions[index] as string, version)] as const);
  const parts = ['Application', 'generator', 'ApplicationSet', 'AppProject'] as const;
  const row = ([version, fields]: (typeof rows)[number]) => {
    const lines = parts.flatMap((part) => {
      const paths = fields.filter((field) => field.part === part).map(({ path }) => `'${path}'`);
      return paths.length === 0 ? [] : [`    ${part}: [${paths.join(', ')}],`];
    });
    return lines.length === 0 ? `  '${version}': {},` : [`  '${version}': {`, ...lines, '  },'].join('\n');
  };
  return `// Made of Argo CD's own definitions by \`npm run definitions:fields\`; not edited by hand.

/** The versions of Argo CD that are supported, the oldest first. */
export const argoCDVersions = [${versions.map((version) => `'${version}'`).join(', ')}] as const;

/** One of them. */
export type ArgoCDVersion = (typeof argoCDVersions)[number];

/** The newest, whose fields are those that configuration may say. */
export const newestArgoCD = argoCDVersions[argoCDVersions.length - 1] as ArgoCDVersion;

/** What has fields of its own: the spec of an Application wherever it stands, a generator wherever it stands, the specs of two kinds. */
export type FieldsOf = ${parts.map((part) => `'${part}'`).join(' | ')};

/** The fields that came with a version, none below another: \`[]\` stands for any item of a list. */
export const fieldsSince: Readonly<Record<string, { readonly [part in FieldsOf]?: readonly string[] }>> = {
${rows.map(row).join('\n')}
};
`;
}

/** Fields that one version has and the one before has not, none below another. */
function addedIn(before: string, version: string): readonly Field[] {
  const [had, has] = [fieldsOf(before), fieldsOf(version)];
  const added = [...has.keys()].filter((key) => !had.has(key));
  return added
    .filter((key) => !added.some((other) => other !== key && (key.startsWith(`${other}.`) || key.startsWith(`${other}[]`))))
    .map((key) => has.get(key) as Field)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function fieldsOf(version: string): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const file of definitionFiles(argoCD, `v${version}.0`)) {
    const { spec } = parse(readFileSync(file, 'utf8')) as Loose;
    const kind = spec.names.kind as string;
    for (const field of below(spec.versions[0].schema.openAPIV3Schema.properties.spec, '')) {
      const found = fieldOf(kind, field);
      if (found !== undefined) fields.set(`${found.part} ${found.path}`, found);
    }
  }
  return fields;
}

function fieldOf(kind: string, path: string): Field | undefined {
  if (kind === 'AppProject' || kind === 'Application') return { part: kind, path };
  const template = /(?:^|\.)template\.spec\.(.+)$/.exec(path);
  if (template) return { part: 'Application', path: template[1] as string };
  const generator = /^generators\[\](?:\.(?:matrix|merge)\.generators\[\])*\.(.+)$/.exec(path);
  // Its template is that of an ApplicationSet.
  if (generator) return /\.template(\.|$)/.test(path) ? undefined : { part: 'generator', path: generator[1] as string };
  return { part: 'ApplicationSet', path };
}

function* below(schema: Loose, path: string): Generator<string> {
  if (path !== '') yield path;
  for (const [key, property] of Object.entries(schema.properties ?? {})) yield* below(property, path === '' ? key : `${path}.${key}`);
  if (schema.items) yield* below(schema.items, `${path}[]`);
}
