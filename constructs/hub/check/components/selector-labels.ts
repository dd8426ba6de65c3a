import { describe } from '../../../../layers/plain-data';
import { checkLabels } from '../../../argocd/metadata';
import type { StringMap } from '../../resolve/string-map';
import type { HubTree } from '../../tree/hub-tree';
import { textRemark } from '../fields/fixed-fields';
import type { PartRemark } from '../part-remark';

/** What is computed from groups and components is what ApplicationSets select by: there it would say two things. */
export function* labelRemarks({ labels, groups }: HubTree, label: string, path: readonly string[]): Generator<PartRemark> {
  yield* textRemarks(label, { [label]: '' }, path);
  const isComputed = groups.some(
    ({ name, components }) => label === labels.release(name) || label === labels.remoteGroup(name) || components.some((component) => label === component.label),
  );
  const hint = isComputed
    ? 'who gets a component is said by its layers: `enabled: true`, `enabled: false`, or a function of the target'
    : label === labels.remoteArgo
      ? "write it as a layer: `enabled: (target) => target.model === 'distributed'`"
      : undefined;
  if (hint) yield { path, code: 'computed-label', message: `the label '${label}' is computed, and no selector may ask for it`, hint };
}

/** What is wrong with the value of a label. */
export function* labelValueRemarks(value: unknown, path: readonly string[]): Generator<PartRemark> {
  if (typeof value === 'string') yield* textRemarks(value, { label: value }, path);
  else yield { path, code: 'wrong-type', message: 'the value of a label has the wrong type', expected: 'a string', found: describe(value) };
}

function* textRemarks(text: string, labels: StringMap, path: readonly string[]): Generator<PartRemark> {
  const [invalid] = checkLabels(labels, {});
  const remark = textRemark(text) ?? invalid;
  if (remark) yield { path, code: remark.code, message: remark.message, expected: remark.expected, hint: remark.hint };
}
