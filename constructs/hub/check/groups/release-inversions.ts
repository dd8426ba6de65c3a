import { compareVersions } from '../../../../layers/charts/chart-id';
import { commonFields, type Field, fieldsOf as fieldsIn } from '../../../../layers/coverage';
import type { ReleaseInversion } from '../../../../layers/patch-state';
import { isMap, isSame } from '../../../../layers/plain-data';
import { isVersion } from '../../../../layers/text/revision';
import { appRollouts, type Rollout } from '../../../check/rollouts/app-rollouts';
import type { AppModel } from '../../../resolve/app-model';
import type { Target } from '../../../tree/config/target';
import type { ComponentModel, GroupModel } from '../../resolve/group-model';
import { fieldsOf } from '../../resolve/released-component';
import type { ResolvedHub } from '../../resolve/resolved-hub';
import type { ComponentGroup } from '../../tree/component-group';

/** An inversion, and the patch of the component that wins. */
export interface FoundInversion extends ReleaseInversion {
  readonly rollout: Rollout;
}

const known = new WeakMap<ResolvedHub['model'], readonly FoundInversion[]>();

/**
 * Where a patch of a component, the older one, hides what a patch of the releases changes of the component. What layers say of
 * a component always wins over its release; which of two patches of a group is the newer one their names say, as in one app.
 */
export function releaseInversions(hub: ResolvedHub): readonly FoundInversion[] {
  let found = known.get(hub.model);
  if (!found) {
    found = hub.groups.flatMap((group) => inversionsIn(hub, group));
    known.set(hub.model, found);
  }
  return found;
}

function inversionsIn({ model, members }: ResolvedHub, group: GroupModel): readonly FoundInversion[] {
  const rolloutsOf = ({ construct }: AppModel) => appRollouts(model).find(({ app }) => app.construct === construct)?.rollouts ?? [];
  const releases = rolloutsOf(group.releasesApp);
  if (releases.length === 0) return [];
  const components = group.components.map((component) => ({
    component,
    rollouts: rolloutsOf(component.app),
    deployed: new Set(members.flatMap((one) => (one.components.get(component.name)?.isEnabled ? [one.member.path] : []))),
  }));
  return releases.flatMap((release) => {
    const moves = new ReleaseMoves(group, release);
    return components.flatMap(({ component, rollouts, deployed }) => rollouts.flatMap((own) => inversionOf(moves, component, own, deployed) ?? []));
  });
}

/** Which release members have for a patch, and which they would have without it. */
class ReleaseMoves {
  readonly group: GroupModel;
  readonly rollout: Rollout;
  readonly targets: readonly Target[];
  readonly #without: ReturnType<GroupModel['releasesApp']['resolverWith']>;

  constructor(group: GroupModel, rollout: Rollout) {
    const { releasesApp, clusterType } = group;
    this.group = group;
    this.rollout = rollout;
    this.targets = clusterType.targets.filter(({ path }) => rollout.coverage.covers(path));
    this.#without = releasesApp.resolverWith(releasesApp.layers.patches.filter(({ name }) => name !== rollout.construct.name));
  }

  /** What the patch changes of a component at a target, with what its release says there; nothing where another layer says which release it is. */
  changed({ name, construct }: ComponentModel, target: Target): { readonly fields: readonly Field[]; readonly says: unknown } {
    const { construct: group, releasesApp } = this.group;
    const pinBy = ({ at }: Pick<AppModel['resolver'], 'at'>) => pinOf(group, name, construct.fields.version, at(target).values.plain['release']);
    const [is, was] = [releasesApp.resolver, this.#without].map((resolver) => pinBy(resolver));
    return { fields: [...differing(was, is, [])], says: is };
  }
}

function pinOf({ releases: { releases } }: ComponentGroup, component: string, version: unknown, release: unknown): unknown {
  const said = typeof release === 'string' && Object.hasOwn(releases, release) ? releases[release] : undefined;
  if (!said) return undefined;
  return { ...(said.version === undefined || version !== undefined ? {} : { version: said.version }), ...fieldsOf(said.components?.[component]) };
}

function inversionOf(moves: ReleaseMoves, component: ComponentModel, own: Rollout, deployed: ReadonlySet<string>): FoundInversion | undefined {
  const [older, newer] = [own.construct.name, moves.rollout.construct.name];
  const isOneRow = rowOf(older) === rowOf(newer);
  if (isOneRow && older > newer) return undefined;
  const fields = new Map<string, ReleaseInversion['fields'][number]>();
  const targets: string[] = [];
  for (const target of moves.targets) {
    if (!own.coverage.covers(target.path) || !deployed.has(target.path)) continue;
    const changed = moves.changed(component, target);
    const values = own.valuesAt(target);
    const hidden = commonFields(fieldsIn(values), changed.fields).map((field) => ({
      field,
      says: valueAt(values.plain, field),
      hides: valueAt(changed.says, field),
    }));
    // What another layer of the component says instead is not held back by this one.
    const { plain } = component.app.resolver.at(target).values;
    const others = hidden.filter(({ field, says, hides }) => !isSame(says, hides) && isSame(says, valueAt(plain, field)));
    if (others.length === 0 || (older === newer && others.every(isLater)) || (!isOneRow && !others.some(isEarlier))) continue;
    targets.push(target.path);
    for (const { field, says, hides } of others) {
      const one = field.join('.');
      if (!fields.has(one)) fields.set(one, { field: one, ...(typeof says === 'string' ? { says } : {}), ...(typeof hides === 'string' ? { hides } : {}) });
    }
  }
  if (targets.length === 0) return undefined;
  return { group: moves.group.name, component: component.name, older, newer, fields: [...fields.values()], targets, rollout: own };
}

/** What a patch is called without its number: those of one row say by it which is the newer. */
function rowOf(name: string): string {
  return name.replace(/\d+$/, '');
}

interface Hidden {
  readonly field: Field;
  readonly says: unknown;
  readonly hides: unknown;
}

/** Of two patches with one name nobody knows which is the newer; a later version is. */
function isLater(hidden: Hidden): boolean {
  return (comparedVersions(hidden) ?? 0) > 0;
}

/** Nor is it known of a patch with a name of its own (`hotfix-1`): there an earlier version tells. */
function isEarlier(hidden: Hidden): boolean {
  return (comparedVersions(hidden) ?? 0) < 0;
}

function comparedVersions({ field, says, hides }: Hidden): number | undefined {
  const areVersions = field.join() === 'version' && [says, hides].every((one) => typeof one === 'string' && isVersion(one));
  return areVersions ? compareVersions(says as string, hides as string) : undefined;
}

/** The fields in which two values differ, each as deep as both have maps; what only one of them has, down to its last key. */
function* differing(one: unknown, other: unknown, above: Field): Generator<Field> {
  if (isSame(one, other)) return;
  const [a, b] = [one ?? {}, other ?? {}];
  if (!isMap(a) || !isMap(b)) yield above;
  else for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) yield* differing(a[key], b[key], [...above, key]);
}

function valueAt(value: unknown, field: Field): unknown {
  return field.reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), value);
}
