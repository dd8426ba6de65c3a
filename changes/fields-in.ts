import { type Fields, fieldsOf } from './fields';
import type { Content, Subject } from './state';

const known = new WeakMap<Content, Fields>();

/** What a file says, field by field; each content is looked at once. */
export function fieldsIn(content: Content, { object }: Pick<Subject, 'object'>): Fields {
  let fields = known.get(content);
  if (!fields) {
    fields = fieldsOf(content, object === 'values' ? ['values'] : []);
    known.set(content, fields);
  }
  return fields;
}
