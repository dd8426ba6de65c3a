import type { State } from '../../../changes/state';
import { FleetError, HubFleet } from '../../../constructs';
import { secretLookalikes } from '../../../constructs/argocd/secrets/secret-lookalikes';
import { getOr } from '../../../layers/get-or';
import type { Plain } from '../../../layers/layer';
import { isMap } from '../../../layers/plain-data';
import { Applications } from '../../../rollout/evidence/applications';
import { hasAny, type RenderedPart, type RunningApplication, type RunningFacts, runningApplications } from '../../../rollout/evidence/running';
import type { SecretPlace } from '../../../rollout/evidence/shown';
import type { Reply } from '../../../store/evidence/ask-all';
import { History } from '../../../store/git/history';
import type { LoadedFleet } from '../load-fleet';
import { askedState } from '../state/asked-state';
import { hasNothing, noServer } from './argo-cd';
import { applicationsIn, type ListedApplications } from './argo-cd-list';
import { AskingProblems, type ServerQuestion } from './asking';
import { outsideOf } from './outside';
import { nameIn, RenderedParts } from './rendered-parts';
import { type RunningPlace, runningPlaces } from './running-targets';
import { type AskedBeside, askAlone } from './see-evidence';

/** What runs, against what Git has rendered for it. */
export interface RunningFleet {
  /** What Git has: `HEAD (1a2b3c4)`. */
  readonly of: string;
  /** In sequence: those whose nodes give evidence of Argo CD. */
  readonly targets: readonly RunningTarget[];
}

export interface RunningTarget {
  /** @default - all, of hubs and spokes */
  readonly clusterType?: string;
  readonly target: string;
  /** Why not all is known of it, each a sentence without a full stop; none where it is. */
  readonly unknown: readonly string[];
  readonly applications: readonly RunningApplication[];
}

/** What is looked at. @default - everything */
export interface RunningScope {
  readonly clusterType?: string | undefined;
  /** Apps of the cluster type. */
  readonly apps?: readonly string[] | undefined;
}

/** Why nothing is asked: the end of a sentence. */
export interface Unasked {
  readonly unknown: string;
}

/**
 * What runs, as the Argo CDs of all targets say it.
 *
 * @param ask asks what it is given, with what else there is to ask. @default - with nothing else
 * @throws FleetError (`evidence`) before anything is asked where a token is not set, or an address is none
 */
export function seeRunning(
  fleet: LoadedFleet,
  scope: RunningScope,
  ask: (beside?: AskedBeside) => void = (beside) => beside && askAlone(beside),
): RunningFleet | Unasked {
  const plan = planRunning(fleet, scope);
  if ('unknown' in plan) {
    ask();
    return plan;
  }
  ask(plan);
  return plan.found;
}

function planRunning(fleet: LoadedFleet, scope: RunningScope): RunningQuestions | Unasked {
  const problems = new AskingProblems(fleet.config);
  if (!fleet.output.nodes.some(({ node: { evidence = [] } }) => evidence.some((one) => typeof one !== 'function' && 'argoCD' in one))) {
    return { unknown: 'no node gives evidence of Argo CD' };
  }
  try {
    const { state, revision } = askedState(fleet.fleet, fleet.config, fleet.fleet.revision);
    const history = new History(fleet.config);
    return runningQuestions(fleet, { state, changedSince: (commit) => history.changedBetween(commit, revision.hash) }, scope, problems);
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    return { unknown: error.problems.map(({ message }) => message).join('; ') };
  }
}

/** What Git has. */
export interface Recorded extends Pick<RunningFacts, 'changedSince'> {
  readonly state: State;
}

export function runningQuestions(fleet: LoadedFleet, { state, changedSince }: Recorded, scope: RunningScope, problems: AskingProblems): RunningQuestions {
  const places = runningPlaces(fleet, state, scope.clusterType, problems);
  const parts = new RenderedParts(
    fleet,
    state,
    places.flatMap(({ files }) => files),
  );
  return new RunningQuestions(fleet, { name: state.name, places, parts, scope, problems, changedSince });
}

interface Plan extends Pick<RunningFacts, 'changedSince'> {
  readonly name: string;
  readonly places: readonly RunningPlace[];
  readonly parts: RenderedParts;
  readonly scope: RunningScope;
  readonly problems: AskingProblems;
}

/** What Argo CDs are asked, each once, and what comes of it. */
class RunningQuestions implements AskedBeside {
  readonly questions: readonly ServerQuestion[];
  readonly problems: AskingProblems;
  readonly #fleet: LoadedFleet;
  readonly #plan: Plan;
  readonly #known = new Map<string, Applications>();
  readonly #changed = new Map<string, readonly string[] | undefined>();
  readonly #servers = new WeakMap<object, string>();
  #found: RunningFleet | undefined;

  constructor(fleet: LoadedFleet, plan: Plan) {
    this.#fleet = fleet;
    this.#plan = plan;
    this.problems = plan.problems;
    this.questions = [...new Map(plan.places.flatMap(({ questions }) => questions.map((question) => [question.url, question]))).values()];
  }

