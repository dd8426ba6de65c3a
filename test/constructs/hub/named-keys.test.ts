import { namedKeysTemplate } from '../../../constructs/hub/external-secrets/named-keys';

// What these templates give was tried with Go and sprig 3.3, which External Secrets evaluates them with: a key that is not
// there, one that is a path, JSON that is no map, null, a number, a list, and a label that Kubernetes would refuse.

test('a key is looked for, and what is not there is left out', () => {
  expect(namedKeysTemplate({ 'example.com/vpc': 'vpc_id' }, 'annotation').split('\n')).toEqual([
    '{{ $found := dict -}}',
    '{{ $value := index . "vpc_id" }}{{ if $value }}{{ $_ := set $found "example.com/vpc" $value }}{{ end -}}',
    '{{ toJson $found }}',
  ]);
});

test('a key with dots is looked for as it is, and then as a path', () => {
  const [, line] = namedKeysTemplate({ vpc: 'network.vpc' }, 'annotation').split('\n');
  expect(line).toBe(
    '{{ $value := index . "network.vpc" }}{{ if not $value }}{{ with fromJson (index . "network") }}' +
      '{{ if kindIs "map" . }}{{ if hasKey . "vpc" }}{{ $value = get . "vpc" }}' +
      '{{ if kindIs "invalid" $value }}{{ $value = "" }}{{ else if not (kindIs "string" $value) }}{{ $value = toJson $value }}{{ end }}' +
      '{{ end }}{{ end }}{{ end }}{{ end }}{{ if $value }}{{ $_ := set $found "vpc" $value }}{{ end -}}',
  );
});

test('a label is set where Kubernetes takes its value', () => {
  const [, line] = namedKeysTemplate({ account: 'account_id' }, 'label').split('\n');
  expect(line).toContain('{{ if and $value (le (len $value) 63) (regexMatch "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$" $value) }}');
});

test('names are in order, whatever order they are said in, and no text of ours ends a text of Go', () => {
  expect(namedKeysTemplate({ b: 'x', a: 'y' }, 'annotation')).toBe(namedKeysTemplate({ a: 'y', b: 'x' }, 'annotation'));
  expect(namedKeysTemplate({ a: 'say "x" }}' }, 'annotation')).toContain('index . "say \\"x\\" }}"');
});
