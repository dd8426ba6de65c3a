import { join } from 'node:path';
import { judge, type Verdict } from '../../../changes/judge/judge';
import type { Past } from '../../../changes/judge/past';
import type { Rule } from '../../../changes/judge/rule';
import { besideObjects, objectRules, ownRules } from '../../../changes/judge/rules';
import { downgrade } from '../../../changes/judge/rules/downgrade';
import { evidence } from '../../../changes/judge/rules/evidence';
import { freeze } from '../../../changes/judge/rules/freeze';
import { gate } from '../../../changes/judge/rules/gate';
import { sequence } from '../../../changes/judge/rules/sequence';
import { soak } from '../../../changes/judge/rules/soak';
import { statementsIn } from '../../../changes/judge/statements';
import { type State, type StateFile, subjectOf } from '../../../changes/state';
import { HubFleet } from '../../../constructs';
import type { Law } from '../../../layers/law/law';
import { recordFolder } from '../../../layers/record';
import { History } from '../../../store/git/history';
import { Repository } from '../../../store/git/repository';
import { outputDir } from '../../../store/output/output-place';
import { chartRenderer } from '../../../store/read/read-config';
import { lawIn } from '../../../store/state/git-state';
import { gitPast } from '../../read/judge/git-past';
import { ownRulesOf, withOwnRules } from '../../read/judge/own-rules';
import type { LoadedFleet } from '../../read/load-fleet';
import { placeOf, switchedApps } from '../../read/manifests/switched-apps';
import { mayPass, withManifests } from '../../read/manifests/with-manifests';
import { configState } from '../../read/state/config-state';
import { outputStates } from '../../read/state/output-states';
import type { Change } from '../change';
import type { Proof } from '../prove';

/** What commits have on record. */
interface Recorded {
  readonly past: Past;
  /** Those of what is checked out and of what is deployed: what is edited since demands no less. */
  readonly laws: readonly Law[];
}

/** Rules of where a change may come, and when. What goes back comes from nowhere, and where history does not tell that, it goes back all the same. */
const onTheWay: readonly Rule[] = [sequence, gate, soak, evidence, freeze, downgrade];

const unknown: Recorded = { past: { contents: () => [], prepare: () => {} }, laws: [] };

/** Judges steps before they are written as `fleet check --since` judges their commits: by the same rules, the fleet's own included. */
export class StepJudge {
  readonly #now: Date;
  readonly #rules: readonly Rule[];
  readonly #recorded: Recorded | undefined;

  /** @param now what the clock says @param hasOwn whether by the fleet's own rules, too */
  constructor(fleet: LoadedFleet, now: Date, hasOwn = true) {
    this.#now = now;
    this.#recorded = tryRecorded(fleet);
    const rules = hasOwn ? [...ownRules, ...ownRulesOf(fleet.fleet)] : ownRules;
    // Where no commit holds what is rendered, nobody can tell since when anything is there.
    this.#rules = this.#recorded === undefined ? rules.filter((rule) => rule !== soak) : rules;
  }

  /** Whether there is anything that commits are compared with. */
  get isJudged(): boolean {
    return this.#recorded !== undefined;
  }

  /**
   * What a rule refuses unless somebody allows it.
   *
   * @param from   the fleet that the commit begins with
   * @param change the last step of the commit
   * @param others those that were made before it
   * @param isBack whether it takes something back
   */
  refused({ output, fleet, config }: LoadedFleet, change: Change, others: readonly Change[] = [], isBack = false): readonly Verdict[] {
    const all = [...others, change];
    const said = statementsIn(all.flatMap((one) => one.statements ?? []));
    const asked = fleet instanceof HubFleet ? {} : new Touched(all.map(({ proof }) => proof));
    const [before, after] = [output, change.proof.output].map((one) => configState(one, asked)) as [State, State];
    const { past, laws } = this.#recorded ?? unknown;
    const request = { before, after, laws, statements: said.statements, evidence: said.evidence, past, now: this.#now.getTime() };
    const rules = isBack ? this.#rules.filter((rule) => !onTheWay.includes(rule)) : this.#rules;
    const only = switchedApps([before, after]);
    const verdicts = withOwnRules(() => {
      if (mayPass({ only })) return judge({ ...request, rules });
      const renderer = fleet.chartRenderer ?? chartRenderer(config);
      const [was, made] = withManifests(before, after, { renderers: [renderer, renderer], only, repository: fleet.repository, values: output.values });
      return [...judge({ ...request, rules: besideObjects(rules) }), ...judge({ ...request, before: was, after: made, rules: objectRules })];
    });
    return verdicts.filter(({ kind }) => kind === 'refused');
  }
}

/** What there is to look at: all of the targets that get something else, and what changes there wherever else it is. */
class Touched {
  readonly #targets = new Set<string>();
  readonly #apps = new Set<string>();
  readonly #clusterTypes = new Set<string>();

  constructor(proofs: readonly Proof[]) {
    for (const { before, after } of proofs.map(({ states }) => states())) {
      const ids = new Map(before.files.map((file) => [placeOf(file), file]));
      for (const file of [...before.files, ...after.files]) {
        this.#clusterTypes.add(file.clusterType);
        this.#targets.add(`${file.clusterType} ${file.target}`);
      }
      for (const file of after.files) {
        const place = placeOf(file);
        if (ids.get(place)?.id !== file.id) this.#apps.add(appOf(file));
        ids.delete(place);
      }
      for (const file of ids.values()) this.#apps.add(appOf(file));
    }
  }

  readonly isAsked = (clusterType: string) => this.#clusterTypes.has(clusterType);

  readonly hasFile = (clusterType: string, target: string, path: string) =>
    this.#apps.has(appOf({ clusterType, path })) || this.#targets.has(`${clusterType} ${target}`);
}

function appOf(file: Pick<StateFile, 'clusterType' | 'path'>): string {
  return `${file.clusterType} ${subjectOf(file, 'dimensions').app}`;
}

/** @returns `undefined` where the last commit holds no rendered output */
function tryRecorded(loaded: LoadedFleet): Recorded | undefined {
  const { config, fleet } = loaded;
  const repository = Repository.tryFind(config);
  if (!repository || repository.trouble !== undefined) return undefined;
  const history = new History(config);
  const head = history.tryResolve('HEAD');
  const folder = outputDir(config, fleet.path);
  const inside = repository.tryInside(folder);
  if (head === undefined || inside === undefined || !repository.tryText('rev-parse', ['--verify', '--quiet', `${head}:${inside}`])) return undefined;
  const topology = fleet instanceof HubFleet ? 'hub-and-spoke' : 'dimensions';
  const past = gitPast({ repository, folder, from: head, topology, stateAt: outputStates(repository, { config, fleet }).tryAt });
  const commits = [...new Set([head, history.tryResolve(fleet.revision) ?? head])].map((hash) => ({ hash, time: 0 }));
  const laws = history.filesOf(commits, join(folder, recordFolder, 'fleet.yaml')).flatMap((text) => lawIn(text ?? '') ?? []);
  return { past, laws };
}
