import { appShape, rootShape } from '../../layers/shape/app-shape';
import { keysWith } from '../../layers/shape/shape';
import type { ClusterType } from './cluster-type';
import type { AnyAppConfig, ApplicationFields, ApplicationSetFields, AppProjectFields, FleetAppConfig } from './config/app-config';
import type { FleetAppGroup } from './fleet-app-group';
import { type AppKind, LayeredApp } from './layered-app';

/** What an app's file says, as props. */
export type FleetAppProps = FleetAppConfig;

const appSettings: readonly string[] = keysWith(appShape, 'setting');
const rootSettings: readonly string[] = [...appSettings, ...keysWith(rootShape, 'setting')];

/** One Application, ApplicationSet or AppProject of a cluster type, rendered for every target of it. Its base is what it says besides its settings. */
export class FleetApp extends LayeredApp<ApplicationFields | ApplicationSetFields | AppProjectFields> {
  /** @param name the name of the manifest and of its file: unique in the cluster type */
  constructor(scope: ClusterType | FleetAppGroup, name: string, props: FleetAppProps) {
    const { description, owners, notSecret, silence, overrides, patches } = props as AnyAppConfig;
    const kind: AppKind = props.kind === 'RootApplicationSet' ? 'ApplicationSet' : (props.kind ?? 'Application');
    const workloads = 'workloads' in props ? props.workloads : undefined;
    const settings = props.kind === 'RootApplicationSet' ? rootSettings : appSettings;
    const base = Object.fromEntries(Object.entries(props).filter(([key]) => !settings.includes(key) || isShown(kind, key)));
    super(scope, name, { kind, description, owners, notSecret, silence, overrides, patches, workloads }, base);
  }
}

/** What a project is for, Argo CD shows. */
function isShown(kind: AppKind, key: string): boolean {
  return kind === 'AppProject' && key === 'description';
}
