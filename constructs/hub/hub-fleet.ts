import type { FleetOutput } from '../synthesis/fleet-output';
import type { HubSynthesis } from './hub-synthesis';
import { HubTree } from './tree/hub-tree';

/**
 * A fleet of hubs and spokes: tenants, their environments, and clusters in these. A hub's Argo CD registers spokes and
 * deploys to them by labels; a distributed spoke has an Argo CD of its own for the groups that it manages.
 */
export class HubFleet extends HubTree {
  #output: FleetOutput | undefined;

  /** Renders every hub and spoke. @throws FleetError with every mistake of the whole fleet */
  synth(progress?: (done: number, all: number) => void): FleetOutput {
    this.#output ??= this.#synthesis().run(progress);
    return this.#output;
  }

  /** The same: no chart is opened here. */
  outline(progress?: (done: number, all: number) => void): FleetOutput {
    return this.synth(progress);
  }

  /** Every manifest of the fleet as one text of YAML documents. @throws FleetError as {@link synth} */
  synthYaml(): string {
    const { synthYaml } = require('../synthesis/synth-yaml') as typeof import('../synthesis/synth-yaml');
    return synthYaml(this.synth());
  }

  /** Loaded here and not above: a fleet without hubs would load it at every start. */
  #synthesis(): HubSynthesis {
    const { HubSynthesis } = require('./hub-synthesis') as typeof import('./hub-synthesis');
    return new HubSynthesis(this);
  }
}
