import type { Resolved } from '../../../layers/resolver';
import type { MemberFacts } from '../../tree/config/target';
import type { ClusterHome } from '../tree/cluster-home';
import type { DeploymentModel } from '../tree/hub-config';
import type { Member } from '../tree/member';
import type { RepositoryConfig } from '../tree/repository-config';
import type { RegistrationRef } from '../tree/secret-ref';
import type { SecretStoreConfig } from '../tree/secret-store-config';
import type { StringMap } from './string-map';

/** A hub or spoke as it is registered, apart from groups and components. */
export interface MemberModel {
  readonly construct: Member;
  readonly name: string;
  readonly kind: 'hub' | 'spoke';
  readonly path: string;
  readonly hub: string;
  readonly model: DeploymentModel;
  /** The groups that its own Argo CD deploys; none where it has none. A hub's deploys all. */
  readonly manages: ReadonlySet<string>;
  /** Labels that nobody computes. */
  readonly ownLabels: StringMap;
  readonly annotations: StringMap;
  /** Its entry in the secret manager, how that is read, and what it says besides. */
  readonly secretRef: RegistrationRef;
  readonly repositories: { readonly [name: string]: RepositoryConfig };
  readonly secretStore?: SecretStoreConfig;
  /** More of them, by name. */
  readonly secretStores: { readonly [name: string]: SecretStoreConfig };
  /** Where what is rendered for it is read, and where its Argo CD is; the fleet itself where it says nothing else. */
  readonly home: ClusterHome;
  /** Its layers of the member settings, merged. */
  readonly settings: Resolved;
  /** What functions of the target receive besides. */
  readonly facts: MemberFacts;
}
