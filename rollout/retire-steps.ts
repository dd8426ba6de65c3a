import { plural } from '../layers/text/problem-text';
import { shellWord } from '../layers/text/shell-word';
import type { Condition } from './move-step';

/** A commit on the way out of the fleet, or something to do by hand, and what to wait for before the next. */
export interface RetireStep {
  readonly title: string;
  readonly state: 'done' | 'next' | 'later';
  /** What makes it; empty where nothing is to be committed. */
  readonly commands: readonly string[];
  /** What follows from it. */
  readonly effect: string;
  /** Manual nodes that ask for an approval of it. */
  readonly gates: readonly string[];
  readonly waitFor: readonly Condition[];
}

/** What becomes of what an app deployed, where Argo CD loses it. */
export type Fate = 'go' | 'stay' | 'none' | 'both';

/** What a step of switching off enters. */
export interface Entered {
  readonly path: string;
  readonly targets: number;
  readonly gates: readonly string[];
}

/** An app that goes. */
export interface RetiringApp {
  readonly clusterType: string;
  readonly app: string;
  /** The patch that switches it off. @default - none does */
  readonly patch?: string;
  /** Whether it is deployed nowhere any more. */
  readonly isOff: boolean;
  /** Whether something is to be done before it is switched off. @default false */
  readonly isLater?: boolean;
  /** Whether it is a component of hubs. */
  readonly isHub: boolean;
  /** Where it is switched off first. @default - it is already */
  readonly first?: Entered;
  /** What is left behind that. */
  readonly others: readonly Entered[];
  readonly fate: Fate;
  /** Targets at which nothing else is deployed. */
  readonly alone: readonly string[];
  /** Shows its Application. */
  readonly look: Omit<Condition, 'cluster'>;
  /** Where a command is run for a node, in words. */
  readonly clusterOf: (path: string) => string;
  /** The words of a command line that name it; and how a promotion names it, of a file of several by its file. */
  readonly words: string;
  readonly file: string;
}

/** Takes an app out of the fleet: switched off node by node, then forgotten. */
export function retireApp(app: RetiringApp): readonly RetireStep[] {
  const { first, others, isOff, isLater = false, words } = app;
  const left = isOff ? [] : others;
  const nextOther = first || isOff ? -1 : 0;
  return [
    ...(isLater ? [toSwitchOff(app)] : first ? [switchOff(app, first, `npx fleet retire ${words}${approvals(first.gates)}`, 'next')] : [begun(app)]),
    ...left.map((node, index) => switchOff(app, node, promotion(app, node), index === nextOther ? 'next' : 'later', first !== undefined || index > 0)),
    {
      title: `Take ${app.app} out of the configuration`,
      state: isOff ? 'next' : 'later',
      commands: [`npx fleet retire ${words}`],
      effect: app.isHub
        ? 'no cluster gets anything else: registrations lose the label that says that it is not enabled'
        : 'no target changes: it is deployed nowhere any more',
      gates: [],
      waitFor: [],
    },
  ];
}

function begun({ app, isOff, patch }: RetiringApp): RetireStep {
  const title = isOff ? `Switch ${app} off everywhere` : `Begin to switch ${app} off, by ${patch}`;
  return { title, state: 'done', commands: [], effect: '', gates: [], waitFor: [] };
}

function toSwitchOff(app: RetiringApp): RetireStep {
  const commands = [`npx fleet retire ${app.words}`];
  return { title: `Switch ${app.app} off, node by node`, state: 'later', commands, effect: goesText(app), gates: [], waitFor: [] };
}

function promotion({ file, patch }: RetiringApp, { gates }: Entered): string {
  return `npx fleet promote ${file} ${patch}${approvals(gates)}`;
}

export function approvals(gates: readonly string[]): string {
  return gates.map((gate) => ` --approve ${shellWord(gate)}`).join('');
}

/** @param isRepeated whether a step before has the same effect */
function switchOff(app: RetiringApp, { path, targets, gates }: Entered, command: string, state: RetireStep['state'], isRepeated = false): RetireStep {
  return {
    title: `Switch ${app.app} off at ${path} (${plural(targets, 'target')})`,
    state,
    commands: [command],
    effect: isRepeated ? 'the same' : goesText(app),
    gates,
    waitFor: [{ cluster: app.clusterOf(path), ...app.look }],
  };
}

