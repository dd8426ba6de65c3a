import type { Finding } from '../../../../layers/consequences';
import { isMap } from '../../../../layers/plain-data';
import { registrationKeys } from '../../../../layers/shape/credential-shape';
import { memberLayerShape } from '../../../../layers/shape/member-shape';
import { readValue } from '../../../../layers/shape/read-fields';
import { checkLabels } from '../../../argocd/metadata';
import { stringsIn } from '../../resolve/string-map';
import type { HubTree } from '../../tree/hub-tree';
import { usableSelector } from '../components/component-selectors';
import { type PartRemark, remarksOf } from '../part-remark';
import { handwrittenLabel } from './handwritten-labels';
import { remarksBelow } from './remarks-below';
import { heldFindings, readingFindings } from './secret-refs';
import type { SettingSubject } from './setting-rule';

/** How the entry of a cluster is read, all layers merged. */
export function registrationSettings({ values: { plain } }: SettingSubject): Iterable<PartRemark> {
  return remarksBelow('registration', plain.registration, registrationRemarks);
}

function registrationRemarks(registration: unknown): readonly PartRemark[] {
  const findings: Finding[] = [];
  readValue(registration, memberLayerShape.registration, 'registration', { place: [] }, findings);
  if (isMap(registration)) {
    findings.push(...readingFindings({ whose: 'the registration of a cluster', said: registration, names: registrationKeys, place: [] }));
    for (const part of ['annotationsFrom', 'labelsFrom'] as const) {
      for (const [name, key] of Object.entries(stringsIn(registration[part])))
        findings.push(...heldFindings({ said: registration, place: [] }, key, [part, name]));
    }
  }
  return remarksOf(findings);
}

/** What a cluster is given from its entry: Kubernetes takes the names, and no label decides anything. */
export function* registrationNames({ fleet, values: { plain } }: SettingSubject): Generator<PartRemark> {
  const { registration } = plain as { readonly registration?: unknown };
  if (!isMap(registration)) return;
  const [labels, annotations] = [registration.labelsFrom, registration.annotationsFrom].map((map) =>
    Object.fromEntries(Object.keys(stringsIn(map)).map((name) => [name, ''])),
  );
  for (const { path, ...remark } of checkLabels(labels ?? {}, annotations ?? {})) {
    const [part, ...name] = path;
    yield { ...remark, path: ['registration', `${part}From`, ...name] };
  }
  const names = Object.keys(labels ?? {});
  const asked = names.length > 0 ? labelsAskedIn(fleet) : new Map<string, string>();
  for (const label of names) {
    const path = ['registration', 'labelsFrom', label];
    const component = asked.get(label);
    const [handwritten] = handwrittenLabel(fleet, label, path);
    if (handwritten) yield handwritten;
    else if (component !== undefined) {
      yield {
        path,
        code: 'label-source',
        message: `the selector of '${component}' asks for the label '${label}'`,
        expected: 'a label that Git says: what is deployed is decided there',
        hint: `write its value as a layer: \`labels: { '${label}': '…' }\``,
      };
    }
  }
}

/** The labels that selectors ask for, each with one of the components that do. */
function labelsAskedIn(fleet: HubTree): ReadonlyMap<string, string> {
  const components = fleet.groups.flatMap((group) => group.components);
  return new Map(components.flatMap((component) => labelsAskedBy(usableSelector(fleet, component)).map((label) => [label, component.name] as const)));
}

function labelsAskedBy(selector: ReturnType<typeof usableSelector>): readonly string[] {
  return [...Object.keys(selector?.matchLabels ?? {}), ...(selector?.matchExpressions ?? []).map(({ key }) => key)];
}
