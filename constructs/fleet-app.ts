import { Construct } from 'constructs';
import type { FleetAppConfig, WorkloadFields } from './app-config';
import { ClusterType } from './cluster-type';
import { declareLayers } from './declare-layers';
import type { FleetAppGroup } from './fleet-app-group';
import { Silences } from './silences';

/** What an app's file says, as props. */
export type FleetAppProps = FleetAppConfig;

/** What an app is rendered as. */
export type AppKind = 'Application' | 'ApplicationSet';

/** Keys of an app's configuration that are about the app and not fields of its manifest. */
const settingKeys: readonly string[] = ['kind', 'description', 'owners', 'notSecret', 'overrides', 'patches', 'workloads'];

/** Keys that a root has besides. */
export const rootKeys: readonly string[] = ['clusterType', 'applications', 'inject'];

/** One Application or ApplicationSet of a cluster type, rendered for every target of it. */
export class FleetApp extends Construct {
  readonly name: string;
  readonly kind: AppKind;
  readonly description?: string;
  readonly owners: readonly string[];
  /** The base layer: the configuration without its settings. */
  readonly base: { readonly [key: string]: unknown };
  readonly workloads?: WorkloadFields['workloads'];
  /** What looks like a secret in it and is none. */
  readonly notSecret: Silences;

  /** @param name the name of the manifest and of its file: unique in the cluster type */
  constructor(scope: ClusterType | FleetAppGroup, name: string, props: FleetAppProps) {
    super(scope, name);
    this.name = name;
    this.kind = props.kind === undefined || props.kind === 'Application' ? 'Application' : 'ApplicationSet';
    this.description = props.description;
    this.owners = props.owners ?? [];
    this.notSecret = new Silences(props.notSecret);
    this.workloads = 'workloads' in props ? props.workloads : undefined;
    const settings = props.kind === 'RootApplicationSet' ? [...settingKeys, ...rootKeys] : settingKeys;
    this.base = Object.fromEntries(Object.entries(props).filter(([key]) => !settings.includes(key)));
    declareLayers(this, props);
  }

  get clusterType(): ClusterType {
    const scope = this.node.scope;
    return scope instanceof ClusterType ? scope : ((scope as Construct).node.scope as ClusterType);
  }

  /** The group that the app shares overrides and patches with. */
  get group(): FleetAppGroup | undefined {
    const scope = this.node.scope;
    return scope instanceof ClusterType ? undefined : (scope as FleetAppGroup);
  }
}
