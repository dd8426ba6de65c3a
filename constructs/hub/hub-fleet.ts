import { ClusterType } from '../cluster-type';
import { type DimensionNode, nodesBelow } from '../dimension-node';
import { Fleet } from '../fleet';
import type { FleetOutput } from '../synthesis/fleet-output';
import { ComponentGroup } from './component-group';
import type { HubFleetSettings, MemberSettingsConfig } from './hub-config';
import { HubSynthesis } from './hub-synthesis';
import { type LabelRules, labelRules } from './labels';
import { Member } from './member';
import { MemberSettings, membersName } from './member-settings';

/** What `fleet.ts` and the member settings say, without the hierarchy. */
export interface HubFleetProps extends Omit<HubFleetSettings, 'topology'> {
  /** @default - no settings but the members' own */
  readonly settings?: MemberSettingsConfig;
}

/**
 * A fleet of hubs and spokes: tenants, their environments, and clusters in these. A hub's Argo CD registers spokes and
 * deploys to them by labels; a distributed spoke has an Argo CD of its own for the groups that it manages.
 */
export class HubFleet extends Fleet {
  readonly platformNamespace: string;
  readonly labels: LabelRules;
  readonly notSecret: { readonly [path: string]: string };
  readonly settings: MemberSettings;
  #output: FleetOutput | undefined;

  constructor(props: HubFleetProps) {
    super({ ...props, dimensions: ['tenants', 'environments', 'clusters'] });
    this.platformNamespace = props.platformNamespace ?? 'argocd';
    this.labels = labelRules(props.labelNames ?? {});
    this.notSecret = props.notSecret ?? {};
    this.settings = new MemberSettings(new ClusterType(this, membersName), props.settings ?? {});
  }

  override get hasLayerOfAll(): boolean {
    return true;
  }

  /** In sequence. */
  get tenants(): readonly DimensionNode[] {
    return nodesBelow(this);
  }

  /** In the order in which they were declared. */
  get groups(): readonly ComponentGroup[] {
    return this.node.children.filter((child): child is ComponentGroup => child instanceof ComponentGroup);
  }

  /** Every hub and spoke, in sequence. */
  get members(): readonly Member[] {
    return nodesBelow(this)
      .flatMap(nodesBelow)
      .flatMap(nodesBelow)
      .filter((node): node is Member => node instanceof Member);
  }

  /** Renders every hub and spoke. @throws FleetError with every mistake of the whole fleet */
  override synth(progress?: (done: number, all: number) => void): FleetOutput {
    this.#output ??= new HubSynthesis(this).run(progress);
    return this.#output;
  }
}
