import { isToldToCharts } from '../../layers/charts/told-values';
import { getOr } from '../../layers/get-or';
import type { Plain } from '../../layers/layer';
import { compare } from '../../layers/problem';
import { membersName } from '../../layers/record';
import type { Causes } from '../causes';
import type { AppChange, Cause, Change, FieldChange, ObjectChange } from '../change';
import type { LayerPlace } from '../layer-places';
import type { Mark } from '../objects/marks';
import { isOfChart, objectOfAll, type State, type Subject, subjectOf } from '../state';
import type { Workloads } from '../what-goes';
import { Places } from './places';

/** One difference at one target. */
export interface Found {
  readonly kind: 'app-removed' | 'app-added' | 'object-removed' | 'object-added' | 'field';
  readonly clusterType: string;
  readonly subject: Subject;
  readonly field?: string;
  readonly before?: Plain;
  readonly after?: Plain;
  readonly manifest?: string;
  readonly marks?: readonly Mark[];
  readonly gitOnly?: true;
  /** What becomes of what an app deployed that went. */
  readonly workloads?: Workloads;
}

/** A difference with all targets that have it. */
interface Group {
  readonly found: Found;
  /** What the object is called at all of the targets. */
  readonly object?: string;
  readonly targets: string[];
  readonly now: Set<string>;
  readonly earlier: Set<string>;
  /** What it is called at all of them: without its namespace where they have several. */
  manifest?: string;
  /** Where records say of what layers it comes, by field. */
  readonly places: Map<string, LayerPlace>;
}

/** Stands for all that lies beside an app's own manifest: no field is called so. */
const objects = '(objects)';

/** Gathers equal differences of several targets. */
export class Groups {
  readonly #groups = new Map<string, Group>();
  readonly #changed = new Set<string>();

  /** Whether a field of an app's own is another one at a target, or what is made of it. */
  readonly isChanged = (clusterType: string, app: string, field: string, target: string): boolean =>
    this.#changed.has([clusterType, app, field, target].join('\n')) ||
    (isToldToCharts(field) && this.#changed.has([clusterType, app, objects, target].join('\n')));

  add(found: Found, target: string, causes: Causes): void {
    const { kind, clusterType, subject, field } = found;
    // Each member has a registration of its own, of which many say the same.
    const object = clusterType === membersName && subject.object !== undefined ? objectOfAll(subject.object, target) : subject.object;
    const key = JSON.stringify([
      kind,
      clusterType,
      subject.app,
      object,
      subject.deployer,
      field,
      found.before,
      found.after,
      found.workloads,
      found.marks,
      found.gitOnly,
    ]);
    let group = this.#groups.get(key);
    if (!group) {
      group = { found, object, targets: [], now: new Set(), earlier: new Set(), places: new Map(), manifest: found.manifest };
      this.#groups.set(key, group);
    }
    if (isOfChart(subject) && group.manifest !== found.manifest) group.manifest = group.manifest?.replace(/^(\S+) .*\//, '$1 ');
    group.targets.push(target);
    if (isOfChart(subject)) this.#changed.add([clusterType, subject.app, objects, target].join('\n'));
    if (!causes.place && field !== undefined) this.#changed.add([clusterType, subject.app, field, target].join('\n'));
    for (const { now, before, place } of [causes, ...(causes.others ?? [])]) {
      if (place) {
        const key = [place.clusterType, place.app, place.field].join('\n');
        this.#changed.add(`${key}\n${target}`);
        getOr(group.places, key, () => place);
      }
      if (now !== undefined) group.now.add(now);
      if (before !== undefined) group.earlier.add(before);
    }
  }

  changes(before: State, after: State): readonly Change[] {
    const places = new Places(before, after);
    const left = new Set(after.files.map((file) => `${file.clusterType}\n${subjectOf(file, after.fleet.topology).app}`));
    const had = new Set(before.files.map((file) => `${file.clusterType}\n${subjectOf(file, before.fleet.topology).app}`));
    return [...this.#groups.values()].map((group): Change => {
      const { found, targets, now, earlier, manifest: name } = group;
      const [place, ...besides] = group.places.values();
      const { kind, clusterType, subject } = found;
      const at = { clusterType, ...places.of(kind.endsWith('removed') ? 'before' : 'after', clusterType, targets) };
      const isOther = place && (place.clusterType !== clusterType || place.app !== subject.app || place.field !== (found.field ?? 'enabled'));
      const cause: Cause = {
        now: [...now].sort(compare),
        before: [...earlier].sort(compare),
        ...(isOther ? { of: place } : {}),
        ...(besides.length > 0 ? { besides } : {}),
      };
      // One of them is named as it is.
      const object = targets.length === 1 ? subject.object : group.object;
      const isNamed = object === subject.object;
      const manifest = isNamed && name !== undefined ? { manifest: name } : {};
      const marks = found.marks === undefined || found.marks.length === 0 ? {} : { marks: found.marks };
      const whose = { app: subject.app, ...(subject.deployer === undefined ? {} : { deployer: subject.deployer }) };
      if (kind === 'field') {
        const { field = '', before: from, after: to } = found;
        const whole = object === undefined ? {} : { object, ...manifest };
        const values = { ...(from === undefined ? {} : { before: from }), ...(to === undefined ? {} : { after: to }) };
        return { kind, ...at, ...whose, ...whole, field, ...values, ...marks, cause } satisfies FieldChange;
      }
      if (object !== undefined) {
        const why = now.size + earlier.size === 0 ? {} : { cause };
        return {
          kind: kind as ObjectChange['kind'],
          ...at,
          app: subject.app,
          object,
          ...manifest,
          ...marks,
          ...(found.gitOnly ? { gitOnly: true } : {}),
          ...why,
        };
      }
      const others = kind === 'app-removed' ? left : had;
      return {
        kind: kind as AppChange['kind'],
        ...at,
        ...whose,
        isEverywhere: !others.has(`${clusterType}\n${subject.app}`),
        ...(found.workloads === undefined ? {} : { workloads: found.workloads }),
        ...marks,
        cause,
      };
    });
  }
}
