import type { DebtCode } from '../../../layers/silenced';

/** A field that a layer sets without effect. */
export interface IdleField {
  /** Keys joined by `.`. */
  readonly field: string;
  /** The layer that wins, or that says the same. */
  readonly by: string;
  readonly kind: 'masked' | 'equal';
}

/** How many are named of many. */
const shown = 3;

/** What is to be said of a layer none of whose fields has an effect anywhere. @param name as the subject of a sentence */
export function idleLayer(name: string, fields: readonly IdleField[]): { readonly code: DebtCode; readonly message: string; readonly found: string } {
  const isHidden = fields.every(({ kind }) => kind === 'masked');
  const reasons = fields.map(({ field, by, kind }) => `${field}: ${kind === 'masked' ? `${by} wins` : `${by} says the same`}`);
  const rest = reasons.length - shown;
  return {
    code: isHidden ? 'layer-hidden' : 'layer-idle',
    message: isHidden ? `${name} is hidden everywhere by more specific layers` : `${name} changes nothing: what it says is so without it, everywhere`,
    found: rest > 0 ? `${reasons.slice(0, shown).join(', ')} and ${rest} more` : reasons.join(', '),
  };
}
