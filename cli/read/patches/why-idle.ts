import type { PatchView } from '../../../constructs';

type FieldWithoutEffect = ReturnType<PatchView['withoutEffect']>[number];

/** Why a field of a patch has no effect somewhere: the layer that wins over it, or says the same. */
export function whyIdle({ by, kind }: Pick<FieldWithoutEffect, 'by' | 'kind'>): string {
  return kind === 'masked' ? `${by} wins` : `${by} says the same`;
}
