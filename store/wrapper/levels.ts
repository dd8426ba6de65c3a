import { parametersOf } from './application-set';
import { filledIn, unknownIn } from './go-template';
import type { Instance } from './instances';
import type { Layout, LayoutFile } from './layout';
import type { Membership, WrapperMember } from './members';
import { asText, type Data } from './values';

/** A file of values in the hierarchy, as a member reads it. */
export interface Level {
  /** How broad it is. */
  readonly level: 'all' | 'tenants' | 'tenant' | 'environment' | 'cluster';
  readonly file?: LayoutFile;
}

/** The files of values of a chart, from the broadest on. @param type of a source beside it */
export function levelsOf(
  member: WrapperMember,
  { values, group }: Instance,
  said: Data,
  chart: string,
  type: string | undefined,
  layout: Layout,
  membership: Membership,
): readonly Level[] {
  const fill = (text: string) => withKnown(filledIn(text, parametersOf(member)), membership);
  const base = fill(asText(values.repoURLGitBasePath) ?? '');
  const prefix = String(values.useValuesFilePrefix ?? false) === 'true' ? (asText(values.valuesFilePrefix) ?? '') : '';
  const groups = asText(values.applicationSetGroup) === undefined ? [''] : [group, ''];
  const name = (type === undefined ? asText(said.valuesFileName) : undefined) ?? 'values.yaml';
  const entries = Array.isArray(values.valueFiles) ? values.valueFiles.map(String) : [];
  return entries.map((entry, index): Level => {
    // Versions of the wrapper differ in whether the group and a prefix are parts of the path.
    const paths = [prefix, ''].flatMap((before) => groups.map((own) => [base, before, fill(entry), own, chart, type ?? '', name]));
    const [file] = paths.flatMap((parts) => layout.yaml(parts.filter((part) => part !== '').join('/')) ?? []);
    return { level: levelOf(entry, index), ...(file === undefined ? {} : { file }) };
  });
}

function levelOf(entry: string, index: number): Level['level'] {
  if (/\.name\b|nameNormalized/.test(entry)) return 'cluster';
  if (/\.environment\b/.test(entry)) return 'environment';
  if (/\.tenant\b/.test(entry)) return 'tenant';
  return index === 0 ? 'all' : 'tenants';
}

/** A text in which what Git does not know of one cluster is what it knows of others. */
export function withKnown(text: string, membership: Membership): string {
  for (let name = unknownIn(text), next = text; ; name = unknownIn(next)) {
    const annotation = name?.replace(/^annotation /, '');
    const value = annotation === undefined ? undefined : membership.annotation(annotation);
    if (name === undefined || value === undefined) return next;
    next = next.replace(`\u2039${name}\u203a`, () => value);
  }
}
