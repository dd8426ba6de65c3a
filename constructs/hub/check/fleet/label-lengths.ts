import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { LabelNames } from '../../tree/hub-config';
import { defaultLabelNames } from '../../tree/labels';
import type { HubSubject } from '../hub-rule';
import { computedLabels } from './computed-label';

/** A name is to blame for a label that is too long, but for a fleet's own pattern: that is one mistake, shown at the longestLabel. */
export function* labelLengths({ fleet }: HubSubject): Generator<Finding> {
  const labels = new Map(computedLabels(fleet).map((computed) => [computed.label, computed]));
  const tooLong = [...labels.values()].filter(({ label }) => lengthOf(label) > longestLabel).sort((a, b) => lengthOf(b.label) - lengthOf(a.label));
  const seen = new Set<keyof LabelNames>();
  for (const { label, pattern, construct, at } of tooLong) {
    const isOwn = pattern !== undefined && fleet.labels.patterns[pattern] !== defaultLabelNames[pattern];
    if (isOwn && seen.has(pattern)) continue;
    if (isOwn) seen.add(pattern);
    yield problemAt(isOwn ? fleet : construct, 'name-too-long', `the label '${label}' is longer than Kubernetes allows`, {
      at: isOwn ? ['labelNames', pattern] : at,
      expected: `at most ${longestLabel} characters behind the prefix`,
      found: String(lengthOf(label)),
      hint: 'shorten the name, or the pattern of its label: `labelNames` in fleet.ts',
    });
  }
}

const longestLabel = 63;

function lengthOf(label: string): number {
  return label.length - label.lastIndexOf('/') - 1;
}
