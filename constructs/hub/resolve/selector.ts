/** What an object's label has to be. */
export type LabelExpression = { readonly key: string; readonly operator: string; readonly values?: readonly string[] };

/** Which labels an object has to have. */
export type LabelSelector = {
  readonly matchLabels?: { readonly [label: string]: string | undefined };
  readonly matchExpressions?: readonly LabelExpression[];
};

/** Whether labels satisfy a selector, as Kubernetes reads it: an absent label is not in any list (k8s.io, labels and selectors). */
export function matches({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: { readonly [label: string]: string }): boolean {
  for (const label in matchLabels) if (labels[label] !== matchLabels[label]) return false;
  return matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    if (operator === 'In') return value !== undefined && values.includes(value);
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    return operator === 'Exists' ? value !== undefined : value === undefined;
  });
}
