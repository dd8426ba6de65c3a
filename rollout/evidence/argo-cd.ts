import type { Answer } from '../../layers/law/evidence';
import { isMap } from '../../layers/plain-data';
import { durationText } from '../../layers/text/duration';
import {
  applies,
  type FleetFolder,
  isOfFleet,
  isOfPresent,
  mapOf,
  nameOf,
  saidIn,
  sourceIn,
  sourcesOf,
  statusOf,
  syncing,
  textOf,
  type Unread,
} from './application';
import { Applications } from './applications';
import { Belonging } from './belonging';
import { firstDifference } from './same-spec';

/** An Application as it is rendered for a target: texts may have templates in them, which Argo CD or the cluster fills in. */
export interface RenderedApplication {
  readonly name: string;
  /** Where it is itself. @default - nobody knows: any that is called so is it */
  readonly namespace?: string;
  /** @default - something changes it that nobody can compute here */
  readonly spec?: unknown;
}

/** What is known of a target, and of the Argo CDs that have its Applications. */
export interface ArgoCDFacts extends FleetFolder {
  /** Every Application that they gave out, once. */
  readonly applications: readonly unknown[];
  /** The Applications that the change is about. */
  readonly rendered: readonly RenderedApplication[];
  /** All of the target, these among them. @default - these are all */
  readonly all?: readonly RenderedApplication[];
  /** Whether something else than the root says whose an Application is, as labels do of hubs and spokes. @default false */
  readonly isLabelled?: boolean;
  /** How long ago Argo CD may have looked at an Application, in milliseconds: one whose controller stands still says what was. @default - ever so long */
  readonly refreshed?: { readonly within: number; readonly now: number };
  /** Whether a commit contains the change. @returns `undefined` where this clone does not know the commit */
  contains(commit: string): boolean | undefined;
}

/** What Argo CD says of a change at a target. The worst of its Applications counts, and the last of them to become good. */
export function answerOfArgoCD(facts: ArgoCDFacts): Answer {
  const all = facts.applications.filter(isMap);
  const roots = all.filter((one) => applies(one, facts));
  if (roots.length === 0) return { is: 'no-answer', why: `no Application applies ${facts.folder} there` };
  const belonging = new Belonging(new Applications(all), facts.isLabelled ? [] : roots, facts.all ?? facts.rendered);
  const answers = [
    // What is no Application is judged by what brings it.
    ...roots.map((root) => (facts.rendered.length === 0 ? answerOfOne(root, { name: nameOf(root) }, facts) : atRevision(root, facts))),
    ...facts.rendered.flatMap((rendered) => {
      const [found, wanted] = [belonging.of(rendered), belonging.wanted(rendered)];
      const missing =
        found.length === 0 ? `there is no Application ${rendered.name} yet` : `of ${wanted} Applications ${rendered.name} there are ${found.length}`;
      return [...found.map((one) => answerOfOne(one, rendered, facts)), ...(found.length < wanted ? [waits(missing)] : [])];
    }),
  ];
  return worstOf(answers);
}

/** From the worst. */
const order: readonly Answer['is'][] = ['bad', 'no-answer', 'not-yet'];

/** The worst of several answers; of good ones the last to become so. */
export function worstOf(answers: readonly Answer[]): Answer {
  for (const is of order) {
    const found = answers.find((one) => one.is === is);
    if (found) return found;
  }
  const times = answers.map((one) => (one.is === 'good' ? one.since?.getTime() : undefined));
  if (times.length === 0 || times.includes(undefined)) return { is: 'good' };
  return { is: 'good', since: new Date(Math.max(...(times as number[]))) };
}

