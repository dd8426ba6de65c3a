import { describe, isMap } from '../../../../layers/plain-data';
import { repositoryName } from '../../tree/repository-config';
import type { PartRemark } from '../part-remark';
import type { TextKeys } from '../text-map';
import { below, textMapRemarks, unknownKeys } from '../text-map';
import { awsAccessRemarks } from './aws-access';
import { remarksBelow } from './remarks-below';
import { repositoryFlagRemarks, repositoryFlags, repositoryTextRemarks, repositoryTexts } from './repository-fields';
import { repositoryKindRemarks } from './repository-kinds';
import type { SettingSubject } from './setting-rule';

/** Credentials say what they are for, and one way in. */
export function repositorySettings({ values: { plain } }: SettingSubject): Iterable<PartRemark> {
  return remarksBelow('repositories', plain.repositories, repositoryRemarks);
}

const secret = { expected: 'the name or ARN of a secret in the secret manager', isNeeded: true };

/** The ways to prove who one is. */
const ways: Readonly<Record<string, (content: unknown, way: string) => Iterable<PartRemark>>> = {
  githubApp: secretRemarks({ secret, enterpriseUrl: { expected: "the API of a GitHub Enterprise server, such as 'https://ghe.example.com/api/v3'" } }),
  https: secretRemarks({ secret }),
  ssh: secretRemarks({ secret }),
  ecr: awsAccessRemarks,
};
const wayNames = Object.keys(ways);

function repositoryRemarks(repositories: unknown): readonly PartRemark[] {
  if (repositories === undefined) return [];
  if (isMap(repositories)) return Object.entries(repositories).flatMap(([name, config]) => below(name, credentialRemarks(name, config)));
  return [
    { path: [], code: 'wrong-type', message: "'repositories' has the wrong type", expected: 'a map of credentials by name', found: describe(repositories) },
  ];
}

function* credentialRemarks(name: string, config: unknown): Generator<PartRemark> {
  if (!isMap(config)) {
    const expected = `{ url, and one of ${wayNames.join(', ')} }`;
    yield { path: [], code: 'wrong-type', message: `the credentials '${name}' cannot be read`, expected, found: describe(config) };
    return;
  }
  if (!repositoryName.pattern.test(name)) {
    yield { path: [], code: 'invalid-name', message: `'${name}' cannot name credentials`, expected: repositoryName.rule };
  }
  const used = wayNames.filter((way) => config[way] !== undefined);
  const known = [...Object.keys(repositoryTexts), ...repositoryFlags, ...wayNames];
  const strange = Object.keys(config).filter((key) => !known.includes(key));
  yield* unknownKeys(strange, known);
  yield* repositoryTextRemarks(name, config, strange.length > 0);
  yield* repositoryFlagRemarks(config);
  const [way] = used;
  yield* repositoryKindRemarks(config, way);
  if (way !== undefined && used.length === 1) yield* below(way, ways[way]?.(config[way], way) ?? []);
  // A way that is misspelt is one mistake.
  else if (used.length > 1 || strange.length === 0) {
    const found = used.join(' and ') || 'none';
    yield { path: [], code: 'wrong-type', message: `the credentials '${name}' have to say one way`, expected: `one of ${wayNames.join(', ')}`, found };
  }
}

function secretRemarks(keys: TextKeys): (content: unknown, way: string) => Iterable<PartRemark> {
  return (content, way) => textMapRemarks(content, way, keys);
}
