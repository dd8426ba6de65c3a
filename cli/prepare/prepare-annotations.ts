import { FleetError, HubFleet, type MemberView, type Problem } from '../../constructs';
import { checkLabels } from '../../constructs/argocd/metadata';
import { secretsIn } from '../../constructs/hub/check/values/secrets-in';
import { isError } from '../../layers/problem';
import { settingsName } from '../../layers/record';
import { suggestion } from '../../layers/text/nearest';
import { plural } from '../../layers/text/problem-text';
import { setAnnotation } from '../../store/edit/annotation-edits';
import { Edits } from '../../store/edit/edits';
import { type Drift, driftOf } from '../read/annotations/drift';
import type { SaidAnnotations } from '../read/annotations/read-annotations';
import { membersOf } from '../read/find-member';
import type { LoadedFleet } from '../read/load-fleet';
import type { Change } from './change';
import { prove } from './prove';
import { statementLines } from './statements';

/** Annotations from a file, decided and proved. */
export interface PreparedAnnotations {
  /** What Git says then. */
  readonly taken: readonly Drift[];
  /** What the file has no more, and stays. */
  readonly staying: readonly Drift[];
  /** @default - Git says all of it already */
  readonly change?: Change;
}

/** Where Git and a file differ. @throws FleetError with all that no Git and no cluster may have */
export function expectedDrift({ fleet, output }: LoadedFleet, said: SaidAnnotations): readonly Drift[] {
  const members = membersOf(output);
  const problems = [...unknownClusters(members, said), ...(fleet instanceof HubFleet ? refused(fleet, said) : [])];
  if (problems.length > 0) throw new FleetError(problems);
  return driftOf(members, said);
}

/**
 * Decides and proves an import of annotations; writes nothing.
 *
 * @param prune whether annotations go that the file has no more
 * @throws FleetError where something is wrong with the file, or where a stronger layer or an expression is in the way
 */
export function prepareAnnotations(fleet: LoadedFleet, said: SaidAnnotations, prune: boolean): PreparedAnnotations {
  const members = membersOf(fleet.output);
  const drift = expectedDrift(fleet, said);
  const [taken, staying] = [drift.filter(({ kind }) => prune || kind !== 'gone'), drift.filter(({ kind }) => !prune && kind === 'gone')];
  if (taken.length === 0) return { taken, staying };
  const changed = members.filter(({ name }) => taken.some(({ cluster }) => cluster === name));
  const edits = editsOf(changed, taken);
  const proof = prove(fleet, edits, { clusterType: 'members', targets: changed.map(({ path }) => path) });
  const left = driftOf(membersOf(proof.output), said).filter(({ kind }) => prune || kind !== 'gone');
  if (left.length > 0) throw new FleetError(left.map((one) => stillSaid(one, changed)));
  const message = `Import ${plural(taken.length, 'annotation')} of ${plural(changed.length, 'cluster')}`;
  return { taken, staying, change: { edits, proof, message, statements: statementLines(proof) } };
}

/** @throws FleetError with everything that cannot be edited */
function editsOf(members: readonly MemberView[], taken: readonly Drift[]): Edits {
  const edits = new Edits();
  const problems: Problem[] = [];
  for (const { name, file = '' } of members) {
    for (const { annotation, file: value } of taken.filter(({ cluster }) => cluster === name)) {
      try {
        setAnnotation(edits, file, annotation, value);
      } catch (error) {
        if (!(error instanceof FleetError)) throw error;
        problems.push(...error.problems);
      }
    }
  }
  if (problems.length > 0) throw new FleetError(problems);
  return edits;
}

/** A patch at a cluster is stronger than its file, and what a wider layer says is not in it. */
function stillSaid({ cluster, annotation, git, file: wanted }: Drift, members: readonly MemberView[]): Problem {
  return {
    code: 'cannot-edit',
    message: `'${cluster}' would still have ${git === undefined ? 'no' : 'another'} annotation '${annotation}': another layer says it`,
    file: members.find(({ name }) => name === cluster)?.file,
    place: ['annotations'],
    expected: wanted === undefined ? 'none' : `'${wanted}'`,
    ...(git === undefined ? {} : { found: `'${git}'` }),
    hint: `\`fleet explain ${cluster} members/settings annotations\` names the layer: change it there by hand; nothing was written`,
  };
}

function unknownClusters(members: readonly MemberView[], { file, place, clusters }: SaidAnnotations): readonly Problem[] {
  const known = new Set(members.map(({ name }) => name));
  const strange = [...clusters.keys()].filter((name) => !known.has(name));
  const [first] = strange;
  if (first === undefined) return [];
  const named = strange.slice(0, 8).map((name) => {
    const near = suggestion(name, known, '');
    return `'${name}'${near?.startsWith('did') ? ` (${near})` : ''}`;
  });
  const message = `the fleet has no ${strange.length === 1 ? 'cluster' : 'clusters'} ${named.join(', ')}${strange.length > 8 ? `, … (${strange.length} in all)` : ''}`;
  return [
    {
      code: 'rollout',
      message,
      file,
      place: [...place, first],
      expected: 'names of hubs and spokes',
      hint: '`fleet clusters` lists them; nothing was written',
    },
  ];
}

/** Keys that Kubernetes refuses, and what looks like a secret: never the value. */
function refused(fleet: HubFleet, { file, place, clusters }: SaidAnnotations): readonly Problem[] {
  return [...clusters].flatMap(([cluster, said]) => {
    const annotations = Object.fromEntries([...said].flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    const at = (path: readonly string[]) => ({ file, place: [...place, cluster, ...path.slice(1)] });
    const secrets = secretsIn(fleet, settingsName, undefined, { annotations }, at).filter(isError);
    return [
      ...checkLabels({}, annotations).map(({ code, message, path, expected }): Problem => ({ code, message, expected, ...at(path) })),
      ...secrets.map((problem) => ({ ...problem, hint: problem.hint?.replace(/^.*? now\. /, 'leave it in the secret manager; nothing was written. ') })),
    ];
  });
}
