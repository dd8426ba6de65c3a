import type { BoardApp, BoardField, BoardNode } from '../../board';
import type { Fleet } from './fleet';
import { heldBy } from './runs';

/** What kind of layer a label names: those of overrides and patches end in the path where they sit. */
export function kindOf(layer: string | undefined): 'base' | 'override' | 'patch' {
  if (layer === undefined || !layer.includes(' ')) return 'base';
  return layer.startsWith('override ') ? 'override' : 'patch';
}

/** Of one target: the layers above the base that have a say in an app there. */
export interface LayersThere {
  readonly patches: readonly string[];
  readonly overrides: readonly string[];
}

const known = new WeakMap<BoardApp, readonly LayersThere[]>();
const none: LayersThere = { patches: [], overrides: [] };

/** Layers that hold anything of the app, by the positions of its targets. */
export function layersOf(app: BoardApp): readonly LayersThere[] {
  let layers = known.get(app);
  if (layers === undefined) {
    layers = collect(app);
    known.set(app, layers);
  }
  return layers;
}

function collect(app: BoardApp): readonly LayersThere[] {
  const found = app.targets.map(() => ({ patches: new Set<string>(), overrides: new Set<string>() }));
  for (const field of app.fields) {
    const kinds = field.said.map(([, layer]) => kindOf(layer));
    if (kinds.every((kind) => kind === 'base')) continue;
    addHeld(found, app, field, kinds);
  }
  return found.map(({ patches, overrides }) => (patches.size + overrides.size === 0 ? none : { patches: [...patches], overrides: [...overrides] }));
}

function addHeld(
  found: readonly { readonly patches: Set<string>; readonly overrides: Set<string> }[],
  app: BoardApp,
  field: BoardField,
  kinds: readonly string[],
): void {
  heldBy(app, field).forEach((said, position) => {
    const layer = field.said[said]?.[1];
    if (layer === undefined || kinds[said] === 'base') return;
    found[position]?.[kinds[said] === 'patch' ? 'patches' : 'overrides'].add(layer);
  });
}

/** What stands between a change and a node. */
export interface Guards {
  /** Nodes at or above it that take an approval, the outermost first. */
  readonly gates: readonly number[];
  /** The outermost of those at or above it that are frozen. */
  readonly frozen?: { readonly node: number; readonly says: NonNullable<BoardNode['frozen']> };
}

export function guardsOf(fleet: Fleet, node: number): Guards {
  const way = fleet.wayTo(node);
  const gates = way.filter((one) => fleet.board.nodes[one]?.isManual);
  const frozen = way.find((one) => fleet.board.nodes[one]?.frozen !== undefined);
  const says = frozen === undefined ? undefined : fleet.board.nodes[frozen]?.frozen;
  return { gates, ...(frozen === undefined || says === undefined ? {} : { frozen: { node: frozen, says } }) };
}

export function frozenText({ until, reason }: NonNullable<BoardNode['frozen']>): string {
  return `frozen${until === undefined ? '' : ` until ${until}`}: ${reason}`;
}
