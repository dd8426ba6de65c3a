import type { Place } from '../../../layers/config-files';
import { removeEntry } from '../../typescript/remove-entry';
import { literalList, setList } from '../../typescript/set-list';
import { removeYaml } from '../../yaml/remove-yaml';
import type { Edits } from '../edits';

/** Takes a node of the hierarchy out of the fleet file. @param place of it, by keys and numbers of items @throws FleetError where it is not written out */
export function removeNode(edits: Edits, { file, place }: Place, path: string): void {
  const byHand = `take '${path}' out of the hierarchy`;
  const source = edits.read(file);
  edits.write(file, file.endsWith('.yaml') ? removeYaml(source, place, byHand) : removeEntry(source, place, byHand));
}

/**
 * Takes what names something that is gone out of the configuration: a layer, an entry, or an item of a list, which may get empty.
 *
 * @param place of the whole layer or entry, or of the item
 * @throws FleetError where it is not written out
 */
export function removeMention(edits: Edits, { file, place }: Place): void {
  const source = edits.read(file);
  const byHand = `take \`${place.join('.')}\` out`;
  if (file.endsWith('.yaml')) {
    const left = removeYaml(source, place, byHand);
    if (left.trim() === '') edits.remove(file);
    else edits.write(file, left);
    return;
  }
  const [list, index] = [place.slice(0, -1), Number(place[place.length - 1])];
  const values = Number.isInteger(index) ? literalList(source, list) : undefined;
  // Where a patch sits nowhere, it is said to.
  if (values) {
    const left = values.filter((_, at) => at !== index);
    edits.write(file, setList(source, list, left, byHand));
  } else edits.write(file, removeEntry(source, place, byHand));
}
