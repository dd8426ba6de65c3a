import type { Problem } from '../../layers/problem';
import { silenceKey } from '../../layers/silenced';
import type { ClusterType } from '../tree/cluster-type';
import type { FleetTree } from '../tree/fleet-tree';
import { LayeredApp } from '../tree/layered-app';
import { originOf } from '../tree/origin';
import type { Silencing } from '../tree/silences';
import type { Remark } from './manifest-rule';

/** What is said of a finding, wherever it stands. */
export type Judgement = Pick<Problem, 'code' | 'message' | 'expected' | 'found' | 'hint' | 'severity'>;

/**
 * A remark as the fleet takes it: what a person says is none is a notice with the reason, and in a fleet that was running
 * before, a value that looks like a secret is a warning, unless its rule says otherwise.
 *
 * @param scope the app, or the cluster type, in whose manifest it was found
 */
export function judgeRemark(scope: LayeredApp | ClusterType, { path: _, isCause: __, isOwn: ___, key, ...remark }: Remark): Judgement {
  if (key === undefined) return remark;
  const reason = reasonFor(scope, remark.code, key);
  if (reason !== undefined) return silenced(remark, reason);
  const { adopted } = scope.node.root as FleetTree;
  // A component in YAML says such things beside its values.
  const hint = originOf(scope).file?.endsWith('.yaml') ? remark.hint?.replace('the file of the app', 'metadata.yaml of the component') : remark.hint;
  return { ...remark, hint, ...(adopted && remark.code === 'secret-value' ? { severity: remark.severity ?? 'warning' } : {}) };
}

/** A finding that somebody says is none. */
export function silenced({ code, message }: Judgement, reason: string): Judgement {
  return { code: 'silenced', severity: 'notice', message: `${message}${isLookalike(code) ? ', and is none' : ': it is meant so'}`, found: reason };
}

function isLookalike(code: Problem['code']): boolean {
  return code === 'secret-value' || code === 'handwritten-expression';
}

/** Why a finding is none, as the nearest says who says so. @param key how a person would name it */
export function reasonFor(scope: LayeredApp | ClusterType, code: Problem['code'], key: string): string | undefined {
  for (const { notSecret, silence } of silencingOf(scope)) {
    const reason = (code === 'secret-value' ? notSecret.reasonOf(key) : undefined) ?? silence.reasonOf(silenceKey(code, key));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function silencingOf(scope: LayeredApp | ClusterType): readonly Silencing[] {
  return scope instanceof LayeredApp ? [scope, ...(scope.group ? [scope.group] : []), scope.clusterType] : [scope];
}
