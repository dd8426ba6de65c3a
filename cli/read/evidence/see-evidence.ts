import type { PatchView } from '../../../constructs';
import { getOr } from '../../../layers/get-or';
import { type Answer, type Evidence, kindOf, type OptionsOf } from '../../../layers/law/evidence';
import { askedEvidence } from '../../../rollout/evidence/asked';
import type { SeenEvidence } from '../../../rollout/evidence/standing';
import { askAll, type Question, type Reply } from '../../../store/evidence/ask-all';
import type { History } from '../../../store/git/history';
import { type Since, sinceWhenAt } from '../../../store/history/rollout-history';
import { outputDir } from '../../../store/output/output-place';
import type { LoadedFleet } from '../load-fleet';
import { deployedCommit } from '../patches/soak';
import { configState } from '../state/config-state';
import { askArgoCD } from './argo-cd';
import { type Ask, type Asking, AskingProblems, askOf } from './asking';
import { askCommand } from './command';
import { askFunctions } from './functions';
import { outsideOf } from './outside';
import { pieceOf } from './piece';
import { askPrometheus } from './prometheus';
import { RecordedEvidence } from './recorded';

/** A patch whose next step needs to know how what it has reached is. */
export interface EvidenceRequest {
  readonly view: PatchView;
  /** The first target that it enters. @default - all that it has reached counts */
  readonly next?: string;
}

/** What is asked at the same time, of the same Argo CDs: nobody asks one twice. */
export interface AskedBeside {
  readonly problems: AskingProblems;
  readonly questions: readonly Question[];
  readonly take: (replies: readonly Reply[]) => void;
}

/**
 * Asks all evidence of what some patches have reached, at once: one for each request. Nothing is asked where none is declared.
 *
 * @param now    what the clock says
 * @param beside what else is asked. @default - nothing
 * @throws FleetError (`evidence`) before anything is asked where a token is not set, or an address is none
 */
export function seeEvidence(
  fleet: LoadedFleet,
  requests: readonly EvidenceRequest[],
  history: History,
  now: Date,
  beside?: AskedBeside,
): readonly (readonly SeenEvidence[])[] {
  const asks = requests.map(({ view, next }) => askedEvidence(view.state, next).map((asked) => askOf(fleet, view, asked)));
  const all = asks.flat();
  if (all.length === 0) {
    if (beside) askAlone(beside);
    return requests.map(() => []);
  }
  const arrivals = new Arrivals(fleet, all, history);
  const answers = answersOf(fleet, all, arrivals, history, now, beside);
  const recorded = new RecordedEvidence(history, arrivals.deployed);
  const known = new Map<Evidence, string>();
  const pieces = (one: Evidence) => getOr(known, one, () => pieceOf(one));
  return asks.map((own) =>
    own.map((ask): SeenEvidence => {
      const { node, name, target, soak } = ask.asked;
      const piece = pieces(ask.asked.evidence);
      const from = arrivals.at(ask)?.time;
      const first = soak === 0 || from === undefined ? undefined : recorded.firstGood(ask.view, { name, piece, target }, from);
      const last: SeenEvidence['last'] = from === undefined ? undefined : (recorded.last(ask.view, name, target, from) ?? 'nothing');
      const onRecord: Pick<SeenEvidence, 'recorded' | 'last'> = {
        ...(first === undefined ? {} : { recorded: first }),
        ...(last === undefined ? {} : { last }),
      };
      return { node, name, piece, target, soak, answer: answers.get(ask) as Answer, ...onRecord };
    }),
  );
}

/** @throws FleetError (`evidence`) before anything is asked */
export function askAlone({ problems, questions, take }: AskedBeside): void {
  problems.expectNone();
  take(askAll(questions));
}

function answersOf(fleet: LoadedFleet, asks: readonly Ask[], arrivals: Arrivals, history: History, now: Date, beside?: AskedBeside): ReadonlyMap<Ask, Answer> {
  const problems = beside?.problems ?? new AskingProblems(fleet.config);
  const isOfAll = beside !== undefined;
  const targets = new Set(asks.map(({ asked, step }) => `${step.clusterType} ${asked.target}`));
  const kinds = asks.map(({ asked }) => kindOf(asked.evidence));
  const isArgoCD = kinds.includes('argoCD');
  const metrics = kinds.filter((kind) => kind === 'prometheus').length;
  const state = configState(fleet.output, { isAsked: (clusterType, target) => isArgoCD && targets.has(`${clusterType} ${target}`) });
  const contains = (ask: Ask, commit: string) => {
    const since = arrivals.at(ask);
    if (since === undefined) return arrivals.unknown;
    return since.commit === undefined ? 'the change is not committed yet' : history.isContained(since.commit, commit);
  };
  const asking = asks.flatMap((ask): readonly (readonly [Ask, Asking])[] => {
    const { evidence } = ask.asked;
    if (typeof evidence === 'function') return [];
    if ('argoCD' in evidence) return [[ask, askArgoCD(ask, evidence.argoCD, { fleet, state, now: now.getTime(), contains, isOfAll }, problems)]];
    if ('prometheus' in evidence) return [[ask, askPrometheus(ask, evidence.prometheus, now.getTime(), metrics, problems)]];
    return [[ask, askCommand(ask, evidence.command as OptionsOf<'command'>, fleet.config)]];
  });
  problems.expectNone();
  const outside = outsideOf(fleet, problems);
  const replies = [...askAll([...(beside?.questions ?? []), ...asking.flatMap(([, { questions }]) => questions)])];
  beside?.take(replies.splice(0, beside.questions.length));
  const functions = asks.filter(({ asked }) => typeof asked.evidence === 'function');
  const answered = asking.map(([ask, { questions, answer }]) => [ask, answer(replies.splice(0, questions.length))] as const);
  const said = askFunctions(functions, fleet.config, outside).map((answer, index) => [functions[index] as Ask, answer] as const);
  return new Map([...answered, ...said].map(([ask, answer]) => [ask, outside.answer(answer)]));
}

/** When patches came to targets as they are now, in what is deployed. */
class Arrivals {
  /** The last commit of what is deployed. @default - it cannot be told */
  readonly deployed: string | undefined;
  /** Why it cannot be told. @default - it can */
  readonly unknown: string | undefined;
  readonly #since = new Map<PatchView, ReadonlyMap<string, Since>>();

  constructor(fleet: LoadedFleet, asks: readonly Ask[], history: History) {
    const found = deployedCommit(fleet, history);
    this.deployed = 'commit' in found ? found.commit : undefined;
    this.unknown = 'unknown' in found ? `when the change came there cannot be told: ${found.unknown}` : undefined;
    if (this.deployed === undefined) return;
    for (const view of new Set(asks.map((ask) => ask.view))) {
      const targets = [...new Set(asks.flatMap((ask) => (ask.view === view ? [ask.asked.target] : [])))];
      this.#since.set(view, sinceWhenAt(history, view.state, view.places, targets, this.deployed, outputDir(fleet.config, fleet.fleet.path)) ?? new Map());
    }
  }

  /** @returns `undefined` where it cannot be told; without a time where it is in no commit yet */
  at({ view, asked }: Ask): Since | undefined {
    return this.#since.get(view)?.get(asked.target);
  }
}
