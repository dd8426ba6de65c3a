import type { OutputFolder } from '../../layers/output';
import { toYaml } from '../../store/yaml-text';

type Output = Iterable<OutputFolder> & { readonly targets: number };

function objectOf(version: string) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { version } };
}

/** The text of a rendered file that holds this version. */
export function textOf(version: string): string {
  return toYaml(objectOf(version));
}

/** Texts by path, as they stand on the disk once output is written. */
export function textsOf(versions: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(versions).map(([path, version]) => [path, textOf(version)]));
}

/** Rendered output: a version for each path. Files of one folder of the top make one target. */
export function output(versions: Readonly<Record<string, string>>): Output {
  const folders = new Map<string, { path: string; version: string }[]>();
  for (const [file, version] of Object.entries(versions)) {
    const slash = file.indexOf('/');
    const folder = file.slice(0, slash);
    folders.set(folder, [...(folders.get(folder) ?? []), { path: file.slice(slash + 1), version }]);
  }
  const made = [...folders].map(([path, files]) => ({
    path,
    files: files.map((file) => ({ kind: 'manifest' as const, path: file.path, document: objectOf(file.version) })),
  }));
  return Object.assign(made, { targets: made.length });
}

/** Output that does something of its own before each of its folders, such as to throw. */
export function interrupted(versions: Readonly<Record<string, string>>, before: (folder: string) => void): Output {
  const whole = output(versions);
  return {
    targets: whole.targets,
    *[Symbol.iterator]() {
      for (const folder of whole) {
        before(folder.path);
        yield folder;
      }
    },
  };
}
