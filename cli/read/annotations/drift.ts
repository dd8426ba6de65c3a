import type { MemberView } from '../../../constructs';
import { compare } from '../../../layers/problem';
import type { SaidAnnotations } from './read-annotations';

/** An annotation of which Git says another thing than a file. */
export interface Drift {
  readonly cluster: string;
  readonly annotation: string;
  readonly kind: 'added' | 'changed' | 'gone';
  /** What Git says. @default - nothing */
  readonly git?: string;
  /** What the file says. @default - nothing */
  readonly file?: string;
}

/**
 * Where Git and a file differ, of the clusters that the file names. An annotation is the file's where it says one of this name
 * of any cluster: where another cluster has it in Git alone, it is gone. All others are Git's own.
 */
export function driftOf(members: readonly Pick<MemberView, 'name' | 'annotations'>[], { clusters }: Pick<SaidAnnotations, 'clusters'>): readonly Drift[] {
  const names = [...new Set([...clusters.values()].flatMap((said) => [...said.keys()]))].sort(compare);
  return members.flatMap(({ name: cluster, annotations }) => {
    const said = clusters.get(cluster);
    if (!said) return [];
    const known = new Map(annotations.map(({ name, value }) => [name, value]));
    return names.flatMap((annotation): readonly Drift[] => {
      const [git, file] = [known.get(annotation), said.get(annotation)];
      if (git === file) return [];
      const kind = git === undefined ? 'added' : file === undefined ? 'gone' : 'changed';
      return [{ cluster, annotation, kind, ...(git === undefined ? {} : { git }), ...(file === undefined ? {} : { file }) }];
    });
  });
}
