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
          expected: `one of ${componentLayerKeys.join(', ')}`,
          hint: `'${key}' belongs to the component, and is the same for all members`,
        }
      : {
          path: [key],
          code: 'unknown-key',
          message: `'${key}' is no setting of a component`,
          expected: `one of ${componentLayerKeys.join(', ')}`,
          hint: suggestion(key, [...componentLayerKeys, ...componentKeys], 'keys'),
        };
  }
}
