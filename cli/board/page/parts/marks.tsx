import type { Fleet } from '../model/fleet';
import { frozenText, guardsOf } from '../model/marks';
import { useShown } from './context';

export type MarkKind = 'patch' | 'override' | 'gate' | 'frozen' | 'otherwise';

export const markTexts: Readonly<Record<MarkKind, string>> = {
  patch: 'patched',
  override: 'overridden',
  gate: 'behind a manual gate',
  frozen: 'frozen',
  otherwise: 'not as Git has it',
};

/** A small shape; what it means is said beside it, or by the label of what it stands in. */
export function Mark({ kind, title }: { readonly kind: MarkKind; readonly title?: string | undefined }) {
  return <i class={`mark ${kind}`} title={title} aria-hidden="true" />;
}

/** What a node itself demands: its gate and its freeze, in words. */
export function GuardWords({ node }: { readonly node: number }) {
  const { isManual, frozen } = useShown().fleet.board.nodes[node] ?? {};
  return (
    <>
      {isManual && (
        <span class="guard">
          <Mark kind="gate" />
          manual gate
        </span>
      )}
      {frozen !== undefined && (
        <span class="guard is-frozen">
          <Mark kind="frozen" />
          {frozenText(frozen)}
        </span>
      )}
    </>
  );
}

/** All that stands before a target, in words. */
export function guardTexts(fleet: Fleet, node: number): readonly string[] {
  const { gates, frozen } = guardsOf(fleet, node);
  return [
    ...(gates.length > 0 ? [`behind the manual ${gates.length === 1 ? 'gate' : 'gates'} ${gates.map((gate) => fleet.path(gate)).join(', ')}`] : []),
    ...(frozen === undefined ? [] : [`${fleet.path(frozen.node)} is ${frozenText(frozen.says)}`]),
  ];
}

const letters: Readonly<Record<string, string>> = { Healthy: '✓', Degraded: '✕', Progressing: '…', Missing: '∅', Suspended: '‖' };

/** A health as Argo CD calls it, never by colour alone. */
export function Health({ health, isSmall = false }: { readonly health: string; readonly isSmall?: boolean }) {
  return (
    <span class={`health ${letters[health] === undefined ? 'Unknown' : health}`} title={health}>
      <b aria-hidden="true">{letters[health] ?? '?'}</b>
      {!isSmall && health}
    </span>
  );
}
