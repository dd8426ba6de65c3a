import type { Finding } from '../../../../layers/consequences';
import { isMap } from '../../../../layers/plain-data';
import type { AnyMap } from '../../../../layers/shape/read';
import { type RepositoryUse, repositoryTypeOf, repositoryUses } from '../../resolve/repository-type';
import type { RepositoryConfig, RepositoryType } from '../../tree/repository-config';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';

/** What is read of some types of repositories only, beside some ways in. */
interface Reader {
  readonly key: 'clientCertificate' | 'forceHttpBasicAuth' | 'enableLfs';
  /** The ways beside which each type reads it; `undefined` for none beside it, and every way where there is no list. */
  readonly beside: { readonly [type in RepositoryType]?: readonly (string | undefined)[] | 'any' };
  readonly expected: string;
}

/** argo-cd, pkg/apis/application/v1alpha1/repository_types.go, Get…Creds, and util/git/creds.go. */
const readers: readonly Reader[] = [
  {
    key: 'clientCertificate',
    beside: {
      git: ['https', 'bearerToken', 'githubApp'],
      helm: [undefined, 'https', 'azureWorkloadIdentity'],
      oci: [undefined, 'https'],
    },
    expected: 'beside `https`, `bearerToken` or `githubApp` for Git; alone or beside `https` for charts and images',
  },
  { key: 'forceHttpBasicAuth', beside: { git: ['https'] }, expected: 'beside `https` for Git' },
  { key: 'enableLfs', beside: { git: 'any' }, expected: 'a Git repository' },
];

const ways = ['githubApp', 'https', 'bearerToken', 'ssh', 'gcpServiceAccount', 'azureWorkloadIdentity', 'ecr'] as const;

/** What credentials say and Argo CD does not look at, as what they are for is used. */
export function* unreadCredentials(hub: HubSubject): Generator<Finding> {
  const { fleet, members } = hub;
  const uses = repositoryUses(hub);
  const seen = new Set<object>();
  for (const { member } of members) {
    const { repositories, settings } = member;
    if (!isMap(repositories) || seen.has(repositories)) continue;
    seen.add(repositories);
    for (const [name, config] of Object.entries(repositories)) {
      if (!isMap(config) || typeof config.url !== 'string') continue;
      for (const { key, type, way, expected } of unread(config, uses)) {
        yield valueProblem(fleet.settings, settings.values, ['repositories', name, key], 'invalid-field', `Argo CD does not read '${key}' of '${name}'`, {
          expected,
          found: `the type '${type}'${way === undefined ? '' : `, and \`${way}\``}`,
        });
      }
    }
  }
}

type Unread = Pick<Reader, 'key' | 'expected'> & { readonly type: RepositoryType; readonly way: string | undefined };

function unread(config: RepositoryConfig, uses: readonly RepositoryUse[]): readonly Unread[] {
  const saidOf: AnyMap = { ...config };
  const used = ways.filter((way) => saidOf[way] !== undefined);
  // More than one was reported.
  if (used.length > 1) return [];
  const [way] = used;
  const type = repositoryTypeOf(config, uses);
  return readers.flatMap(({ key, beside, expected }) => {
    const said = saidOf[key];
    const readBy = beside[type];
    const isRead = readBy === 'any' || readBy?.includes(way);
    return said === undefined || said === false || isRead ? [] : [{ key, expected, type, way }];
  });
}
