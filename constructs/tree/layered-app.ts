import type { Construct } from 'constructs';
import { ClusterType } from './cluster-type';
import type { WorkloadFields } from './config/app-config';
import { declareLayers, type LayersConfig } from './declare-layers';
import type { FleetAppGroup } from './fleet-app-group';
import { LayerScope } from './layer-scope';
import { Silences } from './silences';

/** What an app is rendered as. */
export type AppKind = 'Application' | 'ApplicationSet' | 'AppProject';

/** Whom an app belongs to, its layers, and what is no mistake in it. */
export interface LayeredAppProps extends LayersConfig {
  /** @default 'Application' */
  readonly kind?: AppKind;
  readonly description?: string;
  /** Mail addresses or team names. @default [] */
  readonly owners?: readonly string[];
  /** What looks like a secret in it and is none, each with the reason. @default - nothing */
  readonly notSecret?: { readonly [path: string]: string };
  /** What is found in it and is none, each with the reason. @default - nothing */
  readonly silence?: { readonly [finding: string]: string };
  readonly workloads?: WorkloadFields['workloads'];
}

/** Something of a cluster type that has layers: an app, and whatever of hubs and spokes rolls out like one. */
export abstract class LayeredApp<Layer extends object = object> extends LayerScope<Layer> {
  readonly name: string;
  readonly kind: AppKind;
  readonly description?: string;
  readonly owners: readonly string[];
  /** The base layer. */
  readonly base: { readonly [key: string]: unknown };
  readonly workloads?: WorkloadFields['workloads'];
  /** What looks like a secret in it and is none. */
  readonly notSecret: Silences;
  /** What was found and is none. */
  readonly silence: Silences;

  constructor(scope: ClusterType | FleetAppGroup, name: string, props: LayeredAppProps, base: { readonly [key: string]: unknown }) {
    super(scope, name);
    this.name = name;
    this.kind = props.kind ?? 'Application';
    this.description = props.description;
    this.owners = props.owners ?? [];
    this.notSecret = new Silences(props.notSecret);
    this.silence = new Silences(props.silence);
    this.workloads = props.workloads;
    this.base = base;
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
