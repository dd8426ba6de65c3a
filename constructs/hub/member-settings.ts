import type { ClusterType } from '../cluster-type';
import { FleetApp, type FleetAppProps } from '../fleet-app';
import type { MemberSettingsConfig } from './hub-config';

/** How the settings are called in commands: `fleet promote members settings PATCH`. */
export const membersName = 'members';
export const settingsName = 'settings';

/** What members are apart from groups and components, layer by layer: labels, annotations, model, credentials. */
export class MemberSettings extends FleetApp {
  constructor(scope: ClusterType, props: MemberSettingsConfig) {
    super(scope, settingsName, props as unknown as FleetAppProps);
  }
}
