import type { PatchView } from '../../../constructs';
import type { PromotionOptions } from '../../../rollout/decide-promotion';
import { completeName } from '../complete-name';
import type { LoadedFleet } from '../load-fleet';

/** Flags that say what a step is. */
export interface StepFlags {
  /** A dimension, or the beginning of its name. @default - the fleet's */
  readonly level?: string;
  readonly fill?: boolean;
  /** Straight to this node, or the beginning of its path. @default - along the sequence */
  readonly hotfix?: string;
}

/** What a promotion of a patch is decided from. @param now what the clock says */
export function promotionOptions(fleet: LoadedFleet, view: PatchView, flags: StepFlags, now: Date): PromotionOptions {
  return { ...timelessOptions(fleet, view, flags), now: now.getTime() };
}

/** The same, of what no clock decides: a patch may be taken back at any time. */
export function timelessOptions(fleet: LoadedFleet, view: PatchView, flags: StepFlags): Omit<PromotionOptions, 'now'> {
  const { clusterType, app, dimensions, nodes } = view.state;
  const level = flags.level ?? fleet.fleet.promotionLevel;
  return {
    fill: flags.fill,
    ...(flags.hotfix === undefined
      ? {}
      : { hotfix: completeName(flags.hotfix, { known: nodes.map(({ path }) => path), noun: 'dimension path', nouns: 'paths' }) }),
    ...(level === undefined ? {} : { level: completeName(level, { known: dimensions, noun: 'dimension', nouns: 'dimensions' }) }),
    isSame: (target, before, after) => view.isSame(target, before, after),
    fields: view.fields,
    others: fleet.patches
      .filter((other) => other !== view && other.state.clusterType === clusterType && other.state.app === app)
      .map((other) => ({ name: other.state.patch, paths: other.state.paths, fields: other.fields })),
  };
}
