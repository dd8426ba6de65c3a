import { type State, type StateFile, subjectOf } from '../../../changes/state';
import { HubFleet } from '../../../constructs';
import { getOr } from '../../../layers/get-or';
import type { Answer, ArgoCDOptions, AskedOptions, EvidenceTarget } from '../../../layers/law/evidence';
import { isMap } from '../../../layers/plain-data';
import { parseDuration } from '../../../layers/text/duration';
import { Applications } from '../../../rollout/evidence/applications';
import { answerOfArgoCD, type RenderedApplication, worstOf } from '../../../rollout/evidence/argo-cd';
import { hasAny, type RenderedPart } from '../../../rollout/evidence/running';
import { isPattern } from '../../../rollout/evidence/same-spec';
import type { Reply } from '../../../store/evidence/ask-all';
import type { LoadedFleet } from '../load-fleet';
import { allApplications, applicationsIn } from './argo-cd-list';
import type { Ask, Asked, Asking, AskingProblems } from './asking';
import { nameIn, RenderedParts } from './rendered-parts';

/** What evidence of Argo CD is judged by, besides what it says. */
export interface ArgoCDPlace {
  readonly fleet: LoadedFleet;
  /** What is rendered at the targets that are asked about. */
  readonly state: State;
  /** What the clock says, in milliseconds. */
  readonly now: number;
  /** Whether each Argo CD is asked for all that it has, since others want to know. @default - of hubs, for what a target has */
  readonly isOfAll?: boolean;
  /** Whether a commit contains the change, at a target. @returns `undefined` where that cannot be told; a text where the change is in no commit yet */
  contains(ask: Ask, commit: string): boolean | undefined | string;
}

/** Why nothing is known of a target of which `server` gives nothing. */
export const noServer = "'server' names no Argo CD for it";

/** Why nothing is known of a target, of which one of several Argo CDs has nothing: it is new, or shows nothing to this token. */
export function hasNothing(server: string): string {
  return `${server} shows no Application of it, neither its root nor what is rendered`;
}

export function askArgoCD(ask: Ask, options: ArgoCDOptions, place: ArgoCDPlace, problems: AskingProblems): Asking {
  const parts = partsAt(ask, place);
  const paths = pathsAt(ask, place);
  const servers = serversAt(ask.step.at, ask.asked, options, problems);
  const questions = servers.flatMap(([base, own]) => paths.flatMap((path) => problems.question(ask.asked, base, path, own) ?? []));
  return {
    questions,
    answer: (replies) => {
      if (questions.length === 0) return { is: 'no-answer', why: noServer };
      const silent: Answer[] = [];
      const byServer = new Map<string, (readonly unknown[])[]>();
      for (const [index, { server }] of questions.entries()) {
        const list = applicationsIn(replies[index] as Reply);
        if ('none' in list) silent.push({ is: 'no-answer', why: list.none });
        else getOr(byServer, server, () => []).push(list.items);
      }
      const without = silent.length > 0 ? [] : serversWithout(ask, byServer, place).map((why): Answer => ({ is: 'no-answer', why }));
      // What one of them calls bad is bad, whatever the others know.
      return worstOf([...silent, ...without, judged(ask, options, parts, [...byServer.values()].flat(2), place)]);
    },
  };
}

/** The Argo CDs of a target, as the configuration says them: addresses, if it is right, each with how it is asked. */
export function serversAt(at: EvidenceTarget, asked: Asked, options: ArgoCDOptions, problems: AskingProblems): readonly (readonly [unknown, AskedOptions])[] {
  const { server } = options;
  const said = typeof server === 'string' ? server : problems.call(asked, 'server', () => server(at) as unknown);
  const servers: readonly unknown[] = said === undefined ? [] : Array.isArray(said) ? said : [said];
  return servers.map((one) => (isMap(one) ? [one.url, { ...options, ...one }] : [one, options]));
}

