import { describe, isMap } from '../../../../layers/plain-data';
import { suggestion } from '../../../../layers/text/nearest';
import { validateManifest } from '../../../argocd/validate-manifest';
import { externalSecretManifest, extract } from '../../external-secrets/external-secret';
import { secretStoreRef } from '../../external-secrets/secret-store';
import type { SecretStoreConfig } from '../../tree/secret-store-config';
import type { PartRemark } from '../part-remark';
import type { AnyMap } from '../text-map';
import { below, textMapRemarks } from '../text-map';
import { awsAccessRemarks } from './aws-access';
import { remarksBelow } from './remarks-below';
import type { SettingSubject } from './setting-rule';
import { storeFindings } from './store-findings';

/** One of these says where the secret manager is. */
const kinds: Readonly<Record<string, (content: unknown) => Iterable<PartRemark>>> = {
  aws: (content) => awsAccessRemarks(content, 'aws'),
  provider: providerRemarks,
  existing: existingRemarks,
};
const storeNames = Object.keys(kinds);
const storeKinds = ['SecretStore', 'ClusterSecretStore'];

/** A secret store says where the secret manager is, once. */
export function secretStoreSettings({ values: { plain } }: SettingSubject): Iterable<PartRemark> {
  return remarksBelow('secretStore', plain.secretStore, storeRemarks);
}

function* storeRemarks(store: unknown): Generator<PartRemark> {
  const expected = `one of ${storeNames.join(', ')}: { aws: { region: 'eu-west-1' } }`;
  if (!isMap(store)) {
    yield { path: [], code: 'wrong-type', message: "'secretStore' has the wrong type", expected, found: describe(store) };
    return;
  }
  const said = Object.keys(store);
  const strange = said.filter((key) => !storeNames.includes(key));
  for (const key of strange) {
    yield { path: [key], code: 'unknown-key', message: `'${key}' is no kind of secret store`, hint: suggestion(key, storeNames, 'kinds') };
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

/** A provider's own fields are checked against the schema of External Secrets. */
function* providerRemarks(provider: unknown): Generator<PartRemark> {
  const said = isMap(provider) ? Object.keys(provider) : [];
  if (said.length !== 1) {
    const found = isMap(provider) ? said.join(' and ') || 'an empty map' : describe(provider);
    const code = isMap(provider) ? 'secret-store' : 'wrong-type';
    yield { path: [], code, message: 'a secret store has one provider', expected: '{ vault: { … } }, or another one', found };
    return;
  }
  for (const finding of storeFindings({ provider } as SecretStoreConfig)) yield { ...finding, path: finding.path.slice(2) };
}

function* existingRemarks(existing: unknown): Generator<PartRemark> {
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
