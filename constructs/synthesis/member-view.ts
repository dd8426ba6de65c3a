import type { Place } from '../../layers/config-files';
import type { ClusterHome } from '../hub/tree/cluster-home';
import type { DeploymentModel } from '../hub/tree/hub-config';

/** A hub or spoke as commands show it. */
export interface MemberView {
  readonly name: string;
  readonly kind: 'hub' | 'spoke';
  /** The hub that it is registered with; a hub's is itself. */
  readonly hub: string;
  readonly tenant: string;
  readonly environment: string;
  readonly path: string;
  readonly model: DeploymentModel;
  readonly secret: string;
  /** The groups that its own Argo CD deploys; empty where it has none. A hub's deploys all. */
  readonly manages: readonly string[];
  /** By group. */
  readonly releases: { readonly [group: string]: string };
  readonly labels: { readonly [label: string]: string };
  /** Where what is rendered for it is read, and the namespace of its Argo CD, or of what it would be. */
  readonly home: ClusterHome;
  /** Those that Git says, and those that its components need. */
  readonly annotations: readonly MemberAnnotation[];
  /** What it gets, by group and name. */
  readonly components: readonly DeployedComponent[];
  /** Its own file. @default - it was declared in code */
  readonly file?: string;
  /** Where other files name it: overrides at its path, and patches that sit there. */
  readonly mentions: readonly Place[];
}

/** A component that a member gets. */
export interface DeployedComponent {
  readonly name: string;
  readonly group: string;
  readonly release: string;
  readonly version: string;
  /** The member whose Argo CD deploys it. */
  readonly deployedBy: string;
  /** Components that it needs. @default - none */
  readonly after?: readonly string[];
  /** That what it deployed goes with its Application. @default - it stays */
  readonly uninstall?: true;
}

/** An annotation of a member's cluster secret. */
export interface MemberAnnotation {
  readonly name: string;
  /** As Git says it. @default - Git does not say it */
  readonly value?: string;
  /** Where it comes from, in words. */
  readonly from: string;
  /** The components of the member that need it. */
  readonly components: readonly string[];
}
