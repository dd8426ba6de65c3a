/** Two versions of a configuration: files that change, files that come and go, in folders of their own. */
export function versionsOf(version: 'A' | 'B'): Readonly<Record<string, string | null>> {
  const always = Array.from({ length: 20 }, (_, index) => [`app-${index}/values.yaml`, `version: ${version}\n${'x'.repeat(index * 400)}\n`] as const);
  const sometimes = Array.from({ length: 10 }, (_, index) => [`app-${index}/${version}/patch-001.yaml`, `version: ${version}\n`] as const);
  const gone = Array.from({ length: 10 }, (_, index) => [`app-${index}/${version === 'A' ? 'B' : 'A'}/patch-001.yaml`, null] as const);
  return Object.fromEntries([...always, ...sometimes, ...gone]);
}
