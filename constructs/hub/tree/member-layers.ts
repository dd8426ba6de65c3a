import type { DimensionPath } from '../../tree/config/register';
import type { LayerScope } from '../../tree/layer-scope';
import { setOriginBelow } from '../../tree/origin';
import { Override } from '../../tree/override';
import type { Member } from './member';

/** What a member says of the settings, of a group or of a component, at its own path: the fifth and last level. */
export interface OwnLayer {
  readonly member: Member;
  /** Keys in the member. */
  readonly at: readonly string[];
  readonly change: object;
}

/** A layer of a member that stands somewhere else, too. */
export interface TwiceLayer extends OwnLayer {
  readonly twin: Override;
}

/** Makes overrides of what members say of themselves, whichever of the two is declared first. */
export class MemberLayers {
  readonly #scopes = new Map<string, LayerScope>();
  readonly #waiting = new Map<string, OwnLayer[]>();
  readonly #twice: TwiceLayer[] = [];

  /** There is something now that members may speak of. */
  found(about: string, name: readonly string[], scope: LayerScope): void {
    const key = [about, ...name].join('/');
    this.#scopes.set(key, scope);
    for (const layer of this.#waiting.get(key) ?? []) this.#declare(scope, layer);
    this.#waiting.delete(key);
  }

  /** @param at keys in the member: none for the settings */
  add(layer: OwnLayer): void {
    const key = layer.at.length === 0 ? 'settings' : layer.at.join('/');
    const scope = this.#scopes.get(key);
    if (scope) this.#declare(scope, layer);
    else this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), layer]);
  }

  /** Layers of groups and components that nobody declared. */
  get unknown(): readonly OwnLayer[] {
    return [...this.#waiting.values()].flat();
  }

  /** Layers that stand in another file as well; those are the ones that apply. */
  get twice(): readonly TwiceLayer[] {
    return this.#twice;
  }

  #declare(scope: LayerScope, layer: OwnLayer): void {
    const { member, at, change } = layer;
    const twin = scope.node.tryFindChild(`override ${member.path}`);
    if (twin instanceof Override) this.#twice.push({ ...layer, twin });
    else setOriginBelow(new Override(scope, member.path as DimensionPath, change), member, at);
  }
}
