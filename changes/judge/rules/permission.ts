import { getOr } from '../../../layers/get-or';
import { permissionsText } from '../../objects/marks';
import { newPermissions, type Permission, permissionsOf } from '../../objects/permissions';
import type { Content, StateFile } from '../../state';
import { effectDigest } from '../effect';
import { whatOf } from '../had';
import { type Marked, marked, rowsOfMarked } from '../marked';
import type { Row } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import type { Side } from '../side';
import { undone } from '../undone';
import { below, comingFrom, few, shownRow, targetsOf } from '../words';

/** Nobody gets to do in a whole cluster what an app permitted nowhere, without somebody's word. */
export const permission: Rule = {
  id: 'permission',
  what: 'no app permits in the whole cluster what it permitted nowhere before: by a rule of a ClusterRole, or a subject of a ClusterRoleBinding',
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
        expected: 'what it permitted at some target before',
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

/** What the objects of an app permit that none of them did at any target. */
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

/** What all objects of an app permit at some targets, each distinct file read once. */
function permissionsIn(side: Side, { clusterType, app }: Marked, targets: readonly string[]): readonly Permission[] {
  const files = new Map<string, StateFile>();
  for (const target of targets) {
    for (const file of side.filesAt(clusterType, target)) {
      const item = side.itemOf(file);
      if (item.app === app && item.object !== undefined) files.set(file.id, file);
    }
  }
  return newPermissions(
    [],
    side.state.read([...files.values()]).flatMap((content: Content) => permissionsOf(content)),
  );
}