function answerOfOne(application: Unread, { spec }: RenderedApplication, facts: ArgoCDFacts): Answer {
  const name = nameOf(application);
  if (mapOf(application.metadata).deletionTimestamp !== undefined) return waits(`${name} is being deleted`);
  const difference = spec === undefined ? undefined : firstDifference(application.spec, spec);
  if (difference !== undefined) return waits(`${name} is not what is rendered: ${difference}`);
  const revision = atRevision(application, facts);
  if (revision.is !== 'good') return revision;
  const { sync, health, operationState, reconciledAt } = statusOf(application);
  const [looked, { within, now }] = [timeOf(reconciledAt), facts.refreshed ?? { within: Number.POSITIVE_INFINITY, now: 0 }];
  if (looked !== undefined && looked + within < now) return { is: 'no-answer', why: `Argo CD has not looked at ${name} for more than ${durationText(within)}` };
  // What it says of its health is about what it was then.
  if (!isOfPresent(application, mapOf(sync.comparedTo))) return waits(`${name} has changed since Argo CD looked at it`);
  const phase = textOf(operationState.phase);
  if ((phase === 'Failed' || phase === 'Error') && isAbout(application, facts)) {
    return { is: 'bad', why: `the sync of ${name} failed: ${saidIn(operationState.message)}` };
  }
  const isHealthy = textOf(health.status);
  if (isHealthy === 'Degraded') {
    const why = health.message ? `: ${saidIn(health.message)}` : '';
    return isOlder(application) ? waits(`${name} is Degraded since before it was deployed${why}`) : { is: 'bad', why: `${name} is Degraded${why}` };
  }
  const operation = syncing(application);
  if (operation !== undefined) return waits(`${name} ${operation}`);
  if (textOf(sync.status) !== 'Synced') return waits(`${name} is ${textOf(sync.status) || 'of no known state'}`);
  if (isHealthy !== 'Healthy') return waits(`${name} is ${isHealthy || 'of no known health'}`);
  return goodSince(application);
}

/** Whether the last operation is one with the change. One that came to nothing says of no source; where all is Synced since, it is an older one. */
function isAbout(application: Unread, { repository, contains }: ArgoCDFacts): boolean {
  const { sync, operationState } = statusOf(application);
  const result = mapOf(operationState.syncResult);
  if (sourceIn(result) === undefined) return textOf(sync.status) !== 'Synced';
  if (!isOfPresent(application, result)) return false;
  const revisions = Array.isArray(result.revisions) && result.revisions.length > 0 ? result.revisions : [result.revision];
  return sourcesOf(application).every(
    ({ source }, index) => !isOfFleet(source, repository) || textOf(revisions[index]) === '' || contains(textOf(revisions[index])) !== false,
  );
}

/** Whether its health is from before it was deployed last: another change made it so. */
function isOlder(application: Unread): boolean {
  const { health, history } = statusOf(application);
  const [since, deployed] = [timeOf(health.lastTransitionTime), timeOf(history.at(-1)?.deployedAt)];
  return since !== undefined && deployed !== undefined && since < deployed;
}

/** The later of when it became healthy and when it was last deployed: it may have been healthy before the change came. */
function goodSince(application: Unread): Answer {
  const { health, operationState, history } = statusOf(application);
  const healthy = timeOf(health.lastTransitionTime);
  if (healthy === undefined) return { is: 'good' };
  const deployed = timeOf(history.at(-1)?.deployedAt) ?? timeOf(operationState.finishedAt) ?? healthy;
  return { is: 'good', since: new Date(Math.max(healthy, deployed)) };
}

/** Whether what an Application synced of the fleet's repository contains the change. It may be good since ever: time is the matter of others. */
function atRevision(application: Unread, facts: ArgoCDFacts): Answer {
  const name = nameOf(application);
  for (const { source, revision } of sourcesOf(application)) {
    if (!isOfFleet(source, facts.repository)) continue;
    if (revision === '') return waits(`${name} has synced nothing yet`);
    const contained = facts.contains(revision);
    if (contained === undefined) return { is: 'no-answer', why: `${name} has synced ${revision.slice(0, 7)}, which this clone does not know` };
    if (!contained) return waits(`${name} has synced ${revision.slice(0, 7)}, which is without the change`);
  }
  return { is: 'good', since: new Date(0) };
}

function waits(why: string): Answer {
  return { is: 'not-yet', why };
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
