import { Construct } from 'constructs';
import type { Dimension, Freeze, HierarchyNode, Promotion } from '../../layers/hierarchy';
import type { Evidence } from '../../layers/law/evidence';
import { type Budget, targetsUnit } from '../../layers/law/law';
import { type Wave, wrongWaves } from '../../layers/law/waves';
import { tryReadDate } from '../../layers/text/date';
import { parseDuration } from '../../layers/text/duration';
import type { BudgetConfig, GateConfig } from './config/levels';

/** What a node says besides its name. */
export interface DimensionNodeProps extends GateConfig {}

/**
 * A node of the hierarchy, of any dimension: its depth says which. `Environment`, `Sector` and `Region` are the same
 * with the default names; use this class where a fleet's dimensions are called otherwise.
 */
export class DimensionNode extends Construct {
  readonly name: string;
  readonly promotion?: Promotion;
  readonly soak?: string;
  /** Its own; those of the nodes above are asked as well. */
  readonly approvers: readonly string[];
  /** Its own; those of the nodes above hold as well. */
  readonly freeze?: Freeze;
  /** Its own, as it is written; those of the nodes above hold as well. */
  readonly budget: BudgetConfig;
  /** Its own; without them those of the nearest node above hold, or the fleet's. */
  readonly waves?: readonly Wave[];
  /** Its own; that of the nodes above, and of the fleet, is asked as well. */
  readonly evidence: readonly Evidence[];

  /**
   * @param scope the fleet, or a node of the dimension above
   * @param name  unique among its siblings; the order in which siblings are made is the rollout sequence
   */
  constructor(scope: Construct, name: string, props: DimensionNodeProps = {}) {
    super(scope, name);
    this.name = name;
    this.promotion = props.promotion;
    this.soak = props.soak;
    this.approvers = props.approvers ?? [];
    this.freeze = props.freeze === undefined ? undefined : freezeOf(props.freeze);
    this.budget = props.budget ?? {};
    this.waves = props.waves;
    this.evidence = props.evidence ?? [];
  }

  /** The nodes of the next dimension, in sequence. */
  get nodes(): readonly DimensionNode[] {
    return nodesBelow(this);
  }

  /** Names from the outermost dimension in, joined by `/`. */
  get path(): string {
    const above = this.node.scope;
    return above instanceof DimensionNode ? `${above.path}/${this.name}` : this.name;
  }
}

/** An end that nobody can read is none: the freeze holds until somebody takes it out. */
function freezeOf(said: NonNullable<GateConfig['freeze']>): Freeze {
  const { reason, until } = typeof said === 'string' ? { reason: said } : said;
  const ends = until === undefined ? undefined : tryReadDate(until, 'end', 'UTC');
  return { reason, ...(until === undefined ? {} : { until }), ...(ends === undefined ? {} : { ends }) };
}

/** The dimension nodes right below a construct, in the order in which they were made. */
export function nodesBelow(scope: Construct): readonly DimensionNode[] {
  return scope.node.children.filter((child): child is DimensionNode => child instanceof DimensionNode);
}

/** A construct's nodes as data. @param dimensions of its fleet @param evidence that each of them has beside its own */
export function hierarchyOf(scope: Construct, dimensions: readonly Dimension[], evidence: readonly Evidence[] = []): readonly HierarchyNode[] {
  return nodesBelow(scope).map((node) => ({
    name: node.name,
    promotion: node.promotion,
    soak: parseDuration(node.soak ?? '0s'),
    approvers: node.approvers,
    ...(node.freeze === undefined ? {} : { freeze: node.freeze }),
    ...(Object.keys(node.budget).length === 0 ? {} : { budget: budgetOf(node.budget, dimensions) }),
    ...rightWaves(node.waves),
    ...(evidence.length + node.evidence.length === 0 ? {} : { evidence: [...evidence, ...node.evidence] }),
    children: hierarchyOf(node, dimensions),
  }));
}

/** Waves that can be counted. What is wrong with others is told of elsewhere. */
export function rightWaves(waves: readonly Wave[] | undefined): { readonly waves?: readonly Wave[] } {
  return waves === undefined || wrongWaves(waves) !== undefined ? {} : { waves };
}

/** Dimensions in the singular. What is none is told of elsewhere, and counts nothing. */
function budgetOf(written: BudgetConfig, dimensions: readonly Dimension[]): Budget {
  const units = new Map([...dimensions.map(({ plural, singular }) => [plural, singular] as const), [targetsUnit, targetsUnit]]);
  return Object.fromEntries(Object.entries(written).flatMap(([key, count]) => [units.get(key)].flatMap((unit) => (unit === undefined ? [] : [[unit, count]]))));
}