/** Where clusters have labels, those of the fleet's own repository and those of the target are asked for: one Argo CD may have those of hundreds. */
function pathsAt(ask: Ask, { fleet: { fleet }, isOfAll = false }: ArgoCDPlace): readonly string[] {
  if (isOfAll || !(fleet instanceof HubFleet)) return [allApplications];
  const label = `${fleet.labelPrefix}/cluster=${nameIn(ask.asked.target)}`;
  return [`?repo=${encodeURIComponent(fleet.repository)}`, `?selector=${encodeURIComponent(label)}`].map((query) => `${allApplications}${query}`);
}

function judged(ask: Ask, { refreshedWithin }: ArgoCDOptions, parts: readonly AskedPart[], all: readonly unknown[], place: ArgoCDPlace): Answer {
  const { repository } = place.fleet.fleet;
  const applications = new Applications(all).all;
  let uncommitted: string | undefined;
  const contains = (commit: string) => {
    const found = place.contains(ask, commit);
    if (typeof found !== 'string') return found;
    uncommitted = found;
    return false;
  };
  const isLabelled = place.fleet.fleet instanceof HubFleet;
  const within = parseDuration(refreshedWithin ?? '1h') ?? 0;
  const facts = { applications, repository, isLabelled, contains, ...(within === 0 ? {} : { refreshed: { within, now: place.now } }) };
  const answer = worstOf(parts.map((part) => answerOfArgoCD({ ...part, ...facts })));
  return uncommitted === undefined || answer.is !== 'not-yet' ? answer : { is: 'not-yet', why: uncommitted };
}

/** Which of several Argo CDs have nothing of a target, whatever it is: one alone has no root then. */
function serversWithout({ asked: { target }, view, step }: Ask, byServer: ReadonlyMap<string, readonly (readonly unknown[])[]>, { fleet, state }: ArgoCDPlace) {
  if (byServer.size < 2) return [];
  const { clusterType } = view.state;
  const files = state.files.filter((file) => file.target === target && (file.clusterType === clusterType || fleet.fleet instanceof HubFleet));
  const rendered = new RenderedParts(fleet, state, files);
  const parts = rendered.of(target, clusterType, files, hubOf(step.at));
  const facts = { repository: fleet.fleet.repository, owner: rendered.ownerOf(target) };
  const all = new Applications([...byServer.values()].flat(2));
  const isThere = (items: readonly (readonly unknown[])[]) => hasAny(parts, { applications: new Applications(items.flat()), ...facts }, all);
  return [...byServer].flatMap(([server, items]) => (isThere(items) ? [] : [hasNothing(server)]));
}

/** The Applications of a change at a target, by who deploys them; with all that the target has, where one is known by a pattern. */
interface AskedPart extends RenderedPart {
  readonly all?: readonly RenderedApplication[];
}

function partsAt({ view, asked: { target }, step }: Ask, { fleet, state }: ArgoCDPlace): readonly AskedPart[] {
  const { clusterType } = view.state;
  const appOf = (file: StateFile) => {
    const { app, object } = subjectOf(file, state.fleet.topology);
    return object === undefined ? app : undefined;
  };
  const all = state.files.filter((file) => file.clusterType === clusterType && file.target === target && appOf(file) !== undefined);
  const own = all.filter((file) => view.apps.includes(appOf(file) as string));
  // What is said of a group, its release say, is about whatever the target has of it.
  const about = own.length === 0 && fleet.fleet instanceof HubFleet ? all : own;
  const parts = new RenderedParts(fleet, state, about).of(target, clusterType, about, hubOf(step.at));
  if (!parts.some(({ rendered }) => rendered.some(({ name }) => isPattern(name)))) return parts;
  const rendered = new RenderedParts(fleet, state, all).of(target, clusterType, all, hubOf(step.at)).flatMap((part) => part.rendered);
  return parts.map((part) => ({ ...part, all: rendered }));
}

export function hubOf(at: Ask['step']['at']): string {
  return String((at as { readonly hub?: unknown }).hub ?? '');
}
