/** A part of a cluster secret's metadata that holds texts by name. */
export type SecretPart = 'labels' | 'annotations';

/**
 * What the template of an ApplicationSet says where a cluster's own label or annotation belongs: an empty text where the
 * secret of that cluster has none.
 *
 * Argo CD gives a template `.metadata.labels` and `.metadata.annotations` of those secrets only that have at least one
 * (argo-cd, applicationset/generators/cluster.go, getClusterParameters). With `missingkey=error` naming the field is then
 * an error of the whole ApplicationSet, and no other cluster gets its Application: whatever asks a cluster secret asks it
 * like this. A value that is missing is found where it is used, by the chart of the one cluster that lacks it.
 *
 * @param key the full key of the label or annotation, without quotation marks
 */
export function secretValue(part: SecretPart, key: string): string {
  return `{{ ${secretEntry(part, key)} | default "" }}`;
}

/** The same inside an action: nothing, or an empty text, where the secret has none. */
export function secretEntry(part: SecretPart, key: string): string {
  return `index (get .metadata "${part}" | default dict) "${key}"`;
}

/** What {@link secretEntry} asks for; `undefined` of any other text. */
export function tryEntryIn(text: string): { readonly part: SecretPart; readonly key: string } | undefined {
  const [, part, key] = /^index \(get \.metadata "(labels|annotations)" \| default dict\) "([^"]+)"$/.exec(text) ?? [];
  return part === undefined || key === undefined ? undefined : { part: part as SecretPart, key };
}

/** What a token stands for, as a Go template over the parameters of a cluster generator: `name`, or `annotation example.com/region`. */
export function originExpression(origin: string): string {
  const { part, key } = partOf(origin);
  return part === undefined ? `{{.${origin}}}` : secretValue(part, key);
}

/** The part of a cluster secret that a token's origin names; none of what every cluster has. */
export function partOf(origin: string): { readonly part?: SecretPart; readonly key: string } {
  const [kind, key = ''] = origin.split(' ');
  return kind === 'annotation' || kind === 'label' ? { part: `${kind}s`, key } : { key };
}
