import { isMap } from '../../../../layers/plain-data';
import type { MemberModel } from '../member-model';
import type { ResolvedMember } from '../resolved-hub';
import { secretRefsOf } from './secret-refs';

/** That an Argo CD reads an entry of the secret manager from one of its stores. */
export interface StoreRead {
  /** By its name. @default - the one that is read where nothing else is said */
  readonly store?: string;
  /** Whose settings say it. */
  readonly member: MemberModel;
  /** Keys in its settings, or in its file. */
  readonly at: readonly string[];
  /** Whether the file of the cluster says it, beside the name of its entry. */
  readonly isOwn: boolean;
}

/** Whether an Argo CD runs in a cluster. */
export function runsArgoCD({ kind, model }: MemberModel): boolean {
  return kind === 'hub' || model === 'distributed';
}

/** The clusters that are registered with the Argo CD of one of them. */
export function registeredWith(owner: MemberModel, members: readonly ResolvedMember[]): readonly MemberModel[] {
  if (owner.kind === 'spoke') return [owner];
  return members.flatMap(({ member }) => (member.hub === owner.name ? [member] : []));
}

/** All that the Argo CD of a cluster reads: its credentials, and the clusters that are registered with it. */
export function storesRead(owner: MemberModel, registered: readonly MemberModel[]): readonly StoreRead[] {
  const repositories = Object.entries(isMap(owner.repositories) ? owner.repositories : {}).flatMap(([name, config]) =>
    secretRefsOf(isMap(config) ? config : {}).map(({ way, ref }) => ({
      ...storeOf(ref),
      member: owner,
      at: ['repositories', name, way, 'store'],
      isOwn: false,
    })),
  );
  const clusters = registered.map((member): StoreRead => {
    const isOwn = member.construct.secretRef.store !== undefined;
    return { ...storeOf(member.secretRef), member, at: [isOwn ? 'secret' : 'registration', 'store'], isOwn };
  });
  return [...repositories, ...clusters];
}

/** What is no text was reported. */
function storeOf({ store }: { readonly store?: unknown }): Pick<StoreRead, 'store'> {
  return typeof store === 'string' ? { store } : {};
}
