import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../../../../layers/output';
import type { Loose } from '../../../builders/fleet-builder';
import { byGo } from '../../go-reader';

/** What an Argo CD knows of where it deploys to, and the files that a source names. */
export interface Surroundings {
  /** Its clone of the repository. */
  readonly repository: string;
  /** Archives, by the names of their charts. */
  readonly archives: Readonly<Record<string, string>>;
  readonly kubernetes: string;
  readonly apiVersions: readonly string[];
  /** What Helm is given for the files of values of a source, in the order of Argo CD; with `chart:` in front where they lie in the chart. */
  readonly valueFiles: readonly string[];
}

/** What Helm or a folder prints, or what Helm says is wrong. */
export type Texts = { readonly texts: readonly string[] } | { readonly error: string };

/** What Argo CD makes of an Application, as it calls Helm (util/helm/cmd.go; reposerver/repository, `helmTemplate`): written from its sources, and not from ours. */
export function renderedBy(application: Loose, surroundings: Surroundings): Texts {
  const { source, sources, destination } = application.spec;
  const all: Texts[] = (sources ?? [source])
    .filter(({ chart, path }: Loose) => chart !== undefined || path !== undefined)
    .map((one: Loose) => rendered(one, application.metadata.name, destination.namespace ?? '', surroundings));
  const wrong = all.find((one) => 'error' in one);
  return wrong ?? { texts: all.flatMap((one) => ('texts' in one ? one.texts : [])) };
}

function rendered(source: Loose, app: string, namespace: string, surroundings: Surroundings): Texts {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-argocd-'));
  try {
    const path =
      source.chart === undefined ? join(surroundings.repository, source.path) : unpacked(surroundings.archives[source.chart] as string, folder, source.chart);
    if (!existsSync(join(path, 'Chart.yaml'))) {
      const names = readdirSync(path).filter((name) => /\.(ya?ml|json)$/.test(name));
      return { texts: names.map((name) => readFileSync(join(path, name), 'utf8')) };
    }
    const { status, stdout, stderr } = spawnSync('helm', ['template', '.', ...argsOf(source.helm ?? {}, { app, namespace, path, folder }, surroundings)], {
      cwd: path,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    return status === 0 ? { texts: [stdout] } : { error: stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unpacked(archive: string, folder: string, chart: string): string {
  mkdirSync(join(folder, 'unpacked'));
  execFileSync('tar', ['-xzf', archive, '-C', join(folder, 'unpacked')]);
  return join(folder, 'unpacked', chart);
}

interface Place {
  readonly app: string;
  readonly namespace: string;
  readonly path: string;
  readonly folder: string;
}

function argsOf(helm: Loose, { app, namespace, path, folder }: Place, { repository, kubernetes, apiVersions, valueFiles }: Surroundings): readonly string[] {
  const args = ['--name-template', helm.releaseName || app];
  const into = helm.namespace || namespace;
  if (into) args.push('--namespace', into);
  args.push(
    '--kube-version',
    `${/^v?(\d+\.\d+)/.exec(helm.kubeVersion || kubernetes)?.[1]}.${/^v?\d+\.\d+\.(\d+)/.exec(helm.kubeVersion || kubernetes)?.[1] ?? 0}`,
  );
  for (const { name, value, forceString } of helm.parameters ?? []) args.push(forceString ? '--set-string' : '--set', `${name}=${cleaned(value ?? '')}`);
  for (const { name, path: file } of helm.fileParameters ?? []) args.push('--set-file', `${name}=${join(repository, file)}`);
  if (helm.valueFiles)
    for (const file of valueFiles) args.push('--values', file.startsWith('chart:') ? join(path, file.slice('chart:'.length)) : join(repository, file));
  const values = helm.valuesObject === undefined ? helm.values : JSON.stringify(helm.valuesObject);
  if (values) {
    writeFileSync(join(folder, 'values.yaml'), values);
    args.push('--values', join(folder, 'values.yaml'));
  }
  for (const version of helm.apiVersions?.length > 0 ? helm.apiVersions : apiVersions) args.push('--api-versions', version);
  if (!helm.skipCrds) args.push('--include-crds');
  if (helm.skipSchemaValidation) args.push('--skip-schema-validation');
  if (helm.skipTests) args.push('--skip-tests');
  return args;
}

/** `cleanSetParameters` */
function cleaned(value: string): string {
  return /^\{.*\}$/s.test(value) ? value : value.replaceAll(/(\\*),/g, (_, slashes) => (slashes === '' ? '\\,' : `${slashes},`));
}

/** An object with what says which one it is. */
export interface Identified {
  readonly identity: string;
  readonly object: Manifest;
}

/**
 * What Go makes of texts with several documents each, lists taken apart: of those of one name the last one, as Argo CD has it
 * (controller/state.go, `DeduplicateTargetObjects`).
 */
export function objectsIn(all: readonly (readonly string[])[]): readonly (readonly Identified[])[] {
  const files: Record<string, string> = {};
  for (const [index, texts] of all.entries()) {
    const documents = texts.flatMap((text) => text.split(/^---[ \t\r]*(?:#.*)?$/m)).filter((text) => text.trim() !== '');
    for (const [position, document] of documents.entries()) files[`documents/${index}-${String(position).padStart(4, '0')}`] = document;
  }
  const each = '{{ $all = set $all $path ($.Files.Get $path | fromYaml) }}';
  const read = byGo(`$all := dict }}{{ range $path, $_ := .Files.Glob "documents/*" }}${each}{{ end }}{{ $all`, files) as Readonly<Record<string, Loose>>;
  return all.map((_, index) => {
    const documents = Object.keys(read).filter((path) => path.startsWith(`documents/${index}-`));
    const objects: Loose[] = documents
      .sort()
      .map((path) => read[path])
      .flatMap((document) => (Array.isArray(document.items) ? document.items : [document]))
      .filter((object) => Object.keys(object).length > 0);
    return [...new Map(objects.map((object) => [identityOf(object), object]))].map(([identity, object]) => ({ identity, object }));
  });
}

function identityOf({ apiVersion, kind, metadata }: Loose): string {
  return JSON.stringify([apiVersion, kind, metadata?.namespace, metadata?.name, metadata?.generateName]);
}

export function inOrder(objects: readonly Identified[]): readonly Manifest[] {
  return objects.map(({ object }) => object);
}

/** Argo CD sorts them itself. */
export function sorted(objects: readonly Identified[]): readonly Manifest[] {
  return inOrder([...objects].sort((a, b) => (a.identity < b.identity ? -1 : 1)));
}
