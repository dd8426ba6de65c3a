/** A piece of a text: what it says, or what is known only when it is rendered or deployed. */
export type Part =
  | string
  /** The target's name in a dimension, in the singular. */
  | { readonly dimension: string; readonly upper: boolean }
  /** A value of the cluster, by its key below `.Values.cluster`. */
  | { readonly token: string };

/** A value as its author means it. */
export type Value =
  | { readonly kind: 'text'; readonly parts: readonly Part[] }
  | { readonly kind: 'scalar'; readonly value: number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | MapValue
  /** Removes what a broader layer says. */
  | { readonly kind: 'unset' }
  /** `undefined`, which says nothing. */
  | { readonly kind: 'nothing' }
  /** A function of the target: one value where the target has this name in the dimension, another elsewhere. */
  | { readonly kind: 'choice'; readonly dimension: string; readonly name: string; readonly there: Value; readonly otherwise: Value };

export interface MapValue {
  readonly kind: 'map';
  readonly entries: readonly (readonly [key: string, value: Value])[];
}

export interface ModelNode {
  readonly name: string;
  readonly promotion?: 'manual' | 'automated';
  readonly children: readonly ModelNode[];
}

export interface ModelApp {
  readonly name: string;
  readonly kind: 'Application' | 'ApplicationSet' | 'RootApplicationSet';
  readonly base: MapValue;
  /** Data of a ConfigMap `{name}`, which the app's workloads declare: texts of the target. */
  readonly workload?: { readonly name: string; readonly data: MapValue };
  /** Of a root: the cluster type that it deploys, and what it injects besides. */
  readonly deploys?: { readonly clusterType: string; readonly inject: Readonly<Record<string, string>> };
}

/** Apps that share overrides and patches: a file, or a folder of YAML. A layer says something of one of them or more. */
export interface ModelComponent {
  readonly name: string;
  readonly apps: readonly ModelApp[];
  readonly overrides: readonly { readonly path: string; readonly layers: Layers }[];
  readonly patches: readonly { readonly name: string; readonly rolledOutTo: readonly string[]; readonly layers: Layers }[];
}

/** By the app's name. */
export type Layers = Readonly<Record<string, MapValue>>;

export interface ModelClusterType {
  readonly name: string;
  /** @default - rendered for every target */
  readonly paths?: readonly string[];
  readonly applications: MapValue;
  readonly applicationSets: MapValue;
  /** Data of a ConfigMap called `extra` that is declared in every target's chart. */
  readonly extra?: MapValue;
  readonly components: readonly ModelComponent[];
}

/** A fleet as data. What it renders to is the oracle's to say; how it is written down is said by its two forms. */
export interface FleetModel {
  readonly repository: string;
  readonly path: string;
  readonly labelPrefix: string;
  /** The levels from the outermost in, as `[plural, singular]`. */
  readonly dimensions: readonly (readonly [plural: string, singular: string])[];
  readonly nodes: readonly ModelNode[];
  readonly clusterTypes: readonly ModelClusterType[];
  /** Whether it can be written in YAML too. */
  readonly hasYaml: boolean;
}

/** Where a value of the cluster comes from: the annotation or the label of its secret; other keys are injected by hand. */
export const tokenSources: Readonly<Record<string, readonly [kind: 'annotation' | 'label', name: string]>> = {
  projectId: ['annotation', 'gcp-hcp/project-id'],
  vpcId: ['annotation', 'vpc-id'],
  tier: ['label', 'example.com/tier'],
};

/** Every path of the hierarchy, depth-first, and those that are complete. */
export function pathsOf({ nodes, dimensions }: Pick<FleetModel, 'nodes' | 'dimensions'>): {
  readonly all: readonly string[];
  readonly targets: readonly string[];
} {
  const all: string[] = [];
  const walk = (list: readonly ModelNode[], above: string) => {
    for (const { name, children } of list) {
      all.push(`${above}${name}`);
      walk(children, `${above}${name}/`);
    }
  };
  walk(nodes, '');
  return { all, targets: all.filter((path) => path.split('/').length === dimensions.length) };
}

export function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}

/** Where a cluster type is rendered, in sequence. */
export function targetsOf(model: FleetModel, { paths }: ModelClusterType): readonly string[] {
  return pathsOf(model).targets.filter((target) => paths?.some((path) => isBelow(target, path)) ?? true);
}

export function map(entries: Readonly<Record<string, Value>>): MapValue {
  return { kind: 'map', entries: Object.entries(entries) };
}

export function text(...parts: readonly Part[]): Value {
  return { kind: 'text', parts };
}

export function list(...items: readonly Value[]): Value {
  return { kind: 'list', items };
}

export function scalar(value: number | boolean | null): Value {
  return { kind: 'scalar', value };
}
