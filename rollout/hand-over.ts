import { plural } from '../layers/text/problem-text';
import { shellWord } from '../layers/text/shell-word';
import { type Condition, kubectl, type MoveStep } from './move-step';

/** Where the Applications of a cluster type live. */
export type Home = 'cluster' | 'controlPlane';

/** Something that the configuration says. */
export interface Said {
  readonly file: string;
  readonly line?: number;
  /** As the file says it: `syncPolicy.automated`. */
  readonly field: string;
}

/** A cluster type whose Applications are to live elsewhere, as the plan needs it. */
export interface MovingClusterType {
  readonly clusterType: string;
  /** The cluster type whose Argo CD runs the root. */
  readonly host: string;
  /** What says where the Applications live; without a line where it says nothing yet. */
  readonly root: { readonly name: string; readonly said: Said };
  /** The namespace of Applications. */
  readonly namespace: string;
  /** Applications, by the names of their apps. */
  readonly apps: readonly string[];
  /** ApplicationSets, by the names of their apps. */
  readonly sets: readonly string[];
  /** Projects, each with its file. */
  readonly projects: readonly { readonly name: string; readonly file: string }[];
  /** Projects that Applications name. */
  readonly named: readonly string[];
  /** What has Argo CD sync by itself, or delete what is deployed. */
  readonly stops: readonly Said[];
  /** ApplicationSets that give their Applications the finalizer, unless they are told to preserve what those deployed. */
  readonly preserves: readonly Said[];
  /** What forbids to take over what another Application had. */
  readonly refusals: readonly Said[];
  readonly repositories: readonly string[];
  /** Nodes that ask for an approval. */
  readonly gates: readonly string[];
}

/**
 * Lets the Applications of a cluster type live in another Argo CD, without two of them at work at once and without a workload
 * that goes: all of them stand still first, and can go without what they deployed. Argo CD marks what it deploys with the name
 * of the Application, which is another one there (argo-cd, resource tracking): two that sync by themselves would undo each other's marks,
 * and deleting an Application with the finalizer deletes whatever bears its name (argo-cd, app deletion).
 */
export function handOver(moving: MovingClusterType, to: Home): readonly MoveStep[] {
  const isStill = moving.stops.length + moving.preserves.length + moving.refusals.length === 0;
  const stop = isStill ? [] : [standStill(moving, to)];
  const steps = [prepare(moving, to), ...stop, hand(moving, to), removeOld(moving, to)];
  const restored = isStill ? [] : [goOn(moving, to, steps.indexOf(stop[0] as MoveStep) + 1)];
  const last = moving.refusals.length === 0 ? [] : [refuseAgain(moving, to)];
  return [...steps, ...restored, ...last, ...(to === 'controlPlane' ? [removeRest(moving)] : [])];
}

/** Names and places of the old Applications, or of the new ones. */
function placeOf({ clusterType, host, namespace, apps, sets }: MovingClusterType, home: Home) {
  const isHosted = home === 'controlPlane';
  const named = (app: string) => (isHosted ? `${app}-$CLUSTER` : app);
  return {
    cluster: isHosted ? `every cluster of ${host}, $CLUSTER being each that its root deploys` : `every cluster of ${clusterType}`,
    short: isHosted ? `the Argo CD of ${host}` : 'the Argo CD of each cluster',
    apps: apps.map(named),
    sets: sets.map(named),
    kubectl: (rest: string) => kubectl(namespace, rest),
  };
}

const other = (home: Home): Home => (home === 'cluster' ? 'controlPlane' : 'cluster');

