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

export type Plural<D> = D extends { readonly plural: infer P extends string } ? P : D extends string ? D : never;

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

/** The names of a fleet's nodes by dimension: `{ environment: 'integration' | 'production'; sector: … }`. */
export type NamesOf<F> = F extends HubTopology ? Names<F, ListedHubDimensions> & ClusterName<string> : Names<F, DimensionsOf<F>>;

type Names<Parent, Dimensions> = Dimensions extends readonly [infer D, ...infer Deeper]
  ? Name<Singular<D>, NodesOf<Parent, D>> & Names<NodesOf<Parent, D>, Deeper>
  : unknown;

type NodesOf<Parent, D> = Parent extends { readonly [K in Plural<D>]: readonly (infer Node)[] } ? Node : never;

type NameOf<Node> = Node extends string ? Node : Node extends { readonly name: infer Name extends string } ? Name : never;

/** The dimensions that fleets usually have are written out, for what an editor says of them; any other does as well. */
type Name<Dimension extends string, Nodes> = Dimension extends keyof UsualNames
  ? UsualNames<NameOf<Nodes>>[Dimension]
  : { readonly [D in Dimension]: NameOf<Nodes> };

interface UsualNames<Name = string> {
  readonly environment: EnvironmentName<Name>;
  readonly sector: SectorName<Name>;
  readonly region: RegionName<Name>;
  readonly tenant: TenantOf<Name>;
  readonly cluster: ClusterName<Name>;
}

type EnvironmentName<Name> = {
  /** The environment that the target is in. */
  readonly environment: Name;
};
type SectorName<Name> = {
  /** The sector that the target is in. */
  readonly sector: Name;
};
type RegionName<Name> = {
  /** The region that the target is in. */
  readonly region: Name;
};
type TenantOf<Name> = {
  /** The tenant whose cluster the target is. */
  readonly tenant: Name;
};
type ClusterName<Name> = {
  /** The name of the cluster that the target is. */
  readonly cluster: Name;
};

/** What a target carries where no fleet is registered: any name in any dimension. */
export type AnyNames = EnvironmentName<string> &
  SectorName<string> &
  RegionName<string> &
  TenantOf<string> &
  ClusterName<string> & { readonly [dimension: string]: string };
