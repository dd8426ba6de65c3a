import { identityOf } from '../../layers/charts/object-identity';
import { getOr } from '../../layers/get-or';
import { fieldText } from '../../layers/record';
import type { Content } from '../state';
import { heldBy, lostClaims } from './held';
import { isHook, syncHooksOf } from './hooks';
import { changedImmutables } from './immutable-fields';
import { annotationsOf, hasSyncOption, mapIn, syncOptions } from './object-words';
import { type Refused, refusedOneWay } from './one-way-fields';
import { newPermissions, type ObjectPlace, type Permission } from './permission';
import { permissionsOf } from './permissions';

/** What is to be seen of a change of an object that shows in no field. */
export interface Mark {
  /**
   * - `removal`: with the object goes what it holds
   * - `immutable`: Kubernetes refuses the change
   * - `permission`: somebody may do in the whole cluster what nobody could by this object before
   * - `hook`: the next sync runs it
   */
  readonly kind: 'removal' | 'immutable' | 'permission' | 'hook';
  /** The field that it is about, with whatever is in it. @default - the object as a whole */
  readonly field?: string;
  /** Of a removal: whether the same object is made again. @default false */
  readonly isAnew?: true;
  /** Of a removal: whether the object stays, and loses what it holds. @default false */
  readonly isEmptied?: true;
  /** What happens, without the object's name. */
  readonly text: string;
}

type Known = WeakMap<Content, WeakMap<Content, readonly Mark[]>>;

/** By whether two are one object to Kubernetes, and by where they end up. */
const known = new Map<string, Known>();
const nothing: Content = {};

/**
 * What a change of an object does beside what its fields say: the one place that decides it, of every object that Git holds.
 *
 * @param before     @default - it comes
 * @param after      @default - it goes
 * @param namespaces where it ended up, and ends up, if it names none. @default - nobody knows
 */
export function marksOf(before: Content = nothing, after: Content = nothing, [had, have]: readonly [string, string] = ['', '']): readonly Mark[] {
  const differs = (one: string, other: string) => {
    const [was, is] = [identityOf(before, one), identityOf(after, other)];
    return was !== undefined && is !== undefined && was !== is;
  };
  // Whoever has another name, namespace or group is another object. Of one that names none, before and after, the Application tells where it goes.
  const isOther = differs('', '') && differs(had, have);
  const of = getOr(known, JSON.stringify([isOther, had, have]), () => new WeakMap());
  const others = of.get(before) ?? new WeakMap<Content, readonly Mark[]>();
  of.set(before, others);
  const found = others.get(after) ?? decided(before, after, isOther, [{ namespace: had }, { namespace: have }]);
  others.set(after, found);
  return found;
}

function decided(before: Content, after: Content, isOther: boolean, [had, has]: readonly [ObjectPlace, ObjectPlace]): readonly Mark[] {
  return [
    ...(after === nothing ? removalOf(before) : []),
    ...(isOther ? removalOf(before).map((mark) => ({ ...mark, field: otherBy(before, after) })) : []),
    ...(before === nothing || after === nothing || isOther ? [] : [...madeAnew(before, after), ...emptied(before, after)]),
    ...(before === nothing || after === nothing || isOther || isHook(after) ? [] : refusedOf(before, after).map((refused) => immutable(refused, after))),
    ...(after === nothing ? [] : ofPermissions(newPermissions(permissionsOf(isOther ? nothing : before, had), permissionsOf(after, has)))),
    ...(after === nothing ? [] : hook(isOther ? nothing : before, after)),
  ];
}

/** The field by which an object is another one. */
function otherBy(before: Content, after: Content): string {
  const differs = (key: string) => mapIn(before.metadata)[key] !== mapIn(after.metadata)[key];
  const [key] = ['namespace', 'name'].filter(differs);
  return key === undefined ? (before.kind === after.kind ? 'apiVersion' : 'kind') : `metadata.${key}`;
}

/** What lets Argo CD delete an object that stays, and make it anew (argo-cd, gitops-engine/pkg/sync, `BeforeHookCreation`; kubectl's `replace --force`). */
function madeAnew(before: Content, after: Content): readonly Mark[] {
  const what = heldBy(before);
  const option = ['Force=true', 'Replace=true'].find((one) => hasSyncOption(after, one) && !hasSyncOption(before, one));
  const [was, is] = [annotationsOf(before), annotationsOf(after)];
  const annotation = isHook(after) ? ['argocd.argoproj.io/hook', 'helm.sh/hook'].find((one) => was[one] !== is[one]) : syncOptions;
  const why = isHook(before) ? undefined : isHook(after) ? 'it becomes a hook, and Argo CD deletes it' : option && `with \`${option}\` Argo CD may delete it`;
  return what === undefined || why === undefined
    ? []
    : [{ kind: 'removal', field: fieldText(['metadata', 'annotations', annotation ?? '']), isAnew: true, text: `${why}: with it goes ${what}` }];
}

function emptied(before: Content, after: Content): readonly Mark[] {
  return lostClaims(before, after).map(({ field, text }) => ({ kind: 'removal', field, isEmptied: true, text }));
}

function removalOf(before: Content): readonly Mark[] {
  const what = heldBy(before);
  // Hooks come and go with the sync that runs them.
  return what === undefined || hasSyncOption(before, 'Prune=false') || isHook(before) ? [] : [{ kind: 'removal', text: `with it goes ${what}` }];
}

function refusedOf(before: Content, after: Content): readonly Refused[] {
  return [...changedImmutables(before, after).map((field) => ({ field })), ...refusedOneWay(before, after)];
}

function immutable({ field, why }: Refused, after: Content): Mark {
  if (why !== undefined) return { kind: 'immutable', field, text: `${field} of a ${String(after.kind)}: ${why}` };
  const isForced = hasSyncOption(after, 'Force=true');
  const then = isForced ? 'Argo CD deletes the object and makes it anew (`Force=true`)' : 'Kubernetes refuses it until somebody deletes the object';
  return { kind: 'immutable', field, text: `${field} of a ${String(after.kind)} cannot change: ${then}` };
}

/** How many permissions are told. */
const shown = 6;

function ofPermissions(found: readonly Permission[]): readonly Mark[] {
  return found.length === 0 ? [] : [{ kind: 'permission', text: `new in the whole cluster: ${permissionsText(found)}` }];
}

/** `get secrets, list secrets and 3 more` */
export function permissionsText(permissions: readonly Permission[]): string {
  const texts = [...new Set(permissions.map(({ text }) => text))];
  const rest = texts.length - shown;
  return `${texts.slice(0, shown).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** An object of an app that comes, and the namespace where it ends up if it names none. */
export interface Arriving {
  readonly content: Content;
  readonly namespace: string;
}

/** What the objects of an app do that comes with all of them. */
export function arrivalMarks(objects: readonly Arriving[]): readonly Mark[] {
  return ofPermissions(
    newPermissions(
      [],
      objects.flatMap(({ content, namespace }) => permissionsOf(content, { namespace })),
    ),
  );
}

function hook(before: Content, after: Content): readonly Mark[] {
  const hooks = syncHooksOf(after);
  if (hooks.length === 0) return [];
  return [{ kind: 'hook', text: `${before === nothing ? 'runs' : 'runs again'} at the next sync: a ${hooks.join(' and ')} hook` }];
}

/** Those that a field shows. */
export function marksAt(marks: readonly Mark[], field: string): readonly Mark[] {
  const isAt = (at: string, below: string) => below === at || below.startsWith(`${at}.`);
  return marks.filter((mark) => mark.field === undefined || isAt(mark.field, field) || isAt(field, mark.field));
}
