import fc from 'fast-check';
import { parseExpression, TemplateError } from '../../../store/wrapper/go-syntax';
import { filledIn, Texts } from '../../../store/wrapper/go-template';
import { hoisted } from '../../../store/wrapper/hoist';
import { codeOf, marked, piecesOf } from '../../../store/wrapper/live-text';
import { difference, gone, merged, same, without } from '../../../store/wrapper/values';
import { runs } from '../../runs';

type Map = { readonly [key: string]: unknown };

const leaf = fc.oneof(fc.integer({ min: 0, max: 2 }), fc.boolean(), fc.constant(null), fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 2 }));
const { values } = fc.letrec<{ values: Map }>((tie) => ({
  values: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof({ depthSize: 'small' }, leaf, tie('values')), { maxKeys: 3 }) as fc.Arbitrary<Map>,
}));

/** What a layer gives that also takes keys away. */
function over(broad: unknown, narrow: unknown): unknown {
  if (typeof narrow !== 'object' || narrow === null || Array.isArray(narrow)) return narrow;
  const from = typeof broad === 'object' && broad !== null && !Array.isArray(broad) ? (broad as Map) : {};
  const said = Object.entries(narrow).map(([key, value]) => [key, over(from[key], value)] as const);
  return Object.fromEntries([...Object.entries(from), ...said].filter(([, value]) => value !== gone).filter(([key]) => (narrow as Map)[key] !== gone));
}

test('a difference over what it was taken from gives what it was taken to', () => {
  fc.assert(
    fc.property(values, values, (from, to) => {
      const found = difference(from, to);
      expect(found === undefined).toBe(same(from, to));
      if (found !== undefined) expect(over(from, found)).toEqual(to);
    }),
    { numRuns: runs(2000) },
  );
});

test('a layer without what a stronger one says gives the same below it', () => {
  fc.assert(
    fc.property(values, values, (layer, said) => {
      // Where one of them has a map and the other has none, what is hidden is hidden whole.
      expect(merged(merged(without(layer, said), {}), said)).toEqual(merged(without(layer, said) ?? {}, said));
      const left = merged(without(layer, said) ?? {}, said) as Map;
      for (const key of Object.keys(said)) if (typeof said[key] !== 'object') expect(left[key]).toEqual(said[key]);
      for (const key of Object.keys(layer)) if (!Object.hasOwn(said, key)) expect(left[key]).toEqual(layer[key]);
    }),
    { numRuns: runs(2000) },
  );
});

const clusters = fc.array(
  fc.record({
    path: fc.tuple(fc.constantFrom('t1', 't2'), fc.constantFrom('dev', 'prod'), fc.constantFrom('a', 'b', 'c')),
    value: fc.constantFrom(undefined, 'x', 'y'),
  }),
  { maxLength: 12 },
);

test('what is said at paths is what every cluster has, and each cluster hears of it once', () => {
  fc.assert(
    fc.property(clusters, (all) => {
      const unique = all.filter(({ path }, index) => all.findIndex((one) => one.path.join() === path.join()) === index);
      const found = hoisted(unique);
      for (const { path, value } of unique) {
        const heard = [1, 2, 3].flatMap((depth) => found.get(path.slice(0, depth).join('/')) ?? []);
        expect(heard).toEqual(value === undefined ? [] : [value]);
      }
    }),
    { numRuns: runs(2000) },
  );
});

describe('a template of an ApplicationSet', () => {
  const data = {
    name: 'c-1',
    tenant: '',
    values: { group: 'addons' },
    metadata: { labels: new Texts({ tenant: 't1' }, 'label'), annotations: new Texts({ base: 'addons' }, 'annotation') },
    releases: { addons: [{ type: 'Default' }, { type: 'release1' }] },
  };

  test.each([
    ['{{default "none" (index .metadata.annotations "base")}}-{{.name | trunc 2}}', 'addons-c-'],
    ['{{if .metadata.labels.tenant}}{{.metadata.labels.tenant}}/{{end}}defaults', 't1/defaults'],
    ['{{- if and (hasKey . "tenant") .tenant -}} a {{- else if eq .values.group "addons" -}} b {{- else -}} c {{- end }}', 'b'],
    [
      '{{- $all := list -}}{{- range $one := index .releases .values.group -}}{{- $all = append $all ($one.type | lower) -}}{{- end -}}{{ join "," $all }}',
      'default,release1',
    ],
    ['{{ (index .releases.addons 1).type }}{{ with .nothing }}x{{ else }}y{{ end }}', 'release1y'],
    ['{{ range $index, $one := .releases.addons }}{{ $index }}{{ $.name }}{{ end }}', '0c-11c-1'],
    ['{{`{{ .name }}`}} {{/* nothing */}}{{ printf "%s/%s" .name "x" }}', '{{ .name }} c-1/x'],
    ['{{ merge (dict "a" 1) (dict "a" 2 "b" 3) | toJson }}', '{"a":1,"b":3}'],
    ['{{ index .metadata.annotations "other" }}', '\u2039annotation other\u203a'],
  ])('%s', (template, expected) => {
    expect(filledIn(template, data)).toBe(expected);
  });

  test.each([
    '{{ exec "ls" }}',
    '{{ .name',
    '{{ if .name }}',
    '{{ end }}',
    '{{ .name | }}',
    '{{ $unknown }}',
    `${'{{ if true }}'.repeat(60)}`,
    '{{ constructor }}',
    '{{ toString.x }}',
  ])('is refused: %s', (template) => {
    expect(() => filledIn(template, data)).toThrow(TemplateError);
  });

  test('is refused where it nests too deeply', () => {
    expect(() => filledIn('{{ if true }}'.repeat(60) + '{{ end }}'.repeat(60), data)).toThrow('blocks nest too deeply');
  });

  test('ends, however much it makes', () => {
    const twice = (start: string, step: string) => `{{ $a := ${start} }}${step.repeat(40)}{{ $a | toJson }}`;
    for (const template of [
      twice('"x"', '{{ $a = printf "%s%s" $a $a }}'),
      twice('list 1', '{{ $a = list $a $a }}'),
      `{{ $a := list ${'1 '.repeat(200)} }}${'{{ range $a }}'.repeat(4)}x${'{{ end }}'.repeat(4)}`,
      `{{ ${'"'.repeat(41)}`,
      `{{ fromJson \`${'['.repeat(100_000)}${']'.repeat(100_000)}\` | toJson }}`,
    ]) {
      expect(() => filledIn(template, data)).toThrow(TemplateError);
    }
  });

  test('is read or refused, whatever stands there', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-{}.$|() "`a-z0-9]{0,40}$/), (text) => {
        try {
          filledIn(`{{ ${text} }}`, data);
          parseExpression(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
      { numRuns: runs(5000) },
    );
  });
});

/** As a template literal has it. */
const in$ = (code: string) => `$\{${code}}`;

test.each([
  ['a {{ .name }}/{{ index .metadata.annotations "x/y" }}', `\`a ${in$('cluster.name')}/${in$("cluster.annotation('x/y')")}\``],
  ['{{ .metadata.labels.tier }}', "cluster.label('tier')"],
  ['{{ .server }}', 'cluster.server'],
  [`\`${in$('x')}\` {{ .name }}`, `\`\\\`\\${in$('x')}\\\` ${in$('cluster.name')}\``],
  ['plain', undefined],
  ['{{ .name | upper }}', undefined],
])('what only the cluster knows in %s becomes a token', (text, code) => {
  expect(codeOf(marked(piecesOf(text)))).toBe(code);
});
