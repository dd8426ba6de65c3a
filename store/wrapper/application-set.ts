import { parse } from 'yaml';
import { isMap } from '../../layers/plain-data';
import { TemplateError } from './go-syntax';
import { filledIn, Texts, unknown } from './go-template';
import type { Layout, LayoutFile } from './layout';
import { asMap, asText, type Data, isNothing, mapTexts, merged } from './values';

/** What is known of a cluster secret. */
export interface ClusterFacts {
  readonly name: string;
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
  /** What annotations that Git does not know have to say, by where the layout keeps its files. @default - nothing */
  readonly assumed?: { readonly [annotation: string]: string };
  /** What annotations come to that say where files are, if that is elsewhere in another repository. @default - nothing */
  readonly located?: { readonly [annotation: string]: string };
}

/** An Application that an ApplicationSet makes: its parameters, and what its templates come to with them. */
export interface Made {
  readonly parameters: Data;
  readonly metadata: Data;
  readonly spec: Data;
}

/** The ApplicationSets of a folder. */
export function isApplicationSet({ content }: LayoutFile): boolean {
  return content.kind === 'ApplicationSet' && String(content.apiVersion).startsWith('argoproj.io/');
}

/**
 * What an ApplicationSet makes of the clusters that its Argo CD knows, as its controller computes it.
 *
 * @throws TemplateError where it has what is not known here
 */
export function madeBy({ content }: LayoutFile, clusters: readonly ClusterFacts[], layout: Layout): readonly Made[] {
  const { generators, template, templatePatch, goTemplate } = asMap(content.spec);
  if (goTemplate !== true) throw new TemplateError('`goTemplate: true` is missing: the older kind of templates is not read');
  const sets = new Generators(clusters, layout).each(generators, {});
  return sets.map((parameters) => {
    const { metadata, spec } = asMap(evaluated(template, parameters));
    const patch = asText(templatePatch) === undefined ? undefined : parsed(filledIn(String(templatePatch), parameters), 'templatePatch');
    const whole = asMap(merged({ metadata, spec }, patch));
    return { parameters, metadata: asMap(whole.metadata), spec: asMap(whole.spec) };
  });
}

function evaluated(template: unknown, parameters: Data): unknown {
  return mapTexts(template, (text) => (text.includes('{{') ? filledIn(text, parameters) : text));
}

function parsed(text: string, what: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, schema: 'core' });
  } catch {
    throw new TemplateError(`what ${what} comes to is not YAML`);
  }
}

/** Parameters of a cluster, as the cluster generator gives them. */
export function parametersOf({ name, labels, annotations, assumed, located }: ClusterFacts): Data {
  const nameNormalized = name.toLowerCase().replace(/[^-a-z0-9.]/g, '-');
  const known = { ...assumed, ...annotations, ...located };
  return { name, nameNormalized, server: unknown('server'), metadata: { labels: new Texts(labels, 'label'), annotations: new Texts(known, 'annotation') } };
}

class Generators {
  constructor(
    readonly clusters: readonly ClusterFacts[],
    readonly layout: Layout,
  ) {}

  each(generators: unknown, known: Data): readonly Data[] {
    if (!Array.isArray(generators)) throw new TemplateError('it has no generators');
    return generators.flatMap((one) => this.one(asMap(one), known));
  }

  /** @param known parameters of the generators before it, in a matrix */
  one(generator: Data, known: Data): readonly Data[] {
    const [kind = '', ...more] = Object.keys(generator);
    if (more.length > 0) throw new TemplateError(`a generator has '${more[0]}' beside '${kind}'`);
    const said = asMap(generator[kind]);
    switch (kind) {
      case 'clusters':
        return this.#clusters(said, known);
      case 'git':
        return this.#git(said, known);
      case 'list':
        return this.#list(said, known);
      case 'matrix': {
        const parts = Array.isArray(said.generators) ? said.generators : [];
        return parts.reduce<readonly Data[]>(
          (sets, part) => sets.flatMap((set) => this.one(asMap(part), { ...known, ...set }).map((own) => ({ ...set, ...own }))),
          [{}],
        );
      }
      default:
        throw new TemplateError(`the generator '${kind}' is not read`);
    }
  }

