import type { ChartFinding } from '../../layers/charts/chart-input';
import type { ChartCache } from './chart-cache';
import { findProgram, type Installed } from './installed';

const hint = 'install Kustomize 5 or later (https://kubectl.docs.kubernetes.io/installation/kustomize)';

/** Finds Kustomize on the PATH. One that somebody built says no version of its own: nobody knows that it is the same but by its file. */
export function findKustomize(cache: ChartCache, patience: number): Installed | ChartFinding {
  return findProgram(cache, patience, {
    name: 'kustomize',
    absent: { message: 'kustomize is not installed, and no folder of Kustomize can be built', hint },
    unfit: { message: 'gives no version of Kustomize, and no folder can be built', expected: 'v5.0.0, or a later one', hint },
    versionIn: (said, file) => (said === '(devel)' ? `${said} ${file}` : Number(/v(\d+)\.\d+/.exec(said)?.[1] ?? 0) >= 5 ? said : undefined),
  });
}
