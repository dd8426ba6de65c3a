import { isToldToCharts } from '../../layers/charts/told-values';
import { getOr } from '../../layers/get-or';
import { baseLayer, type LayerReader, releasesName } from '../../layers/record';
import type { Causes, CausesOf } from '../causes';
import { differences } from '../differences';
import { fieldsIn } from '../fields-in';
import { isOpen } from '../objects/object-words';
import { type Content, type State, type StateFile, subjectOf } from '../state';
import { appKey } from './pairs';

/** What the chart of a component is told, in the words of its layers. */
const toldOfHubs = /^(version|chart|repoURL|path|helm|kustomize|extraSources|namespace|values)(\.|$)/;

/** Which layers objects come from: those that say something else, or something where they said nothing, of what the chart of their app is told. */
export class ChartLayers {
  readonly #causes: CausesOf;
  readonly #states: readonly [before: State, after: State];
  readonly #fields = new Map<string, readonly string[]>();
  readonly #known = new Map<string, Causes>();

  constructor(causes: CausesOf, before: State, after: State) {
    this.#causes = causes;
    this.#states = [before, after];
  }

  /** @returns nothing where the chart is told the same, and what it makes of that is another thing now; or where nobody recorded what it is told */
  of(clusterType: string, app: string, target: string): Causes {
    if (this.#causes.isOfHubs) {
      // With another release comes all that it says.
      const [cause] = [
        ...this.#moved(clusterType, releasesName, target, (field) => field === 'release'),
        ...this.#moved(clusterType, app, target, (field) => toldOfHubs.test(field)),
      ];
      return cause ?? {};
    }
    return getOr(this.#known, [clusterType, app, target].join('\n'), () => {
      const [first, ...others] = distinct(this.#edited(clusterType, app, target) ?? this.#moved(clusterType, app, target, isToldToCharts).slice(0, 1));
      return first ? { ...first, ...(others.length > 0 ? { others } : {}) } : {};
    });
  }

  /** Whether other layers have the word about charts and their values than before. */
  areOthers(clusterType: string, app: string, target: string): boolean {
    return this.#moved(clusterType, app, target, (field) => field.startsWith('source')).length > 0;
  }

  /** The layers of the values that are other ones now. @returns `undefined` where nobody knows them */
  #edited(clusterType: string, app: string, target: string): readonly Causes[] | undefined {
    const { before, after } = this.#causes;
    const [old, made] = [before.record(clusterType, app), after.record(clusterType, app)];
    const [was, is] = [old?.told?.(target), made?.told?.(target)];
    if (!old || !made || !was || !is) return was || is ? undefined : this.#editedInGit(clusterType, app, target);
    const fields = [...new Set([...was.keys(), ...is.keys()])].filter((field) => was.get(field) !== is.get(field)).sort(versionFirst);
    return fields.map((field) => ({
      now: layerOf(made, field, target, is),
      before: layerOf(old, field, target, was),
      place: { clusterType, app, field },
    }));
  }

  /** The same of an app that is not opened: its own manifest says what its chart is told. */
  #editedInGit(clusterType: string, app: string, target: string): readonly Causes[] | undefined {
    const [was, is] = this.#states.map((state) => {
      const file = ownFiles(state).get(appKey({ clusterType, target }, { app }));
      const content = file && state.read([file])[0];
      return content && !isOpen(content, app) ? { file, content } : undefined;
    });
    if (!was || !is) return undefined;
    const told = (content: Content) => fieldsIn(content, {});
    return differences(told(was.content), told(is.content))
      .filter(({ field }) => isToldToCharts(field))
      .sort((one, other) => versionFirst(one.field, other.field))
      .map((difference) => this.#causes.field(is.file, { app }, difference));
  }

  #moved(clusterType: string, app: string, target: string, isAsked: (field: string) => boolean): readonly Causes[] {
    const { before, after } = this.#causes;
    const [old, made] = [before.record(clusterType, app), after.record(clusterType, app)];
    if (!old || !made) return [];
    const fields = getOr(this.#fields, `${clusterType}\n${app}`, () =>
      [...new Set([...made.fields, ...old.fields])].filter(this.#causes.isOfHubs ? () => true : isToldToCharts).sort(versionFirst),
    );
    return fields.filter(isAsked).flatMap((field) => {
      const [was, now] = [old.layerOf(field, target), made.layerOf(field, target)];
      return was !== now && now !== undefined ? [{ now, before: was, place: { clusterType, app, field } }] : [];
    });
  }
}

/** A value that is not there is nobody's, unless a layer took it away. */
function layerOf(record: LayerReader, field: string, target: string, values: ReadonlyMap<string, string>): string | undefined {
  const layer = record.layerOf(field, target);
  return layer === baseLayer && !values.has(field) ? undefined : layer;
}

/** One for each layer that has, or had, the word. */
function distinct(causes: readonly Causes[]): readonly Causes[] {
  return [...new Map([...causes].reverse().map((cause) => [`${cause.now}\n${cause.before}`, cause])).values()].reverse();
}

/** A version says most. */
function versionFirst(one: string, other: string): number {
  const rank = (field: string) => (field.endsWith('targetRevision') || field === 'version' ? 0 : 1);
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

const files = new WeakMap<State, ReadonlyMap<string, StateFile>>();

/** The own manifests of apps, by {@link appKey}. */
function ownFiles(state: State): ReadonlyMap<string, StateFile> {
  return getOr(files, state, () => {
    const own = state.files.map((file) => ({ file, subject: subjectOf(file, state.fleet.topology) })).filter(({ subject }) => subject.object === undefined);
    return new Map(own.map(({ file, subject }) => [appKey(file, subject), file]));
  });
}
