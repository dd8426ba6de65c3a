import type { Plain } from '../../../layers/layer';
import type { Problem } from '../../../layers/problem';
import { secretLookalikes } from '../../argocd/secrets/secret-lookalikes';
import { secretRemark } from '../../argocd/secrets/secret-remark';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';
import type { SettingRemark } from '../setting-remark';

/** The URL of the repository holds no credentials. */
export function* repositorySecrets({ fleet }: FleetSubject): Generator<Problem> {
  for (const { code, message, ...rest } of repositorySecretRemarks(fleet.repository)) yield problemAt(fleet, code, message, { at: ['repository'], ...rest });
}

/** What in a URL of a repository looks like a secret. */
export function repositorySecretRemarks(repository: string): readonly SettingRemark[] {
  const hint = 'Argo CD finds credentials by the URL without them, in a secret with the label argocd.argoproj.io/secret-type: repository';
  return secretLookalikes({ repository } as Plain).map(({ why }) => {
    const { expected } = secretRemark({ path: [], why }, 'repository');
    return { code: 'secret-value', message: `'repository' looks like a secret: ${why}`, expected, hint };
  });
}
