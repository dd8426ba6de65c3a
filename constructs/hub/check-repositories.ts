import { describe, isMap } from '../../layers/plain-data';
import { repositoryName } from './repositories';

/** What is wrong with a set of credentials, at a path of member settings. */
interface RepositoryRemark {
  readonly path: readonly string[];
  readonly message: string;
  readonly expected: string;
  readonly found: string;
}

/** The ways to prove who one is, with the key that each needs. */
const ways = { githubApp: 'secret', https: 'secret', ssh: 'secret', ecr: 'region' } as const;
const others = ['url', 'scope', 'project'];

/** Credentials that cannot be read. What is made of the others is checked against its schema. */
export function checkRepositories(repositories: unknown): readonly RepositoryRemark[] {
  if (repositories === undefined) return [];
  if (!isMap(repositories)) {
    return [{ path: ['repositories'], message: "'repositories' has the wrong type", expected: 'a map of credentials by name', found: describe(repositories) }];
  }
  return Object.entries(repositories).flatMap(([name, config]): readonly RepositoryRemark[] => {
    const path = ['repositories', name];
    const remark = (at: readonly string[], what: string, expected: string, found: string): RepositoryRemark => ({
      path: [...path, ...at],
      message: `the credentials '${name}' ${what}`,
      expected,
      found,
    });
    if (!isMap(config)) return [remark([], 'cannot be read', `{ url, ${Object.keys(ways).join(' or ')} }`, describe(config))];
    const remarks: RepositoryRemark[] = [];
    if (!repositoryName.pattern.test(name)) remarks.push(remark([], 'cannot be called that', repositoryName.rule, name));
    if (typeof config.url !== 'string' || config.url === '')
      remarks.push(remark(['url'], 'have no url', "the repository, such as 'https://github.com/company'", describe(config.url)));
    if (config.scope !== undefined && config.scope !== 'repository' && config.scope !== 'credential-template') {
      remarks.push(remark(['scope'], 'have no such scope', "'repository' or 'credential-template'", describe(config.scope)));
    }
    const used = Object.keys(config).filter((key) => !others.includes(key));
    const strange = used.filter((key) => !(key in ways));
    if (used.length !== 1 || strange.length > 0) {
      remarks.push(remark(strange.slice(0, 1), 'have to say one way', `one of ${Object.keys(ways).join(', ')}`, used.join(' and ') || 'none'));
      return remarks;
    }
    const [way] = used as [keyof typeof ways];
    const content = config[way];
    const needed = ways[way];
    if (!isMap(content) || typeof content[needed] !== 'string' || content[needed] === '') {
      remarks.push(
        remark([way], `need '${needed}'`, needed === 'secret' ? 'the name or ARN of a secret in the secret manager' : 'a region of AWS', describe(content)),
      );
    }
    return remarks;
  });
}