function prepare(moving: MovingClusterType, to: Home): MoveStep {
  const { clusterType, host, named, repositories } = moving;
  const place = placeOf(moving, to);
  const whole =
    to === 'controlPlane'
      ? {
          cluster: place.cluster,
          command: place.kubectl("get secrets -l argocd.argoproj.io/secret-type=cluster -o custom-columns='NAME:.metadata.name,LABELS:.metadata.labels'"),
          shows: `each cluster of ${clusterType}, whose credentials may make there whatever its apps deploy: until now they made Applications`,
        }
      : {
          cluster: place.cluster,
          command: place.kubectl('get pods'),
          shows: `an Argo CD of its own; and it knows its cluster by name: \`npx fleet bootstrap TARGET --cluster NAME --own\``,
        };
  return {
    title: `See that ${place.short} can deploy ${clusterType}`,
    edits: [],
    effect: `nothing changes. Follow the plan as it is printed now, to its end: what is done already is known from no file. From step 2 on nobody deploys ${clusterType}, until the new Applications do: what runs goes on, and nothing is mended${to === 'controlPlane' ? '' : `; ${host} itself goes on`}`,
    waitFor: [
      whole,
      {
        cluster: place.cluster,
        command: place.kubectl("get secrets -l 'argocd.argoproj.io/secret-type in (repository, repo-creds)'"),
        shows: `credentials of each of these that is private: ${repositories.join(', ')}`,
      },
      {
        cluster: place.cluster,
        command: place.kubectl('get appprojects.argoproj.io'),
        shows: `${named.join(', ')}: they permit these repositories, and the cluster`,
      },
    ],
  };
}

const columns =
  "-o custom-columns='NAME:.metadata.name,AUTOMATED:.spec.syncPolicy.automated,FINALIZERS:.metadata.finalizers,OPERATION:.status.operationState.phase'";

function standStill(moving: MovingClusterType, to: Home): MoveStep {
  const { clusterType, apps, sets } = moving;
  const place = placeOf(moving, other(to));
  return {
    title: `Let the Applications of ${clusterType} stand still`,
    edits: [
      ...moving.stops.map(({ field, ...where }) => `${whereText(where)}: take \`${field}\` out`),
      ...moving.refusals.map(({ field, ...where }) => `${whereText(where)}: take 'FailOnSharedResource=true' out of \`${field}\``),
      ...moving.preserves.map(({ field, ...where }) => `${whereText(where)}: write \`${field}: true\``),
    ],
    effect: `Argo CD applies nothing of Git any more by itself and mends nothing, and an Application that goes leaves what it deployed. ${judged(moving)}`,
    waitFor: [
      {
        cluster: place.cluster,
        command: place.kubectl(`get applications.argoproj.io ${columns}`),
        shows: `<none> twice for ${[...place.apps, ...place.sets.map((set) => `what ${set} makes`)].join(', ')}: ${plural(apps.length + sets.length, 'app')}, and no operation Running; a finalizer of hooks of deletion (post-delete-finalizer…) may be left`,
      },
    ],
  };
}

function hand(moving: MovingClusterType, to: Home): MoveStep {
  const { clusterType, host, root, projects } = moving;
  const [old, made] = [placeOf(moving, other(to)), placeOf(moving, to)];
  const { field, ...where } = root.said;
  const moved = to === 'controlPlane' ? projects : [];
  return {
    title: `Hand ${clusterType} over to ${made.short}`,
    edits: [
      to === 'controlPlane' ? `${whereText(where)}: write \`${field}: 'controlPlane'\`` : `${whereText(where)}: take \`${field}\` out`,
      ...moved.map(({ name, file }) => `${file}: move the project '${name}' to the folder of ${host}: it is applied once, where the Applications live`),
    ],
    effect: `${root.name} points its Applications at the other Argo CD, which gets ${made.apps.concat(made.sets).join(', ')}: they stand still, too. The old ones stay where they are: nothing removes them, and nothing writes them any more. ${judged(moving)}`,
    meanwhile: 'both Argo CDs have the Applications, and neither deploys: nothing is mended, and no newer commit arrives; change nothing else meanwhile',
    waitFor: [
      {
        cluster: made.cluster,
        command: made.kubectl(`get applications.argoproj.io ${columns}`),
        shows: `${made.apps.concat(made.sets.map((set) => `what ${set} makes`)).join(', ')}, each with <none> twice`,
      },
      { cluster: old.cluster, command: old.kubectl(`get applications.argoproj.io ${columns}`), shows: 'the old ones as they were' },
    ],
  };
}

