import type { Plain } from '../../layers/layer';

/** A text in values that says what the template of an ApplicationSet would: nobody fills it in, for values are read as they are. */
export interface ValueTemplate {
  /** Keys from the top of what was searched; items of lists by their index. A key that is such a text ends its own path. */
  readonly path: readonly string[];
  /** The action: `{{ .name }}`. */
  readonly action: string;
  /** How to say it, where a target knows it. */
  readonly instead?: string;
  /**
   * Whether it means a cluster in Go's templates. `{{name}}` may mean one, in ApplicationSets that are not Go's templates, and
   * is also how Grafana writes a label in a legend.
   */
  readonly isCertain: boolean;
}

type PlainMap = { readonly [key: string]: Plain };

const action = /\{\{-?([^{}]*)-?\}\}/g;

/** A parameter of the cluster generator at the top of an expression, and not a field of something else. */
const parameter = /(?<![\w)\]."'`])\$?\.(name|nameNormalized|server|project|values\.(?:release|version))(?![\w.])/;
const metadata = /(?<![\w)\]."'`])\$?\.metadata\.(labels|annotations)\b(?:\.([A-Za-z_]\w*)|\s+["`]([^"`]+)["`])?/;
const gotten = /\bget\s+\$?\.metadata\s+["`](labels|annotations)["`](?:[^"`]*["`]([^"`]+)["`])?/;
/** Of ApplicationSets without `goTemplate`: text replaced, and no expression. */
const plain = /^\s*(?:(name|nameNormalized|server)|metadata\.(labels|annotations)\.([\w./-]+))\s*$/;

/** Texts with a context of their own, in which a field is one of that: blocks of Go templates, Loki's formats, kubectl's output. */
const ownContext = /\{\{-?\s*(range|with|define|block|template)\b|\b(line_format|label_format|go-template)\b/;

/** Objects whose own templates are for somebody else: generators beside them, or the secrets that they are made of. */
const templatedKinds: readonly string[] = ['ApplicationSet', 'ExternalSecret', 'ClusterExternalSecret', 'PushSecret', 'ClusterPushSecret'];
const templatedKeys: readonly string[] = ['generators', 'dataFrom', 'secretStoreRef', 'remoteRef', 'engineVersion'];

function hasOwnTemplates(map: PlainMap): boolean {
  return templatedKinds.includes(map.kind as string) || templatedKeys.some((key) => Object.hasOwn(map, key));
}

/** What was found in values that cannot change; layers share most of them among members. */
const known = new WeakMap<object, readonly ValueTemplate[]>();
const nothing: readonly ValueTemplate[] = [];

/** Every text, keys included, that the template of an ApplicationSet was meant by. */
export function templatesIn(value: Plain): readonly ValueTemplate[] {
  if (typeof value === 'string') return inText(value);
  if (typeof value !== 'object' || value === null) return nothing;
  const before = known.get(value);
  if (before) return before;
  let found: ValueTemplate[] | undefined;
  const add = (key: string, templates: readonly ValueTemplate[]) => {
    for (const template of templates) {
      found ??= [];
      found.push({ ...template, path: [key, ...template.path] });
    }
  };
  if (Array.isArray(value) || !hasOwnTemplates(value as PlainMap)) {
    for (const key in value) {
      if (!Array.isArray(value)) add(key, inText(key));
      add(key, templatesIn((value as PlainMap)[key] as Plain));
    }
  }
  const all = found ?? nothing;
  if (Object.isFrozen(value)) known.set(value, all);
  return all;
}

/** At most one of a text: what is said of the first holds for the others. */
function inText(text: string): readonly ValueTemplate[] {
  if (!text.includes('{{') || ownContext.test(text)) return nothing;
  for (const [written, inside = ''] of text.matchAll(action)) {
    const template = meant(inside);
    if (template) return [{ path: [], action: written, ...template }];
    const [, name, map, key] = plain.exec(inside) ?? [];
    if (map !== undefined && key !== undefined) return [{ path: [], action: written, instead: ofTarget(map, key), isCertain: true }];
    // A document in a text, such as a dashboard, is Grafana's.
    if (name !== undefined && !/^\s*(\{\s*"|\[)|\n/.test(text)) return [{ path: [], action: written, instead: insteadOf[name], isCertain: false }];
  }
  return nothing;
}

function meant(inside: string): Pick<ValueTemplate, 'instead' | 'isCertain'> | undefined {
  const [isMetadata, map, field, quoted] = metadata.exec(inside) ?? [];
  if (isMetadata !== undefined) return { instead: ofTarget(map, field ?? quoted), isCertain: true };
  const [isGotten, of, key] = gotten.exec(inside) ?? [];
  if (isGotten !== undefined) return { instead: ofTarget(of, key), isCertain: true };
  const [, name] = parameter.exec(inside) ?? [];
  return name === undefined ? undefined : { instead: insteadOf[name], isCertain: true };
}

const insteadOf: Readonly<Record<string, string>> = { name: '(target) => target.cluster', nameNormalized: '(target) => target.cluster' };

function ofTarget(map: string | undefined, key: string | undefined): string {
  return `(target) => target.${map}${key === undefined ? '[…]' : `['${key}']`}`;
}
