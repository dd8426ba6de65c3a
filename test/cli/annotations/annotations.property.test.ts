import fc from 'fast-check';
import { type Drift, driftOf } from '../../../cli/read/annotations/drift';
import { annotationsIn } from '../../../cli/read/annotations/read-annotations';
import { setAnnotation } from '../../../store/edit/annotation-edits';
import { Edits } from '../../../store/edit/edits';

const names = fc.constantFrom('aws_vpc_id', 'company.example/role', 'x', 'constructor');
const texts = fc.oneof(fc.constantFrom('', "it's", 'a\nb', '`', '\\', 'true', '012', '{"a":[1]}'), fc.string({ unit: 'grapheme', maxLength: 12 }));
const annotations = fc.dictionary(names, texts, { noNullPrototype: true });
const inJson = fc.dictionary(names, fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(null)), { noNullPrototype: true });
const clusters = ['a', 'b', 'c'];
const files = fc.dictionary(fc.constantFrom(...clusters), inJson, { noNullPrototype: true });
const members = fc.tuple(...clusters.map(() => fc.option(annotations, { nil: undefined })));

/** Files of members, as somebody wrote them. */
function written(said: readonly (Readonly<Record<string, string>> | undefined)[]): Edits {
  const edits = new Edits();
  for (const [index, name] of clusters.entries()) {
    const own = said[index];
    const line =
      own === undefined
        ? ''
        : `  annotations: {${Object.entries(own).map(([key, value]) => ` ${JSON.stringify(key)}: ${JSON.stringify(value)},`)} },\n`.replace(/,,/g, ',');
    edits.write(name, `// what it is\nexport default {\n  secret: 'x', // where\n${line}  model: 'centralized',\n} satisfies SpokeConfig;\n`);
  }
  return edits;
}

function read(edits: Edits, name: string): Readonly<Record<string, string>> {
  const { text } = edits.read(name);
  const { annotations: own = {} } = new Function(`return ${text.replace(/^[\s\S]*export default/, '').replace(/satisfies SpokeConfig;/, '')}`)();
  return own;
}

const memberOf = (edits: Edits) => (name: string) => ({
  name,
  annotations: Object.entries(read(edits, name)).map(([key, value]) => ({ name: key, value, from: 'from Git', components: [] })),
});

function imported(edits: Edits, drift: readonly Drift[]): readonly string[] {
  for (const { cluster, annotation, file } of drift) setAnnotation(edits, cluster, annotation, file);
  return clusters.map((name) => edits.read(name).text);
}

test('after an import nothing differs but what is gone from the file, and after one that prunes nothing at all; a second one changes no byte', () => {
  fc.assert(
    fc.property(members, files, fc.boolean(), (said, file, isOutput) => {
      const output = { clusters: { sensitive: false, type: 'x', value: file }, other: { sensitive: true, type: 'string', value: 'x' } };
      const wanted = annotationsIn('x.json', JSON.stringify(isOutput ? output : file));
      const edits = written(said);
      const drift = () => driftOf(clusters.map(memberOf(edits)), wanted);
      const own = clusters.map((name) => read(edits, name));
      imported(
        edits,
        drift().filter(({ kind }) => kind !== 'gone'),
      );
      expect(drift().filter(({ kind }) => kind !== 'gone')).toEqual([]);
      // Whatever the file says nothing of stays.
      for (const [index, name] of clusters.entries()) {
        const fromFile = Object.entries(file[name] ?? {}).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)] as const]));
        expect(read(edits, name)).toEqual({ ...own[index], ...Object.fromEntries(fromFile) });
        expect(edits.read(name).text).toContain("secret: 'x', // where\n");
      }
      const pruned = imported(edits, drift());
      expect(drift()).toEqual([]);
      expect(imported(edits, drift())).toEqual(pruned);
    }),
    { numRuns: 300 },
  );
});
