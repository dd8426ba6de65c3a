import type { Problem } from '../../layers/problem';
import type { TextPosition } from '../text/position';

type Locator = (place: readonly string[], found: string | undefined) => TextPosition | undefined;

/** Something that stands at a place of a configuration file: a problem, or a layer. */
type Placed = Pick<Problem, 'file' | 'place' | 'line' | 'column' | 'found' | 'see'>;

/** Problems with line and column, where the source text shows where their place is. Files are read only when there are any. */
export function locate<T extends Placed>(problems: readonly T[]): readonly (T & Placed)[] {
  const locators = new Map<string, Locator>();
  const located = <P extends Placed>(placed: P): P & Placed => {
    const { file, place = [], line, found } = placed;
    if (file === undefined || line !== undefined || place.length === 0) return placed;
    const locator = locators.get(file) ?? locatorOf(file);
    locators.set(file, locator);
    const position = locator(place, found);
    return position ? { ...placed, ...position } : placed;
  };
  return problems.map((problem) => {
    const found = located(problem);
    return found.see ? { ...found, see: located(found.see) } : found;
  });
}

/** Loaded here and not above: a parser takes 70 ms, and most runs have nothing to locate. */
function locatorOf(file: string): Locator {
  if (file.endsWith('.ts')) return (require('../typescript/locate-typescript') as typeof import('../typescript/locate-typescript')).typeScriptLocator(file);
  if (file.endsWith('.yaml')) return (require('../yaml/locate-yaml') as typeof import('../yaml/locate-yaml')).yamlLocator(file);
  return () => undefined;
}
