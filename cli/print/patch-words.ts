import type { PatchState } from '../../layers/patch-state';
import { plural } from '../../layers/text/problem-text';

/** `patch-001 of cert-manager in management-cluster: Security update` */
export function patchTitle({ patch, app, clusterType, description }: PatchState): string {
  return `${patch} of ${app} in ${clusterType}${description === undefined ? '' : `: ${description}`}`;
}

/** `#####-----  5 of 9 targets` */
export function progressText(covered: number, all: number, width = 20): string {
  const filled = all === 0 ? 0 : Math.floor((covered / all) * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${covered} of ${plural(all, 'target')}`;
}
