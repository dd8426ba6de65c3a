import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';
import type { SettingRemark } from '../setting-remark';

/** The repository is one that there can be. */
export function* repositoryPlaceholders({ fleet }: FleetSubject): Generator<Problem> {
  for (const { code, message, ...rest } of placeholderRemarks(fleet.repository)) yield problemAt(fleet, code, message, { at: ['repository'], ...rest });
}

/** A host in `.invalid` (RFC 6761) stands for a repository that is not known yet, as `fleet init` writes it. */
export function placeholderRemarks(repository: string): readonly SettingRemark[] {
  if (!/^[a-z]+:\/\/([^/]*\.)?invalid([/:]|$)/i.test(repository)) return [];
  return [
    {
      code: 'repository-placeholder',
      message: 'the repository is a placeholder: Argo CD would look there in vain',
      severity: 'warning',
      expected: 'the URL of the Git repository that the rendered output is committed to',
      found: repository,
    },
  ];
}
