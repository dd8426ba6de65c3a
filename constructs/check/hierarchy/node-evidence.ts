import { nameOfEvidence } from '../../../layers/law/evidence';
import type { Problem } from '../../../layers/problem';
import { DimensionNode } from '../../tree/dimension-node';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** Trailers tell the evidence of a target apart by its name. */
export function* nodeEvidence({ fleet, nodes }: FleetSubject): Generator<Problem> {
  for (const one of [fleet, ...nodes]) {
    const above = one.node.scopes.slice(0, -1).flatMap((scope) => (scope === fleet ? fleet.evidence : scope instanceof DimensionNode ? scope.evidence : []));
    const names = above.map(nameOfEvidence);
    for (const [index, evidence] of one.evidence.entries()) {
      const name = nameOfEvidence(evidence);
      if (names.includes(name)) {
        const whose = one === fleet ? 'the fleet' : `'${(one as DimensionNode).path}'`;
        yield problemAt(one, 'duplicate-name', `the evidence '${name}' of ${whose} is there twice, its own or that of what is above`, {
          at: ['evidence', String(index)],
          hint: typeof evidence === 'function' ? 'give the function a name of its own' : "give one of them a name: `name: 'errors'`",
        });
      }
      names.push(name);
    }
  }
}
