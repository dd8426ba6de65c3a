import type { Finding } from '../../../../layers/consequences';
import { componentShape } from '../../../../layers/shape/group-shape';
import { readFields } from '../../../../layers/shape/read-fields';
import { only } from '../../../../layers/shape/shape';
import { componentFieldKeys } from '../../tree/component';
import type { Fields } from '../fields/field-rule';
import { fieldRemarks } from '../fields/field-rules';
import { fixedFieldRemarks } from '../fields/fixed-fields';
import { type PartRemark, remarksOf } from '../part-remark';
import type { LayerSubject } from './layer-rule';

const shape = only(componentShape, ...componentFieldKeys);

/** What layers say of a component's fields is as right as what the component says of them. */
export function* layerFields({ values }: LayerSubject): Generator<PartRemark> {
  const fields = Object.fromEntries(Object.entries(values.plain).filter(([key]) => key in shape));
  const wrong = unreadable(fields);
  yield* wrong.length > 0 ? wrong : fieldRemarks(fields);
}

/** Whether fields that layers say are data of the right types, so that more can be looked at. */
export function isReadable(fields: object): boolean {
  return unreadable(fields as Fields).length === 0;
}

function unreadable(fields: Fields): readonly PartRemark[] {
  const found: Finding[] = [];
  readFields({ ...fields }, shape, { place: [], noun: 'the layer' }, found);
  return [...fixedFieldRemarks(fields, []), ...remarksOf(found)];
}
