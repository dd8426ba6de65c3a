import type { Construct } from 'constructs';
import { isMap } from '../../../layers/plain-data';
import { memberLayerShape } from '../../../layers/shape/member-shape';
import { keysWith } from '../../../layers/shape/shape';
import { DimensionNode } from '../../tree/dimension-node';
import type { ClusterConfig, FleetMemberConfig, MemberLayer } from './hub-config';
import type { HubTree } from './hub-tree';
import type { ClusterSecretRef } from './secret-ref';

/** A hub, as props: its place is its scope. */
export interface HubProps extends ClusterConfig {}

/** A spoke, as props: its place is its scope. */
export interface SpokeProps extends ClusterConfig, MemberLayer {
  /** The name of its hub. */
  readonly hub: string;
}

/** The keys of a member that are its layer of the member settings. */
export const memberLayerKeys: readonly (keyof MemberLayer)[] = keysWith(memberLayerShape, 'layered');

type OwnConfig = Omit<FleetMemberConfig, 'tenant' | 'environment' | 'secret'>;

/** A cluster that is registered with a hub. What its file says besides is the layer of the cluster. */
export abstract class Member extends DimensionNode {
  /** Its secret in the secret manager, as it was written. */
  readonly secretConfig: ClusterConfig['secret'];
  readonly layer: OwnConfig;
  abstract readonly kind: 'hub' | 'spoke';
  /** The name of its hub. */
  abstract readonly hub: string;

  constructor(scope: Construct, name: string, props: OwnConfig & Pick<ClusterConfig, 'secret'>) {
    super(scope, name);
    this.secretConfig = props.secret;
    this.layer = props;
    this.#declareLayers();
  }

  /** Name or ARN of its secret in the secret manager. */
  get secret(): string {
    return this.secretRef.secret;
  }

  /** The same, and where it is read where that is said besides. */
  get secretRef(): ClusterSecretRef {
    const { secretConfig } = this;
    return isMap(secretConfig) ? (secretConfig as ClusterSecretRef) : { secret: secretConfig as string };
  }

  #declareLayers(): void {
    const { memberLayers } = this.node.root as HubTree;
    const own = memberLayerKeys.filter((key) => this.layer[key] !== undefined).map((key) => [key, this.layer[key]] as const);
    if (own.length > 0) memberLayers.add({ member: this, at: [], change: Object.fromEntries(own) });
    for (const about of ['groups', 'components'] as const) {
      for (const [name, change] of Object.entries(this.layer[about] ?? {})) memberLayers.add({ member: this, at: [about, name], change });
    }
  }
}

/** A cluster whose Argo CD registers spokes and deploys to them, and to itself. */
export class Hub extends Member {
  readonly kind = 'hub';

  /** @param scope the tenant's environment that it belongs to */
  constructor(scope: DimensionNode, name: string, props: HubProps) {
    super(scope, name, props);
  }

  get hub(): string {
    return this.name;
  }
}

/** A cluster that a hub deploys to, or that deploys for itself with what the hub gave it. */
export class Spoke extends Member {
  readonly kind = 'spoke';
  readonly hub: string;

  /** @param scope the tenant's environment that it belongs to */
  constructor(scope: DimensionNode, name: string, props: SpokeProps) {
    super(scope, name, props);
    this.hub = props.hub;
  }
}
