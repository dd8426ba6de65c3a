/**
 * What a file may say by its shape is what its type says, key by key: whoever adds a key to one of both is told here of
 * the other. `tsc` is the test.
 */

import type { ComponentConfig, ComponentFields, ComponentLayer } from '../../constructs/hub/tree/component-config';
import type { RegistrationLayer, SecretKeyLayer, SecretRefLayer } from '../../constructs/hub/tree/credential-layers';
import type {
  GroupConfig,
  GroupLayer,
  HubFleetSettings,
  LabelNames,
  MemberLayer,
  MemberSettingsConfig,
  ReleaseConfig,
  ReleasesConfig,
  SpokeConfig,
} from '../../constructs/hub/tree/hub-config';
import type { RepositoryConfig, RepositoryCredentials } from '../../constructs/hub/tree/repository-config';
import type { ClusterSecretRef, DecodingStrategy, RegistrationKey, SecretKey, SecretRef } from '../../constructs/hub/tree/secret-ref';
import type { AwsAccess, SecretStoreConfig, SecretStoreRef } from '../../constructs/hub/tree/secret-store-config';
import type {
  AppFacts,
  AppLayers,
  ClusterTypeConfig,
  FleetAppsConfig,
  MetadataFields,
  PatchConfig,
  RootConfig,
  WorkloadFields,
} from '../../constructs/tree/config/app-config';
import type { ExemptionConfig } from '../../constructs/tree/config/exemptions';
import type { FleetSettings } from '../../constructs/tree/config/fleet-config';
import type { GateConfig } from '../../constructs/tree/config/levels';
import type { ArgoCDOptions, CommandOptions, PrometheusOptions } from '../../layers/law/evidence';
import type { RuleConfig } from '../../layers/law/own-rule';
import type { appFields, appShape, appsShape, clusterTypeShape, ownSettings, patchShape, rootShape } from '../../layers/shape/app-shape';
import type {
  awsAccessShape,
  clusterSecretShape,
  registrationKeys,
  registrationShape,
  repositoryShape,
  secretShape,
  secretStoreShape,
  waysShape,
} from '../../layers/shape/credential-shape';
import type { argoCDShape, commandShape, prometheusShape } from '../../layers/shape/evidence-shape';
import type { exemptionShape } from '../../layers/shape/exemption-shape';
import type { fleetShape, hubFleetShape, labelNamesShape, nodeShape } from '../../layers/shape/fleet-shape';
import type { componentShape, groupShape, releaseShape, releasesShape } from '../../layers/shape/group-shape';
import type { memberLayerShape, memberSettingsShape, spokeShape } from '../../layers/shape/member-shape';
import type { Read } from '../../layers/shape/read';
import type { ruleShape } from '../../layers/shape/rule-shape';
import type { KeysWith } from '../../layers/shape/shape';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type KeysOf<T> = T extends unknown ? keyof T : never;
function holds<_ extends true>(): void {}

holds<Equal<keyof FleetSettings, keyof typeof fleetShape>>();
holds<Equal<keyof ExemptionConfig, keyof typeof exemptionShape>>();
holds<Equal<keyof RuleConfig, keyof typeof ruleShape>>();
holds<Equal<keyof ArgoCDOptions, keyof typeof argoCDShape>>();
holds<Equal<keyof PrometheusOptions, keyof typeof prometheusShape>>();
holds<Equal<keyof CommandOptions | 'run', keyof typeof commandShape>>();
holds<Equal<keyof GateConfig | 'name', keyof typeof nodeShape>>();
holds<Equal<keyof HubFleetSettings | 'tenants', keyof typeof hubFleetShape>>();
holds<Equal<keyof LabelNames, keyof typeof labelNamesShape>>();

holds<Equal<'kind' | keyof AppFacts | keyof AppLayers<object> | keyof WorkloadFields, keyof typeof appShape>>();
holds<Equal<keyof MetadataFields | 'enabled' | 'after' | 'hydrate' | 'kubernetes' | 'apiVersions' | 'values', keyof typeof appFields>>();
holds<Equal<keyof PatchConfig<object>, keyof typeof patchShape>>();
holds<Equal<keyof FleetAppsConfig, keyof typeof appsShape>>();
holds<Equal<Extract<keyof RootConfig, keyof typeof rootShape>, keyof typeof rootShape>>();
holds<Equal<keyof ClusterTypeConfig, keyof typeof clusterTypeShape>>();

holds<Equal<keyof MemberLayer, keyof typeof memberLayerShape>>();
holds<Equal<keyof AwsAccess, keyof typeof awsAccessShape>>();
holds<Equal<keyof RepositoryConfig, keyof typeof repositoryShape>>();
holds<Equal<KeysOf<RepositoryCredentials>, keyof typeof waysShape>>();
holds<Equal<keyof SecretRef, keyof typeof secretShape>>();
holds<Equal<keyof SecretRefLayer<string>, keyof typeof secretShape>>();
holds<Equal<keyof SecretKey, keyof typeof secretShape.keys.each.keys>>();
holds<Equal<keyof SecretKeyLayer, keyof SecretKey>>();
holds<Equal<keyof ClusterSecretRef, keyof typeof clusterSecretShape>>();
holds<Equal<keyof RegistrationLayer, keyof typeof registrationShape>>();
holds<Equal<RegistrationKey, (typeof registrationKeys)[number]>>();
holds<Equal<DecodingStrategy, (typeof secretShape.decodingStrategy.words)[number]>>();
holds<Equal<KeysOf<SecretStoreConfig>, keyof typeof secretStoreShape>>();
holds<Equal<keyof SecretStoreRef, keyof typeof secretStoreShape.existing.keys>>();
holds<Equal<keyof MemberSettingsConfig, keyof typeof memberSettingsShape>>();
holds<Equal<keyof SpokeConfig, keyof typeof spokeShape>>();
holds<Equal<keyof ComponentConfig, keyof typeof componentShape>>();
holds<Equal<keyof ComponentFields, KeysWith<typeof componentShape, 'released'>>>();
holds<Equal<keyof ComponentLayer, KeysWith<typeof componentShape, 'layered'> | KeysWith<typeof componentShape, 'released'>>>();
holds<Equal<keyof GroupConfig, keyof typeof groupShape>>();
holds<Equal<keyof ReleaseConfig, keyof typeof releaseShape>>();
holds<Equal<keyof ReleasesConfig, keyof typeof releasesShape>>();
holds<Equal<keyof GroupLayer, KeysWith<typeof releasesShape, 'layered'>>>();

// What was read is what its type says, too.
export const facts = (read: Read<typeof ownSettings>): AppFacts => read;
export const settings = (read: Omit<Read<typeof fleetShape>, 'dimensions'>): Partial<FleetSettings> => read;
export const gate = ({ name: _, ...read }: Read<typeof nodeShape>): GateConfig => read;
export const names = (read: Read<typeof labelNamesShape>): LabelNames => read;
export const root = (read: Pick<Read<typeof rootShape>, 'clusterType' | 'applications'>): Partial<Pick<RootConfig, 'clusterType' | 'applications'>> => read;
export const release = (read: Pick<Read<typeof releaseShape>, 'description' | 'version'>): ReleaseConfig => read;
