import { deepestNode } from '../../../layers/node';
import type { Manifest } from '../../../layers/output';
import { isError } from '../../../layers/problem';
import { hasToken } from '../../../layers/text/token';
import { type SpecAt, specsOf } from '../../argocd/application-specs';
import { type Origin, originOf } from '../../tree/origin';
import type { Place } from '../place';
import type { Rendition } from '../rendition';

/** A project of the fleet at a target. */
export interface Project {
  readonly name: string;
  /** As Argo CD receives it. @default - it is not rendered there */
  readonly manifest?: Manifest;
  /** Stands for it, whichever target it is of. */
  readonly key: object;
  /** Where it is written. @default - code makes it */
  readonly file?: string;
  /** Whether one of some fields of it is a mistake, which is told of: what it allows is not known then. */
  readonly isWrong: (fields: readonly string[]) => boolean;
  /** Where a field of it is said, or it itself. */
  readonly placeOf: (field: string) => Origin;
}

export type Projects = ReadonlyMap<string, Project>;

/** Those that a target's apps are, and those that code made. */
export function projectsOf({ apps, chart }: Place): Projects {
  const found = new Map<string, Project>();
  for (const { app, rendition } of apps) {
    const { kind, name } = app.construct;
    if (kind !== 'AppProject') continue;
    const origin = originOf(app.construct);
    const placeOf = (field: string) => placeIn(rendition, field, origin);
    found.set(name, { name, manifest: rendition.manifest, key: rendition, file: origin.file, isWrong: (fields) => isWrong(rendition, fields), placeOf });
  }
  for (const { manifest, isUntouched, app } of chart?.objects ?? []) {
    const { kind, metadata } = manifest;
    if (kind !== 'AppProject' || isUntouched) continue;
    const placeOf = () => chart?.origin ?? { place: [] };
    found.set(metadata.name, { placeOf, isWrong: () => false, ...found.get(app ?? ''), name: metadata.name, manifest, key: manifest });
  }
  return found;
}

/** The layer that says a field; where none does, what makes a project of it. */
function placeIn({ values }: Rendition, field: string, origin: Origin): Origin {
  const { node, depth } = deepestNode(values, [field]);
  if (depth === 0 || node.source.file === undefined) return { file: origin.file, place: [...origin.place, 'kind'] };
  return { file: node.source.file, place: [...node.source.place, field] };
}

function isWrong({ problems }: Rendition, fields: readonly string[]): boolean {
  return problems.some((problem) => isError(problem) && problem.place?.some((key) => fields.includes(key)));
}

/** Each spec of Applications with the project that it names, where that is known. */
export function projectsIn(manifest: Manifest): readonly (readonly [SpecAt, string])[] {
  return specsOf(manifest).flatMap((at) => {
    const { project } = at.spec;
    // What a generator says is merged over the template: alone it says little.
    const isNamed = at.role !== 'override' && typeof project === 'string' && !hasToken(project) && !project.includes('{{');
    // To Argo CD, no project is the one called `default`.
    return isNamed ? [[at, project === '' ? 'default' : project] as const] : [];
  });
}

/** Patterns or the like as a message shows them. */
export function shownPatterns(patterns: readonly string[]): string {
  const shown = patterns.length > 5 ? [...patterns.slice(0, 5), `… (${patterns.length} in all)`] : patterns;
  return shown.length === 0 ? 'nothing' : shown.map((one) => (one.startsWith('…') ? one : `'${one}'`)).join(', ');
}
