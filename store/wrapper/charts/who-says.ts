import { isMap } from '../../../layers/plain-data';
import type { Layout, LayoutFile } from '../layout';

/** Files that values are merged of. */
export interface Merged {
  /** The strongest last. */
  readonly files: readonly LayoutFile[];
  /** The ApplicationSet that installs the chart, with values that beat those of files. */
  readonly installedBy: LayoutFile;
}

/** Where something is said. */
export interface Said {
  readonly file: LayoutFile;
  readonly place: readonly string[];
}

/** The file, of those that the values are merged of, that says a place, as deep as one does. */
export function whoSays({ files, installedBy }: Merged, place: readonly string[]): Said {
  const depthIn = ({ content }: LayoutFile) => {
    let at: unknown = content;
    const missing = place.findIndex((key) => {
      const below: unknown = isMap(at) && Object.hasOwn(at, key) ? at[key] : Array.isArray(at) ? at[Number(key)] : undefined;
      at = below;
      return below === undefined;
    });
    return missing < 0 ? place.length : missing;
  };
  let best: Said = { file: installedBy, place: [] };
  for (const file of files) if (depthIn(file) > 0 && depthIn(file) >= best.place.length) best = { file, place: place.slice(0, depthIn(file)) };
  return best;
}

/**
 * Lists what cannot be said, where values say it. What no file says as deep as that stands in the ApplicationSet, in a text as a
 * rule: there it is the line of the key.
 */
export function sayAt(layout: Layout, merged: Merged, place: readonly string[], text: string | undefined, reason: string): void {
  const at = whoSays(merged, place);
  const said = text === undefined ? {} : { text };
  const line = at.place.length < place.length ? lineSaying(layout.text(merged.installedBy.path), place) : undefined;
  if (line === undefined) layout.say({ file: at.file.file, place: at.place, ...said, reason });
  else layout.say({ file: merged.installedBy.file, line, ...said, reason });
}

/** The line of a text that says the last key of a place, below lines that say those before it. */
function lineSaying(text: string, place: readonly string[]): number | undefined {
  const lines = text.split('\n');
  let at = -1;
  for (const key of place) {
    const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const pattern = new RegExp(`^[ -]*["']?${escaped}["']?:`);
    at = lines.findIndex((line, index) => index > at && pattern.test(line));
    if (at < 0) return undefined;
  }
  return at < 0 ? undefined : at + 1;
}
