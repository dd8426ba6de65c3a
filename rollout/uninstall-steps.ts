import { plural } from '../layers/text/problem-text';
import type { Condition } from './move-step';
import { approvals, type Entered, type RetireStep } from './retire-steps';

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
