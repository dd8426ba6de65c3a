import { getOr } from '../../layers/get-or';
import { releasesName } from '../../layers/record';
import type { Causes, CausesOf } from '../causes';

/** What a chart is told, where an app is opened: its Application says nothing of it. */
const told = /^(source|sources|hydrate|kubernetes|apiVersions)(\.|$)/;

/** The same of a component, in the words of its layers. */
const toldOfHubs = /^(version|chart|repoURL|path|helm|kustomize|extraSources|namespace|values)(\.|$)/;

/** Whether a field says what the objects of an opened chart are made of. */
export function isToldToCharts(field: string): boolean {
  return told.test(field);
}

/** Which layers objects come from: those that have the word, and had none before, about what the chart of their app is told. */
export class ChartLayers {
  readonly #causes: CausesOf;
  readonly #fields = new Map<string, readonly string[]>();

  constructor(causes: CausesOf) {
    this.#causes = causes;
  }

  /** @returns nothing where the same layers have it: one of them says something else, and nobody recorded which */
  of(clusterType: string, app: string, target: string): Causes {
    if (!this.#causes.isOfHubs) return this.#moved(clusterType, app, target, told) ?? {};
    // With another release comes all that it says.
    return this.#moved(clusterType, releasesName, target, /^release$/) ?? this.#moved(clusterType, app, target, toldOfHubs) ?? {};
  }

  /** Whether other layers have the word about charts and their values than before. */
  areOthers(clusterType: string, app: string, target: string): boolean {
    return this.#moved(clusterType, app, target, /^source/) !== undefined;
  }

  #moved(clusterType: string, app: string, target: string, asked: RegExp): Causes | undefined {
    const { before, after } = this.#causes;
    const [old, made] = [before.record(clusterType, app), after.record(clusterType, app)];
    if (!old || !made) return undefined;
    for (const field of getOr(this.#fields, `${clusterType}\n${app}`, () =>
      [...new Set([...made.fields, ...old.fields])].filter(this.#causes.isOfHubs ? () => true : isToldToCharts).sort(versionFirst),
    )) {
      const [was, now] = [old.layerOf(field, target), made.layerOf(field, target)];
      if (was !== now && now !== undefined && asked.test(field)) return { now, before: was, place: { clusterType, app, field } };
    }
    return undefined;
  }
}

/** A version says most. */
function versionFirst(one: string, other: string): number {
  const rank = (field: string) => (field.endsWith('targetRevision') || field === 'version' ? 0 : 1);
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}
