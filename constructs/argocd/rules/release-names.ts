import { specsOf } from '../application-specs';
import type { ManifestRule } from '../manifest-rule';
import { isSaid } from '../unset-fields';
import { isHydrated } from './own-fields/hydrate';

const tools = ['helm', 'kustomize', 'directory', 'plugin'];

/**
 * In the control plane an Application is not called like its Helm release any more, so the release is named. Whether a
 * folder of a Git repository holds a chart is known to Argo CD only: a release there would get another name.
 */
export const releaseNames: ManifestRule = ({ written, values, placement, hasWorkloads }) => {
  // Where charts are opened, it must be known.
  if (placement !== 'controlPlane' || hasWorkloads || (values && isHydrated(values))) return [];
  return specsOf(written)
    .filter(({ role }) => role === 'application')
    .flatMap(({ sources }) => sources)
    .filter(({ source }) => isSaid(source.path) && !tools.some((tool) => isSaid(source[tool])))
    .map(({ path }) => ({
      code: 'release-name',
      severity: 'warning',
      path,
      message: 'if this folder holds a Helm chart, its release is called after app and cluster',
      hint: 'say what the folder holds: `helm: {}` (the release is then called after the app), `kustomize: {}` or `directory: {}`',
    }));
};
