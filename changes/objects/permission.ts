/** One thing that somebody may do in the whole cluster. */
export interface Permission {
  /** As it is told: `get secrets`. */
  readonly text: string;
  /** Who has it: the role of that name, a subject that gets one, whoever a webhook asks. What another one may do covers nothing. */
  readonly of: string;
  /** What may be done with what, part by part: `*` stands for all. */
  readonly parts: readonly string[];
  /** What is taken out of it. @default - nothing */
  readonly without?: readonly string[];
}

/** Where an object is, which says more than it does. */
export interface ObjectPlace {
  /** The namespace where it ends up if it names none. @default - nobody knows */
  readonly namespace?: string;
  /** Whoever is called after a target is the same one at each: its path. @default - names are what they are */
  readonly target?: string;
}

/** Those that nothing of what was permitted covers, each once. */
export function newPermissions(had: readonly Permission[], has: readonly Permission[]): readonly Permission[] {
  const known = new Map<string, Permission[]>();
  for (const one of had) {
    const of = known.get(one.of);
    if (of) of.push(one);
    else known.set(one.of, [one]);
  }
  const isNew = (one: Permission) => known.get(one.of)?.some((wide) => covers(wide, one)) !== true;
  return [...new Map(has.filter(isNew).map((one) => [JSON.stringify([one.of, one.parts, one.without ?? []]), one])).values()];
}

function covers(wide: Permission, narrow: Permission): boolean {
  return (
    wide.parts.length === narrow.parts.length &&
    wide.parts.every((part, index) => includes(part, narrow.parts[index] as string)) &&
    (wide.without ?? []).every((one) => narrow.without?.includes(one))
  );
}

/** As Kubernetes compares (pkg/apis/rbac/v1, evaluation_helpers.go): `*` is all, `pods/*` none but itself, `*` in front of `/log` any, `/healthz/*` all below. */
function includes(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true;
  if (wide.startsWith('*/')) return narrow.endsWith(wide.slice(1));
  return wide.startsWith('/') && wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1));
}

/** A name with whatever of it is that of a target, or of a node above it, in one word for all of them. */
export function atAnyTarget(name: string, target: string | undefined): string {
  if (target === undefined) return name;
  const words = target.split('/').filter((word) => word !== '');
  const found = words.sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return found.length === 0 ? name : name.replace(new RegExp(`(?<![A-Za-z0-9])(?:${found.join('|')})(?![A-Za-z0-9])`, 'g'), '(node)');
}
