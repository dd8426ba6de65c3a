import { isMap } from '../../layers/plain-data';
import { parseYaml } from '../../store/yaml/parse-yaml';
import type { Application } from './manifests';

type Values = { readonly [key: string]: unknown };

/** The Helm values in an Application's sources, as an object or as a text; those of a later source win. */
export function helmValuesIn({ spec: { source, sources = source ? [source] : [] } }: Application): Values {
  return Object.assign({}, ...sources.map(({ helm }): Values => helm?.valuesObject ?? (helm?.values === undefined ? {} : read(helm.values))));
}

/** A text that is no YAML before somebody fills it in says nothing that could be asked. */
function read(text: string): Values {
  const document = parseYaml(text);
  if (document.errors.length > 0) return {};
  try {
    const values: unknown = document.toJS();
    return isMap(values) ? values : {};
  } catch (cause) {
    // An alias of what is nowhere (`*.example.com` without quotation marks), or of far too much.
    if (cause instanceof ReferenceError) return {};
    throw cause;
  }
}
