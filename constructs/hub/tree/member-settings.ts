import type { ClusterType } from '../../tree/cluster-type';
import { LayeredApp } from '../../tree/layered-app';
import type { MemberLayer, MemberSettingsConfig } from './hub-config';

/** How the settings are called in commands: `fleet promote members settings PATCH`. */
export const membersName = 'members';
export const settingsName = 'settings';

/** What members are apart from groups and components, layer by layer: labels, annotations, model, credentials. */
export class MemberSettings extends LayeredApp<MemberLayer> {
  constructor(scope: ClusterType, { description, owners, overrides, patches, ...base }: MemberSettingsConfig) {
    super(scope, settingsName, { description, owners, overrides, patches }, base);
  }
}
