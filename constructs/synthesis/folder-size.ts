import type { Plain } from '../../layers/layer';
import type { OutputFile } from '../../layers/output';
import { isMap } from '../../layers/plain-data';
import { silenceHint } from '../../layers/silenced';
import type { Remark } from '../argocd/manifest-rule';

/** How many bytes of manifests Argo CD takes of a folder unless its repo server is told otherwise (`--max-combined-directory-manifests-size`, `10M`). */
const limit = 10_000_000;

/**
 * What Argo CD says of the folder of an app's objects that is no chart: it counts all of its files (argo-cd, reposerver/repository,
 * `getPotentiallyValidManifests`).
 */
export function folderRemarks(files: readonly OutputFile[]): readonly Remark[] {
  const size = files.reduce((sum, file) => sum + (file.kind === 'manifest' ? sizeOf(file.document) : 0), 0);
  if (size <= limit) return [];
  const key = 'manifests';
  const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
  return [
    {
      code: 'folder-size',
      path: [],
      key,
      message: 'the objects of this app are more than Argo CD reads of a folder',
      expected: `at most ${megabytes(limit)} in all`,
      found: `about ${megabytes(size)} in ${files.length} files`,
      hint: silenceHint(
        'folder-size',
        key,
        'part it into several apps, or raise `reposerver.max.combined.directory.manifests.size` of every Argo CD that reads it and say so',
      ),
    },
  ];
}

/** How many bytes Helm takes of a file of a chart (helm, pkg/chart/v2/loader/archive, `MaxDecompressedFileSize`). */
const ofFile = 5_242_880;

/** What Helm says of the folder of an app's objects that is a chart, since they hold what only the cluster knows: it reads file by file. */
export function chartRemarks(files: readonly OutputFile[]): readonly Remark[] {
  return files.flatMap((file): readonly Remark[] => {
    const size = file.kind === 'manifest' ? sizeOf(file.document) : 0;
    if (file.kind !== 'manifest' || size <= ofFile) return [];
    const { kind, metadata } = file.document;
    return [
      {
        code: 'folder-size',
        path: [],
        message: `the ${kind} '${metadata.name}' is more than Helm reads of a file, and Helm fills in what only the cluster knows`,
        expected: `at most ${ofFile} bytes`,
        found: `about ${size}`,
        hint: 'say what only the cluster knows in an app of its own, or make the object smaller',
      },
    ];
  });
}

const known = new WeakMap<object, number>();

function sizeOf(document: object): number {
  const size = known.get(document) ?? bytesOf(document as Plain, 0);
  known.set(document, size);
  return size;
}

/** Of its text in YAML, nearly: each entry on a line of its own, as deep as it stands. */
function bytesOf(value: Plain | undefined, depth: number): number {
  if (typeof value === 'string') return textBytes(value, depth);
  if (Array.isArray(value)) return (value as readonly Plain[]).reduce<number>((sum, item) => sum + 2 * depth + 3 + bytesOf(item, depth + 1), -1);
  if (!isMap(value)) return String(value).length;
  return Object.entries(value as { readonly [key: string]: Plain }).reduce(
    (sum, [key, item]) => sum + 2 * depth + key.length + 3 + bytesOf(item, depth + 1),
    1,
  );
}

/** A text of several lines stands below its key. */
function textBytes(text: string, depth: number): number {
  const lines = text.split('\n').length - 1;
  return Buffer.byteLength(text) + (lines === 0 ? 0 : 2 + lines * 2 * depth);
}
