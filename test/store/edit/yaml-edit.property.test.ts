import fc from 'fast-check';
import { Document, isScalar, isSeq, isMap as isYamlMap, parseDocument, Scalar, visit } from 'yaml';
import { setYaml } from '../../../store/yaml/set-yaml';
import { yamlLeavesAt } from '../../../store/yaml/yaml-leaves';
import { at, type Data, type DataMap, isMap, map, pathsOf, withValue } from './random-config';

const file = 'config/values.yaml';
const types = [Scalar.PLAIN, Scalar.QUOTE_SINGLE, Scalar.QUOTE_DOUBLE, Scalar.BLOCK_LITERAL, Scalar.BLOCK_FOLDED] as const;

/** A YAML file in some style, with comments in some places. */
const written = fc
  .record({
    data: map,
    choices: fc.array(fc.nat({ max: 99 }), { minLength: 60, maxLength: 60 }),
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 40),
    isWindows: fc.boolean(),
    start: fc.constantFrom('', '---\n', '# top\n\n', '%YAML 1.2\n---\n'),
    end: fc.constantFrom('\n', '', '\n# end\n', '\n...\n'),
  })
  .map(({ data, choices, indent, indentSeq, lineWidth, isWindows, start, end }) => {
    const document = new Document(data, { aliasDuplicateObjects: false });
    let count = 0;
    const choice = (of: number) => (choices[count++ % choices.length] as number) % of;
    visit(document, {
      Node: (key, node) => {
        if (isScalar(node) && typeof node.value === 'string') node.type = types[choice(key === 'key' ? 3 : 5)];
        if (isYamlMap(node) || isSeq(node)) node.flow = choice(4) === 0;
      },
      Pair: (_, { key, value }) => {
        if (isScalar(key) && choice(3) === 0) key.commentBefore = ` comment ${count}.`;
        if (isScalar(value) && choice(3) === 0) value.comment = ` comment ${count}.`;
      },
    });
    const text = start + document.toString({ indent, indentSeq, lineWidth }).trimEnd() + end;
    return { data: JSON.parse(JSON.stringify(data)) as DataMap, text: isWindows ? text.replaceAll('\n', '\r\n') : text };
  })
  // Where a block scalar ends with the file, its end depends on what the file ends with.
  .filter(({ data, text }) => {
    const document = parseDocument(text);
    return document.errors.length === 0 && JSON.stringify(document.toJS()) === JSON.stringify(data);
  });

function parsed(text: string): unknown {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new Error(`${document.errors[0]?.message}\n${text}`);
  return document.toJS();
}

function commentsIn(text: string): readonly string[] {
  return (text.match(/# (comment \d+\.|top|end)/g) ?? []).sort();
}

describe('setYaml, for any file', () => {
  test('moves every value of one file into another, and keeps every comment of that', () => {
    fc.assert(
      fc.property(written, written, (from, to) => {
        // What a list holds of comments comes along with it.
        const source = { file, text: from.text.replaceAll('comment', 'remark') };
        let text = to.text;
        let expected: Data = to.data;
        const moved = Object.keys(from.data).flatMap((name) =>
          isMap(from.data[name]) ? yamlLeavesAt(source, [name], '').map(([path, value]) => [[name, ...path], value] as const) : [],
        );
        for (const [place, value] of moved) {
          const isInTheWay = place.some((_, depth) => depth > 0 && !isMap(at(expected, place.slice(0, depth)) ?? {}));
          // Comments in what gives way go with it.
          if (isInTheWay || typeof at(expected, place) === 'object') continue;
          text = setYaml({ file, text }, place, value, '');
          expected = withValue(expected, place, at(from.data, place) as Data);
        }
        expect(parsed(text)).toEqual(expected);
        expect(commentsIn(text)).toEqual(commentsIn(to.text));
        expect(text.includes('\r\n') && /(^|[^\r])\n/.test(text)).toBe(false);
      }),
      { numRuns: 600 },
    );
  });

  test('touches no line but that of a value that takes one', () => {
    fc.assert(
      fc.property(written, fc.nat(), fc.integer(), (to, index, value) => {
        const paths = pathsOf(to.data).filter((path) => ['number', 'boolean'].includes(typeof at(to.data, path)));
        fc.pre(paths.length > 0);
        const place = paths[index % paths.length] as readonly string[];
        const text = String(value);
        const made = setYaml({ file, text: to.text }, place, { text, flow: text, keyColumn: 0 }, '');
        expect(parsed(made)).toEqual(withValue(to.data, place, value));
        const before = to.text.split('\n');
        const after = made.split('\n');
        expect(after).toHaveLength(before.length);
        expect(after.filter((line, at) => line !== before[at]).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
