import type { ComponentHelm } from '../tree/component-config';

/** The source of the fleet's own files of values. */
export const valuesRef = 'values';

/** A file that Helm is given beside our own, and where Argo CD finds it (argo-cd, util/app/path, and reposerver/repository). */
export interface HelmFile {
  /** Keys in `helm`. */
  readonly at: readonly string[];
  readonly file: string;
  /** The source that it is of, by its `ref`. @default - the chart's own */
  readonly ref?: string;
  /** Whether it is fetched from elsewhere. */
  readonly isRemote: boolean;
  /** From the top of its source; of the chart's own from the chart, unless it begins with a slash. */
  readonly path: string;
}

export function helmFiles({ valueFiles = [], fileParameters = [] }: ComponentHelm = {}): readonly HelmFile[] {
  const all = [
    ...valueFiles.map((file, index) => ({ at: ['valueFiles', String(index)], file })),
    ...fileParameters.map(({ path: file }, index) => ({ at: ['fileParameters', String(index), 'path'], file })),
  ];
  return all.flatMap(({ at, file }): readonly HelmFile[] => {
    // What is no text was reported.
    if (typeof file !== 'string') return [];
    const [, ref, path = ''] = /^\$([^/]*)\/?(.*)$/s.exec(file) ?? [];
    if (ref !== undefined) return [{ at, file, ref, isRemote: false, path }];
    return [{ at, file, isRemote: /^[a-z][a-z0-9+.-]*:\/\//i.test(file), path: file }];
  });
}

/** Files of the repository that a chart in a folder of it is given, from its top. */
export function filesRead(folder: string, helm: ComponentHelm | undefined): readonly string[] {
  return helmFiles(helm).flatMap(({ ref, isRemote, path }) =>
    isRemote ? [] : [plainPath(ref === undefined && !path.startsWith('/') ? `${folder}/${path}` : path)],
  );
}

/** Without what leads back and forth in it. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
