import { isMap } from '../../../layers/plain-data';
import type { Reply } from '../../../store/evidence/ask-all';
import { jsonOf } from './asking';

/** Where an Argo CD tells of all of its Applications. What else its API picks leaves out what is judged by. */
export const allApplications = '/api/v1/applications';

export type ListedApplications = { readonly items: readonly unknown[] } | { readonly none: string };

/** Of one answer, which many may ask for, read once. */
const known = new WeakMap<Reply, ListedApplications>();

/** The Applications that an Argo CD tells of, or why it tells nothing. */
export function applicationsIn(reply: Reply): ListedApplications {
  let found = known.get(reply);
  if (found === undefined) {
    found = listed(reply);
    known.set(reply, found);
  }
  return found;
}

function listed(reply: Reply): ListedApplications {
  const said = jsonOf(reply, (body) => (isMap(body) && typeof body.message === 'string' ? `it answers: ${body.message}` : undefined));
  if ('none' in said) return said;
  const { body } = said;
  const { items, kind } = isMap(body) ? body : {};
  if (Array.isArray(items)) return { items };
  // Go writes an empty list as null, or leaves it out.
  const isEmpty = items === null || (items === undefined && kind === 'ApplicationList');
  return isEmpty ? { items: [] } : { none: 'it does not answer as Argo CD does' };
}
