import type { Plain } from '../../../layers/layer';
import type { RunningApplication } from '../../../rollout/evidence/running';
import type { SpecDifference } from '../../../rollout/evidence/same-spec';
import { valueText } from '../changes/value-text';
import { withoutControls } from '../without-controls';

/** How long a value is that is read in one line with another one. */
const widest = 120;

/** As Argo CD and Kubernetes write it: `spec.source.targetRevision`. */
export function specField({ field }: SpecDifference): string {
  return field === 'spec' ? field : `spec.${field}`;
}

/** `spec.source.targetRevision: v1.18.2 runs, v1.19.0 is rendered`. */
export function differenceText(difference: SpecDifference): string {
  const [runs, rendered] = [difference.runs, difference.rendered].map((value) => (value === undefined ? 'nothing' : shortValue(value)));
  return `${withoutControls(specField(difference))}: ${runs} runs, ${rendered} is rendered`;
}

function shortValue(value: unknown): string {
  const text = valueText(value as Plain);
  return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}

/** How an Application is, in Argo CD's words: `Degraded, Synced: no pods`. */
export function standingText({ is, health, sync, why, server }: RunningApplication): string {
  const said = `${server === undefined ? '' : ` at ${server}`}${why === undefined ? '' : `: ${why}`}`;
  if (is === 'missing') return `is missing, Git has it and Argo CD has not${said}`;
  const words = `${health}, ${sync}${said}`;
  return withoutControls(is === 'left over' ? `is left over, Git has no such Application: ${words}` : words);
}
