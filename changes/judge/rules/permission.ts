import { getOr } from '../../../layers/get-or';
import { namespacesOf } from '../../compare/namespaces';
import { appKey } from '../../compare/pairs';
import { permissionsText } from '../../objects/marks';
import { newPermissions, type Permission } from '../../objects/permission';
import { isPermitting, permissionsOf } from '../../objects/permissions';
import { effectDigest } from '../effect';
import { whatOf } from '../had';
import { type Marked, marked, rowsOfMarked } from '../marked';
import type { Row } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import type { Side } from '../side';
import { undone } from '../undone';
import { below, comingFrom, few, shownRow, targetsOf } from '../words';

/** Nobody gets to do in a whole cluster what an app permitted them nowhere, without somebody's word. */
export const permission: Rule = {
  id: 'permission',
  what: 'nobody may do in the whole cluster by an app what was permitted to them by it nowhere before: by the rules of a ClusterRole, by a binding, a webhook, an AppProject or constraints of pods',
  why: 'who may read all secrets, or change every object, is the owner of the cluster',
  wayOut: 'ask for less: a Role, and a RoleBinding, in the namespaces that it is about',
  *judge(change: JudgedChange): Generator<Finding> {
    const apps = new Map<string, Marked[]>();
    for (const one of marked(change.changes, 'permission')) getOr(apps, whatOf(one), () => []).push(one);
    const found = [...apps.values()].map((group) => gained(group, change));
    // Who takes something back, gives what was given before.
    const isUndone = undone(
      change.past,
      found.map(({ rows }) => rows),
    );
    for (const { first, rows, permissions } of found) {
      const left = rows.filter((row) => !isUndone(row));
      if (permissions.length === 0 || left.length === 0) continue;
      const targets = change.sequence.sorted(targetsOf(left));
      const path = change.sequence.commonNode(targets);
      yield {
        message: `'${first.app}' permits more in the whole cluster at ${few(targets)}: ${permissionsText(permissions)}`,
        what: whatOf(first),
        path,
        targets,
        expected: 'what the same role, subject, webhook or project was permitted at some target before',
        ...(comingFrom(left) === '' ? {} : { found: comingFrom(left).slice(2) }),
        hint: 'ask for less: a Role, and a RoleBinding, in the namespaces that it is about; where all of it is needed, allow it',
        digest: effectDigest(below(left, path)),
        digestBelow: (other) => effectDigest(below(left, other)),
        ofObjects: true,
        ...shownRow(left),
      };
    }
  },
};

interface Gained {
  readonly first: Marked;
  readonly rows: readonly Row[];
  readonly permissions: readonly Permission[];
}

/** What the objects of an app permit that those of the same name did at no target. */
function gained(group: readonly Marked[], { sides, rows }: JudgedChange): Gained {
  const [first] = group as [Marked];
  const had = permissionsIn(sides.before, first, sides.before.targets(first.clusterType));
  const changed = group.flatMap((change) => {
    const permissions = newPermissions(had, permissionsIn(sides.after, first, change.targets));
    return permissions.length === 0 ? [] : [{ permissions, rows: rowsOfMarked(change, rows) }];
  });
  return {
    first,
    rows: changed.flatMap((one) => one.rows),
    permissions: newPermissions(
      [],
      changed.flatMap(({ permissions }) => permissions),
    ),
  };
}

/**
 * What all objects of an app permit at some targets, each distinct file read once. Whoever is called after a target has at another one
 * whatever is called after that.
 */
function permissionsIn(side: Side, { clusterType, app }: Marked, targets: readonly string[]): readonly Permission[] {
  const files = targets.flatMap((target) =>
    side.filesAt(clusterType, target).filter((file) => {
      const item = side.itemOf(file);
      return item.app === app && item.object !== undefined;
    }),
  );
  const distinct = [...new Map(files.map((file) => [file.id, file])).values()];
  const contents = new Map(side.state.read(distinct).map((content, index) => [distinct[index]?.id, content]));
  const permitting = files.filter((file) => isPermitting(contents.get(file.id) ?? {}));
  const own = new Map(targets.flatMap((target) => side.files({ clusterType, app }, target)).map((file) => [appKey(file, { app }), file]));
  const namespaces = permitting.length === 0 ? [] : namespacesOf(permitting, side.state, own);
  return newPermissions(
    [],
    permitting.flatMap((file, index) => permissionsOf(contents.get(file.id) ?? {}, { namespace: namespaces[index] ?? '', target: file.target })),
  );
}
