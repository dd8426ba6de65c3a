/**
 * Where evidence is asked: a target, with its names by dimension (`at.region`), and of hubs and spokes what their targets tell besides
 * (`at.hub`, `at.model`). Names are not those of the registered fleet: that is the one which is being written here.
 */
export interface EvidenceTarget {
  /** The complete path: `production/prod-canary/us-east1`. */
  readonly path: string;
  readonly clusterType: string;
  // biome-ignore lint/suspicious/noExplicitAny: dimensions are called as the fleet says
  readonly [name: string]: any;
}

/** What evidence is about: a change, at a target that it has reached. */
export interface EvidenceStep {
  /** The target: `at.path`, `at.region`. */
  readonly at: EvidenceTarget;
  readonly clusterType: string;
  /** The app, or the file of several apps that roll out as one. */
  readonly app: string;
  /** The apps that the change is about: one, or those of the file. */
  readonly apps: readonly string[];
  readonly patch: string;
  /** How long it has to have been good, in milliseconds. */
  readonly soak: number;
}

/** What evidence says. */
export type Answer =
  /** @param since since when it has been good without a break. @default - it cannot tell */
  | { readonly is: 'good'; readonly since?: Date }
  /** It failed: a rollout stops. @param why the end of a sentence */
  | { readonly is: 'bad'; readonly why: string }
  /** It may become good yet. */
  | { readonly is: 'not-yet'; readonly why: string }
  /** Nobody knows. */
  | { readonly is: 'no-answer'; readonly why: string };

export type AnswerWord = Answer['is'];

/** The words of answers, from the best to the worst. */
export const answerWords: readonly AnswerWord[] = ['good', 'not-yet', 'no-answer', 'bad'];

/** What every piece of evidence may say that is asked over the network. */
export interface AskedOptions {
  /** What trailers and messages call it: a word; where a target has several of a kind, each needs one. @default - its kind */
  readonly name?: string;
  /** The environment variable that holds the token. It is sent to the origin of the address beside it, and nowhere else. @default - it asks without a token */
  readonly tokenEnv?: string;
  /** A file of certificates (PEM) that are trusted besides those of the system, from the configuration folder. @default - those of the system alone */
  readonly caFile?: string;
  /** How long one request may take: `30s`. @default '10s' */
  readonly timeout?: string;
}

export interface ArgoCDOptions extends AskedOptions {
  /** The address of the Argo CD that has the Applications of a target; several, where a target has clusters with one each. */
  readonly server: string | ((at: EvidenceTarget) => string | ArgoCDServer | readonly (string | ArgoCDServer)[]);
  /** How long ago Argo CD may have looked at an Application for what it says to be an answer: `30m`; `0s` for however long. @default '1h' */
  readonly refreshedWithin?: string;
}

/** One of several Argo CDs, with a token or certificates of its own. */
export interface ArgoCDServer extends Pick<AskedOptions, 'tokenEnv' | 'caFile'> {
  readonly url: string;
}

export interface PrometheusOptions extends AskedOptions {
  /** The address of what answers as Prometheus does, up to `/api/v1`. */
  readonly url: string | ((at: EvidenceTarget) => string);
  /** What is asked, in PromQL. */
  readonly query: string | ((step: EvidenceStep) => string);
  /** Whether a value is good. It is asked for every value of every series, over the soak time. */
  readonly holds: (value: number) => boolean;
}

export interface CommandOptions {
  /** What trailers and messages call it: a word. @default 'command' */
  readonly name?: string;
  /** How long it may take: `10m`. @default '5m' */
  readonly timeout?: string;
}

/** Evidence as configuration holds it: what `argoCD()`, `prometheus()` and `command()` return, or a function. */
export type Evidence =
  | { readonly argoCD: ArgoCDOptions }
  | { readonly prometheus: PrometheusOptions }
  | { readonly command: CommandOptions & { readonly run: string } }
  | EvidenceFunction;

export type EvidenceFunction = (step: EvidenceStep) => Answer | Promise<Answer>;

export type EvidenceKind = 'argoCD' | 'prometheus' | 'command' | 'function';

/** What evidence of a kind is made of. */
export type OptionsOf<K extends Exclude<EvidenceKind, 'function'>> = Extract<Evidence, { readonly [key in K]: unknown }>[K];

/** How evidence is called: a word of a trailer. */
export const evidenceName = /^[A-Za-z][\w.-]*$/;

export function kindOf(evidence: Evidence): EvidenceKind {
  return typeof evidence === 'function' ? 'function' : (Object.keys(evidence)[0] as EvidenceKind);
}

/** What trailers and messages call a piece of evidence. */
export function nameOfEvidence(evidence: Evidence): string {
  if (typeof evidence === 'function') return evidence.name !== '' && evidenceName.test(evidence.name) ? evidence.name : 'function';
  const [[kind, options]] = Object.entries(evidence) as [[string, { readonly name?: string }]];
  return options.name ?? kind;
}
