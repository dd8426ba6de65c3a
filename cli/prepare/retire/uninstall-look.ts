import type { Condition } from '../../../rollout/move-step';

/**
 * Shows what the Applications of a component have been told.
 *
 * @param at where `kubectl` finds them: `-n argocd`
 */
export function uninstallLook(at: string, labelPrefix: string, component: string): Omit<Condition, 'cluster'> {
  const columns = 'custom-columns=NAME:.metadata.name,FINALIZERS:.metadata.finalizers';
  return {
    command: `kubectl ${at} get applications -l ${labelPrefix}/component=${component} -o ${columns}`,
    shows: 'resources-finalizer.argocd.argoproj.io at each cluster of it',
  };
}
