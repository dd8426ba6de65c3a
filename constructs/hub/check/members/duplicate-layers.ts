import type { Finding } from '../../../../layers/consequences';
import { originOf, problemAt } from '../../../tree/origin';
import { memberLayerKeys } from '../../tree/member';
import type { HubSubject } from '../hub-rule';

/** What a cluster says of itself stands in its file or in another one, not in both. */
export function* duplicateLayers({ fleet }: HubSubject): Generator<Finding> {
  for (const { member, at, twin } of fleet.memberLayers.twice) {
    const { file, place } = originOf(twin);
    yield problemAt(member, 'duplicate-name', `the layer of '${member.name}' stands in two files`, {
      at,
      found: `${place.join('.')}${file === undefined ? '' : ` in ${file}`}, too`,
      hint: at.length === 0 ? `keep one of them: ${memberLayerKeys.join(', ')} here, or the override there` : 'keep one of them',
    });
  }
}
