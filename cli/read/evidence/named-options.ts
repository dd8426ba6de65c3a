import type { FleetOutput } from '../../../constructs';
import { isAtOrBelow } from '../../../layers/hierarchy';
import type { ArgoCDOptions, ArgoCDServer, Evidence, EvidenceTarget } from '../../../layers/law/evidence';
import { isMap } from '../../../layers/plain-data';

/** What evidence names in its surroundings: a token, and certificates. */
export type NamedOptions = Pick<ArgoCDServer, 'tokenEnv' | 'caFile'>;

/** What each piece of evidence names, of every server that it has at any target; the same again and again. */
export function* namedOptions(output: Pick<FleetOutput, 'nodes' | 'clusterTypes' | 'targetsOf'>): Generator<readonly [Evidence, NamedOptions]> {
  const targets: EvidenceTarget[] = output.clusterTypes.flatMap((clusterType) => [...output.targetsOf(clusterType)]);
  const seen = new Set<Evidence>();
  for (const { path, node } of output.nodes) {
    for (const one of node.evidence ?? []) {
      if (typeof one === 'function') continue;
      if (!seen.has(one)) yield [one, Object.values(one)[0] as NamedOptions];
      seen.add(one);
      if ('argoCD' in one && typeof one.argoCD.server === 'function') {
        for (const target of targets) if (isAtOrBelow(target.path, path)) for (const options of ownOptions(one.argoCD, target)) yield [one, options];
      }
    }
  }
}

/** Of servers with options of their own. What throws is told where it is asked. */
function ownOptions({ server }: ArgoCDOptions, target: EvidenceTarget): readonly NamedOptions[] {
  try {
    const said: unknown = typeof server === 'function' ? server(target) : server;
    return (Array.isArray(said) ? said : [said]).filter(isMap);
  } catch {
    return [];
  }
}
