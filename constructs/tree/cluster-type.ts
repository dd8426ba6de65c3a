import { Construct } from 'constructs';
import type { ClusterTypeConfig } from './config/app-config';
import type { FleetTree } from './fleet-tree';
import { Silences } from './silences';
import type { TargetChart } from './target-chart';

/** What `defaults.ts` says, as props. */
export interface ClusterTypeProps extends ClusterTypeConfig {}

/** A kind of cluster, with its own apps and defaults, rendered for every target of the fleet or for some paths only. */
export class ClusterType extends Construct {
  readonly name: string;
  readonly description?: string;
  readonly paths?: readonly string[];
  readonly applications?: ClusterTypeConfig['applications'];
  readonly applicationSets?: ClusterTypeConfig['applicationSets'];
  readonly appProjects?: ClusterTypeConfig['appProjects'];
  /** What looks like a secret in any of its apps and is none. */
  readonly notSecret: Silences;
  /** What was found and is none. */
  readonly silence: Silences;
  readonly #customizations: ((chart: TargetChart) => void)[] = [];

  constructor(scope: FleetTree, name: string, props: ClusterTypeProps = {}) {
    // Not the bare name: a cluster type may be called like an environment.
    super(scope, `cluster-type ${name}`);
    this.name = name;
    this.description = props.description;
    this.paths = props.paths;
    this.applications = props.applications;
    this.applicationSets = props.applicationSets;
    this.appProjects = props.appProjects;
    this.notSecret = new Silences(props.notSecret);
    this.silence = new Silences(props.silence);
    if (props.customize) this.customize(props.customize);
  }

  /** Adds to what `customize` of the props does, in the order of the calls. */
  customize(customization: (chart: TargetChart) => void): void {
    this.#customizations.push(customization);
  }

  /** What {@link customize} was given. */
  get customizations(): readonly ((chart: TargetChart) => void)[] {
    return this.#customizations;
  }
}
