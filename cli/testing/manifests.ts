import type { ApplicationSetSpec, ApplicationSpec, AppProjectSpec } from '../../imports/argoproj.io.types';

/** What any Kubernetes object says besides its kind. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: { readonly [label: string]: string };
  readonly annotations?: { readonly [annotation: string]: string };
  readonly finalizers?: readonly string[];
}

/** An Application as Argo CD gets it. */
export interface Application {
  readonly apiVersion: string;
  readonly kind: 'Application';
  readonly metadata: ObjectMetadata;
  readonly spec: ApplicationSpec;
}

/** An ApplicationSet as Argo CD gets it. */
export interface ApplicationSet {
  readonly apiVersion: string;
  readonly kind: 'ApplicationSet';
  readonly metadata: ObjectMetadata;
  readonly spec: ApplicationSetSpec;
}

/** An AppProject as Argo CD gets it. */
export interface AppProject {
  readonly apiVersion: string;
  readonly kind: 'AppProject';
  readonly metadata: ObjectMetadata;
  readonly spec: AppProjectSpec;
}

/** Any Kubernetes object. */
export interface AnyManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [key: string]: unknown;
}

/** What an app is rendered to. `kind` tells which. */
export type AppManifest = Application | ApplicationSet | AppProject;
