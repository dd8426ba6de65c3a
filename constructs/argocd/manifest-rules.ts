import type { Manifest } from '../../layers/output';
import { isMap, type Maker, type ManifestRule, type ManifestSubject, type Remark } from './manifest-rule';
import { clusterSecrets } from './rules/cluster-secrets';
import { destination } from './rules/destination';
import { enabled } from './rules/enabled';
import { handwrittenExpressions } from './rules/handwritten-expressions';
import { namedSources } from './rules/named-sources';
import { names } from './rules/names';
import { nulls } from './rules/nulls';
import { ociCharts } from './rules/oci-charts';
import { plainData } from './rules/plain-data';
import { releaseNames } from './rules/release-names';
import { schema } from './rules/schema';
import { secrets } from './rules/secrets';
import { sources } from './rules/sources';
import { tokens } from './rules/tokens';
import { unusedValues } from './rules/unused-values';
import { valueTemplates } from './rules/value-templates';
import { valuesTexts } from './rules/values-texts';
import { valuesTwice } from './rules/values-twice';

interface Row {
  readonly rule: ManifestRule;
  /** Whose manifests have nothing that the rule could find, or may hold it. @default - it looks at all */
  readonly except?: readonly Maker[];
  /** Whether it looks at every value, those of a list's objects included. @default false */
  readonly isDeep?: boolean;
}

/** The one list of what is looked for in everything that becomes a manifest: a new rule is a file in `rules/` and a row here. */
export const manifestRules: readonly Row[] = [
  { rule: enabled },
  { rule: unusedValues },
  { rule: namedSources },
  { rule: sources },
  { rule: ociCharts },
  { rule: destination },
  { rule: valuesTwice },
  { rule: valuesTexts },
  { rule: releaseNames },
  { rule: schema },
  // Where members and components are put is said in more places than a component, and looked at there.
  { rule: names, except: ['component'] },
  // To Helm a null is the word to drop a default.
  { rule: nulls, except: ['component', 'component-values'] },
  // Layers are looked at value by value where they are compiled.
  { rule: plainData, except: ['layers', 'component-values'], isDeep: true },
  { rule: tokens, isDeep: true },
  // In what is the same for all clusters of a hub, any template is a mistake.
  { rule: handwrittenExpressions, except: ['component', 'component-values', 'hub'], isDeep: true },
  { rule: valueTemplates, except: ['layers', 'customize', 'workloads', 'component', 'hub'] },
  { rule: clusterSecrets },
  // What hubs and their components say is looked at where it is said.
  { rule: secrets, except: ['component', 'component-values', 'hub'], isDeep: true },
];

/** Everything that is wrong with what becomes a manifest. */
export function remarksOn(subject: ManifestSubject): readonly Remark[] {
  const remarks = [...remarksOf(subject, manifestRules), ...itemsOf(subject).flatMap(remarksOnItem)];
  const causes = remarks.filter(({ isCause }) => isCause).map(({ path }) => path);
  // An app's name is looked at where all names are.
  if (subject.maker === 'layers') causes.push(['metadata', 'name']);
  if (causes.length === 0) return remarks;
  return remarks.filter(({ path, isCause }) => isCause || !causes.some((cause) => cause.every((key, index) => key === path[index])));
}

function remarksOf(subject: ManifestSubject, rules: readonly Row[]): readonly Remark[] {
  return rules.flatMap(({ rule, except }) => (except?.includes(subject.maker) ? [] : rule(subject)));
}

const itemRules = manifestRules.filter(({ isDeep }) => isDeep !== true);

function remarksOnItem({ item, path, maker }: Item): readonly Remark[] {
  const subject = { maker, written: item, manifest: item };
  return [...remarksOf(subject, itemRules), ...itemsOf(subject).flatMap(remarksOnItem)].map((remark) => ({ ...remark, path: [...path, ...remark.path] }));
}

interface Item {
  readonly item: Manifest;
  readonly path: readonly string[];
  readonly maker: Maker;
}

/** The objects of a `List`, which Argo CD applies one by one: `kubectl get -o yaml` writes them so. They are rendered as they are. */
function itemsOf({ manifest: { kind, items }, maker }: ManifestSubject): readonly Item[] {
  if (kind !== 'List' || !Array.isArray(items)) return [];
  return items.flatMap((item, index) => (isManifest(item) ? [{ item, path: ['items', String(index)], maker }] : []));
}

function isManifest(item: unknown): item is Manifest {
  return isMap(item) && typeof item.apiVersion === 'string' && typeof item.kind === 'string' && isMap(item.metadata);
}
