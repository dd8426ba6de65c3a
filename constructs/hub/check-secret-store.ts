import { suggestion } from '../../layers/nearest';
import { describe, isMap } from '../../layers/plain-data';
import { validateManifest } from '../validate';
import { type AwsAccess, externalSecretManifest, extract, type SecretStoreConfig, secretStoreManifest, secretStoreRef } from './secret-store';
import { below, type SettingRemark, textMapRemarks } from './text-map';

type AnyMap = Readonly<Record<string, unknown>>;

/** One of these says where the secret manager is. */
const kinds: Readonly<Record<string, (content: unknown) => Iterable<SettingRemark>>> = {
  aws: (content) => awsAccessRemarks(content, 'aws'),
  provider: providerRemarks,
  existing: existingRemarks,
};
const names = Object.keys(kinds);
const storeKinds = ['SecretStore', 'ClusterSecretStore'];

/** What is wrong with a secret store, at paths below `secretStore`. */
export function secretStoreRemarks(store: unknown): readonly SettingRemark[] {
  return store === undefined ? [] : [...remarksOn(store)];
}

function* remarksOn(store: unknown): Generator<SettingRemark> {
  const expected = `one of ${names.join(', ')}: { aws: { region: 'eu-west-1' } }`;
  if (!isMap(store)) {
    yield { path: [], code: 'wrong-type', message: "'secretStore' has the wrong type", expected, found: describe(store) };
    return;
  }
  const said = Object.keys(store);
  const strange = said.filter((key) => !names.includes(key));
  for (const key of strange) {
    yield { path: [key], code: 'unknown-key', message: `'${key}' is no kind of secret store`, hint: suggestion(key, names, 'kinds') };
  }
  if (strange.length > 0) return;
  const [kind] = said;
  if (kind === undefined) {
    yield { path: [], code: 'secret-store', message: 'the secret store says nothing', expected, found: 'an empty map' };
  } else if (said.length > 1) {
    const hint = 'where a broader layer says another one, write `unset` for it';
    yield { path: [], code: 'secret-store', message: 'the secret store of a cluster is two', expected, found: said.join(' and '), hint };
  } else yield* below(kind, kinds[kind]?.(store[kind]) ?? []);
}

/** Access to AWS, for a store or a registry. */
export function* awsAccessRemarks(access: unknown, name: string): Generator<SettingRemark> {
  const remarks = [
    ...textMapRemarks(access, name, {
      region: { expected: 'a region of AWS', isNeeded: true },
      role: { expected: 'the ARN of a role' },
      serviceAccount: { expected: 'the name of a service account' },
    }),
  ];
  yield* remarks;
  if (remarks.length > 0) return;
  for (const { path, ...finding } of findingsOn({ aws: access as AwsAccess })) {
    // `auth.jwt.serviceAccountRef.name` is the service account's.
    const key = path[3] === 'auth' ? 'serviceAccount' : (path[3] ?? 'region');
    yield { ...finding, path: [key], message: `'${key}' ${finding.message.replace(/^'[^']*' /, '')}` };
  }
}

/** A provider's own fields are checked against the schema of External Secrets. */
function* providerRemarks(provider: unknown): Generator<SettingRemark> {
  const said = isMap(provider) ? Object.keys(provider) : [];
  if (said.length !== 1) {
    const found = isMap(provider) ? said.join(' and ') || 'an empty map' : describe(provider);
    const code = isMap(provider) ? 'secret-store' : 'wrong-type';
    yield { path: [], code, message: 'a secret store has one provider', expected: '{ vault: { … } }, or another one', found };
    return;
  }
  for (const finding of findingsOn({ provider: provider as never })) yield { ...finding, path: finding.path.slice(2) };
}

function findingsOn(store: SecretStoreConfig): ReturnType<typeof validateManifest> {
  const manifest = secretStoreManifest(store, 'default');
  return manifest ? validateManifest(manifest) : [];
}

function* existingRemarks(existing: unknown): Generator<SettingRemark> {
  const expected = storeKinds.join(' or ');
  const remarks = [
    ...textMapRemarks(existing, 'existing', { name: { expected: 'the name of the store', isNeeded: true }, kind: { expected, isNeeded: true } }),
  ];
  yield* remarks;
  if (remarks.length > 0) return;
  const { kind } = existing as AnyMap;
  if (!storeKinds.includes(kind as string)) {
    yield {
      path: ['kind'],
      code: 'invalid-field',
      message: `External Secrets has no '${kind}'`,
      expected,
      hint: suggestion(kind as string, storeKinds, 'kinds'),
    };
    return;
  }
  const store = secretStoreRef({ existing } as SecretStoreConfig);
  const manifest = externalSecretManifest({ name: 'x', namespace: 'default', store, refreshInterval: '1h', dataFrom: [extract('x')], template: {} });
  for (const { path, ...finding } of validateManifest(manifest)) {
    const key = path[2] ?? 'name';
    yield { ...finding, path: [key], message: `'${key}' ${finding.message.replace(/^'[^']*' /, '')}` };
  }
}
