import type { ClusterType } from './cluster-type';
import type { ApplicationFields, ApplicationSetFields, AppProjectFields, FleetAppsConfig } from './config/app-config';
import { declareLayers } from './declare-layers';
import { FleetApp, type FleetAppProps } from './fleet-app';
import { LayerScope } from './layer-scope';
import { Silences } from './silences';

/** What a layer of several apps may say: of each app by its name. */
export type GroupFields = { readonly [app: string]: ApplicationFields | ApplicationSetFields | AppProjectFields | undefined };

/** Several apps that share overrides and patches and roll out as one. Their layers are maps by app name. */
export class FleetAppGroup extends LayerScope<GroupFields> {
  readonly name: string;
  /** What looks like a secret in any of its apps and is none. */
  readonly notSecret: Silences;
  /** What was found and is none. */
  readonly silence: Silences;

  constructor(scope: ClusterType, name: string, props: FleetAppsConfig) {
    super(scope, `group ${name}`);
    this.name = name;
    this.notSecret = new Silences(props.notSecret);
    this.silence = new Silences(props.silence);
    for (const [app, config] of Object.entries(props.apps)) {
      new FleetApp(this, app, { description: props.description, owners: props.owners, ...config } as FleetAppProps);
    }
    declareLayers(this, props);
  }

  get apps(): readonly FleetApp[] {
    return this.node.children.filter((child): child is FleetApp => child instanceof FleetApp);
  }
}
