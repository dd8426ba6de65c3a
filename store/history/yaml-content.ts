import { compare } from '../../layers/problem';
import { parseYaml } from '../yaml/parse-yaml';
import { sectionNames } from '../yaml-fleet/yaml-fleet';

/** The text of a file of some state of the configuration. */
export type ReadText = (path: string) => string | undefined;

/**
 * What a patch in YAML changes at a target: what its files there say, and where they hold expressions, what other files say
 * beside their sections, for that is what expressions ask for. Formatting and comments leave it alone.
 *
 * @param read   files by their paths from the component's folder
 * @param paths  all files of the component
 * @param patch  the patch's name
 * @param target a complete dimension path
 * @returns equal text for equal content; `undefined` where the patch is not there
 */
export function yamlContent(read: ReadText, paths: readonly string[], patch: string, target: string): string | undefined {
  const inside = filesAbove(paths, target);
  const own = inside.filter((path) => path.endsWith(`/${patch}.yaml`)).flatMap((path) => read(path) ?? []);
  if (own.length === 0) return undefined;
  const said = textsIn(own);
  if (!own.some(hasExpression)) return JSON.stringify(said);
  const asked = [defaultsPath, ...inside.filter((path) => !path.endsWith(`/${patch}.yaml`))].map((path) => contentOf(read(path) ?? '', withoutSections));
  return JSON.stringify([said, asked.filter((text) => text !== '{}')]);
}

/**
 * What the copies of a patch say themselves, each once.
 *
 * @param read   files by their paths from the component's folder
 * @param paths  all files of the component
 * @param target the copies that count there. @default - all of them
 */
export function yamlTexts(read: ReadText, paths: readonly string[], patch: string, target?: string): readonly string[] {
  const own = (target === undefined ? paths : filesAbove(paths, target)).filter((path) => path.endsWith(`/${patch}.yaml`));
  return textsIn(own.flatMap((path) => read(path) ?? []));
}

/** The broadest first. */
function filesAbove(paths: readonly string[], target: string): readonly string[] {
  const isAbove = (path: string) => !path.includes('/') || `${target}/`.startsWith(path.slice(0, path.lastIndexOf('/') + 1));
  return paths.filter((path) => path.endsWith('.yaml') && isAbove(path)).sort((a, b) => a.length - b.length || compare(a, b));
}

function textsIn(own: readonly string[]): readonly string[] {
  return [...new Set(own.map((text) => contentOf(text, (document) => withoutDescription(document))))];
}

/** The defaults of the cluster type, from a component's folder. */
export const defaultsPath = '../defaults.yaml';

export function hasExpression(text: string): boolean {
  return text.includes('{{');
}

type Document = { readonly [key: string]: unknown };

/** @returns what a text says as text with sorted keys; the text itself where it cannot be read */
function contentOf(text: string, part: (document: Document) => unknown): string {
  try {
    const document = parseYaml(text);
    if (document.errors.length > 0) return text;
    return JSON.stringify(sorted(part((document.toJS({ maxAliasCount: 1000 }) ?? {}) as Document)));
  } catch {
    return text;
  }
}

/** What a patch is for is not what it changes. */
function withoutDescription({ metadata, ...others }: Document): unknown {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return { metadata, ...others };
  const { description: _, ...rest } = metadata as Document;
  return Object.keys(rest).length === 0 ? others : { metadata: rest, ...others };
}

function withoutSections(document: Document): unknown {
  const known: readonly string[] = [...sectionNames, 'metadata'];
  return Object.fromEntries(Object.entries(document).filter(([key]) => !known.includes(key)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
