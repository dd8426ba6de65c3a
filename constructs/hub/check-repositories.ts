import { describe, isMap } from '../../layers/plain-data';
import { awsAccessRemarks } from './check-secret-store';
import { repositoryName } from './repositories';
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
  project: { expected: 'a project of Argo CD' },
};

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
  const strange = Object.keys(config).filter((key) => !(key in texts) && !names.includes(key));
  yield* unknownKeys(strange, [...Object.keys(texts), ...names]);
  yield* textRemarks(name, config, strange.length > 0);
  const [way] = used;
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
  const { scope } = config;
  if (typeof scope === 'string' && scope !== '' && scope !== 'repository' && scope !== 'credential-template') {
    yield { path: ['scope'], code: 'wrong-type', message: `'${scope}' is no scope`, expected: texts.scope?.expected };
  }
}

function secretRemarks(keys: Texts): (content: unknown, way: string) => Iterable<SettingRemark> {
  return (content, way) => textMapRemarks(content, way, keys);
}
