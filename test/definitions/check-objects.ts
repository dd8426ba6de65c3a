import { spawnSync } from 'node:child_process';
import type { AppliedObject } from './objects';
import { program } from './program';
import type { DefinitionSet } from './sets';

/** What API servers with a set of definitions have against an object, or Argo CD against what becomes of it. */
export interface DefinitionFinding {
  readonly set: string;
  readonly name: string;
  /** For which it is refused. */
  readonly errors?: readonly string[];
  /** Fields that are dropped. */
  readonly unknown?: readonly string[];
  /** What Argo CD would change back again and again. */
  readonly drift?: string;
}

export interface DefinitionReport {
  /** How many objects each set knows the kind of. */
  readonly checked: Readonly<Record<string, number>>;
  readonly findings: readonly DefinitionFinding[];
}

/** Has every object looked at with every set that defines its kind. */
export function checkObjects(sets: readonly DefinitionSet[], objects: readonly AppliedObject[]): DefinitionReport {
  const { status, stdout, stderr } = spawnSync(program(), { input: JSON.stringify({ sets, objects }), encoding: 'utf8', maxBuffer: 1e9 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as DefinitionReport;
}
