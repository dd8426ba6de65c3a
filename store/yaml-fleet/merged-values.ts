import { CompiledLayer } from '../../layers/compile/compiled-layer';
import type { Dimension } from '../../layers/hierarchy';
import { merge } from '../../layers/merge';
import { Branch } from '../../layers/node';
import { isMap } from '../../layers/plain-data';
import { inNameOrder, type PlacedPatch } from '../../layers/precedence';
import { Resolver } from '../../layers/resolver';
import { mapStrings, someString } from '../../layers/text/token';
import { evaluate, type Scope } from '../expressions/evaluate';
import { ExpressionError } from '../expressions/expression-error';
import { parseTemplate } from '../expressions/parse';
import { isLivePath } from '../expressions/term';
import type { InjectedValues } from './injected';
import { sectionNames, type YamlClusterType, type YamlComponent } from './yaml-fleet';

/** Of a target, what expressions can ask for. */
export type TargetNames = { readonly path: string } & { readonly [dimension: string]: string };

/**
 * What `.Values` means in the expressions of a cluster type: the target's names below `cluster`, and the values of all its
 * components, merged as they are for the apps.
 */
export class MergedValues {
  readonly #clusterType: YamlClusterType;
  readonly #dimensions: readonly string[];
  readonly #injected: InjectedValues;
  /** Keys at the top of files. */
  readonly #topKeys: ReadonlySet<string>;
  #resolvers: readonly Resolver[] | undefined;
  readonly #evaluating = new Set<string>();
  /** Which of the values in evaluation was found to need itself. */
  #circle: string | undefined;

  constructor(clusterType: YamlClusterType, dimensions: readonly Dimension[], injected: InjectedValues) {
    this.#clusterType = clusterType;
    this.#dimensions = dimensions.map(({ singular }) => singular);
    this.#injected = injected;
    const { defaults, components } = clusterType;
    const files = [defaults, ...components.flatMap(({ values, layers }) => [values, ...layers.map(({ file }) => file)])];
    this.#topKeys = new Set(files.flatMap((file) => Object.entries(file?.content ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [key]))));
  }

  /** What an expression sees at a target when the fleet is rendered. */
  scope(target: TargetNames): Scope {
    const { name } = this.#clusterType;
    return {
      value: (path) => this.value(path, target),
      token: (key) => this.#injected.token(name, ['cluster', key]),
      liveToken: (path) => this.liveToken(path),
      knownKeys: (path) => this.#knownKeys(path, target),
    };
  }

  /** What an expression that was escaped sees when a target is deployed: what the cluster says is a token. */
  deployScope(target: TargetNames): Scope {
    return {
      value: (path) => this.#deployedValue(path, target),
      knownKeys: (path) => this.#knownKeys(path, target),
      isDeploy: true,
    };
  }

  #knownKeys(path: readonly string[], target: TargetNames): readonly string[] {
    // As it is written: a key is there whether or not what it holds can be evaluated.
    const found = this.#written(path, target);
    const injected = path.length === 1 && path[0] === 'cluster' ? [...this.#dimensions, ...this.#injected.keys(this.#clusterType.name)] : [];
    return [...new Set([...injected, ...(isMap(found) ? Object.keys(found) : [])])];
  }

  /** A value that only the cluster knows, where the fleet's own ApplicationSets say so. */
  liveToken(path: readonly string[]): string | undefined {
    const { name } = this.#clusterType;
    return this.#injected.has(name, path) ? this.#injected.token(name, path) : undefined;
  }

  /** Whether a reference means the same at every target when the fleet is rendered: a live token. */
  isLive(path: readonly string[]): boolean {
    if (!isLivePath(path) || this.liveToken(path) === undefined) return false;
    return path.length === 1 ? !this.#topKeys.has(path[0] ?? '') : this.#isLiveOnly(path[1] ?? '');
  }

  /** The same of a reference that is evaluated when the target is deployed: whatever is injected comes before what files say. */
  isLiveAtDeploy(path: readonly string[]): boolean {
    return isLivePath(path) && (path.length === 2 || this.#injected.has(this.#clusterType.name, path));
  }

  #isLiveOnly(key: string): boolean {
    return !this.#topKeys.has('cluster') && !this.#dimensions.includes(key);
  }

