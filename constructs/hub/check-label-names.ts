import type { Construct } from 'constructs';
import type { Problems } from '../../layers/problem';
import { isQualifiedName } from '../../layers/token';
import { problemAt } from '../origin';
import type { LabelNames } from './hub-config';
import type { HubFleet } from './hub-fleet';
import { defaultLabelNames } from './labels';

/** What makes a secret a cluster of Argo CD. */
export const secretTypeLabel = 'argocd.argoproj.io/secret-type';

/** Labels that are made of names hold the place of the name. */
const places: { readonly [K in keyof LabelNames]?: string } = { enable: '{component}', release: '{group}', remoteGroup: '{group}' };

interface ComputedLabel {
  readonly label: string;
  readonly meaning: string;
  /** @default - it has no name that a fleet may choose */
  readonly pattern?: keyof LabelNames;
  /** Whose name is in it, or how its pattern is called. */
  readonly construct: Construct;
  readonly at: readonly string[];
}

/** Labels follow from names: each has one meaning, and Kubernetes takes it. */
export function checkLabelNames(fleet: HubFleet, problems: Problems): void {
  const patterns = Object.entries(fleet.labels.patterns) as readonly (readonly [keyof LabelNames, string])[];
  const refused = patterns.filter(([key, pattern]) => !isPattern(key, pattern));
  for (const [key, pattern] of refused) {
    const place = places[key];
    problems.add(
      problemAt(fleet, 'invalid-name', `'${pattern}' cannot be the name of a label`, {
        at: ['labelNames', key],
        expected: `letters, digits, '-', '_' and '.'${place === undefined ? '' : `, with ${place} in it`}`,
      }),
    );
  }
  // What follows from a pattern that is none says nothing new.
  if (refused.length > 0) return;
  const known = new Map<string, ComputedLabel>();
  for (const computed of labelsOf(fleet)) {
    const { label, meaning, construct, at } = computed;
    const other = known.get(label);
    if (other) {
      problems.add(
        problemAt(construct, 'computed-label', `the label '${label}' has two meanings`, {
          at,
          found: `${other.meaning}, and ${meaning}`,
          hint: 'rename one of the two, or give the labels other names: `labelNames` in fleet.ts',
        }),
      );
    }
    known.set(label, computed);
  }
  checkLengths(fleet, [...known.values()], problems);
}

/** A name is to blame for a label that is too long, but for a fleet's own pattern: that is one mistake, shown at the longest. */
function checkLengths(fleet: HubFleet, labels: readonly ComputedLabel[], problems: Problems): void {
  const tooLong = labels.filter(({ label }) => lengthOf(label) > longest).sort((a, b) => lengthOf(b.label) - lengthOf(a.label));
  const seen = new Set<keyof LabelNames>();
  for (const { label, pattern, construct, at } of tooLong) {
    const isOwn = pattern !== undefined && fleet.labels.patterns[pattern] !== defaultLabelNames[pattern];
    if (isOwn && seen.has(pattern)) continue;
    if (isOwn) seen.add(pattern);
    problems.add(
      problemAt(isOwn ? fleet : construct, 'name-too-long', `the label '${label}' is longer than Kubernetes allows`, {
        at: isOwn ? ['labelNames', pattern] : at,
        expected: `at most ${longest} characters behind the prefix`,
        found: String(lengthOf(label)),
        hint: 'shorten the name, or the pattern of its label: `labelNames` in fleet.ts',
      }),
    );
  }
}

const longest = 63;

function lengthOf(label: string): number {
  return label.length - label.lastIndexOf('/') - 1;
}

function isPattern(key: keyof LabelNames, pattern: string): boolean {
  const place = places[key];
  return isQualifiedName(place === undefined ? pattern : pattern.replace(place, 'x')) && (place === undefined || pattern.includes(place));
}

function labelsOf(fleet: HubFleet): readonly ComputedLabel[] {
  const { labels, groups } = fleet;
  const fixed = (key: 'member' | 'tenant' | 'environment' | 'remoteArgo', meaning: string): ComputedLabel => ({
    label: labels[key],
    meaning,
    pattern: key,
    construct: fleet,
    at: ['labelNames', key],
  });
  const components = new Map(groups.flatMap((group) => group.components.map((component) => [component.name, component] as const)));
  return [
    { label: secretTypeLabel, meaning: 'that it is a cluster of Argo CD', construct: fleet, at: ['labelNames'] },
    fixed('member', 'whether it is a hub or a spoke'),
    fixed('tenant', 'its tenant'),
    fixed('environment', 'its environment'),
    fixed('remoteArgo', 'whether it has an Argo CD of its own'),
    ...groups.flatMap((group): readonly ComputedLabel[] => [
      { label: labels.release(group.name), meaning: `the release of ${group.name}`, pattern: 'release', construct: group, at: [] },
      ...(group.bootstrap
        ? []
        : [{ label: labels.remoteGroup(group.name), meaning: `who deploys ${group.name}`, pattern: 'remoteGroup' as const, construct: group, at: [] }]),
    ]),
    ...[...components].map(
      ([name, construct]): ComputedLabel => ({ label: labels.enable(name), meaning: `whether it gets ${name}`, pattern: 'enable', construct, at: [] }),
    ),
  ];
}
