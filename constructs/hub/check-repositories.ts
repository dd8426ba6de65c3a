import { suggestion } from '../../layers/nearest';
import { describe, isMap } from '../../layers/plain-data';
import { awsAccessRemarks } from './check-secret-store';
import { repositoryName } from './repositories';
import { hasScheme, isOciUrl, repositoryTypes } from './repository-type';
import { below, type SettingRemark, type Texts, textMapRemarks, unknownKeys } from './text-map';

type AnyMap = Readonly<Record<string, unknown>>;

const secret = { expected: 'the name or ARN of a secret in the secret manager', isNeeded: true };

/** The ways to prove who one is. */
const ways: Readonly<Record<string, (content: unknown, way: string) => Iterable<SettingRemark>>> = {
  githubApp: secretRemarks({ secret, enterpriseUrl: { expected: "the API of a GitHub Enterprise server, such as 'https://ghe.example.com/api/v3'" } }),
  https: secretRemarks({ secret }),
  ssh: secretRemarks({ secret }),
  ecr: awsAccessRemarks,
};
const names = Object.keys(ways);

/** What is text in credentials, besides the way. */
const texts: Texts = {
  url: { expected: "the repository, such as 'https://github.com/company'", isNeeded: true },
  scope: { expected: "'repository' or 'credential-template'" },
  type: { expected: "'git', 'helm' or 'oci'" },
  project: { expected: 'a project of Argo CD' },
  proxy: { expected: "the URL of a proxy, such as 'http://proxy.example.com:3128'" },
};
const flags: readonly string[] = ['insecure'];

/** The schemes that Git, Helm and registries take a proxy by. */
const proxyUrl = /^(https?|socks5h?):\/\/[^\s/]/i;

/** What is wrong with credentials, at paths below `repositories`. */
export function repositoryRemarks(repositories: unknown): readonly SettingRemark[] {
  if (repositories === undefined) return [];
  if (isMap(repositories)) return Object.entries(repositories).flatMap(([name, config]) => below(name, remarksOn(name, config)));
  return [
    { path: [], code: 'wrong-type', message: "'repositories' has the wrong type", expected: 'a map of credentials by name', found: describe(repositories) },
  ];
}

function* remarksOn(name: string, config: unknown): Generator<SettingRemark> {
  if (!isMap(config)) {
    const expected = `{ url, and one of ${names.join(', ')} }`;
    yield { path: [], code: 'wrong-type', message: `the credentials '${name}' cannot be read`, expected, found: describe(config) };
    return;
  }
  if (!repositoryName.pattern.test(name)) {
    yield { path: [], code: 'invalid-name', message: `'${name}' cannot name credentials`, expected: repositoryName.rule };
  }
  const used = names.filter((way) => config[way] !== undefined);
  const known = [...Object.keys(texts), ...flags, ...names];
  const strange = Object.keys(config).filter((key) => !known.includes(key));
  yield* unknownKeys(strange, known);
  yield* textRemarks(name, config, strange.length > 0);
  yield* flagRemarks(config);
  const [way] = used;
  yield* typeRemarks(config, way);
  if (way !== undefined && used.length === 1) yield* below(way, ways[way]?.(config[way], way) ?? []);
  // A way that is misspelt is one mistake.
  else if (used.length > 1 || strange.length === 0) {
    const found = used.join(' and ') || 'none';
    yield { path: [], code: 'wrong-type', message: `the credentials '${name}' have to say one way`, expected: `one of ${names.join(', ')}`, found };
  }
}

function* textRemarks(name: string, config: AnyMap, isMisspelt: boolean): Generator<SettingRemark> {
  const known = Object.fromEntries(Object.entries(config).filter(([key]) => key in texts));
  for (const remark of textMapRemarks(known, name, texts)) if (!isMisspelt || remark.code !== 'missing-field') yield remark;
  const { scope, proxy } = config;
  if (typeof scope === 'string' && scope !== '' && scope !== 'repository' && scope !== 'credential-template') {
    yield { path: ['scope'], code: 'wrong-type', message: `'${scope}' is no scope`, expected: texts.scope?.expected };
  }
  if (typeof proxy === 'string' && proxy.trim() !== '' && !proxyUrl.test(proxy)) {
    yield { path: ['proxy'], code: 'invalid-field', message: `'${proxy}' is no URL of a proxy`, expected: texts.proxy?.expected };
  }
}

function* flagRemarks(config: AnyMap): Generator<SettingRemark> {
  const { insecure, scope } = config;
  if (insecure === undefined) return;
  if (typeof insecure !== 'boolean') {
    yield { path: ['insecure'], code: 'wrong-type', message: "'insecure' has the wrong type", expected: 'true or false', found: describe(insecure) };
  } else if (insecure && scope === 'credential-template') {
    // argo-cd, util/db/repository_secrets.go, secretToRepoCred: the key is not read.
    yield {
      path: ['insecure'],
      code: 'invalid-field',
      message: "Argo CD does not read 'insecure' of a credential template",
      hint: "say it of each repository: credentials with `scope: 'repository'`",
    };
  }
}

/** Which types each way can be used for. */
const typesOf: Readonly<Record<string, readonly string[]>> = { githubApp: ['git'], ssh: ['git'], https: repositoryTypes, ecr: ['helm', 'oci'] };

/** The type, the URL and the way have to fit. */
function* typeRemarks({ type, url }: AnyMap, way: string | undefined): Generator<SettingRemark> {
  if (typeof type !== 'string' || type.trim() === '') return;
  const expected = texts.type?.expected;
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

function secretRemarks(keys: Texts): (content: unknown, way: string) => Iterable<SettingRemark> {
  return (content, way) => textMapRemarks(content, way, keys);
}
