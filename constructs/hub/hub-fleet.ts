import { FleetError } from '../../layers/problem';
import { ClusterType } from '../cluster-type';
import { type DimensionNode, nodesBelow } from '../dimension-node';
import { Fleet } from '../fleet';
import { Silences } from '../silences';
import type { FleetOutput } from '../synthesis/fleet-output';
import { ComponentGroup } from './component-group';
import type { HubFleetSettings, MemberSettingsConfig } from './hub-config';
import type { HubSynthesis } from './hub-synthesis';
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
  readonly notSecret: Silences;
  readonly settings: MemberSettings;
  readonly #unread = new Set<string>();
  #output: FleetOutput | undefined;

  constructor(props: HubFleetProps) {
    super({ ...props, dimensions: ['tenants', 'environments', 'clusters'] });
    this.platformNamespace = props.platformNamespace ?? 'argocd';
    this.labels = labelRules(props.labelNames ?? {});
    this.notSecret = new Silences(props.notSecret);
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

  /**
   * Says that a file of the configuration is there, but not what it declares: it could not be read, and that is reported.
   * What refers to it is no further mistake.
   */
  addUnread(folder: string, name: string): void {
    this.#unread.add(folder).add(`${folder}/${name}`);
  }

  /** Whether a file is there of which no more is known; without a name, whether there is one in the folder. */
  isUnread(folder: string, name?: string): boolean {
    return this.#unread.has(name === undefined ? folder : `${folder}/${name}`);
  }

  /** @throws FleetError always: members have files of manifests and values, and no chart of their own */
  override chart(): never {
    throw noCharts();
  }

  /** @throws FleetError always: components are charts and folders that are there already */
  override workloads(): never {
    throw noCharts();
  }

  /** Loaded here and not above: a fleet without hubs would load it at every start. */
  #synthesis(): HubSynthesis {
    const { HubSynthesis } = require('./hub-synthesis') as typeof import('./hub-synthesis');
    return new HubSynthesis(this);
  }

  /** Renders every hub and spoke. @throws FleetError with every mistake of the whole fleet */
  override synth(progress?: (done: number, all: number) => void): FleetOutput {
    this.#output ??= this.#synthesis().run(progress);
    return this.#output;
  }
}

function noCharts(): FleetError {
  return new FleetError([
    {
      code: 'validation',
      message: 'hubs and spokes have no charts',
      place: [],
      hint: 'what a member gets is in `synth().folder(group, path)` and `synth().members`',
    },
  ]);
}
