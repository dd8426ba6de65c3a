import type { Promotion } from '../layers/hierarchy';

/** The innermost level: a name, or a name with a gate. */
export type LeafConfig = string | ({ readonly name: string } & GateConfig);

/** What it takes for a patch to enter a node, and to go on from there. */
export interface GateConfig {
  /** @default 'automated' */
  readonly promotion?: Promotion;
  /** How long a patch stays before `fleet promote --auto` takes it on: `24h`, `90m`, `7d`. @default - no time at all */
  readonly soak?: string;
}

/** What every fleet says, whatever its dimensions are called. */
export interface FleetSettings {
  /** The Git repository that `dist/` is committed to, as Argo CD reaches it. */
  readonly repository: string;
  /** The revision that root ApplicationSets follow. @default 'HEAD' */
  readonly revision?: string;
  /** The folder of rendered output, from the top of the repository. @default 'dist' */
  readonly path?: string;
  /** The prefix of the labels that clusters are selected by: `{prefix}/cluster-type`, `{prefix}/environment`, … @default 'fleet' */
  readonly labelPrefix?: string;
  /**
   * Whether this is a running fleet that was adopted and not written for this tool. What such a fleet may have already is
   * a warning then: tokens that no ApplicationSet of the fleet injects, and a patch that sits below itself.
   * @default false; true for a fleet of YAML files
   */
  readonly adopted?: boolean;
  /** The dimension whose nodes a patch enters whole, in the singular. @default - the last but one: `sector` */
  readonly promotionLevel?: string;
  /**
   * The levels of the hierarchy from the outermost in, in the plural, as the lists of nodes are called. A word whose
   * singular is not regular is written `{ plural: 'premises', singular: 'premise' }`.
   * @default ['environments', 'sectors', 'regions']
   */
  readonly dimensions?: readonly (string | { readonly plural: string; readonly singular: string })[];
}

type DefaultDimensions = readonly ['environments', 'sectors', 'regions'];

/** The dimensions of a fleet of hubs and spokes. Clusters are files of their own, so `fleet.ts` lists the first two. */
type HubDimensions = readonly ['tenants', 'environments', 'clusters'];
export type ListedHubDimensions = readonly ['tenants', 'environments'];

interface HubTopology {
  readonly topology: 'hub-and-spoke';
}

/** The dimensions of a fleet, as configured. */
export type DimensionsOf<F> = F extends HubTopology
  ? HubDimensions
  : F extends { readonly dimensions: infer D extends readonly unknown[] }
    ? D
    : DefaultDimensions;

/** `environments` → `environment`, `facilities` → `facility`. */
export type Singular<D> = D extends { readonly singular: infer S extends string }
  ? S
  : D extends `${infer Stem}ies`
    ? `${Stem}y`
    : D extends `${infer Stem}s`
      ? Stem
      : D extends string
        ? D
        : never;

type Plural<D> = D extends { readonly plural: infer P extends string } ? P : D extends string ? D : never;

/** Every dimension path of a fleet, complete or not, as a union of strings. */
export type PathsOf<F> = F extends HubTopology ? WithClusters<Paths<F, ListedHubDimensions, ''>> : Paths<F, DimensionsOf<F>, ''>;

/** Which clusters there are is not known from `fleet.ts`. */
type WithClusters<Path extends string> = Path | (Path extends `${string}/${string}` ? `${Path}/${string}` : never);

type Paths<Parent, Dimensions, Prefix extends string> = Dimensions extends readonly [infer D, ...infer Deeper]
  ? Parent extends { readonly [K in Plural<D>]: readonly (infer Node)[] }
    ? PathOf<Node, Deeper, Prefix>
    : never
  : never;

type PathOf<Node, Deeper, Prefix extends string> = Node extends string
  ? `${Prefix}${Node}`
  : Node extends { readonly name: infer Name extends string }
    ? `${Prefix}${Name}` | Paths<Node, Deeper, `${Prefix}${Name}/`>
    : never;

/** What the levels of a hierarchy may say; a misspelt key is an error where it stands. */
export type CheckedLevels<Parent, Dimensions> = Dimensions extends readonly [infer D, ...infer Deeper]
  ? {
      readonly [K in Plural<D>]: K extends keyof Parent
        ? Parent[K] extends readonly unknown[]
          ? CheckedList<Parent[K], Deeper>
          : readonly unknown[]
        : readonly unknown[];
    }
  : unknown;

/** A mapped type over a type parameter maps the items of a list, and not its methods. */
type CheckedList<List extends readonly unknown[], Deeper> = { readonly [I in keyof List]: CheckedNode<List[I], Deeper> };

type CheckedNode<Node, Deeper> = Deeper extends readonly [infer D, ...unknown[]]
  ? { readonly name: string } & GateConfig & CheckedLevels<Node, Deeper> & NoOther<Node, 'name' | keyof GateConfig | Plural<D>>
  : Node extends string
    ? string
    : { readonly name: string } & GateConfig & NoOther<Node, 'name' | keyof GateConfig>;

/** An object type and not `never`: a conflict of unit types would make the whole fleet `never`, and the error say so. */
interface NotKnownHere {
  readonly notKnownHere: unique symbol;
}

export type NoOther<T, Known extends string> = { readonly [K in Exclude<keyof T, Known>]: NotKnownHere };

type FirstDimension<F> = DimensionsOf<F> extends readonly [infer D, ...unknown[]] ? Plural<D> : never;

/** The fleet's settings and hierarchy, checked by the compiler against its own dimensions. */
export type CheckedFleet<F> = FleetSettings & CheckedLevels<F, DimensionsOf<F>> & NoOther<F, keyof FleetSettings | FirstDimension<F>>;

/**
 * The fleet as data: `config/fleet.ts` exports what this returns. The order in which nodes are written is the rollout
 * sequence.
 *
 * @returns its argument, with its names kept as literal types
 */
export function defineFleet<const F extends FleetSettings>(fleet: F & CheckedFleet<F>): F {
  return fleet;
}
