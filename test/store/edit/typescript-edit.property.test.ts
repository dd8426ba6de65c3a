import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { leavesAt } from '../../../store/typescript/code-leaves';
import { removeEntry } from '../../../store/typescript/remove-entry';
import { setValue } from '../../../store/typescript/set-value';
import { moduleText, sourceText } from '../../../store/typescript/source-text';
import type { MapSource } from '../../../store/typescript/source-tree';
import { at, commented, type Data, type DataMap, isMap, key, leaf, map, pathsOf, without, withValue } from './random-config';

const file = 'config/app.ts';
const root = join(__dirname, '../../..');

/** A configuration file, and the comments in it. */
const config = fc.record({ data: map, comments: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }) }).map(({ data, comments }) => {
  let count = 0;
  const next = () => (comments[count++ % comments.length] ? `comment ${count}.` : undefined);
  const body = { ...(commented(data, next) as MapSource), expanded: true };
  return { data, text: moduleText({ open: 'export default ', body, close: ' satisfies object;' }) };
});

/** What a file exports. */
function evaluated(text: string): unknown {
  return new Function(`return (${text.replace('export default ', '').replace(/ satisfies object;\s*$/, '')}\n)`)();
}

function commentsIn(text: string): readonly string[] {
  return (text.match(/comment \d+\./g) ?? []).sort();
}

function codeOf(value: Data): string {
  return sourceText(commented(value, () => undefined));
}

/** What Biome would lay out otherwise. */
function differencesOfBiome(texts: readonly string[]): readonly string[] {
  const input = texts.map((text, index) => text.replace('export default ', `export const v${index} = `)).join('\n');
  const options = ['check', '--write', '--error-on-warnings', '--stdin-file-path=config/source.ts', '--files-max-size=100000000'];
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/biome'), options, { cwd: root, input, encoding: 'utf8', maxBuffer: 1e8 });
  const laidOut = stdout.split('\n\nexport const');
  return input.split('\n\nexport const').filter((text, index) => text !== laidOut[index]);
}

describe('setValue, for any configuration', () => {
  test('changes what is wanted, and keeps every comment', () => {
    fc.assert(
      fc.property(config, fc.nat(), fc.array(key, { maxLength: 3 }), leaf, ({ data, text }, index, deeper, value) => {
        const paths = pathsOf(data);
        const base = paths[index % paths.length] as readonly string[];
        const place = isMap(at(data, base)) ? [...base, ...deeper] : base;
        // A map is only ever given new entries.
        fc.pre(
          !isMap(at(data, place)) &&
            place.every((_, depth) => depth === 0 || isMap(at(data, place.slice(0, depth))) || at(data, place.slice(0, depth)) === undefined),
        );
        const made = setValue({ file, text }, place, codeOf(value), '');
        expect(evaluated(made)).toEqual(withValue(data, place, value));
        expect(commentsIn(made)).toEqual(commentsIn(text));
      }),
      { numRuns: 400 },
    );
  });

  test('moves every value of one configuration into another', () => {
    fc.assert(
      fc.property(config, config, (from, to) => {
        let text = to.text;
        let expected: Data = to.data;
        for (const [path, code] of leavesAt({ file, text: from.text }, [], '')) {
          // Where a map would have to give way, somebody has to look.
          if (isMap(at(expected, path)) || path.some((_, depth) => depth > 0 && !isMap(at(expected, path.slice(0, depth)) ?? {}))) continue;
          text = setValue({ file, text }, path, code, '');
          expected = withValue(expected, path, at(from.data, path) as Data);
        }
        expect(evaluated(text)).toEqual(expected);
        expect(commentsIn(text)).toEqual(commentsIn(to.text));
      }),
      { numRuns: 200 },
    );
  });

  test('leaves what Biome laid out as Biome lays it out', () => {
    const made: string[] = [];
    fc.assert(
      fc.property(config, fc.nat(), fc.array(key, { maxLength: 2 }), leaf, ({ data, text }, index, deeper, value) => {
        const paths = pathsOf(data);
        const base = paths[index % paths.length] as readonly string[];
        const place = isMap(at(data, base)) ? [...base, ...deeper] : base;
        fc.pre(!isMap(at(data, place)) && place.every((_, depth) => depth === 0 || isMap(at(data, place.slice(0, depth)) ?? {})));
        made.push(setValue({ file, text }, place, codeOf(value), ''));
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(differencesOfBiome(made)).toEqual([]);
  });
});

describe('removeEntry, for any configuration', () => {
  test('removes an entry, what only held it, and the comments about it', () => {
    const made: string[] = [];
    fc.assert(
      fc.property(config, fc.nat(), ({ data, text }, index) => {
        const paths = pathsOf(data);
        const place = paths[index % paths.length] as readonly string[];
        const expected = without(data, place);
        fc.pre(Object.keys(expected).length > 0);
        const result = removeEntry({ file, text }, place, '');
        const isKept = place.length === 1 || Object.keys(at(expected, place.slice(0, -1)) ?? {}).length > 0;
        // A map in which a comment is left stays for its sake.
        expect(evaluated(result)).toEqual(isKept ? expected : expect.anything());
        expect(commentsIn(text)).toEqual(expect.arrayContaining([...commentsIn(result)]));
        expect(at(evaluated(result) as DataMap, place)).toBeUndefined();
        made.push(result);
      }),
      { numRuns: 300, seed: 2 },
    );
    expect(differencesOfBiome(made)).toEqual([]);
  });
});
