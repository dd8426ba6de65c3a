import type { Plain } from '../layer';

/** A rule of a fleet's own: what may not be done with it in one change. */
export interface RuleConfig {
  /** What statements and exemptions call it: lower-case words joined by `-`, and none of this tool's. */
  readonly id: string;
  /** What it demands, in one sentence. */
  readonly what: string;
  readonly why: string;
  /** What to do instead. */
  readonly wayOut: string;
  /** Everything in a change that it does not allow: a generator, or a function that returns a list. It is pure: no clock, no files, no network. */
  judge(change: RuleChange): Iterable<RuleFinding>;
}

/** One thing that a rule does not allow. */
export interface RuleFinding {
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
  /** `CLUSTER-TYPE/APP`. @default - it is about whatever changes at the targets */
  readonly app?: string;
  /** The node that it is about; `*` for the whole fleet. @default - the deepest one that all targets lie in */
  readonly path?: string;
  /** Where it shows: what is allowed is what changes there. @default - where the app changes, at or below the path; without both it is about the change as a whole, and nothing allows it */
  readonly targets?: readonly string[];
  readonly expected?: string;
  readonly found?: string;
  /** What to do. @default - the way out of the rule */
  readonly hint?: string;
  /** @default 'error'; a warning refuses nothing */
  readonly severity?: 'error' | 'warning';
}

/** A change of the rendered fleet, as a rule of its own sees it: frozen data alone. */
export interface RuleChange {
  /** `1a2b3c4 (Roll it out)`; `what is not committed`. */
  readonly name: string;
  /** The commits that bring it, the newest first: one, or with a merge those of the branch as well. None of what is not committed. */
  readonly commits: readonly RuleCommit[];
  /** The dimensions, in the singular, from the outermost in. */
  readonly dimensions: readonly string[];
  /** All targets after the change, in the order in which changes reach them. */
  readonly sequence: readonly string[];
  /** Fields that say something else, target by target. With an app or a target that comes or goes all its fields do. */
  readonly fields: readonly ChangedField[];
  /** Apps, and objects beside them, that come, go, or get another Argo CD as their deployer: at each target. */
  readonly apps: readonly ChangedApp[];
  /** Targets of cluster types that come and go. */
  readonly targets: readonly ChangedTarget[];
}

/** A commit, as it says itself: Git believes whatever it is told. */
export interface RuleCommit {
  readonly hash: string;
  /** The first paragraph of its message. */
  readonly subject: string;
  /** The rest of it, trailers included. */
  readonly body: string;
  readonly author: RulePerson;
  readonly committer: RulePerson;
  readonly trailers: readonly { readonly key: string; readonly value: string }[];
}

export interface RulePerson {
  readonly name: string;
  readonly email: string;
}

/** A target, with the names of its dimensions: `at.environment === 'production'`. */
export interface RuleTarget {
  readonly clusterType: string;
  /** `production/prod-canary/us-east1` */
  readonly target: string;
  readonly at: { readonly [dimension: string]: string };
}

/** A field of an app, or of an object beside it, that says something else at a target. */
export interface ChangedField extends RuleTarget {
  readonly app: string;
  /** `manifests/configmap-settings`, or in fleets of hubs `values`. @default - the app's own manifest */
  readonly object?: string;
  /** As Argo CD spells it, from the spec down: `source.helm.valuesObject.replicas`; of other objects from the top. */
  readonly field: string;
  /** @default - it was not set */
  readonly before?: Plain;
  /** @default - it is set no more */
  readonly after?: Plain;
  /** What says so now: `base`, `override production`, `patch-001 production/prod-canary`. @default - no layer does, or nobody recorded it */
  readonly layer?: string;
  /** What said so before. */
  readonly layerBefore?: string;
}

export interface ChangedApp extends RuleTarget {
  readonly app: string;
  /** @default - the app itself */
  readonly object?: string;
  readonly kind: 'comes' | 'goes' | 'moves';
}

export interface ChangedTarget extends RuleTarget {
  readonly kind: 'comes' | 'goes';
}
