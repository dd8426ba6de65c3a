import { type SecretPart, secretValue } from '../cluster-secret';
import { isMap, type ManifestRule, type Spec } from '../manifest-rule';
import { TextSearch } from '../text-search';

/** What an expression asks a cluster secret for: a map that it may not have, or an entry of one. */
const asked =
  /\{\{[^{}]*?(?<![\w)\]])(?:\.metadata\.|(?<=\bindex\s+\$?)\.metadata\s+["`])(annotations|labels)\b(?:\.([\w-]+)|["`]?\s+["`]([^"`]+)["`])?[^{}]*\}\}/;

/** Expressions that look before they ask. With `missingkey=error`, looking at what is not there is an error itself. */
const guarded = { strict: /\bhasKey\s+\$?\.metadata\s|\b(if|with)\s+\(?(get|dig)\b/, lax: /\b(hasKey|dig|with|if)\b/ } as const;

const expressions = new TextSearch((text) => asked.test(text));

/** They fail for a map that is not there, whatever the options: Go has no `index of untyped nil`. */
const indexed = /\bindex\b/;

/**
 * Expressions written by hand for which one cluster secret can fail the ApplicationSet of all clusters. Argo CD gives a
 * template no `.metadata.annotations` of a secret without any; with `missingkey=error`, each entry that is not there fails
 * too. Labels that the selector asks for are there.
 */
export const clusterSecrets: ManifestRule = ({ written: { kind, spec } }) => {
  if (kind !== 'ApplicationSet' || !isMap(spec) || spec.goTemplate !== true) return [];
  const isStrict = Array.isArray(spec.goTemplateOptions) && spec.goTemplateOptions.includes('missingkey=error');
  const selected = [...selectors(spec.generators)];
  if (selected.length === 0) return [];
  const isSelected = (label: string) => selected.every((keys) => keys.includes(label));
  return expressions.in({ spec }).flatMap(({ text, path }) => {
    if (guarded[isStrict ? 'strict' : 'lax'].test(text)) return [];
    const [written = '', part, field, key] = asked.exec(text) ?? [];
    const isThere = part === 'labels' && (field === undefined ? selected.every((keys) => keys.length > 0) : isSelected(field));
    if (isThere || !(isStrict || indexed.test(written))) return [];
    const name = field ?? key ?? '…';
    return [
      {
        code: 'cluster-secret',
        severity: 'notice',
        path,
        message: `one cluster secret without ${part === 'labels' && field !== undefined ? `the label '${field}'` : part} stops this ApplicationSet for all clusters`,
        found: written,
        hint: `\`${secretValue(part as SecretPart, name)}\` is empty there, so that only that cluster fails; a root injects \`cluster.${part === 'labels' ? 'label' : 'annotation'}('${name}')\` like this`,
      } as const,
    ];
  });
};

/** The labels that each cluster generator asks for, those inside of `matrix` and `merge` included. */
function* selectors(generators: unknown): Generator<readonly string[]> {
  for (const generator of Array.isArray(generators) ? generators : []) {
    if (!isMap(generator)) continue;
    if (isMap(generator.clusters)) yield labelsOf(generator.clusters.selector);
    for (const fields of Object.values(generator)) if (isMap(fields)) yield* selectors(fields.generators);
  }
}

function labelsOf(selector: unknown): readonly string[] {
  if (!isMap(selector)) return [];
  const { matchLabels, matchExpressions } = selector;
  const needed = (Array.isArray(matchExpressions) ? matchExpressions : []).filter(
    (one): one is Spec => isMap(one) && (one.operator === 'In' || one.operator === 'Exists'),
  );
  return [...Object.keys(isMap(matchLabels) ? matchLabels : {}), ...needed.map(({ key }) => String(key))];
}
