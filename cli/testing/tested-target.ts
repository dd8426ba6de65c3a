import { isAtOrBelow } from '../../layers/hierarchy';
import { FleetError } from '../../layers/problem';
import { suggestion } from '../../layers/text/nearest';
import { toYaml } from '../../store/yaml/yaml-text';
import { helmValuesIn } from './helm-values';
import type { AnyManifest, Application, ApplicationSet, AppManifest, AppProject } from './manifests';
import type { FileRecord, FleetRecord, TargetRecord } from './record';
import { versionsOf } from './versions';

/** A file of a target. */
export interface TestedFile {
  /** From the target's folder. */
  readonly path: string;
  /** The app that it belongs to. @default - none: a workload, a registration, an object of a customised chart */
  readonly app?: string;
  /** The manifest, or the values of a chart. */
  readonly document: { readonly [key: string]: unknown };
}

/** What one cluster type, or one group of components, is at one complete dimension path. */
export class TestedTarget {
  /** The cluster type, or in a fleet of hubs and spokes the group. */
  readonly clusterType: string;
  /** The complete dimension path: `production/prod-canary/us-east1`. */
  readonly path: string;
  /** The node's name in each dimension: `{ environment: 'production', sector: 'prod-canary', region: 'us-east1' }`. */
  readonly names: { readonly [dimension: string]: string };
  readonly #files: readonly FileRecord[];
  readonly #documents: readonly unknown[];

  constructor({ clusterType, path, files }: TargetRecord, { dimensions, documents }: Pick<FleetRecord, 'dimensions' | 'documents'>) {
    this.clusterType = clusterType;
    this.path = path;
    this.names = Object.fromEntries(path.split('/').map((name, index) => [dimensions[index] ?? String(index), name]));
    this.#files = files;
    this.#documents = documents;
  }

  /** Whether it is at a dimension path, or below. */
  isIn(path: string): boolean {
    return isAtOrBelow(this.path, path);
  }

  /** The names of the apps that are rendered here. */
  get apps(): readonly string[] {
    return this.#files.flatMap(({ app, isValues }) => (app !== undefined && !isValues ? [app] : []));
  }

  /** Whether an app is rendered here. */
  has(app: string): boolean {
    return this.apps.includes(app);
  }

  /** An app's manifest as Argo CD gets it; a cluster token shows as the expression that it stands for. @throws FleetError where the app is not rendered here */
  manifest(app: string): AppManifest {
    const file = this.#files.find((one) => one.app === app && !one.isValues);
    if (!file) throw this.#unknown(app);
    return this.#document(file) as unknown as AppManifest;
  }

  /** The manifest of an app that is an Application. @throws FleetError where it is none */
  application(app: string): Application {
    const manifest = this.manifest(app);
    if (manifest.kind === 'Application') return manifest;
    throw this.#otherKind(app, manifest.kind);
  }

  /** The manifest of an app that is an ApplicationSet: a root, say. @throws FleetError where it is none */
  applicationSet(app: string): ApplicationSet {
    const manifest = this.manifest(app);
    if (manifest.kind === 'ApplicationSet') return manifest;
    throw this.#otherKind(app, manifest.kind);
  }

  /** The manifest of an app that is an AppProject. @throws FleetError where it is none */
  appProject(app: string): AppProject {
    const manifest = this.manifest(app);
    if (manifest.kind === 'AppProject') return manifest;
    throw this.#otherKind(app, manifest.kind);
  }

  /** The Helm values of an app, or of a component, all layers merged; empty where it has none. @throws FleetError where the app is not rendered here */
  values(app: string): { readonly [key: string]: unknown } {
    const manifest = this.manifest(app);
    const file = this.#files.find((one) => one.app === app && one.isValues);
    if (file) return this.#document(file);
    return manifest.kind === 'Application' ? helmValuesIn(manifest) : {};
  }

  /** The versions of an app's sources, each once: of its charts, and of its Git repositories. @throws FleetError where the app is not rendered here */
  versions(app: string): readonly string[] {
    return versionsOf(this.manifest(app));
  }

  /** Every manifest, those of workloads and of customised charts included. */
  get manifests(): readonly AnyManifest[] {
    return this.#files.flatMap((file) => (file.isValues ? [] : [this.#document(file) as unknown as AnyManifest]));
  }

  /** Every manifest and every file of a chart's values, by path. */
  get files(): readonly TestedFile[] {
    return this.#files.map((file) => ({ path: file.path, ...(file.app === undefined ? {} : { app: file.app }), document: this.#document(file) }));
  }

  /** All of it as one YAML text, for a snapshot that people read. */
  toYaml(): string {
    return this.files.map(({ path, document }) => `# ${path}\n${toYaml(document as never)}`).join('---\n');
  }

  toString(): string {
    return `${this.clusterType} at ${this.path}`;
  }

  #document({ document }: FileRecord): { readonly [key: string]: unknown } {
    return this.#documents[document] as { readonly [key: string]: unknown };
  }

  #unknown(app: string): FleetError {
    return mistake('unknown-app', `${this.clusterType} has no app '${app}' at ${this.path}`, suggestion(app, this.apps, 'apps there'));
  }

  #otherKind(app: string, kind: AppManifest['kind']): FleetError {
    return mistake('wrong-type', `${app} of ${this} is an ${kind}`, `ask for it with ${methods[kind]}('${app}')`);
  }
}

const methods = { Application: 'application', ApplicationSet: 'applicationSet', AppProject: 'appProject' } as const;

/** What a test asked for and is not there, in one line with what to do: all that a test runner shows of it is the message. */
export function mistake(code: 'unknown-app' | 'unknown-path' | 'unknown-cluster-type' | 'wrong-type', message: string, hint?: string): FleetError {
  const error = new FleetError([{ code, message, place: [], hint }]);
  error.message = hint === undefined ? message : `${message}; ${hint}`;
  return error;
}
