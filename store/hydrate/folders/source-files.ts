import { join } from 'node:path';
import type { ChartFinding } from '../../../layers/charts/chart-input';
import { leftClosed } from '../../../layers/charts/left-closed';

/**
 * What is wrong where a folder of a source holds a file by which Argo CD changes the source before it renders it: `.argocd-source.yaml`
 * for every app, `.argocd-source-{app}.yaml` for one (reposerver/repository, `mergeSourceParameters`). Image updaters write them, and
 * an Application that is told them so no configuration explains.
 *
 * @param names what lies in the folder itself
 * @param at    where that is, as messages say it
 */
export function changedSource(names: Iterable<string>, at: string): ChartFinding | undefined {
  const name = [...names].sort().find((one) => /^\.argocd-source(-.*)?\.yaml$/.test(one));
  if (name === undefined) return undefined;
  return {
    code: 'hydrate',
    message: `'${join(at, name)}' changes what Argo CD renders there, and is not read here`,
    hint: `say it in the app's configuration and remove the file, or ${leftClosed}; what writes it (an image updater) can edit the configuration`,
  };
}
