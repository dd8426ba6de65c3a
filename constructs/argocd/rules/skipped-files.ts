import { leftClosed } from '../../../layers/charts/left-closed';
import type { ManifestRule } from '../manifest-rule';
import { TextSearch } from '../text-search';

const marker = '+argocd:skip-file-rendering';

const marked = new TextSearch((text) => text.includes(marker));

/**
 * Of a folder that is no chart, Argo CD passes over each file in which these letters stand, wherever they do (argo-cd,
 * reposerver/repository, `getPotentiallyValidManifestFile`): as if the object were not there, which it then prunes.
 */
export const skippedFiles: ManifestRule = ({ written }) =>
  marked.in(written).map(({ path }) => ({
    code: 'skipped-file',
    path,
    message: `'${path.join('.')}' holds '${marker}': Argo CD would leave the whole object out, and prune it where it is`,
    hint: `write that text otherwise; where it comes from a chart, with another value, or ${leftClosed}`,
  }));
