import type { Problem } from '../../layers/problem';
import type { ClusterType } from '../tree/cluster-type';
import type { FleetTree } from '../tree/fleet-tree';
import { LayeredApp } from '../tree/layered-app';
import { originOf } from '../tree/origin';
import type { Silences } from '../tree/silences';
import type { Remark } from './manifest-rule';

/** What is said of a finding, wherever it stands. */
export type Judgement = Pick<Problem, 'code' | 'message' | 'expected' | 'found' | 'hint' | 'severity'>;

/**
 * A remark as the fleet takes it: what a person says is none is a notice with the reason, and in a fleet that was running
 * before, a value that looks like a secret is a warning.
 *
 * @param scope the app, or the cluster type, in whose manifest it was found
 */
export function judgeRemark(scope: LayeredApp | ClusterType, { path: _, isCause: __, key, ...remark }: Remark): Judgement {
  if (key === undefined) return remark;
  const reason = reasonIn(silencesOf(scope), key);
  if (reason !== undefined) return silenced(remark, reason);
  const { adopted } = scope.node.root as FleetTree;
  // A component in YAML says such things beside its values.
  const hint = originOf(scope).file?.endsWith('.yaml') ? remark.hint?.replace('the file of the app', 'metadata.yaml of the component') : remark.hint;
  return { ...remark, hint, ...(adopted && remark.code === 'secret-value' ? { severity: 'warning' } : {}) };
}

/** A finding that somebody says is none. */
export function silenced({ message }: Judgement, reason: string): Judgement {
  return { code: 'silenced', severity: 'notice', message: `${message}, and is none`, found: reason };
}

function silencesOf(scope: LayeredApp | ClusterType): readonly Silences[] {
  if (!(scope instanceof LayeredApp)) return [scope.notSecret];
  return [scope.notSecret, ...(scope.group ? [scope.group.notSecret] : []), scope.clusterType.notSecret];
}

/** The nearest one that says so. */
export function reasonIn(silences: readonly Silences[], key: string): string | undefined {
  for (const silence of silences) {
    const reason = silence.reasonOf(key);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
