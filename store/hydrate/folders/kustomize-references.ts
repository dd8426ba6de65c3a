import { isNode, parseAllDocuments, visit } from 'yaml';
import type { ChartFinding } from '../../../layers/charts/chart-input';
import { isMap } from '../../../layers/plain-data';
import { parseGoDocuments } from '../../yaml/go-yaml';

/** Something that a file of Kustomize names. */
export interface Reference {
  readonly text: string;
  /** Something that must be there, the configuration of a plugin, or a file that Kustomize looks for itself. */
  readonly kind: 'entry' | 'plugin' | 'file';
}

/** What names folders and files of manifests, of configurations of its plugins, and files alone. */
const folderKeys = ['resources', 'bases', 'components'];
const pluginKeys = ['generators', 'transformers', 'validators'];
const fileKeys = ['crds', 'configurations', 'patchesStrategicMerge', 'path', 'paths', 'files', 'envs', 'env', ...folderKeys, ...pluginKeys];
/** What holds such keys. */
const otherKeys = ['patches', 'patchesJson6902', 'replacements', 'openapi', 'configMapGenerator', 'secretGenerator', 'helmCharts'];
const spellings = new Map([...fileKeys, ...otherKeys].map((key) => [folded(key), key]));

/** Tags of YAML by which a text is what it looks like: others are decoded (`!!binary`). */
const plainTags = new Set(['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`));

/** Whether a text is an address, or gives a file of one a name (`key=https://…`). */
export function isAddress(text: string): boolean {
  return /^(?:[^=\s]*=)?\s*[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/**
 * What a file of Kustomize names.
 *
 * @param broken is told what cannot be read, or says something else to Kustomize than it looks like
 */
export function referencesIn(text: string, broken: (why: Pick<ChartFinding, 'found' | 'expected'>) => void): readonly Reference[] {
  const found: Reference[] = [];
  let isRead = true;
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (isMap(value)) {
      for (const [name, item] of Object.entries(value)) {
        const spelling = spellings.get(folded(name));
        if (spelling !== undefined && spelling !== name) broken({ expected: `the key '${spelling}'`, found: `'${name}'` });
        walk(item, spelling ?? name);
      }
    } else if (typeof value === 'string' && fileKeys.includes(key)) {
      const isPlugin = pluginKeys.includes(key);
      // It may stand there itself.
      if (value.includes('\n')) {
        if (isPlugin) found.push(...referencesIn(value, broken).map((one): Reference => ({ ...one, kind: 'file' })));
      } else found.push({ text: value, kind: isPlugin ? 'plugin' : folderKeys.includes(key) ? 'entry' : 'file' });
    }
  };
  for (const document of parseAllDocuments(text, { merge: true, prettyErrors: false, uniqueKeys: false })) {
    const [error] = document.errors;
    if (error) {
      isRead = false;
      broken({ found: error.message });
      continue;
    }
    visit(document, (_, node) => {
      const tag = isNode(node) && 'tag' in node ? node.tag : undefined;
      if (tag !== undefined && !plainTags.has(tag)) broken({ expected: 'texts as they are', found: `the tag '${tag}'` });
    });
    walk(document.toJS(), '');
  }
  // Kustomize reads a kustomization as Go does, and what plugins are told as YAML 1.2: whatever either of them sees is named.
  try {
    if (isRead) for (const document of parseGoDocuments(text)) walk(document, '');
  } catch (cause) {
    if (cause instanceof RangeError || !(cause instanceof Error)) throw cause;
    broken({ found: cause.message });
  }
  return [...new Map(found.map((one) => [`${one.kind} ${one.text}`, one])).values()];
}

/** Kustomize takes keys in any case, as Go's JSON does, to which `ſ` is an `s`. */
function folded(key: string): string {
  return key.toUpperCase().toLowerCase();
}