/** What Argo CD does where something is switched off. */
export const fates: Readonly<Record<Fate, string>> = {
  go: 'Argo CD removes its Application, and by the finalizer all that it deployed',
  stay: 'Argo CD removes its Application; what it deployed stays, and nobody manages it: where it shall go, somebody removes it by hand',
  both: 'Argo CD removes its Application; where that has the finalizer all that it deployed goes too, and elsewhere it stays and nobody manages it',
  none: 'Argo CD removes the project: no Application may name it any more',
};

function goesText({ fate, alone }: RetiringApp): string {
  if (alone.length === 0) return fates[fate];
  const where = alone.length === 1 ? `at ${alone[0]}` : `at ${alone.length} targets`;
  return `${fates[fate]}. It is the last app ${where}: Argo CD does not empty a target by itself, so sync its root's Application there by hand, with pruning (\`argocd app sync … --prune\`)`;
}

/** A node that goes. */
export interface RetiringNode {
  readonly path: string;
  /** The node that is taken out of the fleet file: above it where nothing else is in there. */
  readonly whole: string;
  readonly targets: number;
  /** Apps that are switched off first, `CLUSTER-TYPE/APP`. */
  readonly apps: readonly string[];
  /** Cluster types of which nothing is left then. */
  readonly emptied: readonly string[];
  /** What Argo CD needs until the end. */
  readonly own: { readonly applicationSets: readonly string[]; readonly others: readonly string[] };
  readonly fate: Fate;
  readonly gates: readonly string[];
  readonly namespace: string;
}

/** Takes a node, and all that is below it, out of the fleet: emptied, then forgotten. */
export function retireNode({ path, whole, targets, apps, emptied, own, fate, gates, namespace }: RetiringNode): readonly RetireStep[] {
  const isEmpty = apps.length === 0;
  const cluster = `every Argo CD of ${path}`;
  const kept = [...own.applicationSets, ...own.others];
  const argoCD = `kubectl -n ${namespace}`;
  const left = kept.length === 0 ? 'none' : 'none but the Applications of roots, and Argo CD itself';
  return [
    {
      title: `Switch off what is deployed at ${path}${isEmpty ? '' : ` (${plural(apps.length, 'app')}, ${plural(targets, 'target')})`}`,
      state: isEmpty ? 'done' : 'next',
      commands: [`npx fleet retire ${path}${approvals(gates)}`],
      effect: isEmpty
        ? 'nothing is deployed there'
        : `${manyFates[fate]}${emptied.length === 0 ? '' : `. Of ${emptied.join(', ')} nothing is left: Argo CD does not empty a target by itself, so sync its root's Application by hand, with pruning (\`argocd app sync … --prune\`)`}`,
      gates,
      waitFor: [{ cluster, command: `${argoCD} get applications`, shows: left }],
    },
    {
      title: `Take ${whole} out of the fleet${whole === path ? '' : `: nothing else is in it but ${path}`}`,
      state: isEmpty ? 'next' : 'later',
      commands: [`npx fleet retire ${path}`],
      effect: 'no other target changes. Argo CD finds no folder there any more: it reports that, deletes nothing and mends nothing',
      gates: [],
      waitFor: [],
    },
    {
      title: 'Remove what is left by hand, and the clusters last',
      state: 'later',
      commands: [],
      effect:
        'the roots go with their Applications, and without workloads. Load balancers, volumes and DNS records are for their controllers to remove while they run',
      gates: [],
      waitFor: [
        ...(own.applicationSets.length === 0
          ? []
          : [{ cluster, command: `${argoCD} delete applicationsets ${own.applicationSets.join(' ')}`, shows: 'deleted' }]),
        {
          cluster,
          command: `${argoCD} get applications`,
          shows:
            own.others.length === 0
              ? 'none'
              : `none but ${own.others.join(', ')}: with the finalizer, who deletes what Argo CD deploys of itself deletes Argo CD`,
        },
        {
          cluster,
          command: 'kubectl get services,persistentvolumeclaims,ingresses -A',
          shows: 'nothing that another system still holds; then clusters, their secrets and their rights go',
        },
      ],
    },
  ];
}

const manyFates: Readonly<Record<Fate, string>> = {
  go: 'Argo CD removes their Applications, and by the finalizer all that they deployed',
  stay: 'Argo CD removes their Applications; what they deployed stays, and nobody manages it: where it shall go, somebody removes it by hand',
  both: 'Argo CD removes their Applications; of those with the finalizer all that they deployed goes too, of the others it stays and nobody manages it',
  none: 'Argo CD removes them',
};
