import type { Construct } from 'constructs';
import { isQualifiedName } from '../../../../layers/text/token';
import type { LabelNames } from '../../tree/hub-config';
import type { HubTree } from '../../tree/hub-tree';

/** What makes a secret a cluster of Argo CD. */
export const secretTypeLabel = 'argocd.argoproj.io/secret-type';

/** Labels that are made of names hold the place of the name. */
export const places: { readonly [K in keyof LabelNames]?: string } = { enable: '{component}', release: '{group}', remoteGroup: '{group}' };

/** A label that follows from names. */
export interface ComputedLabel {
  readonly label: string;
  readonly meaning: string;
  /** @default - it has no name that a fleet may choose */
  readonly pattern?: keyof LabelNames;
  /** Whose name is in it, or how its pattern is called. */
  readonly construct: Construct;
  readonly at: readonly string[];
}

/** Patterns of labels that are none, by their keys. */
export function refusedPatterns(fleet: HubTree): readonly (readonly [keyof LabelNames, string])[] {
  const patterns = Object.entries(fleet.labels.patterns) as readonly (readonly [keyof LabelNames, string])[];
  return patterns.filter(([key, pattern]) => !isPattern(key, pattern));
}

function isPattern(key: keyof LabelNames, pattern: string): boolean {
  const place = places[key];
  return isQualifiedName(place === undefined ? pattern : pattern.replace(place, 'x')) && (place === undefined || pattern.includes(place));
}

/** Every label that is computed, as often as it is; none where a pattern is refused: what follows from that says nothing new. */
export function computedLabels(fleet: HubTree): readonly ComputedLabel[] {
  if (refusedPatterns(fleet).length > 0) return [];
  const { labels, groups } = fleet;
  const fixed = (key: 'member' | 'tenant' | 'environment' | 'cluster' | 'remoteArgo', meaning: string): ComputedLabel => ({
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
    fixed('cluster', 'its name'),
    fixed('remoteArgo', 'whether it has an Argo CD of its own'),
    ...groups.flatMap((group): readonly ComputedLabel[] => [
      { label: labels.release(group.name), meaning: `the release of ${group.name}`, pattern: 'release', construct: group, at: [] },
      ...(group.bootstrap
        ? []
        : [{ label: labels.remoteGroup(group.name), meaning: `who deploys ${group.name}`, pattern: 'remoteGroup' as const, construct: group, at: [] }]),
    ]),
    ...[...components].map(
      ([name, construct]): ComputedLabel => ({
        label: construct.label,
        meaning: `whether it gets ${name}`,
        ...(construct.enableLabel === undefined ? { pattern: 'enable' as const, at: [] } : { at: ['enableLabel'] }),
        construct,
      }),
    ),
  ];
}
