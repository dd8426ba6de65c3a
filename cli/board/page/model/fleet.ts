import type { Board, BoardApp, BoardClusterType } from '../../board';

/** What the board holds, with what is asked of it again and again: where nodes lie, and which apps are where. */
export class Fleet {
  /** Of each node: names from the top, joined by `/`. */
  readonly paths: readonly string[];
  /** Of each node, counted from 0. */
  readonly depths: readonly number[];
  /** Of each node. */
  readonly children: readonly (readonly number[])[];
  /** Nodes that lie in none. */
  readonly top: readonly number[];
  /** Nodes at which anything may be rendered, in sequence. */
  readonly targets: readonly number[];
  /** Of each node: it, and all that it lies in, the outermost first. */
  readonly #ways: readonly (readonly number[])[];
  readonly #byPath: ReadonlyMap<string, number>;
  readonly #byName = new Map<string, BoardApp[]>();
  readonly #positions = new WeakMap<BoardApp, ReadonlyMap<number, number>>();

  constructor(readonly board: Board) {
    const [paths, depths, top, ways]: [string[], number[], number[], (readonly number[])[]] = [[], [], [], []];
    const children: number[][] = board.nodes.map(() => []);
    board.nodes.forEach(({ name, parent }, node) => {
      paths.push(parent === undefined ? name : `${paths[parent]}/${name}`);
      ways.push([...(parent === undefined ? [] : (ways[parent] ?? [])), node]);
      depths.push((ways[node]?.length ?? 1) - 1);
      (parent === undefined ? top : children[parent])?.push(node);
    });
    [this.paths, this.depths, this.children, this.top, this.#ways] = [paths, depths, children, top, ways];
    this.#byPath = new Map(paths.map((path, node) => [path, node]));
    const targets = new Set(board.clusterTypes.flatMap((type) => type.targets));
    this.targets = paths.flatMap((_, node) => (targets.has(node) || children[node]?.length === 0 ? [node] : []));
    for (const app of board.apps) this.#byName.set(app.name, [...(this.#byName.get(app.name) ?? []), app]);
  }

  tryFindNode(path: string | undefined): number | undefined {
    return path === undefined ? undefined : this.#byPath.get(path);
  }

  path(node: number): string {
    return this.paths[node] ?? '';
  }

  name(node: number): string {
    return this.board.nodes[node]?.name ?? '';
  }

  /** The node, and all that it lies in, the outermost first. */
  wayTo(node: number): readonly number[] {
    return this.#ways[node] ?? [];
  }

  /** @param above @default - all nodes lie in it */
  isIn(node: number, above: number | undefined): boolean {
    return above === undefined || this.wayTo(node).includes(above);
  }

  /** Nodes as they lie in one another, each before what lies in it: a sequence may go through several at once. */
  inTree(nodes: readonly number[] = this.top): readonly number[] {
    return nodes.flatMap((node) => [node, ...this.inTree(this.children[node] ?? [])]);
  }

  /** Targets at or below a node. @param node @default - all */
  targetsIn(node: number | undefined): readonly number[] {
    return node === undefined ? this.targets : this.targets.filter((target) => this.isIn(target, node));
  }

  clusterType(app: BoardApp): BoardClusterType | undefined {
    return this.board.clusterTypes[app.clusterType];
  }

  /** How links call an app: by its name, and where several have it, with its cluster type. */
  appKey(app: BoardApp): string {
    return this.#byName.get(app.name)?.length === 1 ? app.name : `${this.clusterType(app)?.name}/${app.name}`;
  }

  /** @param key as {@link appKey} says it, or with a cluster type wherever that would be needed or not */
  tryFindApp(key: string | undefined, clusterType?: string): BoardApp | undefined {
    if (key === undefined) return undefined;
    const named = this.#byName.get(key);
    if (named !== undefined) return named.find((app) => clusterType === undefined || this.clusterType(app)?.name === clusterType);
    return this.board.apps.find((app) => `${this.clusterType(app)?.name}/${app.name}` === key);
  }

  appsAt(target: number): readonly BoardApp[] {
    return this.board.apps.filter((app) => this.position(app, target) !== undefined);
  }

  /** Which of the app's targets a node is. @returns `undefined` where it is not rendered there */
  position(app: BoardApp, target: number): number | undefined {
    let positions = this.#positions.get(app);
    if (positions === undefined) {
      positions = new Map(app.targets.map((node, index) => [node, index]));
      this.#positions.set(app, positions);
    }
    return positions.get(target);
  }
}