function removeOld(moving: MovingClusterType, to: Home): MoveStep {
  const place = placeOf(moving, other(to));
  const all = place.apps.join(' ');
  const cluster = place.cluster;
  return {
    title: `Remove the old Applications of ${moving.clusterType}, and nothing with them`,
    edits: [],
    effect:
      'they bear no finalizer, so Kubernetes removes them alone: no Argo CD deletes anything, and hooks of deletion do not run. Do it before the next step, in every cluster',
    waitFor: [
      ...(place.sets.length === 0
        ? []
        : [
            {
              cluster,
              command: place.kubectl("get applications.argoproj.io -o custom-columns='NAME:.metadata.name,SET:.metadata.ownerReferences[*].name'"),
              shows: `the Applications that ${place.sets.join(', ')} made: name them in the commands below, too`,
            },
            {
              cluster,
              command: place.kubectl(`delete applicationsets.argoproj.io ${place.sets.join(' ')} --cascade=orphan --ignore-not-found`),
              shows: 'deleted; what they made is still there',
            },
          ]),
      ...(all === ''
        ? []
        : [
            {
              cluster,
              command: place.kubectl(`patch applications.argoproj.io ${all} --type merge -p '{"metadata":{"finalizers":null}}'`),
              shows: 'patched, or patched (no change); an app that is switched off there is not found',
            },
            { cluster, command: place.kubectl(`delete applications.argoproj.io ${all} --ignore-not-found`), shows: 'deleted, at once' },
          ]),
    ],
  };
}

/** @param stopped the number of the step that is taken back */
function goOn(moving: MovingClusterType, to: Home, stopped: number): MoveStep {
  const { clusterType, stops, preserves, refusals } = moving;
  const place = placeOf(moving, to);
  const files = [...new Set([...stops, ...preserves, ...refusals].map(({ file }) => file))];
  return {
    title: `Let the new Applications of ${clusterType} deploy`,
    edits: [
      ...files.map(
        (file) =>
          `${file}: bring back what it was before step ${stopped}: \`git checkout COMMIT~1 -- ${shellWord(file)}\`, COMMIT being that of step ${stopped}`,
      ),
      ...refusals.map(
        ({ field, file }) => `${file}: but leave 'FailOnSharedResource=true' out of \`${field}\`: it is for the old Applications that are marked still`,
      ),
    ],
    effect: `${place.short} takes over what runs: it marks it as its own, applies what Git says, and runs hooks of a sync once more. ${judged(moving)}`,
    waitFor: [
      {
        cluster: place.cluster,
        command: place.kubectl(
          "get applications.argoproj.io -o custom-columns='NAME:.metadata.name,SYNC:.status.sync.status,HEALTH:.status.health.status,CONDITIONS:.status.conditions[*].type'",
        ),
        shows: `${place.apps.concat(place.sets.map((set) => `what ${set} makes`)).join(', ')}, each Synced and Healthy, and none with SharedResourceWarning; where one has it, something still bears an old name, which Argo CD before 3.5 does not mend by itself (argo-cd issue 17965): \`argocd app sync NAME\` once`,
      },
    ],
  };
}

function refuseAgain(moving: MovingClusterType, to: Home): MoveStep {
  const place = placeOf(moving, to);
  const files = [...new Set(moving.refusals.map(({ file }) => file))];
  return {
    title: 'Refuse again to take over what others have',
    edits: files.map((file) => `${file}: write 'FailOnSharedResource=true' again, as before`),
    effect: 'a sync fails again where another Application has an object',
    waitFor: [{ cluster: place.cluster, command: place.kubectl('get applications.argoproj.io'), shows: 'each Synced' }],
  };
}

function removeRest(moving: MovingClusterType): MoveStep {
  const place = placeOf(moving, 'cluster');
  const look: Condition = {
    cluster: place.cluster,
    command: place.kubectl('get applications.argoproj.io,applicationsets.argoproj.io'),
    shows: 'none, or what is not of this fleet; then Argo CD goes there as it came, with its credentials and its cluster secret',
  };
  return {
    title: `Remove the Argo CDs of ${moving.clusterType}, or keep them`,
    edits: [],
    effect: 'they deploy nothing of this fleet any more, and hold credentials',
    waitFor: [look],
  };
}

/** All targets at once: a root says for all of its cluster type where Applications live. */
function judged({ gates }: MovingClusterType): string {
  const approvals = gates.length === 0 ? '' : ` and approves it for ${gates.join(', ')}`;
  return `It reaches every target at once: \`npx fleet check --since\` prints the lines by which the message of the commit allows that${approvals}`;
}

function whereText({ file, line }: Omit<Said, 'field'>): string {
  return line === undefined ? file : `${file}:${line}`;
}
