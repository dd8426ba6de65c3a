import type { Hierarchy } from '../../layers/hierarchy';
import { type Branch, plainOf, tryChild } from '../../layers/node';
import type { Manifest } from '../../layers/output';
import { FleetError, isError } from '../../layers/problem';
import { finishedManifest, writtenManifest } from '../argocd/manifest';
import type { Target } from '../tree/config/target';
import type { AppKind } from '../tree/layered-app';
import { originOf } from '../tree/origin';
import { findTarget } from './find-target';
import type { Model } from './model';
import { targetKey } from './target-key';

/** An app and what its layers say, target by target. */
export interface AppValues {
  readonly clusterType: string;
  readonly name: string;
  readonly kind: AppKind;
  /** @default - it was declared in code */
  readonly file?: string;
  readonly owners: readonly string[];
  readonly description?: string;
  /** All layers merged; the same object for targets at which all of them say the same. @throws FleetError where a function of the target does something wrong */
  valuesAt(target: Target): Branch;
  /** What its layers say as its manifest, with tokens in it; the same object where they say the same. */
  manifestAt(target: Target): Manifest;
  /** Whether it is rendered there. */
  isEnabledAt(target: Target): boolean;
}

/**
 * What the layers of a fleet say, with nothing rendered and no manifest looked at: several times as fast as a synthesis. Roots
 * say what they say themselves; what they inject of what others use is known only once everything is rendered.
 */
export class FleetValues {
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  get hierarchy(): Hierarchy {
    return this.#model.hierarchy;
  }

  /** In the order in which they were declared. */
  get clusterTypes(): readonly string[] {
    return this.#model.clusterTypes.map(({ name }) => name);
  }

  /** In sequence. */
  targetsOf(clusterType: string): readonly Target[] {
    return this.#model.clusterTypes.find(({ name }) => name === clusterType)?.targets ?? [];
  }

  /** @throws FleetError where there is no such target */
  findTarget(clusterType: string, path: string): Target {
    return findTarget(this.#model, clusterType, path);
  }

  /** In name order. */
  appsOf(clusterType: string): readonly AppValues[] {
    const apps = this.#model.clusterTypes.find(({ name }) => name === clusterType)?.apps ?? [];
    return apps.map(({ construct, resolver }) => {
      const { name, kind, owners, description } = construct;
      const valuesAt = (target: Target) => {
        const { values, problems } = resolver.at(target);
        if (problems.some(isError)) throw new FleetError(problems.map((problem) => ({ ...problem, app: name, target: targetKey(target) })));
        return values;
      };
      const manifests = new WeakMap<Branch, Manifest>();
      return {
        clusterType,
        name,
        kind,
        owners,
        ...(description === undefined ? {} : { description }),
        file: originOf(construct.group ?? construct).file,
        valuesAt,
        manifestAt: (target) => {
          const values = valuesAt(target);
          const known = manifests.get(values) ?? finishedManifest(writtenManifest(kind, name, values));
          manifests.set(values, known);
          return known;
        },
        isEnabledAt: (target) => isEnabled(valuesAt(target)),
      };
    });
  }

  tryFindApp(clusterType: string, name: string): AppValues | undefined {
    return this.appsOf(clusterType).find((app) => app.name === name);
  }
}

function isEnabled(values: Branch): boolean {
  const enabled = tryChild(values, 'enabled');
  return enabled === undefined || plainOf(enabled) !== false;
}
