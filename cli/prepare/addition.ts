import type { FleetOutput } from '../../constructs';
import { isTold } from '../../constructs/synthesis/hydration/hydrated-files';
import { fileText } from '../../store/output/output-text';
import type { LoadedFleet } from '../read/load-fleet';
import type { FileChange, Proof } from './prove';

/** A target that a fleet did not have before. */
export interface NewTarget {
  readonly clusterType: string;
  readonly path: string;
  /** What it runs: manifests by their names. */
  readonly apps: readonly string[];
}

/** The targets that an edit adds. */
export function newTargets({ output: before }: LoadedFleet, after: FleetOutput): readonly NewTarget[] {
  const known = new Map(before.clusterTypes.map((clusterType) => [clusterType, new Set(before.targetsOf(clusterType).map(({ path }) => path))]));
  return after.clusterTypes.flatMap((clusterType) =>
    after.targetsOf(clusterType).flatMap(({ path }) => {
      if (known.get(clusterType)?.has(path)) return [];
      const { files } = after.told.folder(clusterType, path);
      return [{ clusterType, path, apps: files.flatMap((file) => (file.kind === 'template' ? [file.document.metadata.name ?? ''] : [])) }];
    }),
  );
}

/** A proof with the files of new targets among its changes. */
export function withAdded(proof: Proof, targets: readonly NewTarget[]): Proof {
  const withFilesOf = (output: FleetOutput, changed: readonly FileChange[]) => {
    const added = targets.flatMap(({ clusterType, path }): readonly FileChange[] => {
      const folder = output.folder(clusterType, path);
      return folder.files.map((file) => ({ path: `${folder.path}/${file.path}`, inside: file.path, after: fileText(file) }));
    });
    const known = new Set(changed.map((change) => change.path));
    return [...changed, ...added.filter((change) => !known.has(change.path))];
  };
  const { output, changes, alone } = proof;
  return {
    ...proof,
    changes: () => withFilesOf(output, changes()),
    alone: { ...alone, changes: () => withFilesOf(output.told, alone.changes()).filter(({ inside }) => !isTold(inside)) },
  };
}
