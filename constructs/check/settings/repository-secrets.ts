import type { Plain } from '../../../layers/layer';
import type { Problem } from '../../../layers/problem';
import { secretLookalikes } from '../../argocd/secrets/secret-lookalikes';
import { secretRemark } from '../../argocd/secrets/secret-remark';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** The URL of the repository holds no credentials. */
export function* repositorySecrets({ fleet }: FleetSubject): Generator<Problem> {
  const { repository } = fleet;
  for (const { why } of secretLookalikes({ repository } as Plain)) {
    const { expected } = secretRemark({ path: [], why }, 'repository');
    const hint = 'Argo CD finds credentials by the URL without them, in a secret with the label argocd.argoproj.io/secret-type: repository';
    yield problemAt(fleet, 'secret-value', `'repository' looks like a secret: ${why}`, { at: ['repository'], expected, hint });
  }
}
