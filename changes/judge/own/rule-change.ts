import type { ChangedApp, ChangedField, ChangedTarget, RuleChange, RuleTarget } from '../../../layers/law/own-rule';
import { deployedBy, type Row, rendered, there } from '../row';
import type { JudgedChange } from '../rule';

const made = new WeakMap<JudgedChange, RuleChange>();

/** A change as rules of a fleet's own see it: data that none of them can alter for the next. */
export function ruleChangeOf(change: JudgedChange): RuleChange {
  const known = made.get(change) ?? frozen(seen(change));
  made.set(change, known);
  return known;
}

function seen({ rows, changes, after, source }: JudgedChange): RuleChange {
  const { dimensions, sequence } = after.fleet;
  const placed = (clusterType: string, target: string): RuleTarget => {
    const names = target.split('/');
    return { clusterType, target, at: Object.fromEntries(dimensions.map((dimension, index) => [dimension, names[index] ?? ''])) };
  };
  return {
    name: source.name,
    commits: source.commits.map(({ hash, subject, body, author, committer, trailers }) => ({ hash, subject, body, author, committer, trailers })),
    dimensions,
    sequence,
    fields: rows.flatMap((row) => (isWhole(row) ? [] : [fieldOf(row, placed(row.item.clusterType, row.target))])),
    apps: rows.flatMap((row) => (isWhole(row) ? [appOf(row, placed(row.item.clusterType, row.target))] : [])),
    targets: changes.flatMap((one): readonly ChangedTarget[] => {
      if (one.kind !== 'target-added' && one.kind !== 'target-removed') return [];
      return one.targets.map((target) => ({ ...placed(one.clusterType, target), kind: one.kind === 'target-added' ? 'comes' : 'goes' }));
    }),
  };
}

/** Whether it is about an app or an object as a whole. */
function isWhole({ field }: Row): boolean {
  return field === rendered || field === there || field === deployedBy;
}

function fieldOf({ item: { app, object }, field, before, after, layer, layerBefore }: Row, target: RuleTarget): ChangedField {
  return {
    ...target,
    app,
    ...(object === undefined ? {} : { object }),
    field,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(layer === undefined ? {} : { layer }),
    ...(layerBefore === undefined ? {} : { layerBefore }),
  };
}

function appOf({ item: { app, object }, field, after }: Row, target: RuleTarget): ChangedApp {
  const kind = field === deployedBy ? 'moves' : after === true ? 'comes' : 'goes';
  return { ...target, app, ...(object === undefined ? {} : { object }), kind };
}

function frozen<T>(value: T): T {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || Object.isFrozen(next)) continue;
    open.push(...Object.values(next));
    Object.freeze(next);
  }
  return value;
}
