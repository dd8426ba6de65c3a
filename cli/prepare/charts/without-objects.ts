import { FleetError } from '../../../constructs';
import type { Proof } from '../prove';

/**
 * What a change shows where nothing is rendered when it is made: a chart that cannot be opened yet stops nobody then, and nobody who
 * asks beforehand.
 *
 * @returns with why objects are not shown, where they are not
 */
export function withoutObjects(proof: Proof): { readonly proof: Proof; readonly notes: readonly string[] } {
  try {
    proof.changes();
    proof.effect();
    return { proof, notes: [] };
  } catch (cause) {
    if (!(cause instanceof FleetError)) throw cause;
    const whys = [...new Set(cause.problems.map(({ message, hint }) => (hint === undefined ? message : `${message}: ${hint}`)))];
    return { proof: { ...proof, ...proof.alone }, notes: whys.map((why) => `what becomes of objects is not shown: ${why}`) };
  }
}
