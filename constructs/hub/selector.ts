/** Which labels an object has to have. */
export interface LabelSelector {
  readonly matchLabels?: { readonly [label: string]: string | undefined };
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

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
