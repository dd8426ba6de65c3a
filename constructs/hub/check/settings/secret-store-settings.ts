import type { Finding } from '../../../../layers/consequences';
import { describe, isMap } from '../../../../layers/plain-data';
import { secretStoreShape } from '../../../../layers/shape/credential-shape';
import { memberLayerShape } from '../../../../layers/shape/member-shape';
import type { AnyMap } from '../../../../layers/shape/read';
import { isRight, readValue } from '../../../../layers/shape/read-fields';
import { validateManifest } from '../../../argocd/validate-manifest';
import { externalSecretManifest, extract } from '../../external-secrets/external-secret';
import { secretStoreRef } from '../../external-secrets/secret-store';
import type { SecretStoreConfig } from '../../tree/secret-store-config';
import { type PartRemark, remarksOf } from '../part-remark';
import { awsAccessFindings } from './aws-access';
import { manifestFindings } from './manifest-findings';
import { remarksBelow } from './remarks-below';
import type { SettingSubject } from './setting-rule';
import { storeFindings } from './store-findings';

/** A secret store says where the secret manager is, once. */
export function secretStoreSettings({ values: { plain } }: SettingSubject): Iterable<PartRemark> {
  return [...remarksBelow('secretStore', plain.secretStore, storeRemarks), ...remarksBelow('secretStores', plain.secretStores, storesRemarks)];
}

function storeRemarks(store: unknown): readonly PartRemark[] {
  const findings: Finding[] = [];
  readValue(store, memberLayerShape.secretStore, 'secretStore', { place: [] }, findings);
  if (isMap(store)) findings.push(...oneKind(store));
  return remarksOf(findings);
}

function storesRemarks(stores: unknown): readonly PartRemark[] {
  const findings: Finding[] = [];
  readValue(stores, memberLayerShape.secretStores, 'secretStores', { place: [] }, findings);
  for (const [name, store] of Object.entries(isMap(stores) ? stores : {})) {
    if (isMap(store)) for (const finding of oneKind(store)) findings.push({ ...finding, ...placedBelow(name, finding) });
  }
  return remarksOf(findings);
}

/** The places of a finding, from above the store. */
function placedBelow(name: string, { place = [], follows }: Finding): Pick<Finding, 'place' | 'follows'> {
  return {
    place: [name, ...place],
    ...(follows ? { follows: follows.map((cause) => ('unread' in cause ? cause : { ...cause, place: [name, ...cause.place] })) } : {}),
  };
}

/** What no shape says of a secret store. */
function* oneKind(store: AnyMap): Generator<Finding> {
  const { expected } = memberLayerShape.secretStore;
  const said = Object.keys(store);
  const strange = said.filter((key) => !Object.hasOwn(secretStoreShape, key));
  const known = said.filter((key) => Object.hasOwn(secretStoreShape, key));
  const [kind] = known;
  if (kind === undefined) {
    // There is nothing but kinds: whichever key is not known, one of them was meant.
    const follows = strange.map((key) => ({ place: [key] }));
    yield { place: [], code: 'secret-store', message: 'the secret store says nothing', expected, found: 'an empty map', follows };
  } else if (known.length > 1) {
    const hint = 'where a broader layer says another one, write `unset` for it';
    yield { place: [], code: 'secret-store', message: 'the secret store of a cluster is two', expected, found: known.join(' and '), hint };
  } else if (kind === 'provider') yield* provider(store.provider);
  else if (kind === 'aws') yield* awsAccessFindings(store.aws, ['aws']);
  else yield* existing(store.existing);
}

/** A provider's own fields are checked against the schema of External Secrets. */
function* provider(written: unknown): Generator<Finding> {
  const said = isMap(written) ? Object.keys(written) : [];
  if (said.length !== 1) {
    const found = isMap(written) ? said.join(' and ') || 'an empty map' : describe(written);
    const code = isMap(written) ? 'secret-store' : 'wrong-type';
    yield { place: ['provider'], code, message: 'a secret store has one provider', expected: '{ vault: { … } }, or another one', found };
    return;
  }
  for (const { path, ...finding } of storeFindings({ provider: written } as SecretStoreConfig)) {
    yield { ...finding, place: ['provider', ...path.slice(2)] };
  }
}

function existing(written: unknown): readonly Finding[] {
  if (!isRight(written, secretStoreShape.existing)) return [];
  const store = secretStoreRef({ existing: written } as SecretStoreConfig);
  const manifest = externalSecretManifest({ name: 'x', namespace: 'default', store, refreshHours: 1, dataFrom: [extract({ secret: 'x' })], template: {} });
  return manifestFindings(validateManifest(manifest), ['existing'], (path) => path[2] ?? 'name');
}