  /** What they said, once they were asked. */
  get found(): RunningFleet {
    return this.#found as RunningFleet;
  }

  /** @param replies one for each of the questions */
  readonly take = (replies: readonly Reply[]): void => {
    const lists = new Map<string, ListedApplications>();
    for (const [index, { server }] of this.questions.entries()) {
      const list = applicationsIn(replies[index] as Reply);
      lists.set(server, list);
      if ('items' in list) for (const item of list.items) if (isMap(item)) this.#servers.set(item, server);
    }
    const outside = outsideOf(this.#fleet, this.problems);
    const targets = this.#plan.places.map((place) => {
      const { unknown, applications, ...target } = this.#inScope(this.#targetAt(place, lists));
      return { ...target, unknown: unknown.map((why) => outside.text(why)), applications: applications.map((one) => outside.application(one)) };
    });
    this.#found = { of: this.#plan.name, targets };
  };

  #targetAt(place: RunningPlace, lists: ReadonlyMap<string, ListedApplications>): RunningTarget {
    const { clusterType, target, files, hub } = place;
    const { fleet } = this.#fleet;
    const { repository } = fleet;
    const isHub = fleet instanceof HubFleet;
    const asked = isHub ? [place, ...this.#deployersOf(place)] : [place];
    const all = [...new Set(asked.flatMap(({ questions }) => questions.map(({ server }) => server)))].map(
      (server) => [server, lists.get(server) as ListedApplications] as const,
    );
    const silent = all.flatMap(([server, list]) => ('none' in list ? [`${server} does not answer: ${list.none}`] : []));
    const answered = all.flatMap(([server, list]) => ('items' in list ? [[server, list.items] as const] : []));
    // A hub has what it deploys to a spoke, and the spoke the rest; elsewhere the root may be in one, and what it brings in others.
    const sets = isHub
      ? answered.map(([server, items]) => this.#applications(server, [items]))
      : [
          this.#applications(
            answered.map(([server]) => server).join(' '),
            answered.map(([, items]) => items),
          ),
        ];
    const parts = this.#plan.parts.of(target, clusterType ?? '', files, hub);
    const owner = this.#plan.parts.ownerOf(target);
    const found = new Set<RenderedPart>();
    const serverOf = all.length > 1 ? { serverOf: (application: object) => this.#servers.get(application) } : {};
    const changedSince = (commit: string) => this.#changedSince(commit);
    const facts = { repository, owner, isPartial: !isHub && silent.length > 0, changedSince, secretsIn, ...serverOf };
    const applications = sets.flatMap((set) => {
      const own = parts.filter(({ folder }) => set.applying({ repository, folder }).length > 0);
      for (const part of own) found.add(part);
      return own.length === 0 ? [] : runningApplications(own, { applications: set, ...facts });
    });
    const missing = parts.filter((part) => !found.has(part)).map(({ folder }) => `no Application applies ${folder} there`);
    const without = missing.length > 0 && place.questions.length === 0 ? [noServer] : missing;
    // Whoever does not answer may be the one that has it.
    const apart = silent.length > 0 && (!isHub || without.length > 0) ? silent : without;
    const own = new Set(place.questions.map(({ server }) => server));
    const empty = answered.flatMap(([server, items]) => {
      const applications = this.#applications(server, [items]);
      const isEmpty = own.size > 1 && own.has(server) && !hasAny(parts, { applications, repository, owner }, isHub ? applications : sets[0]);
      return isEmpty ? [hasNothing(server)] : [];
    });
    const unread = [...new Set(applications.flatMap((one) => one.unread ?? []))].map((commit) => `this clone does not know ${commit}, which is synced there`);
    return { ...(clusterType === undefined ? {} : { clusterType }), target, unknown: [...apart, ...empty, ...unread], applications };
  }

  /** Many have synced the same. */
  #changedSince(commit: string): readonly string[] | undefined {
    if (!this.#changed.has(commit)) this.#changed.set(commit, this.#plan.changedSince(commit));
    return this.#changed.get(commit);
  }

  /** Members whose Argo CDs deploy to one. */
  #deployersOf({ target, files, hub }: RunningPlace): readonly RunningPlace[] {
    const deployers = new Set([hub, ...files.map(({ path }) => path.split('/')[0])]);
    return this.#plan.places.filter((place) => place.target !== target && deployers.has(nameIn(place.target)));
  }

  /** Those of several answers as one, read once. */
  #applications(key: string, lists: readonly (readonly unknown[])[]): Applications {
    return getOr(this.#known, key, () => new Applications(lists.flat()));
  }

  #inScope(target: RunningTarget): RunningTarget {
    const { clusterType, apps } = this.#plan.scope;
    const isAsked = (one: RunningApplication) =>
      apps === undefined
        ? clusterType === undefined || target.clusterType !== undefined || one.clusterType === clusterType
        : one.clusterType === clusterType && one.app !== undefined && apps.includes(one.app);
    return { ...target, applications: target.applications.filter(isAsked) };
  }
}

/** The fleet's own search: what runs is published as what Git has. */
function secretsIn(spec: unknown): readonly SecretPlace[] {
  return secretLookalikes(spec as Plain);
}
