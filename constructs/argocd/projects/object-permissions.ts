import type { Scope } from '../../../layers/charts/object-scope';
import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { isMap, type Spec } from '../manifest-rule';
import { fitsGoPattern } from './go-pattern';
import { and, anywhere, destinationsOf, isLive, type Known, mayGoTo, or } from './permissions';

/** The field of a project that decides about an object. */
export type ObjectField =
  | 'clusterResourceBlacklist'
  | 'clusterResourceWhitelist'
  | 'destinations'
  | 'namespaceResourceBlacklist'
  | 'namespaceResourceWhitelist';

/** What of an object a project is asked about. */
export interface AskedObject {
  /** Empty for Kubernetes' core. */
  readonly group: string;
  readonly kind: string;
  /** Empty where it gets one in the cluster. */
  readonly name: string;
  /** Where it lies; empty where nothing says it. */
  readonly namespace: string;
  readonly scope: Scope;
}

/**
 * Which objects of an Application its project allows, by the rules of Argo CD (argo-cd, `validateSyncPermissions` in
 * controller/sync.go, `AppProject.IsGroupKindNamePermitted` and `isDestinationMatched`). What only the cluster knows may be
 * allowed.
 */
export class ObjectPermissions {
  readonly #project: Spec;
  readonly #to: Spec;
  /** Whether the cluster is none of the project's, which is a mistake of the Application, and not of its objects. */
  readonly #isElsewhere: boolean;
  readonly #known = new Map<string, ObjectField | undefined>();

  /**
   * @param project as Argo CD receives it
   * @param to      the destination of the Application
   */
  constructor({ spec }: Manifest, to: Plain | undefined) {
    this.#project = isMap(spec) ? spec : {};
    this.#to = isMap(to) ? to : {};
    this.#isElsewhere = !mayGoTo({ ...this.#to, namespace: anywhere }, destinationsOf(this.#project));
  }

  /** What does not allow it. @returns `undefined` where it may be deployed */
  refusal(object: AskedObject): ObjectField | undefined {
    const key = JSON.stringify([object.group, object.kind, object.name, object.namespace, object.scope]);
    if (!this.#known.has(key)) this.#known.set(key, this.#kindRefusal(object) ?? this.#namespaceRefusal(object));
    return this.#known.get(key);
  }

  #kindRefusal(object: AskedObject): ObjectField | undefined {
    const allows = object.scope === 'Cluster' ? 'clusterResourceWhitelist' : 'namespaceResourceWhitelist';
    const denies = object.scope === 'Cluster' ? 'clusterResourceBlacklist' : 'namespaceResourceBlacklist';
    // Of what lies in a namespace a project allows all kinds that says none, and an empty list none.
    const isOpen = object.scope === 'Namespaced' && !Array.isArray(this.#project[allows]);
    if (!isOpen && isListed(this.#project[allows], object) === false) return allows;
    return isListed(this.#project[denies], object) ? denies : undefined;
  }

  #namespaceRefusal({ scope, namespace }: AskedObject): ObjectField | undefined {
    if (scope === 'Cluster' || this.#isElsewhere) return undefined;
    const own = typeof this.#to.namespace === 'string' ? this.#to.namespace : '';
    const isOther = namespace !== '' && namespace !== own;
    return isOther && !mayGoTo({ ...this.#to, namespace }, destinationsOf(this.#project)) ? 'destinations' : undefined;
  }
}

function isListed(list: Plain | undefined, { group, kind, name, scope }: AskedObject): Known {
  const items = (Array.isArray(list) ? list : []).filter(isMap);
  return items.reduce<Known>((found, item) => {
    const isNamed = scope === 'Cluster' && typeof item.name === 'string' && item.name !== '';
    const isOne = and(fits(item.kind, kind), and(fits(item.group, group), isNamed ? (name === '' ? undefined : fits(item.name, name)) : true));
    return or(found, isOne);
  }, false);
}

function fits(pattern: Plain | undefined, text: string): Known {
  const said = typeof pattern === 'string' ? pattern : '';
  return isLive(said) || isLive(text) ? said === text || said === '*' || undefined : fitsGoPattern(said, text);
}
