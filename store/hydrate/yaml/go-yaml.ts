import { type CollectionTag, parseDocument, type ScalarTag } from 'yaml';
import type { Plain } from '../../../layers/layer';
import { goScalar } from '../../../layers/text/go-scalar';
import { tryReadBlockStyle } from '../../yaml/read-rendered';
import { GoDocument } from './go-document';

/**
 * Reads one document as Argo CD, Helm and kubectl do: with sigs.k8s.io/yaml, which is go.yaml.in/yaml v2 (`resolve.go`) made into
 * JSON. Its scalars are neither those of YAML 1.1 (no base 60, `0o17` is octal) nor those of 1.2 (`on`, `010`, `1_000`), and of equal
 * keys the last one wins, those that are merged (`<<`) among them.
 *
 * @returns `null` where there is nothing in it
 * @throws Error where it is no YAML, or what JSON cannot hold
 */
export function readGoYaml(text: string): Plain {
  // Inside of quotation marks Go folds them, and elsewhere it refuses them.
  const [broken] = /[\u0085\u2028\u2029]/.exec(text) ?? [];
  if (broken !== undefined) throw new Error(`a line ends at U+${broken.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}, as in YAML 1.1`);
  // Most of what charts print is plain block style, which is read many times as fast.
  const read = tryReadBlockStyle(text.replace(/^---[ \t]*(#.*)?\n/, ''), plainInBlock);
  return read === undefined ? parseGoYaml(text) : read;
}

function plainInBlock(text: string): Plain {
  if (text === '<<') throw new Error('a merge key');
  return goScalar(text.replace(/ +$/, ''), (message) => {
    throw new Error(message);
  });
}

/** The same of all of YAML. */
export function parseGoYaml(text: string): Plain {
  const document = parseDocument(text, { schema: 'failsafe', customTags: [plainScalar, ...typed, ...collections], uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new Error(error.message.split('\n', 1)[0]?.replace(/:$/, ''));
  return new GoDocument(document).value;
}

/** Every scalar without quotation marks and without a tag. */
const plainScalar: ScalarTag = { tag: 'tag:yaml.org,2002:go', default: true, test: /^/, resolve: goScalar };

/** Scalars that say what they are, in quotation marks or without (`resolve.go`). */
const typed: readonly ScalarTag[] = [
  scalarTag('int', (value) => typeof value === 'number' && Number.isInteger(value)),
  scalarTag('float', (value) => typeof value === 'number'),
  scalarTag('bool', (value) => typeof value === 'boolean'),
  scalarTag('null', (value) => value === null),
  // Where any value may stand, a time stays a text.
  scalarTag('timestamp', (value, text) => value === text && /^\d{4}-\d/.test(text)),
  {
    tag: 'tag:yaml.org,2002:binary',
    resolve(text, refuse) {
      const bytes = Buffer.from(text.replaceAll(/\s/g, ''), 'base64');
      if (bytes.toString('base64') !== text.replaceAll(/\s/g, '') || bytes.toString('utf8').includes('\ufffd')) refuse('what is no text in base64');
      return bytes.toString('utf8');
    },
  },
];

/** What is a set or an ordered map elsewhere is a map or a list. */
const collections: readonly CollectionTag[] = (['map', 'seq'] as const).flatMap((collection) =>
  (collection === 'map' ? ['set'] : ['omap', 'pairs']).map((name) => ({ tag: `tag:yaml.org,2002:${name}`, collection, resolve: (value) => value })),
);

function scalarTag(name: string, isOne: (value: Plain, text: string) => boolean): ScalarTag {
  return {
    tag: `tag:yaml.org,2002:${name}`,
    resolve(text, refuse) {
      const value = goScalar(text, refuse);
      if (!isOne(value, text)) refuse(`'${text}' is no !!${name}`);
      return value;
    },
  };
}
