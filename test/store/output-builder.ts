import type { Manifest, OutputFile, OutputFolder } from '../../layers/output';
import { collapser } from '../../layers/path-set';
import { recordFolder } from '../../layers/record';
import { fileText } from '../../store/output/output-text';
import { toYaml } from '../../store/yaml/yaml-text';

type Output = readonly OutputFolder[] & { readonly targets: number };

function objectOf(version: string, name = 'x'): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { version } };
}

/** The text of a rendered template that holds this version. */
export function textOf(version: string): string {
  return toYaml(objectOf(version));
}

/** Texts by path, charts, values and records included, as they stand on the disk once output is written. */
export function textsOf(versions: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const files = output(versions).flatMap((folder) => folder.files.map((file) => [`${folder.path}/${file.path}`, fileText(file)] as const));
  return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Rendered output as a fleet has it. What is above `templates` is a target: `m/a/templates/app.yaml` is the app `app`
 * of the target `a` of `m`, which has a chart of its own, and `app` a record; `m/a/manifests/app/configmap-x.yaml` is a workload
 * of it, and `m/a/extra/configmap-x.yaml` what code of a user added to its templates.
 *
 * @param versions by path; that of a `Chart.yaml` is its version
 */
export function output(versions: Readonly<Record<string, string>>): Output {
  const targets = new Map<string, (readonly [path: string, version: string])[]>();
  for (const [file, version] of Object.entries(versions)) {
    const target = file.replace(/\/(templates|manifests|extra)\/.*$|\/Chart\.yaml$/, '');
    targets.set(target, [...(targets.get(target) ?? []), [file.slice(target.length + 1), version]]);
  }
  const made = [...targets].map(([path, files]) => ({ path, files: filesOf(path, files) }));
  return Object.assign([recordsOf(targets), ...made], { targets: made.length });
}

/** What each app's record says, by the targets that have files of it. */
function recordsOf(targets: ReadonlyMap<string, readonly (readonly [path: string, version: string])[]>): OutputFolder {
  const sequence = new Map<string, string[]>();
  const apps = new Map<string, Set<string>>();
  for (const [path, files] of targets) {
    const [clusterType = '', target = ''] = partsOf(path);
    sequence.set(clusterType, [...(sequence.get(clusterType) ?? []), target]);
    for (const app of appsOf(files)) apps.set(`${clusterType}/${app}`, (apps.get(`${clusterType}/${app}`) ?? new Set()).add(target));
  }
  const records = [...apps].map(([app, rendered]): OutputFile => {
    const collapse = collapser(sequence.get(partsOf(app)[0] ?? '') ?? []);
    return { kind: 'record', path: `${app}.yaml`, record: { rendered: collapse(rendered), layers: [] } };
  });
  const all = { topology: 'dimensions', dimensions: ['region'], sequence: [...new Set([...sequence.values()].flat())] } as const;
  return { path: recordFolder, files: [{ kind: 'fleet-record', path: 'fleet.yaml', record: all }, ...records] };
}

function partsOf(path: string): readonly string[] {
  const slash = path.indexOf('/');
  return [path.slice(0, slash), path.slice(slash + 1)];
}

function appsOf(files: readonly (readonly [path: string, version: string])[]): readonly string[] {
  return [...new Set(files.flatMap(([file]) => /^(?:templates|manifests)\/([^/.]+)/.exec(file)?.[1] ?? []))];
}

function filesOf(target: string, versions: readonly (readonly [path: string, version: string])[]): readonly OutputFile[] {
  const [name = '', ...path] = target.split('/');
  const version = versions.find(([file]) => file === 'Chart.yaml')?.[1] ?? '0';
  const chart = { apiVersion: 'v2', description: `${name} at ${path.join('/')}`, name, type: 'application', version };
  const files = versions
    .filter(([file]) => file !== 'Chart.yaml')
    .map(([file, text]): OutputFile => {
      const [, object] = /\/configmap-([^/]+)\.yaml$/.exec(file) ?? [];
      const isManifest = file.startsWith('manifests/');
      return { kind: isManifest ? 'manifest' : 'template', path: file.replace(/^extra\//, 'templates/'), document: objectOf(text, object) };
    });
  return [{ kind: 'chart', path: 'Chart.yaml', document: chart }, { kind: 'chart', path: 'values.yaml', document: { cluster: {} } }, ...files];
}

/** Output that does something of its own before each of its folders, such as to throw. */
export function interrupted(
  versions: Readonly<Record<string, string>>,
  before: (folder: string) => void,
): Iterable<OutputFolder> & { readonly targets: number } {
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
