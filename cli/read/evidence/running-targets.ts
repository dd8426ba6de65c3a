import { type State, type StateFile, subjectOf } from '../../../changes/state';
import { type FleetOutput, HubFleet } from '../../../constructs';
import { getOr } from '../../../layers/get-or';
import { pathsTo } from '../../../layers/hierarchy';
import { type ArgoCDOptions, type EvidenceTarget, nameOfEvidence } from '../../../layers/law/evidence';
import { membersName } from '../../../layers/record';
import type { LoadedFleet } from '../load-fleet';
import { hubOf, serversAt } from './argo-cd';
import { allApplications } from './argo-cd-list';
import type { AskingProblems, ServerQuestion } from './asking';

/** A target whose nodes say which Argo CDs have its Applications; a member of a fleet of hubs and spokes is one, whatever its groups. */
export interface RunningPlace {
  /** @default - all, of hubs and spokes */
  readonly clusterType?: string;
  readonly target: string;
  readonly hub: string;
  /** What its Argo CDs are asked. */
  readonly questions: readonly ServerQuestion[];
  /** What Git has rendered for it. */
  readonly files: readonly StateFile[];
}

/** The targets, in sequence, that Git has and that give evidence of Argo CD. @param only of one cluster type, where that is asked for */
export function runningPlaces(fleet: LoadedFleet, state: State, only: string | undefined, problems: AskingProblems): readonly RunningPlace[] {
  const isHub = fleet.fleet instanceof HubFleet;
  const keyOf = (clusterType: string, target: string) => (isHub ? target : `${clusterType} ${target}`);
  const files = new Map<string, StateFile[]>();
  for (const file of state.files) if (mayBeApplication(file, state)) getOr(files, keyOf(file.clusterType, file.target), () => []).push(file);
  const recorded = new Set([...state.targets].flatMap(([clusterType, targets]) => targets.map((target) => keyOf(clusterType, target))));
  const asked = argoCDsOf(fleet.output);
  const places = new Map<string, RunningPlace>();
  for (const clusterType of fleet.output.clusterTypes) {
    if (only !== undefined && clusterType !== only) continue;
    for (const at of fleet.output.targetsOf(clusterType)) {
      const key = keyOf(clusterType, at.path);
      const options = recorded.has(key) ? asked(at.path) : [];
      if (options.length === 0) continue;
      const questions = [...(places.get(key)?.questions ?? []), ...options.flatMap((one) => questionsAt(at, one, problems))];
      const distinct = [...new Map(questions.map((question) => [question.url, question])).values()];
      const about = { target: at.path, hub: hubOf(at), ...(isHub ? {} : { clusterType }) };
      places.set(key, { ...about, questions: distinct, files: files.get(key) ?? [] });
    }
  }
  return [...places.values()];
}

/** An app's own object is one; of what members are besides, roots are. */
function mayBeApplication(file: StateFile, { fleet }: State): boolean {
  return subjectOf(file, fleet.topology).object === undefined || (fleet.topology === 'hub-and-spoke' && file.clusterType === membersName);
}

/** The evidence of Argo CD that holds at a target: of all nodes that it lies in. */
function argoCDsOf({ nodes }: Pick<FleetOutput, 'nodes'>): (target: string) => readonly ArgoCDOptions[] {
  const own = new Map(
    nodes.map(({ path, node: { evidence = [] } }) => [path, evidence.flatMap((one) => (typeof one !== 'function' && 'argoCD' in one ? [one.argoCD] : []))]),
  );
  return (target) => pathsTo(target).flatMap((path) => own.get(path) ?? []);
}

function questionsAt(at: EvidenceTarget, options: ArgoCDOptions, problems: AskingProblems): readonly ServerQuestion[] {
  const asked = { name: nameOfEvidence({ argoCD: options }), target: at.path };
  return serversAt(at, asked, options, problems).flatMap(([base, own]) => problems.question(asked, base, allApplications, own) ?? []);
}
