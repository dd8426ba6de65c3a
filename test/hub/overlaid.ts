// biome-ignore lint/suspicious/noExplicitAny: data of every kind
type Loose = any;

/** As Helm coalesces values: maps key by key, everything else whole. */
export function overlaid(below: Loose, above: Loose): Loose {
  if (!isMap(below) || !isMap(above)) return above;
  return { ...below, ...Object.fromEntries(Object.entries(above).map(([key, value]) => [key, key in below ? overlaid(below[key], value) : value])) };
}

export function isMap(value: Loose): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