  /** The rendered chart has the values as files say them, and gets what is injected on top. */
  #deployedValue(path: readonly string[], target: TargetNames): unknown {
    const { name } = this.#clusterType;
    if (this.isLiveAtDeploy(path)) return this.#injected.token(name, path);
    if (path[0] === 'cluster') return undefined;
    const found = this.#written(path, target);
    if (found === undefined && !this.#injected.isComplete(name)) {
      throw new ExpressionError('no file has the value, and nobody knows what is injected when the target is deployed', 0);
    }
    if (!someString(found, (text) => text.includes('{{'))) return found;
    throw new ExpressionError('the value holds an expression, which is not evaluated at deploy', 0);
  }

  /** The value at a path of keys below `.Values`; `undefined` where there is none. */
  value(path: readonly string[], target: TargetNames): unknown {
    const [first, second] = path;
    if (first === 'cluster' && second !== undefined && this.#dimensions.includes(second)) return path.length === 2 ? target[second] : undefined;
    if (first === 'cluster' && second !== undefined && this.#isLiveOnly(second)) return undefined;
    const found = this.#written(path, target);
    if (first === 'cluster' && path.length === 1) {
      const names = Object.fromEntries(this.#dimensions.map((dimension) => [dimension, target[dimension]]));
      return { ...(isMap(found) ? found : {}), ...names };
    }
    return this.#evaluated(found, path, target);
  }

  #written(path: readonly string[], target: TargetNames): unknown {
    let found: unknown = this.#at(target).plain;
    for (const key of path) found = isMap(found) && Object.hasOwn(found, key) ? found[key] : Array.isArray(found) ? found[Number(key)] : undefined;
    return found;
  }

  /** A value may itself hold an expression. */
  #evaluated(value: unknown, path: readonly string[], target: TargetNames): unknown {
    if (!someString(value, (text) => text.includes('{{'))) return value;
    const key = path.join('.');
    if (this.#evaluating.has(key)) {
      this.#circle = [...this.#evaluating]
        .slice([...this.#evaluating].indexOf(key))
        .concat(key)
        .map((one) => `\`.Values.${one}\``)
        .join(' needs ');
      throw new ExpressionError(this.#circle, 0);
    }
    this.#evaluating.add(key);
    try {
      return mapStrings(value, (text) => (text.includes('{{') ? evaluate(parseTemplate(text), this.scope(target)) : text));
    } catch (error) {
      // Told once, and not at each step of the way.
      throw error instanceof ExpressionError && this.#circle !== undefined ? new ExpressionError(`the value needs itself: ${this.#circle}`, 0) : error;
    } finally {
      this.#evaluating.delete(key);
      if (this.#evaluating.size === 0) this.#circle = undefined;
    }
  }

  #at(target: TargetNames): Branch {
    this.#resolvers ??= this.#clusterType.components.map((component) => resolverOf(component, this.#clusterType));
    return this.#resolvers.map((resolver) => resolver.at(target).values).reduce(merge, new Branch(Object.create(null), { kind: 'base', place: [] }));
  }
}

/** The component's files as they are written, layer upon layer. */
function resolverOf({ values, layers }: YamlComponent, { defaults }: YamlClusterType): Resolver {
  const compiled = (id: string, content: unknown) => new CompiledLayer(id, content, { kind: 'base', place: [] });
  const shared = Object.fromEntries(
    sectionNames.flatMap((section) => {
      const own = values.content[section];
      const common = (defaults?.content[section] as { readonly default?: unknown } | undefined)?.default;
      return isMap(own) && isMap(common) ? [[section, Object.fromEntries(Object.keys(own).map((app) => [app, common]))]] : [];
    }),
  );
  const rest = Object.fromEntries(Object.entries(defaults?.content ?? {}).filter(([key]) => !(sectionNames as readonly string[]).includes(key)));
  const patches = new Map<string, Map<string, CompiledLayer>>();
  for (const { kind, name, path, file } of layers) {
    if (kind === 'override') continue;
    const { metadata: _, ...change } = file.content;
    const placed = patches.get(name) ?? new Map<string, CompiledLayer>();
    patches.set(name, placed.set(path, compiled(`${name} ${path}`, change)));
  }
  return new Resolver({
    everywhere: [compiled('defaults', { ...rest, ...shared }), compiled('base', values.content)],
    overrides: new Map(layers.flatMap(({ kind, path, file }) => (kind === 'override' ? [[path, compiled(`override ${path}`, file.content)] as const] : []))),
    patches: inNameOrder([...patches].map(([name, placed]): PlacedPatch => ({ name, layers: placed }))),
  });
}
