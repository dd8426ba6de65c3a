import { digestOf, stable } from '../../../changes/judge/effect';
import type { Evidence } from '../../../layers/law/evidence';

/** How something is asked, and not what: it may be asked otherwise from now on, and was good all the same. */
const how = ['name', 'tokenEnv', 'caFile', 'timeout', 'refreshedWithin'];

/**
 * Names what a piece of evidence asks: its address, its query, its command; of a function its text, whatever stands in others that it
 * calls. What is called alike and asks something else has another one.
 */
export function pieceOf(evidence: Evidence): string {
  const [[kind, options]] = typeof evidence === 'function' ? [['function', { says: evidence }]] : (Object.entries(evidence) as [[string, object]]);
  const asked = Object.entries(options).filter(([key, value]) => !how.includes(key) && value !== undefined);
  return digestOf(stable([kind, ...asked.map(([key, value]) => [key, String(value).replace(/\s+/g, ' ')].join(' ')).sort()])).slice(0, 8);
}
