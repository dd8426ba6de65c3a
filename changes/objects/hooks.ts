import type { Content } from '../state';
import { annotationsOf, textIn } from './object-words';

/** What Argo CD makes of hooks of Helm (argo-cd, gitops-engine/pkg/sync/hook/helm); those that are left out never run. */
const ofHelm: Readonly<Record<string, string>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
  'pre-delete': 'PreDelete',
  'post-delete': 'PostDelete',
};

/** As whose hook Argo CD runs an object: its own annotation wins over Helm's. Empty where it is none, or one that never runs. */
export function hooksOf(object: Content): readonly string[] {
  const annotations = annotationsOf(object);
  const own = namesIn(annotations['argocd.argoproj.io/hook']);
  const found = own.length > 0 ? own.filter((name) => name !== 'Skip') : namesIn(annotations['helm.sh/hook']).flatMap((name) => ofHelm[name] ?? []);
  return [...new Set(found)].sort();
}

/** Whether Argo CD takes an object for a hook, be it one that never runs: it is none of those that it keeps in step. */
export function isHook(object: Content): boolean {
  const annotations = annotationsOf(object);
  if (namesIn(annotations['argocd.argoproj.io/hook']).length > 0) return true;
  return namesIn(annotations['helm.sh/hook']).some((name) => name !== 'crd-install');
}

function namesIn(value: unknown): readonly string[] {
  return textIn(value)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Of what Argo CD runs at each sync. */
const atSync: ReadonlySet<string> = new Set(['PreSync', 'Sync', 'PostSync']);

/** Those that the next sync runs. */
export function syncHooksOf(object: Content): readonly string[] {
  return hooksOf(object).filter((name) => atSync.has(name));
}
