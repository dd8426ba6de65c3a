import type { Maker, ManifestRule, ManifestSubject, Remark } from './manifest-rule';
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
  { rule: plainData, except: ['layers', 'component-values'] },
  { rule: tokens },
  // In what is the same for all clusters of a hub, any template is a mistake.
  { rule: handwrittenExpressions, except: ['component', 'component-values', 'hub'] },
  { rule: valueTemplates, except: ['layers', 'customize', 'workloads', 'component', 'hub'] },
  { rule: clusterSecrets },
  // What hubs and their components say is looked at where it is said.
  { rule: secrets, except: ['component', 'component-values', 'hub'] },
];

/** Everything that is wrong with what becomes a manifest. */
export function remarksOn(subject: ManifestSubject): readonly Remark[] {
  const remarks = manifestRules.flatMap(({ rule, except }) => (except?.includes(subject.maker) ? [] : rule(subject)));
  const causes = remarks.filter(({ isCause }) => isCause).map(({ path }) => path);
  // An app's name is looked at where all names are.
  if (subject.maker === 'layers') causes.push(['metadata', 'name']);
  if (causes.length === 0) return remarks;
  return remarks.filter(({ path, isCause }) => isCause || !causes.some((cause) => cause.every((key, index) => key === path[index])));
}
