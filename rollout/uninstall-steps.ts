import { plural } from '../layers/text/problem-text';
import type { Condition } from './move-step';
import { approvals, type Entered, fates, type RetireStep } from './retire-steps';

/** A component whose Applications are to take along what they deployed. */
export interface UninstallingComponent {
  readonly app: string;
  /** Whether all of its Applications are told. */
  readonly isDone: boolean;
  /** The patch that tells them. @default - none does */
  readonly patch?: string;
  /** Where they are told first. @default - they are already */
  readonly first?: Entered;
  /** What is left behind that. */
  readonly others: readonly Entered[];
  /** Shows what its Applications have been told. */
  readonly look: Omit<Condition, 'cluster'>;
  readonly clusterOf: (path: string) => string;
  /** The words of a command line that name it. */
  readonly words: string;
}

const effect =
  'its Application gets the finalizer, and nothing goes yet: when it is removed, all that it deployed goes, Namespaces and PersistentVolumeClaims among it with what is in them. Definitions of kinds (CRDs) stay, and what its annotations keep (`Delete=false`)';

/** Tells the Applications of a component, node by node, to take along what they deployed; before any of them goes. */
export function uninstallSteps(component: UninstallingComponent): readonly RetireStep[] {
  const { app, isDone, patch, first, others } = component;
  const title = `Let what ${app} deployed go with it`;
  const done = (text: string): RetireStep => ({ title: text, state: 'done', commands: [], effect: '', gates: [], waitFor: [] });
  if (isDone) return [done(title)];
  const left = first ? [first, ...others] : others;
  return [
    ...(first ? [] : [done(`Begin to let what ${app} deployed go with it, by ${patch}`)]),
    ...left.map(
      ({ path, targets, gates }, index): RetireStep => ({
        title: `${title} at ${path} (${plural(targets, 'target')})`,
        state: index === 0 ? 'next' : 'later',
        commands: [`npx fleet retire ${component.words}${approvals(gates)}`],
        effect: index === 0 ? effect : 'the same',
        gates,
        waitFor: [{ cluster: component.clusterOf(path), ...component.look }],
      }),
    ),
  ];
}

/** A component that goes from one node, with what it deployed there. */
export interface UninstallingAt extends Entered {
  readonly app: string;
  /** Whether all of its Applications there are told; and whether none is left. */
  readonly isTold: boolean;
  readonly isOff: boolean;
  readonly told: Condition;
  readonly gone: Condition;
  readonly words: string;
}

/** Uninstalls a component at one node, in the order that Argo CD needs. */
export function uninstallAtSteps({ app, path, targets, gates, isTold, isOff, told, gone, words }: UninstallingAt): readonly RetireStep[] {
  const commands = [`npx fleet retire ${words}${approvals(gates)}`];
  const at = `at ${path} (${plural(targets, 'target')})`;
  const tell = { title: `Let what ${app} deployed go with it ${at}`, commands, effect, gates, waitFor: [told] };
  const off = { title: `Switch ${app} off ${at}`, commands, effect: fates.go, gates, waitFor: [gone] };
  return [
    { ...tell, state: isTold || isOff ? 'done' : 'next' },
    { ...off, state: isOff ? 'done' : isTold ? 'next' : 'later' },
  ];
}
