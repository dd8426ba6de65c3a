import type { Chart } from 'cdk8s';
import type { FleetOutput } from './synthesis/fleet-output';
import { Synthesis } from './synthesis/synthesis';
import { FleetTree } from './tree/fleet-tree';
import type { TargetChart } from './tree/target-chart';

/**
 * A fleet of Kubernetes clusters: the root of the construct tree. Below it stand the hierarchy (`Environment`, `Sector`,
 * `Region`) and the cluster types with their apps.
 *
 * It is no cdk8s `App`: each target is a cdk8s app of its own, made when it is needed, so that a fleet of thousands of
 * targets costs no more per target than a small one.
 */
export class Fleet extends FleetTree {
  #synthesis: Synthesis | undefined;

  /**
   * A target as a cdk8s chart, for a snapshot or for more constructs in it; the same chart every time, and what is
   * declared in it is rendered. From here on nothing more can be declared in the fleet itself: it would come too late.
   *
   * @param clusterType the name of a cluster type
   * @param path        a complete dimension path
   * @throws FleetError where there is no such target, or where the target's apps have mistakes
   */
  chart(clusterType: string, path: string): TargetChart {
    return this.#lock().chart(clusterType, path);
  }

  /**
   * The manifests that an app's `workloads` function declares for a target, as a cdk8s chart.
   *
   * @throws FleetError where there is no such target, or no such app with workloads
   */
  workloads(clusterType: string, app: string, path: string): Chart {
    return this.#lock().workloads(clusterType, app, path);
  }

  /**
   * Renders every target. Everything is checked before the first file is given out.
   *
   * @param progress called after each target that was looked at, with how many of all
   * @throws FleetError with every mistake of the whole fleet
   */
  synth(progress?: (done: number, all: number) => void): FleetOutput {
    return this.outline(progress).open();
  }

  /**
   * The same, but for what charts give that are opened: they are rendered, and looked at, once somebody asks for files.
   *
   * @throws FleetError with every other mistake of the whole fleet
   */
  outline(progress?: (done: number, all: number) => void): FleetOutput {
    return this.#lock().run(progress);
  }

  /**
   * Every target as a chart: cluster type by cluster type, in the order of the rollout. Charts that were asked for are rendered
   * one by one, so a large fleet is slow afterwards; {@link chart} gives one.
   *
   * @throws FleetError where a target's apps have mistakes
   */
  get charts(): readonly TargetChart[] {
    return this.#lock().charts();
  }

  /** Every manifest of the fleet as one text of YAML documents, cluster tokens as the expressions that they stand for. @throws FleetError as {@link synth} */
  synthYaml(): string {
    // Loaded here and not above: few ask for it.
    const { synthYaml } = require('./synthesis/synth-yaml') as typeof import('./synthesis/synth-yaml');
    return synthYaml(this.synth());
  }

  #lock(): Synthesis {
    if (!this.#synthesis) {
      this.node.lock();
      this.#synthesis = new Synthesis(this);
    }
    return this.#synthesis;
  }
}
