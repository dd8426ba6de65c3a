import type { Problem } from '../../../layers/problem';
import { argoCDVersions } from '../../../layers/shape/fields-since';
import { suggestion } from '../../../layers/text/nearest';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** The Argo CD that the output is for is one whose fields are known. Of configuration files that is said where they are read. */
export function* supportedVersions({ fleet }: FleetSubject): Generator<Problem> {
  if (argoCDVersions.includes(fleet.argoCD)) return;
  yield problemAt(fleet, 'wrong-type', `'${fleet.argoCD}' is no supported version of Argo CD`, {
    at: ['argoCD'],
    expected: argoCDVersions.map((version) => `'${version}'`).join(' or '),
    hint: suggestion(String(fleet.argoCD), argoCDVersions, 'versions'),
  });
}
