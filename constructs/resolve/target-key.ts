import type { Target } from '../tree/config/target';

/** The folder of a target from the top of the output, which also stands for it in problems. */
export function targetKey({ clusterType, path }: Target): string {
  return `${clusterType}/${path}`;
}
