import type { Finding } from '../../../../layers/consequences';
import type { AnyMap } from '../../../../layers/shape/read';
import { hasScheme, isOciUrl } from '../../resolve/repository-url';
import { type RepositoryType, repositoryTypes, typesOfWays } from '../../tree/repository-config';

/** The type, the URL and the way have to fit. */
export function* repositoryKinds({ type, url }: AnyMap, way: string | undefined, place: readonly string[]): Generator<Finding> {
  if (!(repositoryTypes as readonly unknown[]).includes(type)) return;
  const possible = way === undefined ? undefined : typesOfWays[way];
  if (possible && !possible.includes(type as RepositoryType)) {
    const message = `'${way}' is no way into a repository of the type '${type}'`;
    yield { place: [...place, 'type'], code: 'invalid-field', message, expected: possible.map((one) => `'${one}'`).join(' or '), found: `'${type}'` };
    return;
  }
  if (typeof url !== 'string' || way === 'ecr') return;
  if (type === 'oci' && hasScheme(url) && !isOciUrl(url)) {
    const registry = 'oci://registry.example.com/company';
    yield { place: [...place, 'url'], code: 'invalid-field', message: 'the URL is none of a registry', expected: `'${registry}'`, found: `'${url}'` };
  }
  if (type === 'git' && isOciUrl(url)) {
    yield {
      place: [...place, 'type'],
      code: 'invalid-field',
      message: 'no Git repository is at an `oci://` URL',
      expected: "'helm' for charts, 'oci' for images",
      found: "'git'",
    };
  }
}
