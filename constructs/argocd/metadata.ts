import type { Plain } from '../../layers/layer';
import type { Manifest } from '../../layers/output';
import { describe } from '../../layers/plain-data';
import { hasToken } from '../../layers/text/token';
import { isMap, type Remark, type Spec } from './manifest-rule';

/** What Kubernetes lets names be (kubernetes.io/docs/concepts/overview/working-with-objects/names and /labels). */
const rules = {
  subdomain: { pattern: /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, rule: "lower-case letters, digits, '-' and '.'" },
  label: { pattern: /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, rule: "at most 63 lower-case letters, digits and '-'" },
  key: {
    pattern: /^((?=.{1,253}\/)[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?(?=[^/]{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
    rule: "'name' or 'prefix/name', with letters, digits, '-', '_' and '.'",
  },
  labelValue: { pattern: /^(?=.{0,63}$)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, rule: "at most 63 letters, digits, '-', '_' and '.'" },
} as const;

/** Names, labels and annotations that Kubernetes would refuse, at paths from the manifest's top. What is known at deploy time only is left to it. */
export function checkMetadata(manifest: Manifest): readonly Remark[] {
  const { name, namespace, labels, annotations } = manifest.metadata;
  const isRbac = manifest.apiVersion.startsWith('rbac.authorization.k8s.io/');
  const remarks = [
    ...(isRbac ? [] : check(name, rules.subdomain, 'name of the manifest', ['name'])),
    ...check(namespace, rules.label, 'namespace', ['namespace']),
    ...checkLabels(mapOf(labels), mapOf(annotations)),
    // The kinds that have a schema here hear it from that.
    ...(manifest.apiVersion.startsWith('argoproj.io/')
      ? []
      : [...checkTexts('labels', labels), ...checkTexts('annotations', annotations), ...checkCopied(manifest.metadata)]),
  ].map((remark) => ({ ...remark, path: ['metadata', ...remark.path] }));
  if (manifest.kind !== 'Application') return remarks;
  const { namespace: deployed } = mapOf(mapOf(manifest.spec).destination);
  return [...remarks, ...check(deployed, rules.label, 'namespace', ['spec', 'destination', 'namespace'])];
}

/** Labels and annotations that Kubernetes would refuse, at `labels.{key}` and `annotations.{key}`. */
export function checkLabels(labels: Spec, annotations: Spec): readonly Remark[] {
  return [
    ...Object.entries(labels).flatMap(([key, value]) => [
      ...check(key, rules.key, 'key of a label', ['labels', key]),
      ...check(value, rules.labelValue, 'value of a label', ['labels', key]),
    ]),
    ...Object.keys(annotations).flatMap((key) => check(key, rules.key, 'key of an annotation', ['annotations', key])),
  ];
}

/** Kubernetes refuses a label and an annotation that is no text. */
function checkTexts(part: 'labels' | 'annotations', map: Plain | undefined): readonly Remark[] {
  if (map === undefined || map === null) return [];
  if (!isMap(map)) return [{ code: 'invalid-field', path: [part], message: `'metadata.${part}' has the wrong type`, expected: 'a map', found: describe(map) }];
  return Object.entries(map).flatMap(([key, value]) => {
    if (typeof value === 'string' || value === null) return [];
    const expected = typeof value === 'object' ? 'a string' : `a string: '${value}'`;
    return [{ code: 'invalid-field', path: [part, key], message: `'metadata.${part}.${key}' has the wrong type`, expected, found: describe(value) } as const];
  });
}

/** What a manifest has that was copied from a cluster, and by which that refuses every change of the object. */
function checkCopied(metadata: Manifest['metadata']): readonly Remark[] {
  return ['uid', 'resourceVersion', 'managedFields'].flatMap((key) => {
    if (!Object.hasOwn(metadata, key)) return [];
    const hint = 'the cluster writes it, for itself: leave it out';
    return [{ code: 'unknown-field', severity: 'warning', path: [key], message: `'metadata.${key}' says which object of a cluster this is`, hint } as const];
  });
}

/** A namespace that Kubernetes would refuse. */
export function checkNamespace(namespace: string, path: readonly string[]): readonly Remark[] {
  return check(namespace, rules.label, 'namespace', path);
}

function check(text: Plain | undefined, { pattern, rule }: (typeof rules)[keyof typeof rules], noun: string, path: readonly string[]): readonly Remark[] {
  if (typeof text !== 'string' || hasToken(text) || text.includes('{{') || pattern.test(text)) return [];
  return [{ code: 'invalid-name', path, message: `'${text}' cannot be the ${noun}`, expected: rule }];
}

function mapOf(value: Plain | undefined): Spec {
  return isMap(value) ? value : {};
}
