import type { Plain } from '../layers/layer';
import type { FleetRecord, LayerReader } from '../layers/record';
import { membersName, settingsName } from '../layers/record';

/** The rendered fleet at one moment: what a commit recorded, or what the configuration renders now. */
export interface State {
  /** What to call it: `HEAD (1a2b3c4)`, `the configuration`. */
  readonly name: string;
  readonly fleet: FleetRecord;
  /** Which targets each cluster type has, in the order of cluster types. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
  /** Everything that targets get, in no order. */
  readonly files: readonly StateFile[];
  /** What files say, one for each; asked for as few as possible. */
  read(files: readonly StateFile[]): readonly Content[];
  /** Where values come from. @default - nobody recorded it */
  readonly records: readonly StateRecord[];
  /** Whether it was cut down to some apps, so that a target without any of them is none that comes or goes. @default false */
  readonly isOfSomeApps?: boolean;
  /** Apps at targets whose objects are all among the files, also where a chart gives none, by `appKey`. @default - those of which some are */
  readonly whole?: ReadonlySet<string>;
  /** In fleets of hubs: what makes the secret of a cluster in an Argo CD, also where no file here does. @default - nobody knows it */
  readonly registration?: (deployer: string, target: string) => Content | undefined;
  /** Apps at targets of whose objects nobody can tell whether they are what they were before, by `appKey`. @default - none */
  readonly unseen?: ReadonlyMap<string, Unseen>;
  /** What there is to say of how it was found, each a sentence. @default - nothing */
  readonly notes?: readonly string[];
}

/** Why the objects of an app that changed cannot be told. */
export interface Unseen {
  readonly clusterType: string;
  readonly target: string;
  readonly app: string;
  /** As the end of a sentence, each once. */
  readonly why: readonly string[];
  /** Names what its charts are made of and told, before and after. */
  readonly digest: string;
}

/** The record of an app at one moment. */
export interface StateRecord {
  readonly clusterType: string;
  readonly app: string;
  /** Equal for records that say the same. */
  readonly id: string;
  read(): LayerReader;
}

/** A rendered file that Argo CD reads, at one target. */
export interface StateFile {
  readonly clusterType: string;
  readonly target: string;
  /** From the target's folder; in fleets of hubs as `FleetOutput.effects()` names it. */
  readonly path: string;
  /** Equal for files that say the same; different ones may do so too. */
  readonly id: string;
}

/** What a file says. Tokens stand as `{{ .Values.cluster.name }}`, and what Helm prints as it is as it is printed. */
export type Content = { readonly [key: string]: Plain };

/** Whose a file is. */
export interface Subject {
  readonly app: string;
  /** Which object of the app, where it is not the app's own: `manifests/config-map-settings`. */
  readonly object?: string;
  /** Whose Argo CD deploys it, in fleets of hubs. */
  readonly deployer?: string;
}

const template = /^templates\/([^/]+)\.yaml$/;
const manifest = /^manifests\/([^/]+)\/(.+)\.yaml$/;
const values = /^values\/[^/]+\/([^/]+)\.yaml$/;
const deployed = /^([^/]+)\/([^/]+)\.yaml$/;

/** Whether an object is one that an app has beside its Application, and not what hubs say of a member. */
export function isOfChart({ object }: Pick<Subject, 'object'>): boolean {
  return object?.startsWith('manifests/') === true;
}

/** Whose a file is, by its place. @param topology of the fleet */
export function subjectOf({ clusterType, path }: Pick<StateFile, 'clusterType' | 'path'>, topology: FleetRecord['topology']): Subject {
  if (topology === 'dimensions') {
    const [, app] = template.exec(path) ?? [];
    if (app !== undefined) return { app };
    const [, owner = path, object] = manifest.exec(path) ?? [];
    return { app: owner, object: `manifests/${object}` };
  }
  if (clusterType === membersName) return { app: settingsName, object: path.replace(/\.yaml$/, '') };
  // Of charts that were rendered to be looked at: a cluster gets a component from one Argo CD.
  const [, owner, made] = manifest.exec(path) ?? [];
  if (owner !== undefined) return { app: owner, object: `manifests/${made}` };
  const [, component] = values.exec(path) ?? [];
  if (component !== undefined) return { app: component, object: 'values' };
  const [, deployer, app = path] = deployed.exec(path) ?? [];
  return { app, deployer };
}

/** What an object of a member is called for all of them: the member's name in its place is `*`, as in `hub-1/argocd/members/*`. */
export function objectOfAll(object: string, target: string): string {
  const name = nameIn(target);
  return object
    .split('/')
    .map((part) => (part === name ? '*' : part))
    .join('/');
}

/** The other way around: what it is called at one of them. */
export function objectAt(object: string, target: string): string {
  const name = nameIn(target);
  return object
    .split('/')
    .map((part) => (part === '*' ? name : part))
    .join('/');
}

/** The name of a cluster in a fleet of hubs: the last part of its path. */
export function nameIn(target: string): string {
  return target.slice(target.lastIndexOf('/') + 1);
}

/** How many apps some targets of a cluster type have, each counted at each target. */
export function appsAt({ files, fleet }: State, clusterType: string, targets: ReadonlySet<string>): number {
  return files.filter((file) => file.clusterType === clusterType && targets.has(file.target) && subjectOf(file, fleet.topology).object === undefined).length;
}
