import type { ChartFinding } from '../../layers/charts/chart-input';
import type { ChartSource } from './chart-sources';
import { unpacked } from './unpacked';

/** A schema of a chart, and what it says that leads elsewhere; of what cannot be looked at, why. */
type Reference = readonly [file: string, what: string];

/** Where Helm says that a schema lies (helm, pkg/chartutil, `validateUsingNewValidator`): what is relative lies beside it, on this machine. */
const place = 'file:///values.schema.json';

/** What validators bring along. */
const drafts = /^https?:\/\/json-schema\.org\/(draft\/20(19-09|20-12)\/|draft-0[467]\/)?schema#?$/;

const known = new WeakMap<ChartSource, readonly Reference[]>();

/**
 * Why a chart is not rendered whose schema, or that of a chart in it, refers to what is not in it: Helm would read files of this
 * machine, and ask hosts that it reaches without a proxy. It reads no schema where it is told to skip them.
 */
export function foreignReferences(source: ChartSource): ChartFinding | undefined {
  const found = known.get(source) ?? [...referencesIn(source.files())];
  known.set(source, found);
  if (found.length === 0) return undefined;
  const isJson = found.every(([, what]) => what !== noJson);
  return {
    code: 'chart-broken',
    message: `a schema of ${source.shown} ${isJson ? 'refers to what is not in it: Helm would read it from this machine, or ask for it' : 'cannot be read'}`,
    expected: isJson ? 'references to its own parts (`#/…`)' : 'JSON, with references to its own parts (`#/…`)',
    found: found.map(([file, what]) => `${file}: ${what}`).join(', '),
    hint: 'tell the authors of the chart; `skipSchemaValidation: true` renders it without its schemas',
  };
}

function* referencesIn(files: ReadonlyMap<string, Buffer>, above = ''): Generator<Reference> {
  if (files.size === 0) yield [above || 'its archive', 'it cannot be looked into'];
  for (const [path, content] of files) {
    const file = above + path;
    if (path.endsWith('.tgz')) yield* referencesIn(file.length > 1000 ? new Map() : unpacked(content), `${file}/`);
    else if (/(^|\/)values\.schema\.json$/.test(path)) {
      const schema = parsed(content.toString('utf8'));
      if (schema === undefined) yield [file, noJson];
      else for (const what of referencesOf(schema)) yield [file, `'${what}'`];
    }
  }
}

/** References of a schema that name another document. Whatever part of it is one: validators find parts in what are no schemas, too. */
function referencesOf(schema: unknown): readonly string[] {
  const ids = new Set([place]);
  const found: (readonly [what: string, url: string])[] = [];
  const left: (readonly [value: unknown, base: string])[] = [[schema, place]];
  for (const [value, above] of left) {
    if (typeof value !== 'object' || value === null) continue;
    const { $id, $ref } = value as Readonly<Record<string, unknown>>;
    // Before 2019 what stands beside a reference is none.
    const base = typeof $id === 'string' && typeof $ref !== 'string' ? resolved($id, above) : above;
    ids.add(base);
    for (const [key, item] of Object.entries(value)) {
      const isReference = /^\$(ref|dynamicRef|recursiveRef|schema)$/.test(key) && typeof item === 'string' && !item.startsWith('#') && !drafts.test(item);
      if (isReference) found.push([item, resolved(item, base)]);
      else left.push([item, base]);
    }
  }
  // A part may be called by an address; what lies here, or is asked directly, is none.
  return found.flatMap(([what, url]) => (url === place || (ids.has(url) && !/^file:|^\w+:\/\/([^/]*@)?(localhost|127\.|\[)/.test(url)) ? [] : [what]));
}

function resolved(reference: string, base: string): string {
  try {
    return new URL(reference, base).href.replace(/#.*/s, '');
  } catch {
    return reference;
  }
}

const noJson = 'no JSON';

/** Nothing where it is no JSON: what cannot be looked at may refer to anything. Helm takes one mark of the byte order away. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
