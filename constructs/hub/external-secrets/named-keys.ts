/** Something that the cluster's secret gets, by its name, and the key of the entry that has it. */
export type NamedKeys = { readonly [name: string]: string };

/** What Kubernetes takes for the value of a label (apimachinery, pkg/util/validation, IsValidLabelValue). */
const labelValue = '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$';

/** What is done with a value where it is there. */
type Use = 'annotation' | 'label';

/**
 * A template of External Secrets that gives a map of what is wanted by name. What the entry lacks is left out, and so is a
 * label that Kubernetes would refuse: a slip over there takes nothing else of the cluster's secret with it.
 *
 * Read in External Secrets' sources: what a template gives for `Annotations` or `Labels` is YAML of texts, and it gets the
 * entry as a map of texts, of which `index` gives an empty one for a key that is not there (runtime/template/v2/template.go).
 * A key is looked for as it is; one with dots, where that gives nothing, as a path through the JSON that its first part holds.
 */
export function namedKeysTemplate(keys: NamedKeys, use: Use): string {
  const names = Object.keys(keys).sort();
  return ['{{ $found := dict -}}', ...names.map((name) => lineOf(name, keys[name] as string, use)), '{{ toJson $found }}'].join('\n');
}

function lineOf(name: string, key: string, use: Use): string {
  const set = `{{ $_ := set $found ${quoted(name)} $value }}`;
  const given = use === 'annotation' ? `{{ if $value }}${set}` : `{{ if and $value (le (len $value) 63) (regexMatch ${quoted(labelValue)} $value) }}${set}`;
  return `${lookUp(key)}${given}{{ end -}}`;
}

/** Sets `$value` to the text of a key, or to nothing. */
export function lookUp(key: string): string {
  const [first = '', ...rest] = key.split('.');
  const asItIs = `{{ $value := index . ${quoted(key)} }}`;
  if (rest.length === 0) return asItIs;
  return `${asItIs}{{ if not $value }}{{ with fromJson (index . ${quoted(first)}) }}${inJson(rest)}{{ end }}{{ end }}`;
}

/** `.` is what JSON says; what is no map has no keys. */
function inJson([key = '', ...rest]: readonly string[]): string {
  const inside = rest.length > 0 ? `{{ with get . ${quoted(key)} }}${inJson(rest)}{{ end }}` : `{{ $value = get . ${quoted(key)} }}${asText}`;
  return `{{ if kindIs "map" . }}{{ if hasKey . ${quoted(key)} }}${inside}{{ end }}{{ end }}`;
}

/** Texts as they are, null as nothing, anything else as JSON. */
const asText = '{{ if kindIs "invalid" $value }}{{ $value = "" }}{{ else if not (kindIs "string" $value) }}{{ $value = toJson $value }}{{ end }}';

/** As Go reads a text, which knows the escapes of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
