import { longFileName, shortFileName } from '../../layers/charts/object-names';
import { fromHelmText } from '../../layers/text/from-helm-text';
import { readableTemplate } from '../../layers/text/helm-text';
import { toTemplateText, toYaml } from '../yaml/yaml-text';

/** How an object stands in a file: as a template of Helm, or as it is applied. */
export type Form = 'template' | 'manifest';

/** What a rendered object says of itself. */
export interface RenderedObject {
  readonly kind: string;
  /** Or how it begins, where Kubernetes makes the end of it. */
  readonly name: string;
  /** The names, without `.yaml`, that the tool gives to the file of such an object: the short one, and the one of an object whose short name is taken. */
  readonly fileNames: readonly string[];
}

/** How long a file can be that is looked into: rendered objects are far from it, and somebody's data may be longer. */
const longest = 2 ** 21;

/**
 * Reads a file that the tool may have written.
 *
 * @returns `undefined` where it is not, to the byte, as the tool writes one Kubernetes object
 */
export function renderedObject(text: string, form: Form): RenderedObject | undefined {
  if (!text.startsWith('apiVersion: ') || text.length > longest) return undefined;
  try {
    // Loaded here and not above: most runs look into no file.
    const { parse } = require('yaml') as typeof import('yaml');
    const document = parse(form === 'template' ? readableTemplate(text) : text, { maxAliasCount: 0, logLevel: 'error' }) as {
      readonly apiVersion: unknown;
      readonly kind: unknown;
      readonly metadata?: Readonly<Record<string, unknown>>;
    };
    const { apiVersion, kind, metadata } = document;
    const shown = (said: unknown) => (form === 'template' && typeof said === 'string' ? fromHelmText(said) : said);
    const [name, namespace] = [shown(metadata?.['name'] ?? metadata?.['generateName']), shown(metadata?.['namespace'])];
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined;
    const written = form === 'template' ? toTemplateText : toYaml;
    if (written(document as never) !== text) return undefined;
    const named = { apiVersion, kind, metadata: { name, namespace } };
    return { kind, name, fileNames: [shortFileName(named), longFileName(named)] };
  } catch {
    return undefined;
  }
}
