import fc from 'fast-check';
import { parseGoYaml, readGoYaml } from '../../../store/yaml/go-yaml';
import { byGo } from '../go-reader';
import { describeWithHelm } from '../helm';

jest.setTimeout(600_000);

const scalar = fc.oneof(
  fc.constantFrom(
    ...['5', '-5', '010', '08', '0x10', '-0x1F', '0b11', '0o17', '1_000', '1__0', '1e3', '1E-2', '1.', '.5', '._5', '+12', '-0', '12:30', '0x', '1e400'],
    ...['2001-01-01', '2001-1-2', '2001-02-30', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43', '2001-12-14 21:59:43 -5'],
    ...['yes', 'y', 'No', 'on', 'oN', 'true', '~', 'null', '', '.inf', '-.Inf', '.nan', '<<', 'a', 'a b', 'é', 'aGVsbG8=', 'aGVsbG8', 'aGVs bG8=', '/w=='],
    ...['1.5', '123456.75', '1234567.5', '16777217.0', '0.00012', '1e-5', '1e21', '3.4e39', '1e40', '9007199254740993', '18446744073709551616'],
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.stringMatching(/^[0-9._exob+TtZ-]{1,7}$/).filter((text) => !/^[-.]/.test(text)),
);
const styled = fc
  .tuple(scalar, fc.constantFrom('plain', 'plain', 'double', 'single'))
  .map(([text, style]) => (style === 'plain' ? text : style === 'double' ? JSON.stringify(text) : `'${text}'`));
const names = ['float', 'int', 'bool', 'null', 'str', 'binary', 'timestamp', 'set', 'map', 'seq', 'omap', 'pairs', 'merge'];
const tag = fc.constantFrom(...Array<string>(40).fill(''), ...names.map((name) => `!!${name} `), '! ', '!own ', '!<tag:yaml.org,2002:int> ', '!<int> ');
const anchor = fc.constantFrom('', '', '', '', '&a ', '&b ');
const leaf = fc.tuple(anchor, tag, styled).map((parts) => parts.join(''));
const otherKey = fc.constantFrom('*a ', '<<', '<<', '!!merge <<', '"<<"', '! <<', '!!str <<');

const { node } = fc.letrec<{ readonly node: string; readonly map: string; readonly list: string }>((tie) => ({
  node: fc.oneof({ maxDepth: 4, depthSize: 'small' }, leaf, tie('map'), tie('list'), fc.constantFrom('*a ', '*b ')),
  map: fc
    .tuple(anchor, tag, fc.array(fc.tuple(fc.oneof({ weight: 6, arbitrary: leaf }, { weight: 1, arbitrary: otherKey }), tie('node')), { maxLength: 4 }))
    .map(([anchored, tagged, pairs]) => `${anchored}${tagged}{${pairs.map(([key, value]) => `${key} : ${value}`).join(', ')}}`),
  list: fc.tuple(anchor, tag, fc.array(tie('node'), { maxLength: 4 })).map(([anchored, tagged, items]) => `${anchored}${tagged}[${items.join(', ')}]`),
}));
const lines = fc.array(fc.oneof(fc.tuple(leaf, node), fc.tuple(fc.constantFrom('a', 'b', '1.5', '<<'), node)), { minLength: 1, maxLength: 4 });
const anyDocument = lines.map((pairs) => pairs.map(([key, value]) => `${key} : ${value}\n`).join(''));

describeWithHelm('YAML, read by the real Helm', () => {
  test('tags, scalars, anchors and merge keys are what Go takes them for, or refused', () => {
    const documents = fc.sample(anyDocument, { numRuns: 3000, seed: 20 });
    const files = Object.fromEntries(documents.map((text, index) => [`documents/${String(index).padStart(4, '0')}`, text]));
    const each = '{{ $all = append $all ($.Files.Get $path | fromYaml) }}';
    const byHelm = byGo(`$all := list }}{{ range $path, $_ := .Files.Glob "documents/*" }}${each}{{ end }}{{ $all`, files) as readonly object[];
    let read = 0;
    for (const [index, text] of documents.entries()) {
      for (const reader of [parseGoYaml, readGoYaml]) {
        const own = answer(() => reader(text));
        if (own === undefined) continue;
        read += 1;
        expect({ text, value: own }).toEqual({ text, value: byHelm[index] });
      }
    }
    expect(read).toBeGreaterThan(1000);
  });
});

/** Zeros have no signs here. */
function answer(read: () => unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(read()));
  } catch {
    return undefined;
  }
}
