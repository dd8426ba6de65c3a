import { parseDocument, type Scalar, type ScalarTag, visit } from 'yaml';
import type { Plain } from '../../layers/layer';
import { goNumberKey, goScalar } from '../../layers/text/go-scalar';
import { tryReadBlockStyle } from '../yaml/read-rendered';

/**
 * Reads one document as Argo CD, Helm and kubectl do: with sigs.k8s.io/yaml, which is go.yaml.in/yaml v2 (`resolve.go`) made into
 * JSON. Its scalars are neither those of YAML 1.1 (no base 60, `0o17` is octal) nor those of 1.2 (`on`, `010`, `1_000`), and of equal
 * keys the last one wins.
 *
 * @returns `null` where there is nothing in it
 * @throws Error where it is no YAML, or what JSON cannot hold
 */
export function readGoYaml(text: string): Plain {
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
  const document = parseDocument(text, { schema: 'failsafe', customTags: [plainScalar, 'int', 'float', 'bool', 'null'], merge: true, uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new Error(error.message.split('\n', 1)[0]?.replace(/:$/, ''));
  visit(document, {
    Pair: (_, { key }) => {
      const isKey = typeof key === 'object' && key !== null && 'value' in key && key.value !== null && typeof key.value !== 'object';
      if (!isKey) throw new Error('a key is null, a map or a list');
      const scalar = key as Scalar;
      if (typeof scalar.value === 'number') scalar.value = goNumberKey(scalar.source ?? '', scalar.value);
    },
  });
  return document.toJS({ maxAliasCount: 100 }) as Plain;
}

/** Every scalar without quotation marks and without a tag. */
const plainScalar: ScalarTag = { tag: 'tag:yaml.org,2002:go', default: true, test: /^/, resolve: goScalar };
