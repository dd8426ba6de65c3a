import type { Manifest } from '../../layers/output';
import { isMap, type Maker, type ManifestRule, type ManifestSubject, type Remark } from './manifest-rule';
import { clusterSecrets } from './rules/cluster-secrets';
import { destination } from './rules/destination';
import { handwrittenExpressions } from './rules/handwritten-expressions';
import { laterFields } from './rules/later-fields';
import { namedSources } from './rules/named-sources';
import { names } from './rules/names';
import { nulls } from './rules/nulls';
import { objectSizes } from './rules/object-size';
import { ociCharts } from './rules/oci-charts';
import { after } from './rules/own-fields/after';
import { enabled } from './rules/own-fields/enabled';
import { hydrate } from './rules/own-fields/hydrate';
import { unusedValues } from './rules/own-fields/unused-values';
import { plainData } from './rules/plain-data';
import { projectPatterns } from './rules/projects/project-patterns';
import { projectRoles } from './rules/projects/project-roles';
import { syncWindows } from './rules/projects/sync-windows';
import { releaseNames } from './rules/release-names';
import { chartPaths } from './rules/risks/chart-paths';
import { destinationNamespaces } from './rules/risks/destination-namespaces';
import { syncOptions } from './rules/risks/sync-options';
import { versionRanges } from './rules/risks/version-ranges';
import { schema } from './rules/schema';
import { secrets } from './rules/secrets';
import { skippedFiles } from './rules/skipped-files';
import { sources } from './rules/sources';
import { tokens } from './rules/tokens';
import { valueTemplates } from './rules/value-templates';
import { valuesTexts } from './rules/values-texts';
import { valuesTwice } from './rules/values-twice';

interface Row {
  readonly rule: ManifestRule;
  /** The kinds of manifests that may hold what it looks for. @default - any */
  readonly kinds?: readonly string[];
  /** Whose manifests may hold it. @default - anybody's but those of charts, in which little is for us to judge */
  readonly of?: readonly Maker[];
  /** Whose manifests may not, or are looked at elsewhere. @default - nobody's */
  readonly except?: readonly Maker[];
  /** Whether it looks at every value, those of a list's objects included. @default false */
  readonly isDeep?: boolean;
}

const applications = ['Application', 'ApplicationSet'];

/** The one list of what is looked for in everything that becomes a manifest: a new rule is a file in `rules/` and a row here. */
export const manifestRules: readonly Row[] = [
  { rule: enabled, of: ['layers'] },
  { rule: after, of: ['layers'] },
  { rule: hydrate, of: ['layers'] },
  { rule: unusedValues, of: ['layers'] },
  { rule: namedSources, of: ['layers'], kinds: [...applications, 'AppProject'] },
  { rule: sources, kinds: ['Application'] },
  { rule: ociCharts, kinds: applications },
  { rule: destination, kinds: ['Application'] },
  { rule: valuesTwice, kinds: applications },
  { rule: valuesTexts, kinds: ['ApplicationSet'] },
  { rule: releaseNames, of: ['layers'], kinds: ['Application'] },
  { rule: syncOptions, except: ['component-values', 'hub'] },
  // What hubs deploy has a namespace, or says why not, in a rule of their own.
  { rule: destinationNamespaces, kinds: applications, except: ['component', 'component-values', 'hub'] },
  { rule: chartPaths, kinds: applications, except: ['component', 'component-values', 'hub'] },
  { rule: versionRanges, kinds: applications, except: ['component-values', 'hub'] },
  { rule: syncWindows, kinds: ['AppProject'] },
  { rule: projectRoles, kinds: ['AppProject'] },
  { rule: projectPatterns, kinds: ['AppProject'] },
  { rule: schema, except: ['component-values'] },
  { rule: laterFields, kinds: [...applications, 'AppProject'], except: ['component-values'] },
  // What hubs, members and components are called, and where they are put, is said once and looked at there.
  { rule: names, except: ['component', 'component-values', 'hub'] },
  // To Helm a null is the word to drop a default.
  { rule: nulls, except: ['component', 'component-values', 'hub'] },
  // Layers are looked at value by value where they are compiled, and hubs are made of them and of fields of components.
  { rule: plainData, except: ['layers', 'component-values', 'hub'], isDeep: true },
  { rule: tokens, isDeep: true },
  // In what is the same for all clusters of a hub, any template is a mistake.
  { rule: handwrittenExpressions, except: ['component', 'component-values', 'hub'], isDeep: true },
  { rule: valueTemplates, except: ['layers', 'customize', 'workloads', 'component', 'hub'] },
  { rule: clusterSecrets },
  // All that lies in folders which are no charts: what layers and `customize` make goes into a target's chart.
  { rule: skippedFiles, of: ['workloads', 'chart', 'component', 'component-values', 'hub'], isDeep: true },
  { rule: objectSizes, of: ['workloads', 'chart'] },
  // What hubs and their components say is looked at where it is said.
  { rule: secrets, of: ['layers', 'customize', 'workloads', 'chart'], isDeep: true },
];

const chosen = new Map<string, readonly ManifestRule[]>();

/** The rules that may find something in such a manifest. @param isItem whether it is one of a list, whose values were looked at already */
function rulesFor({ maker, manifest: { kind } }: ManifestSubject, isItem = false): readonly ManifestRule[] {
  const key = `${maker} ${kind} ${isItem}`;
  let rules = chosen.get(key);
  if (!rules) {
    const rows = manifestRules
      .filter(({ of, except, kinds }) => (of?.includes(maker) ?? maker !== 'chart') && !except?.includes(maker) && (kinds?.includes(kind) ?? true))
      .filter(({ isDeep = false }) => !(isItem && isDeep));
    rules = rows.map(({ rule }) => rule);
    chosen.set(key, rules);
  }
  return rules;
}

/** Everything that is wrong with what becomes a manifest. */
export function remarksOn(subject: ManifestSubject): readonly Remark[] {
  const remarks: Remark[] = [];
  for (const rule of rulesFor(subject)) for (const remark of rule(subject)) remarks.push(remark);
  for (const item of itemsOf(subject)) remarks.push(...remarksOnItem(item));
  const causes = remarks.filter(({ isCause }) => isCause).map(({ path }) => path);
  // An app's name is looked at where all names are.
  if (subject.maker === 'layers') causes.push(['metadata', 'name']);
  if (causes.length === 0 || remarks.length === 0) return remarks;
  return remarks.filter(({ path, isCause }) => isCause || !causes.some((cause) => cause.every((key, index) => key === path[index])));
}

function remarksOnItem({ item, path, maker }: Item): readonly Remark[] {
  const subject = { maker, written: item, manifest: item };
  const own = rulesFor(subject, true).flatMap((rule) => rule(subject));
  return [...own, ...itemsOf(subject).flatMap(remarksOnItem)].map((remark) => ({ ...remark, path: [...path, ...remark.path] }));
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
