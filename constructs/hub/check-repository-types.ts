import type { Problems } from '../../layers/problem';
import type { GroupModel } from './components';
import type { HubFleet } from './hub-fleet';
import type { Resolved } from './hub-synthesis';
import { type RepositoryType, repositoryUses, usedTypes } from './repository-type';
import { valueProblem } from './value-problem';

const nouns: Readonly<Record<RepositoryType, string>> = {
  git: 'a Git repository: its `path`',
  helm: 'a repository of charts: its `chart`',
  oci: 'a registry of images: its `oci://` URL',
};

/** A type that is written and contradicts what every component uses the repository as. */
export function checkRepositoryTypes(fleet: HubFleet, groups: readonly GroupModel[], resolved: readonly Resolved[], problems: Problems): void {
  const uses = repositoryUses(fleet, groups);
  const seen = new Set<object>();
  for (const { member } of resolved) {
    const { repositories, settings } = member;
    if (seen.has(repositories)) continue;
    seen.add(repositories);
    for (const [name, config] of Object.entries(repositories)) {
      if (config?.type === undefined || config.scope === 'credential-template' || typeof config.url !== 'string') continue;
      const [used, ...others] = usedTypes(config, uses);
      if (used === undefined || others.length > 0 || used === config.type) continue;
      problems.add(
        valueProblem(fleet.settings, settings.values, ['repositories', name, 'type'], 'invalid-field', `'${name}' is used as another type of repository`, {
          expected: `'${used}': components use it as ${nouns[used]}`,
          found: `'${config.type}'`,
          hint: 'leave `type` out: it follows from the use',
        }),
      );
    }
  }
}
