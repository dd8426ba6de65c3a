import { membersName } from '../../../layers/record';
import { ClusterType } from '../../tree/cluster-type';
import { type DimensionNode, nodesBelow } from '../../tree/dimension-node';
import { FleetTree } from '../../tree/fleet-tree';
import { Silences } from '../../tree/silences';
import { ComponentGroup } from './component-group';
import type { HubFleetSettings, MemberSettingsConfig } from './hub-config';
import { type LabelRules, labelRules } from './labels';
import { Member } from './member';
import { MemberLayers } from './member-layers';
import { MemberSettings } from './member-settings';

/** What `fleet.ts` and the member settings say, without the hierarchy. */
export interface HubFleetProps extends Omit<HubFleetSettings, 'topology'> {
  /** @default - no settings but the members' own */
  readonly settings?: MemberSettingsConfig;
}

/** A fleet of hubs and spokes as it is declared: tenants, their environments, clusters in these, and groups of components. */
export abstract class HubTree extends FleetTree {
  /** The dimension whose nodes go first in the rollout. */
  readonly sequence: 'tenants' | 'environments';
  readonly platformNamespace: string;
  /** Where cluster secrets have their annotations from. */
  readonly annotations: 'anywhere' | 'git';
  readonly labels: LabelRules;
  readonly notSecret: Silences;
  readonly settings: MemberSettings;
  /** What members say of themselves, as layers of what it is about. */
  readonly memberLayers = new MemberLayers();

  constructor(props: HubFleetProps) {
    super({ ...props, dimensions: ['tenants', 'environments', 'clusters'] });
    this.sequence = props.sequence ?? 'tenants';
    this.platformNamespace = props.platformNamespace ?? 'argocd';
    this.annotations = props.annotations ?? 'anywhere';
    this.labels = labelRules(props.labelNames ?? {});
    this.notSecret = new Silences(props.notSecret);
    this.settings = new MemberSettings(new ClusterType(this, membersName), props.settings ?? {});
    this.memberLayers.found('settings', [], this.settings);
  }

  override get hasLayerOfAll(): boolean {
    return true;
  }

  override get firstDepth(): number {
    return this.sequence === 'environments' ? 1 : 0;
  }

  /** As written. */
  get tenants(): readonly DimensionNode[] {
    return nodesBelow(this);
  }

  /** In the order in which they were declared. */
  get groups(): readonly ComponentGroup[] {
    return this.node.children.filter((child): child is ComponentGroup => child instanceof ComponentGroup);
  }

  /** Every hub and spoke, tenant by tenant. */
  get members(): readonly Member[] {
    return nodesBelow(this)
      .flatMap(nodesBelow)
      .flatMap(nodesBelow)
      .filter((node): node is Member => node instanceof Member);
  }
}
