import type { Plain } from '../../layers/layer';
import type { Branch } from '../../layers/node';
import type { Manifest } from '../../layers/output';
import type { Problem } from '../../layers/problem';
import type { ArgoCDVersion } from '../../layers/shape/fields-since';
import type { ApplicationPlacement } from '../tree/config/app-config';
import type { LostValue } from './lost-values';

/** A rule's word on a manifest: at which path of keys from its top, and what is wrong. */
export type Remark = Pick<Problem, 'code' | 'message' | 'expected' | 'found' | 'hint' | 'severity'> & {
  readonly path: readonly string[];
  /** Whether whatever else is wrong at the path, or below it, follows from this. @default false */
  readonly isCause?: boolean;
  /** Whether it is the app that should say it, whoever says what is there: a cluster type has many apps. @default false */
  readonly isOwn?: boolean;
  /** How a person would name it who says that it is none, with a reason. @default - nobody can */
  readonly key?: string;
};

/** A map in a manifest: its spec, a source. */
export type Spec = { readonly [key: string]: Plain };

/**
 * Who makes a manifest: the layers of an app; users' code, by JSON patches and constructs of its own; users' code whose
 * manifests are applied as they are; the fields of a hub's component, as an Application made of nothing else; its
 * values, in a manifest that is none; the tool itself, for hubs and spokes; somebody's Helm chart, by its templates.
 */
export type Maker = 'layers' | 'customize' | 'workloads' | 'component' | 'component-values' | 'hub' | 'chart';

/** What rules look at. */
export interface ManifestSubject {
  readonly maker: Maker;
  /** As it is said: sources by name, nulls among values. Paths of remarks are paths in here. */
  readonly written: Manifest;
  /** As it is rendered. */
  readonly manifest: Manifest;
  /** What users' code says and `written` does not show. @default - nothing */
  readonly lost?: readonly LostValue[];
  /** The layers it is made of, merged. @default - no layers */
  readonly values?: Branch;
  /** Whether none of its text, nor that of `values`, looks like a token and is none. @default false */
  readonly isClean?: boolean;
  /** In whose Argo CD it lives. @default 'cluster' */
  readonly placement?: ApplicationPlacement;
  /** The oldest Argo CD that reads it. @default - the newest that is known */
  readonly argoCD?: ArgoCDVersion;
  /** Whether the app declares workloads. @default false */
  readonly hasWorkloads?: boolean;
}

/** One kind of mistake, looked for in one manifest. A pure function. */
export type ManifestRule = (subject: ManifestSubject) => readonly Remark[];

export function isMap(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
