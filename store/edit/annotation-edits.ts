import { removeEntry } from '../typescript/remove-entry';
import { setValue } from '../typescript/set-value';
import { sourceText } from '../typescript/source-text';
import { sourceOf } from '../typescript/source-tree';
import type { Edits } from './edits';

/** Keys that stand in front of the annotations of a member. */
const before = ['hub', 'tenant', 'environment', 'secret', 'labels'];

/**
 * Writes an annotation into the file of a hub or a spoke, or takes it out.
 *
 * @param value `undefined` for one that goes
 * @throws FleetError where the annotations are not written out there
 */
export function setAnnotation(edits: Edits, file: string, name: string, value: string | undefined): void {
  const source = edits.read(file);
  const place = ['annotations', name];
  if (value === undefined) edits.write(file, removeEntry(source, place, `take '${name}' out of \`annotations\` by hand; nothing was written`));
  else {
    const code = sourceText(sourceOf(value));
    edits.write(file, setValue(source, place, code, `write \`'${name}': ${code}\` into \`annotations\` by hand; nothing was written`, before));
  }
}
