import type { Finding } from '../../../../layers/consequences';
import { repositoryUses, usedTypes } from '../../resolve/repository-type';
import type { RepositoryType } from '../../tree/repository-config';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';

const nouns: Readonly<Record<RepositoryType, string>> = {
  git: 'a Git repository: its `path`',
  helm: 'a repository of charts: its `chart`',
  oci: 'a registry of images: its `oci://` URL',
};

/** A type that is written and contradicts what every component uses the repository as. */
export function* contradictedTypes(hub: HubSubject): Generator<Finding> {
  const { fleet, members } = hub;
  const uses = repositoryUses(hub);
  const seen = new Set<object>();
  for (const { member } of members) {
    const { repositories, settings } = member;
    if (seen.has(repositories)) continue;
    seen.add(repositories);
    for (const [name, config] of Object.entries(repositories)) {
      if (config?.type === undefined || config.scope === 'credential-template' || typeof config.url !== 'string') continue;
      const [used, ...others] = usedTypes(config, uses);
      if (used === undefined || others.length > 0 || used === config.type) continue;
      const path = ['repositories', name, 'type'];
      yield valueProblem(fleet.settings, settings.values, path, 'invalid-field', `'${name}' is used as another type of repository`, {
        expected: `'${used}': components use it as ${nouns[used]}`,
        found: `'${config.type}'`,
        hint: 'leave `type` out: it follows from the use',
      });
    }
  }
}