  #clusters({ selector, values }: Data, known: Data): readonly Data[] {
    const wanted = evaluated(selector, known);
    return this.clusters
      .filter(({ labels }) => isSelected(asMap(wanted), labels))
      .map((cluster) => {
        const own = { ...known, ...parametersOf(cluster) };
        return { ...parametersOf(cluster), ...(isMap(values) ? { values: evaluated(values, own) } : {}) };
      });
  }

  #git({ files, directories }: Data, known: Data): readonly Data[] {
    if (directories !== undefined || !Array.isArray(files)) throw new TemplateError('a git generator without files is not read');
    return files.flatMap((file) => {
      const path = filledIn(String(asMap(file).path), known);
      return filesAt(path, this.layout).map((one) => ({
        ...one.content,
        path: { path: one.path.replace(/\/[^/]*$/, ''), filename: one.path.replace(/.*\//, '') },
      }));
    });
  }

  #list({ elements, elementsYaml }: Data, known: Data): readonly Data[] {
    const found = elementsYaml === undefined ? evaluated(elements, known) : parsed(filledIn(String(elementsYaml), known), 'elementsYaml');
    if (!Array.isArray(found)) throw new TemplateError('a list generator gives no list');
    return found.map(asMap);
  }
}

/** A path, of which the last part may have a `*`. */
function filesAt(path: string, layout: Layout): readonly LayoutFile[] {
  const [, folder = '', name = ''] = /^(?:(.*)\/)?([^/]*)$/.exec(path) ?? [];
  if (!path.includes('*')) return [layout.yaml(path) ?? []].flat();
  if (folder.includes('*')) throw new TemplateError(`'${path}' has a '*' in the name of a folder`);
  if (name.split('*').length > 4) throw new TemplateError(`'${path}' has too many '*'`);
  const pattern = new RegExp(
    `^${name
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
  return layout.yamlsIn(folder).filter((file) => pattern.test(file.path.replace(/.*\//, '')));
}

/** As Kubernetes reads a selector. */
export function isSelected({ matchLabels, matchExpressions, ...rest }: Data, labels: { readonly [label: string]: string }): boolean {
  const [strange] = Object.keys(rest);
  if (strange !== undefined) throw new TemplateError(`a selector has '${strange}'`);
  if (!isNothing(matchLabels) && !isMap(matchLabels)) throw new TemplateError('`matchLabels` of a selector are no map');
  if (!isNothing(matchExpressions) && !(Array.isArray(matchExpressions) && matchExpressions.every(isMap))) {
    throw new TemplateError('`matchExpressions` of a selector are no list of maps');
  }
  const all = { 'argocd.argoproj.io/secret-type': 'cluster', ...labels };
  const has = (key: string, values: readonly unknown[]) => Object.hasOwn(all, key) && values.map(String).includes(all[key as keyof typeof all]);
  const expressions = Array.isArray(matchExpressions) ? matchExpressions.map(asMap) : [];
  return (
    Object.entries(asMap(matchLabels)).every(([key, value]) => has(key, [value])) &&
    expressions.every(({ key, operator, values }) => {
      const name = String(key);
      const list = Array.isArray(values) ? values : [];
      if (!isNothing(values) && !Array.isArray(values)) throw new TemplateError(`the values of '${name}' in a selector are no list`);
      if (operator === 'In') return has(name, list);
      if (operator === 'NotIn') return !has(name, list);
      if (operator === 'Exists') return Object.hasOwn(all, name);
      if (operator === 'DoesNotExist') return !Object.hasOwn(all, name);
      throw new TemplateError(`a selector has the operator '${String(operator)}'`);
    })
  );
}
