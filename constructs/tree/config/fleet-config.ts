import type { Evidence } from '../../../layers/law/evidence';
import type { Wave } from '../../../layers/law/waves';
import type { ArgoCDVersion } from '../../../layers/shape/fields-since';
import type { DimensionsOf } from './dimension-names';
import type { CheckedLevels } from './levels';

/** What every fleet says, of either topology. */
export interface CommonSettings {
  /** The Git repository that the rendered output is committed to, as Argo CD reaches it. */
  readonly repository: string;
  /** The revision that root ApplicationSets follow. @default 'HEAD' */
  readonly revision?: string;
  /** The folder of rendered output, from the top of the repository. @default 'dist' */
  readonly path?: string;
  /** The prefix of the labels that clusters are selected by: `{prefix}/cluster-type`, `{prefix}/environment`, … @default 'fleet' */
  readonly labelPrefix?: string;
  /** The oldest version of Argo CD that reads the output: a field that it does not know is an error. @default '3.6', the newest that is known */
  readonly argoCD?: ArgoCDVersion;
  /** The dimension whose nodes a patch enters whole, in the singular. @default - the last but one: `sector` */
  readonly promotionLevel?: string;
  /** In which parts a patch enters the targets of a node, where the node says nothing of it: `[1, '10%', 'rest']`. @default - all at once */
  readonly waves?: readonly Wave[];
  /** By what a patch goes on from any node, beside the time that it soaked there: what `argoCD()`, `prometheus()` and `command()` return, and functions. @default [] */
  readonly evidence?: readonly Evidence[];
}

/** What every fleet says, whatever its dimensions are called. */
export interface FleetSettings extends CommonSettings {
  /**
   * Whether this is a running fleet that was adopted and not written for this tool. What such a fleet may have already is
   * a warning then: tokens that no ApplicationSet of the fleet injects, and a patch that sits below itself.
   * @default false; true for a fleet of YAML files
   */
  readonly adopted?: boolean;
  /**
   * The levels of the hierarchy from the outermost in, in the plural, as the lists of nodes are called. A word whose
   * singular is not regular is written `{ plural: 'premises', singular: 'premise' }`.
   * @default ['environments', 'sectors', 'regions']
   */
  readonly dimensions?: readonly (string | DimensionConfig)[];
}

/** A dimension whose singular is not regular. */
export interface DimensionConfig {
  /** How the lists of its nodes are called: `premises`. */
  readonly plural: string;
  /** How one of its nodes is called: `premise`. */
  readonly singular: string;
}

/** The fleet's settings and hierarchy, checked by the compiler against its own dimensions. */
export type CheckedFleet<F> = FleetSettings & CheckedLevels<F, DimensionsOf<F>>;

/**
 * An argument whose literal type is found out, and which is then checked against `Allowed` alone, as any object is: what is
 * misspelt or wrong is said at its place, in the words of `Allowed`.
 */
export type Literally<F, Allowed> = [F] extends [never] ? F : Allowed;

/**
 * The fleet as data: `config/fleet.ts` exports what this returns. The order in which nodes are written is the rollout
 * sequence.
 *
 * @returns its argument, with its names kept as literal types
 */
export function defineFleet<const F extends FleetSettings>(fleet: Literally<F, CheckedFleet<F>>): F {
  return fleet as F;
}
