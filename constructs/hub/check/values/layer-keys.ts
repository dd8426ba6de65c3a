import { suggestion } from '../../../../layers/text/nearest';
import { componentKeys, componentLayerKeys } from '../../tree/component';
import type { PartRemark } from '../part-remark';
import type { LayerSubject } from './layer-rule';

/** What is layered is what members may differ in. */
export function* layerKeys({ component: { name }, values }: LayerSubject): Generator<PartRemark> {
  for (const key of values.keys) {
    if (componentLayerKeys.includes(key)) continue;
    yield componentKeys.includes(key)
      ? {
          path: [key],
          code: 'component-field',
          message: `'${key}' of '${name}' is not layered`,
          expected: 'layers of members set `enabled` and `values`',
          hint: `'${key}' belongs to the component, or to a release of its group: what differs there is another release`,
        }
      : {
          path: [key],
          code: 'unknown-key',
          message: `'${key}' is no setting of a component`,
          expected: "'enabled' and 'values'",
          hint: suggestion(key, [...componentLayerKeys, ...componentKeys], 'keys'),
        };
  }
}
