import { settingsName } from '../../../layers/record';
import type { ClusterType } from '../../tree/cluster-type';
import { LayeredApp } from '../../tree/layered-app';
import type { MemberLayer, MemberSettingsConfig } from './hub-config';

/** What members are apart from groups and components, layer by layer: labels, annotations, model, credentials. */
export class MemberSettings extends LayeredApp<MemberLayer> {
  constructor(scope: ClusterType, { description, owners, overrides, patches, ...base }: MemberSettingsConfig) {
    super(scope, settingsName, { description, owners, overrides, patches }, base);
  }
}
