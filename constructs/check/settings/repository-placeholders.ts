import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** The repository is one that there can be: a host in `.invalid` (RFC 6761) stands for one that is not known yet, as `fleet init` writes it. */
export function* repositoryPlaceholders({ fleet }: FleetSubject): Generator<Problem> {
  if (!/^[a-z]+:\/\/([^/]*\.)?invalid([/:]|$)/i.test(fleet.repository)) return;
  yield problemAt(fleet, 'repository-placeholder', 'the repository is a placeholder: Argo CD would look there in vain', {
    severity: 'warning',
    at: ['repository'],
    expected: 'the URL of the Git repository that the rendered output is committed to',
    found: fleet.repository,
  });
}
