import { suggestion } from '../../../../layers/text/nearest';
import { hasScheme, isOciUrl } from '../../resolve/repository-url';
import { repositoryTypes } from '../../tree/repository-config';
import type { PartRemark } from '../part-remark';
import type { AnyMap } from '../text-map';
import { repositoryTexts } from './repository-fields';

/** Which types each way can be used for. */
const typesOf: Readonly<Record<string, readonly string[]>> = { githubApp: ['git'], ssh: ['git'], https: repositoryTypes, ecr: ['helm', 'oci'] };

/** The type, the URL and the way have to fit. */
export function* repositoryKindRemarks({ type, url }: AnyMap, way: string | undefined): Generator<PartRemark> {
  if (typeof type !== 'string' || type.trim() === '') return;
  const expected = repositoryTexts.type?.expected;
  if (!(repositoryTypes as readonly string[]).includes(type)) {
    yield { path: ['type'], code: 'wrong-type', message: `'${type}' is no type of a repository`, expected, hint: suggestion(type, repositoryTypes, 'types') };
    return;
  }
  const possible = way === undefined ? undefined : typesOf[way];
  if (possible && !possible.includes(type)) {
    const message = `'${way}' is no way into a repository of the type '${type}'`;
    yield { path: ['type'], code: 'invalid-field', message, expected: possible.map((one) => `'${one}'`).join(' or '), found: `'${type}'` };
    return;
  }
  if (typeof url !== 'string' || way === 'ecr') return;
  if (type === 'oci' && hasScheme(url) && !isOciUrl(url)) {
    const registry = 'oci://registry.example.com/company';
    yield { path: ['url'], code: 'invalid-field', message: 'the URL is none of a registry', expected: `'${registry}'`, found: `'${url}'` };
  }
  if (type === 'git' && isOciUrl(url)) {
    yield {
      path: ['type'],
      code: 'invalid-field',
      message: 'no Git repository is at an `oci://` URL',
      expected: "'helm' for charts, 'oci' for images",
      found: "'git'",
    };
  }
}
