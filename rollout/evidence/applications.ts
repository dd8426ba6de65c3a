import { getOr } from '../../layers/get-or';
import { isMap } from '../../layers/plain-data';
import { applies, type FleetFolder, isInNamespace, isOfFleet, labelOf, nameOf, sourcesOf, type Unread } from './application';
import { fits, isPattern } from './same-spec';

/** Applications that Argo CDs gave out, each once, for who asks about many targets: one hub may have thousands. */
export class Applications {
  readonly #all: readonly Unread[];
  #named: ReadonlyMap<string, readonly Unread[]> | undefined;
  readonly #labelled = new Map<string, ReadonlyMap<string, readonly Unread[]>>();
  readonly #ofFleet = new Map<string, readonly Unread[]>();

  constructor(items: readonly unknown[]) {
    const all = items.filter(isMap);
    this.#all = [...new Map(all.map((one) => [uidOf(one) ?? one, one])).values()];
  }

  get all(): readonly Unread[] {
    return this.#all;
  }

  /** @param pattern a name, with templates in it or without. @param namespace where they are. @default - anywhere */
  named(pattern: string, namespace?: string): readonly Unread[] {
    this.#named ??= grouped(this.#all, nameOf);
    const named = isPattern(pattern) ? this.#all.filter((one) => fits(nameOf(one), pattern)) : (this.#named.get(pattern) ?? []);
    return named.filter((one) => isInNamespace(one, namespace));
  }

  /** The roots of a folder. */
  applying(folder: FleetFolder): readonly Unread[] {
    const { repository } = folder;
    const isOne = (one: Unread) => sourcesOf(one).some(({ source }) => source.path !== undefined && isOfFleet(source, repository));
    return getOr(this.#ofFleet, repository, () => this.#all.filter(isOne)).filter((one) => applies(one, folder));
  }

  labelled(label: string, value: string): readonly Unread[] {
    return getOr(this.#labelled, label, () => grouped(this.#all, (one) => labelOf(one, label))).get(value) ?? [];
  }
}

function uidOf({ metadata }: Unread): string | undefined {
  return isMap(metadata) && typeof metadata.uid === 'string' ? metadata.uid : undefined;
}

function grouped(all: readonly Unread[], keyOf: (one: Unread) => string | undefined): ReadonlyMap<string, readonly Unread[]> {
  const groups = new Map<string, Unread[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key !== undefined) getOr(groups, key, () => []).push(one);
  }
  return groups;
}
