/** At most so many targets or fields are named one by one. */
const shownNames = 5;

/** The first few of a list, and how many more there are. */
export function firstNames(all: readonly string[]): readonly string[] {
  return all.length > shownNames ? [...all.slice(0, shownNames), `and ${all.length - shownNames} more`] : all;
}
