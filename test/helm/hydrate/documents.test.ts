import { readGoYaml } from '../../../store/yaml/go-yaml';
import { byGo } from '../go-reader';
import { describeWithHelm } from '../helm';

/** Whatever YAML has, a document a line. */
const documents = String.raw`
a: one\n  two\n  three\n
a: \"one\n  two\n\n  three\"\n
a: 'one\n  two\n\n  three'\n
a: \"one \\\n  two\"\n
a: \"x\\/y\"\n
a: \"\\N\\_\\L\\P\\e\\0\"\n
a: |\n\tb\n
a: |2-\n    x\n   y\nb: 1\n
a: |+\n\n\n  x\n\n\nb: 1\n
a: >+\n  x\n\n   y\n  z\n\nb: 1\n
a: >\n\n  x\n  y\n\n\n  z\n
a: |\n  x\n # c\nb: 1\n
a: |\n  x\n  # c\nb: 1\n
x: &a 1\ny: &a 2\nz: *a\n
a: &a {p: 1}\nb: &b {p: 2, q: 3}\nc:\n  <<: [*a, *b]\n  r: 4\n
a: &a {p: 1}\nc:\n  p: 0\n  <<: *a\n
a: &a {p: 1}\nc: {\"<<\": *a}\n
a: &a {p: {x: 1}}\nc:\n  <<: *a\n  p: {y: 2}\n
a: !!binary aGVsbG8=\n
a: !!timestamp 2001-01-01\n
a: !!null x\n
a: !!null \"\"\n
a: !custom x\n
a: !!bool \"true\"\n
a: !!bool yes\n
a: !!float 3\n
a: !!float \"3\"\n
a: !!int \"0x10\"\n
a: !!str\n
a: !!map {b: 1}\n
a: !!seq [1]\n
a: ! x\n
a: ! 1\n
a: !!set {x, y}\n
\"\": x\n
kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: x\n
a: {b, c: 1}\n
a: [b: c, d]\n
a: [1, 2,]\n
a: {x: 1,}\n
a: {x: http://y, z: 1}\n
a: {x: a:b}\n
a: [a:b]\n
a: {x:1}\n
a: {\"x\":1}\n
a: {'x':1}\n
a: [\n  1,\n  2\n]\n
a: {\n  x: 1,\n  y: 2 }\n
a: [a\n  b, c]\n
a: b#c\n
a: b # c\n
a: \"b\"#c\n
a: b'c\"d\n
a:    v   \n
a:\tv\n
a: v\t\n
a:\n- \n- x\n
a:\n-\n  x\n
a:\n- - x\n  - y\n-   z: 1\n    w: 2\n
a:\n  - x\n  -\n
a: x\n...\n
%YAML 1.1\n---\na: 1\n
\ufeffa: 1\n
a: x\u0085y\n
a: x\u2028y\n
a: \u00a0x\n
a: x\u3000\n
a: \"x\u0085y\"\n
a: \"x\u2028 y\"\n
a: |\n  x\u2028y\n
a: \"\\uD83D\\uDE00\"\n
a: \ud83d\ude00\n
a: \"\ttab\"\n
a: x\ty\n
a: 0x_1\n
a: 0x1_0\n
a: 1__0\n
a: +.5\n
a: 1e+3\n
a: 0.1e-2\n
a: .5.\n
a: 0b1\n
a: -0b11\n
a: 1:20\n
a: =\n
a: -\n
a: --\n
a: +\n
a: .\n
a: ..\n
a: ...x\n
a: 1.e3\n
a: 1._5\n
a: 0_1\n
a: 08.5\n
a: 09\n
a: 0o7\n
a: -0o7\n
a: 0O7\n
a: 0B1\n
a: 0x\n
a: 1e400\n
a: -1e400\n
a: 1e-400\n
a: 9007199254740993.0\n
a: 123456789012345678901234567890.5\n
a: 0x1p3\n
a: 1_000.5_0\n
a: Infinity\n
a: NaN\n
a: .Inf\n
a: 2001-01-01T00:00:00Z\n
a: 2001-1-1\n
a: 1,000\n
a: TRUE\n
a: tRue\n
a: Null\n
a: nULL\n
a: ON\n
a: oFF\n
a: !\n
a: @a\n
a: %a\n
a: ?a\n
a: :a\n
a: -a\n
a: ? a\n
a: : a\n
a: - a\n
a: <<\n
a: *\n
a: &\n
a: ||\n
a: >-x\n
a: 00\n
a: -00\n
a: +0\n
a: -0\n
a: 0.0\n
a: -0.0\n
a: 1.0\n
a: +1\n
a: +0x10\n
a: 1 2\n
a: 0777_7\n
a: 0x7fffffffffffffff\n
a: 018\n
a: 1.5e3\n
a: 1E5\n
a: 1e5.\n
a: 12e03\n
a: _\n
a: _1\n
a: 1_\n
a: -_1\n
a: 0_\n
a: +_1\n
a: ._1\n
a: 1._\n
a: -1_0.5\n
1: x\n
010: x\n
0x10: x\n
on: x\n
1.5: x\n
~: x\n
: x\n
2001-01-01: x\n
1e3: x\n
-0: x\n
!!str 1: x\n
!!int \"3\": x\n
\"1\": x\n
<<: x\n
.5: x\n
null: x\n
y: x\n
True: x\n
08: x\n
0o17: x\n
1_0: x\n
1.0: x\n
-1.50: x\n
+5: x\n
12:30: x\n
=: x\n
[a]: x\n
{a: b}: x\n
*x: x\n
\"<<\": x\n
!!float 3: x\n
!!str on: x\n
!!bool \"yes\": x\n
&k key: x\n
&k 1.5: x\n
a: 1\n\"a\": 2\n
a: &x\n  b: 1\nc: *x\n
a: &x [1, 2]\nb: *x\nc: &y \"q\"\nd: *y\n
a: &x null\nb: *x\n
a: &x\nb: *x\n
a: *x\n
*x : y\n
&k a: &v b\n*k : *v\n
a: \"\\x41\\u00e9\\U0001F600\"\n
a: 'it''s'\n
a: '\\n'\n
a: \"a\n\n\n  b\"\n
a: \"trailing   \n  x\"\n
a: >-\n  a\n   b\n  c\n
a: >\n  a\n\n\n  b\n
a: |1\n x\n
a: |-\n\n
a: |\n
a: >\nb: 1\n
a: |\n   \n  x\n
a: |\n  x\n   \n
a: |\n  x\n  \n\nb: 1
a: |-\n  x  \n  y\t\n
a:\n  b:\n    c: 1\n   # odd\n  d: 2\n
# c\n\na: 1 # x\n# y\n\n
a: 1\r\nb: |\r\n  x\r\n  y\r\nc: \"p\r\n  q\"\r\n
a: {b: {c: [1, {d: e}]}}\n
a: []\nb: {}\nc: \"\"\nd:\ne: ~\n
{a: 1, b: [x]}\n
{\"a\": 1}\n
--- {a: 1}\n
a: !!omap [a: 1]\n
a: \"\\q\"\n
a: b: c\n
a: [1\n
 a: 1\n b: 2\n
a: 1\n b: 2\n
\ta: 1\n
a:\n\tb: 1\n
a: 18446744073709551615\n
a: 9223372036854775808\n
a: -9223372036854775809\n
a: 9007199254740992\n
a: 1.7976931348623157e308\n
a: 5e-324\n
__proto__: 1\n
constructor: 1\ntoString: {a: 1}\n
a: {__proto__: {x: 1}}\n
`
  .trim()
  .split('\n')
  .map((line) => JSON.parse(`"${line}"`) as string);

describeWithHelm('documents, read by Go', () => {
  test('are read here as Go reads them, or refused', () => {
    const files = Object.fromEntries(documents.map((text, index) => [`documents/${String(index).padStart(4, '0')}`, text]));
    const each = '{{ $all = append $all ($.Files.Get $path | fromYaml) }}';
    const byItself = byGo(`$all := list }}{{ range $path, $_ := .Files.Glob "documents/*" }}${each}{{ end }}{{ $all`, files) as readonly unknown[];
    let equal = 0;
    for (const [index, text] of documents.entries()) {
      const go = byItself[index] as Readonly<Record<string, unknown>>;
      // Helm itself refuses it: what is not read there reaches nobody.
      if (typeof go['Error'] === 'string') continue;
      try {
        expect([text, readGoYaml(text)]).toEqual([text, go]);
        equal += 1;
      } catch (error) {
        if (!/too large to be kept exactly|the character U\+|Comments must be separated/.test(String(error))) throw error;
      }
    }
    expect(equal).toBeGreaterThan(200);
  });
});
