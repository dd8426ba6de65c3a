import { getOr } from '../../layers/get-or';
import { isInNamespace, nameOf, namesIn, type Unread } from './application';
import type { Applications } from './applications';
import type { RenderedApplication } from './argo-cd';
import { exactness, filledIn, fits, isPattern } from './same-spec';

type Name = Pick<RenderedApplication, 'name' | 'namespace'>;

/** The names that a root has, each with its namespace. */
type Had = ReadonlyMap<string, string>;

/**
 * Decides which running Applications are which rendered ones. A name with a template may be anything in between: one Argo CD has those of
 * other targets and of other apps, too.
 */
export class Belonging {
  readonly #applications: Applications;
  readonly #rendered: readonly Name[];
  /** `undefined` of a root that does not say what it has. */
  readonly #had: readonly (Had | undefined)[];
  readonly #chosen = new Map<Had, ReadonlyMap<string, ReadonlySet<string>>>();

  /**
   * @param roots    of the target, which brought its Applications; none where something else says whose one is
   * @param rendered all that is rendered of the target: of several that a name fits, the most exact one is meant
   */
  constructor(applications: Applications, roots: readonly Unread[], rendered: readonly Name[]) {
    this.#applications = applications;
    this.#rendered = rendered;
    this.#had = roots.map(namesIn);
  }

  /** The running Applications that a rendered one is, of several clusters each. @param among where they are looked for. @default - everywhere */
  of(rendered: Name, among = this.#applications): readonly Unread[] {
    return among.named(rendered.name, rendered.namespace).filter((one) => this.#isMeant(rendered, nameOf(one)) && this.#isHad(rendered, one));
  }

  /** How many there are to be: each root that has it brings one, to its own cluster, say. */
  wanted(rendered: Name): number {
    return Math.max(1, this.#had.filter((own) => own !== undefined && this.#chosenIn(own, rendered).size > 0).length);
  }

  /** The running Applications that the roots have. */
  ofRoots(): readonly Unread[] {
    const names = this.#had.flatMap((own) => [...(own ?? [])]);
    return [...new Set(names.flatMap(([name, namespace]) => this.#applications.named(name, namespace)))];
  }

  /** Where roots do not say what they have, it may be anything. */
  #isHad(rendered: Name, one: Unread): boolean {
    if (this.#had.every((own) => own === undefined)) return true;
    return this.#had.some((own) => own?.has(nameOf(one)) && isInNamespace(one, own.get(nameOf(one))) && this.#chosenIn(own, rendered).has(nameOf(one)));
  }

  /** Whether no other rendered name says more exactly what a name is. */
  #isMeant(rendered: Name, name: string): boolean {
    if (!fits(name, rendered.name)) return false;
    if (!isPattern(rendered.name)) return true;
    const own = exactness(rendered.name);
    return !this.#rendered.some((other) => exactness(other.name) > own && fits(name, other.name));
  }

  /** The names that a root has of a rendered one. */
  #chosenIn(own: Had, rendered: Name): ReadonlySet<string> {
    if (!isPattern(rendered.name)) return new Set(own.has(rendered.name) ? [rendered.name] : []);
    return getOr(this.#chosen, own, () => this.#choose([...own.keys()])).get(rendered.name) ?? new Set();
  }

  /** One root fills the same into all of its names: of several that a rendered one may be, those are it whose filling most others have. */
  #choose(names: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
    const found = this.#rendered.flatMap((rendered) => {
      const { name: pattern } = rendered;
      const fitting = isPattern(pattern) ? names.filter((name) => this.#isMeant(rendered, name)) : [];
      return fitting.map((name) => ({ pattern, name, filling: filledIn(name, pattern) }));
    });
    const votes = new Map<string, number>();
    for (const { filling } of found) votes.set(filling, (votes.get(filling) ?? 0) + 1);
    const most = new Map<string, number>();
    for (const { pattern, filling } of found) most.set(pattern, Math.max(most.get(pattern) ?? 0, votes.get(filling) ?? 0));
    const chosen = new Map<string, Set<string>>();
    for (const { pattern, name, filling } of found) {
      if (votes.get(filling) === most.get(pattern)) getOr(chosen, pattern, () => new Set<string>()).add(name);
    }
    return chosen;
  }
}
