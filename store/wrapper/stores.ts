import type { Store, WrapperMember } from './members';
import { compact, type Data, same } from './values';

/** What members say of the stores that hubs read their entries with. */
export interface StoreSettings {
  /** Of all members. */
  readonly settings: Data;
  /** Of one. @returns `undefined` where its entry is where most are */
  registration(member: WrapperMember): Data | undefined;
}

/** @param most the store that most entries are read with */
export function storeSettings(members: readonly WrapperMember[], most: Store): StoreSettings {
  const names = new Map<string, string>();
  const others: { [name: string]: unknown } = {};
  for (const { store } of members) {
    if (!store || same(store, most) || names.has(idOf(store))) continue;
    const name = Object.hasOwn(others, store.name) ? `${store.name}-${store.kind.toLowerCase()}` : store.name;
    names.set(idOf(store), name);
    others[name] = { existing: store };
  }
  return {
    settings: { secretStore: { existing: most }, ...compact({ secretStores: others }) },
    registration: ({ store }) => {
      const name = store && names.get(idOf(store));
      return name === undefined ? undefined : { store: name };
    },
  };
}

function idOf({ name, kind }: Store): string {
  return `${kind} ${name}`;
}
