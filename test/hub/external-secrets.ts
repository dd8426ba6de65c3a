// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind are read here
type Loose = any;
type Text = { readonly [key: string]: string };

/** What secret managers hold: by store, by entry, JSON or text. */
export type Managers = { readonly [store: string]: { readonly [entry: string]: unknown } };

/** A secret as External Secrets makes it. */
export interface MadeSecret {
  readonly labels: Text;
  readonly annotations: Text;
  readonly data: Text;
  /** Every value that was asked for: its store, entry and key; a whole entry has `*`. */
  readonly read: readonly string[];
}

/**
 * Does what External Secrets would do with an ExternalSecret that reads from secret managers. It knows as much of it as the
 * fleet uses, and throws at anything else; a key that a manager lacks is one error, which says what is missing where.
 */
export function madeOf({ spec }: Loose, managers: Managers): MadeSecret {
  const read: string[] = [];
  const entryOf = (sourceRef: Loose, key: string) => {
    const store = (sourceRef?.storeRef ?? spec.secretStoreRef).name;
    const entry = managers[store]?.[key];
    if (entry === undefined) throw new Error(`no entry '${key}' in ${store}`);
    return { store, entry };
  };
  const values: { [key: string]: string } = {};
  for (const { extract, sourceRef } of spec.dataFrom ?? []) {
    const { store, entry } = entryOf(sourceRef, extract.key);
    const map = extract.property === undefined ? entry : below(entry, extract.property);
    if (!isMap(map)) throw new Error(`'${extract.key}' in ${store} is no map`);
    read.push(`${store} ${extract.key} *`);
    for (const [key, value] of Object.entries<Loose>(map)) values[key] = textOf(value);
  }
  for (const { secretKey, remoteRef, sourceRef } of spec.data ?? []) {
    const { store, entry } = entryOf(sourceRef, remoteRef.key);
    const value = remoteRef.property === undefined ? entry : below(entry, remoteRef.property);
    if (value === undefined) throw new Error(`'${remoteRef.key}' in ${store} has no key '${remoteRef.property}'`);
    read.push(`${store} ${remoteRef.key} ${remoteRef.property ?? ''}`);
    values[secretKey] = textOf(value);
  }
  const { metadata, data, templateFrom = [] } = spec.target.template;
  const from = (target: string) =>
    Object.assign({}, ...templateFrom.filter((one: Loose) => one.target === target).map(({ literal }: Loose) => mapOf(literal, values)));
  const evaluated = (map: Text = {}) => Object.fromEntries(Object.entries(map).map(([key, text]) => [key, evaluate(text, values)]));
  return {
    labels: { ...from('Labels'), ...evaluated(metadata.labels) },
    annotations: { ...from('Annotations'), ...evaluated(metadata.annotations) },
    data: evaluated(data),
    read,
  };
}

/** A text of ours, or one value. */
function evaluate(text: string, values: Text): string {
  const [, key] = /^\{\{ \.(\w+) \}\}$/.exec(text) ?? [];
  if (key === undefined) return text.replaceAll('{{ `{{` }}', '{{');
  if (values[key] === undefined) throw new Error(`the template asks for '${key}', which was not read`);
  return values[key];
}

/** A map that a template gives: the entry's own, or what is named. */
function mapOf(literal: string, values: Text): Text {
  const [, whole] = /^\{\{ with index \. "([^"]+)" \}\}\{\{ \. \}\}\{\{ else \}\}\{\}\{\{ end \}\}$/.exec(literal) ?? [];
  if (whole !== undefined) return JSON.parse(values[whole] ?? '{}');
  const lines = literal.split('\n');
  if (lines[0] !== '{{ $found := dict -}}' || lines.at(-1) !== '{{ toJson $found }}') throw new Error(`a template that is not known: ${literal}`);
  const found = lines.slice(1, -1).flatMap((line) => {
    const [, key = '', name = ''] = /^\{\{ \$value := index \. "([^"]+)" \}\}.*\{\{ \$_ := set \$found "([^"]+)" \$value \}\}\{\{ end -\}\}$/.exec(line) ?? [];
    if (name === '') throw new Error(`a line that is not known: ${line}`);
    const value = values[key] ?? below(values, key);
    return value === undefined || (line.includes('regexMatch') && !/^[\w.-]{0,63}$/.test(value)) ? [] : [[name, textOf(value)] as const];
  });
  return Object.fromEntries(found);
}

/** What stands at a path of keys; a text is read as JSON. */
function below(value: Loose, path: string): Loose {
  if (isMap(value) && Object.hasOwn(value, path)) return value[path];
  const [first = '', ...rest] = path.split('.');
  const inside = isMap(value) ? value[first] : undefined;
  if (rest.length === 0) return inside;
  return below(typeof inside === 'string' ? parsed(inside) : inside, rest.join('.'));
}

function parsed(text: string): Loose {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: Loose): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isMap(value: Loose): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
