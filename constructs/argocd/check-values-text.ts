import type { Plain } from '../../layers/layer';
import { holdsNull } from './manifest';
import type { Remark, Spec } from './semantics';
import { templatingOf, unsayables } from './values-text';

/** What the sources of an ApplicationSet's template cannot hold where a null makes one text of all their values. */
export function checkValuesTexts(kind: string, spec: Spec): readonly Remark[] {
  const templating = templatingOf(kind, spec.goTemplate);
  const template = isMap(spec.template) ? spec.template.spec : undefined;
  if (templating === 'none' || !isMap(template)) return [];
  const { source, sources } = template;
  const named = typeof sources === 'object' && sources !== null ? Object.entries(sources) : [];
  const all = [['source'], ...named.map(([name]) => ['sources', name])].map((path, index) => [path, index === 0 ? source : named[index - 1]?.[1]] as const);
  return all.flatMap(([path, one]) => {
    const values = isMap(one) && isMap(one.helm) ? one.helm.valuesObject : undefined;
    if (!isMap(values) || !holdsNull(values)) return [];
    return unsayables(values, templating).map(({ path: below, text, reason, hint }) => ({
      code: 'values-text' as const,
      path: ['template', 'spec', ...path, 'helm', 'valuesObject', ...below],
      message: `beside a null the values travel as one text, which cannot hold this one: ${reason}`,
      found: text,
      hint: `${hint === undefined ? '' : `${hint}; or `}take the null out of the values, which Argo CD loses outside of a text`,
    }));
  });
}

function isMap(value: Plain | undefined): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
