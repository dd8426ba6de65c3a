import type { Change } from '../../changes/change';
import { fieldsOf } from '../../changes/fields';
import { objectAt, type State, subjectOf } from '../../changes/state';
import type { Plain } from '../../layers/layer';

/** All that a state says, field by field: by cluster type, target, app, deployer and object. */
export type Flat = Map<string, Map<string, Plain>>;

interface Key {
  readonly clusterType: string;
  readonly target: string;
  readonly app: string;
  readonly deployer?: string;
  readonly object?: string;
}

const keyOf = ({ clusterType, target, app, deployer = '', object = '' }: Key) => [clusterType, target, app, deployer, object].join(' | ');

export function flat(state: State): Flat {
  const contents = state.read(state.files);
  return new Map(
    state.files.map((file, index) => {
      const subject = subjectOf(file, state.fleet.topology);
      const fields = fieldsOf(contents[index] ?? {}, subject.object === 'values' ? ['values'] : []);
      return [keyOf({ ...file, ...subject }), new Map(withoutOrder(fields))];
    }),
  );
}

/** The order of lists has its own rules: a row of it stands only where items changed places. */
function withoutOrder(fields: ReadonlyMap<string, Plain>): readonly (readonly [string, Plain])[] {
  return [...fields].filter(([field]) => !field.endsWith('(order)'));
}

/** The old state with rows applied to it; what comes with an app or a target as a whole is taken from the new one. */
export function applied(old: Flat, changes: readonly Change[], made: Flat): Flat {
  const result: Flat = new Map([...old].map(([key, fields]) => [key, new Map(fields)]));
  for (const change of changes) for (const target of change.targets) applyOne(result, change, target, made);
  return result;
}

/** Of several members one stands for all. */
function objectIn({ object }: { readonly object?: string }, target: string): { readonly object?: string } {
  return object === undefined ? {} : { object: objectAt(object, target) };
}

function applyOne(result: Flat, change: Change, target: string, made: Flat): void {
  const { clusterType } = change;
  if (change.kind === 'field') {
    const fields = result.get(keyOf({ ...change, target, ...objectIn(change, target) })) as Map<string, Plain>;
    if (change.after === undefined) fields.delete(change.field);
    else fields.set(change.field, change.after);
    return;
  }
  const isOne = (key: string) => {
    const [ofType, at, app, deployer, object] = key.split(' | ');
    if (ofType !== clusterType || at !== target) return false;
    if (change.kind.startsWith('target')) return true;
    if ('object' in change) return app === change.app && object === objectIn(change, target).object;
    return (
      'app' in change && app === change.app && ('deployer' in change && change.deployer !== undefined ? [change.deployer, ''].includes(deployer ?? '') : true)
    );
  };
  if (change.kind.endsWith('removed')) for (const key of [...result.keys()]) if (isOne(key)) result.delete(key);
  if (change.kind.endsWith('added')) for (const [key, fields] of made) if (isOne(key) && !result.has(key)) result.set(key, new Map(fields));
}
