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
  // What Git does not know of this cluster is what it knows of the others.
  const annotations = { ...member.annotations };
  const parameters = parametersOf({ ...member, annotations });
  const fill = (text: string) => withKnown(filledIn(text, parameters), membership);
  const base = fill(asText(values.repoURLGitBasePath) ?? '').replace(/\/$/, '');
  const prefix = String(values.useValuesFilePrefix ?? false) === 'true' ? (asText(values.valuesFilePrefix) ?? '') : '';
  const entries = Array.isArray(values.valueFiles) ? values.valueFiles.map(String) : [];
  const ofGroup = asText(values.applicationSetGroup) === undefined ? [] : [`${group}/`];
  const rest = `${chart}/${type === undefined ? '' : `${type}/`}${(type === undefined ? asText(said.valuesFileName) : undefined) ?? 'values.yaml'}`;
  return entries.map((entry, index): Level => {
    const level = /\.name\b|nameNormalized/.test(entry)
      ? 'cluster'
      : /\.environment\b/.test(entry)
        ? 'environment'
        : /\.tenant\b/.test(entry)
          ? 'tenant'
          : index === 0
            ? 'all'
            : 'tenants';
    const folder = fill(entry);
    const paths = [
      ...new Set(
        [prefix.replace(/\/?$/, '/'), '/'].flatMap((one) =>
          [...ofGroup, ''].map((own) => `${base}${one.startsWith('/') ? '' : '/'}${one}${folder}/${own}${rest}`),
        ),
      ),
    ];
    const file = paths.flatMap((path) => layout.yaml(path) ?? [])[0];
    return { level, ...(file === undefined ? {} : { file }) };
  });
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
