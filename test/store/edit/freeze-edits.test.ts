import fc from 'fast-check';
import { parse } from 'yaml';
import { Edits } from '../../../store/edit/edits';
import { type NodeOrigin, removeFreeze, setFreeze, type WrittenFreeze } from '../../../store/edit/freeze-edits';
import { TemporaryFolders } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

const typescript = `import { defineFleet } from 'cdk8s-fleet';

export default defineFleet({
  environments: [
    {
      name: 'int', // first
      // what it takes
      promotion: 'manual', // a person
      sectors: [{ name: 'a', regions: ['us', 'eu' /* Paris */] }, { name: 'b', regions: ['us'] }],
    },
    { name: 'prod', sectors: [{ name: 'c', soak: '24h', regions: [{ name: 'us' }] }] },
  ],
});
`;

const yaml = `sequence:
  environments:
    # first
    - name: int # here
      promotion: manual # a person
      sectors:
        - { name: a, regions: [us, eu] } # in a line
        - name: b
          regions:
            - us # the only one
            - eu

    - name: prod
      sectors:
        - name: c
          soak: 24h
          regions: [{ name: us }]
`;

type Form = 'fleet.ts' | 'config.yaml';

/** A text with the edit in it. @param place behind the list of environments */
function edited(form: Form, text: string, place: string, edit: (edits: Edits, origin: NodeOrigin) => void): string {
  const file = `${folders.make({ [form]: text })}/${form}`;
  const edits = new Edits();
  const keys = ['environments', ...place.split('.')];
  edit(edits, { file, place: form === 'fleet.ts' ? keys : ['sequence', ...keys], name: 'us', path: 'x/y' });
  return edits.read(file).text;
}

const frozen = (form: Form, text: string, place: string, freeze: WrittenFreeze) =>
  edited(form, text, place, (edits, origin) => setFreeze(edits, origin, freeze));
const thawed = (form: Form, text: string, place: string) => edited(form, text, place, removeFreeze);

const added = (before: string, after: string) => after.split('\n').filter((line) => !before.split('\n').includes(line));

test.each<[Form, string, string, string[]]>([
  ['fleet.ts', typescript, '0', ["      freeze: 'why',"]],
  [
    'fleet.ts',
    typescript,
    '0.sectors.1',
    ["      sectors: [{ name: 'a', regions: ['us', 'eu' /* Paris */] }, { name: 'b', freeze: 'why', regions: ['us'] }],"],
  ],
  [
    'fleet.ts',
    typescript,
    '0.sectors.1.regions.0',
    ["      sectors: [{ name: 'a', regions: ['us', 'eu' /* Paris */] }, { name: 'b', regions: [{ name: 'us', freeze: 'why' }] }],"],
  ],
  ['fleet.ts', typescript, '1.sectors.0', ["    { name: 'prod', sectors: [{ name: 'c', soak: '24h', freeze: 'why', regions: [{ name: 'us' }] }] },"]],
  ['config.yaml', yaml, '0', ['      freeze: why']],
  ['config.yaml', yaml, '0.sectors.0', ['        - { name: a, freeze: why, regions: [us, eu] } # in a line']],
  ['config.yaml', yaml, '0.sectors.0.regions.0', ['        - { name: a, regions: [{ name: us, freeze: why }, eu] } # in a line']],
  ['config.yaml', yaml, '0.sectors.1.regions.0', ['            - name: us # the only one', '              freeze: why']],
  ['config.yaml', yaml, '0.sectors.1.regions.1', ['            - name: eu', '              freeze: why']],
  ['config.yaml', yaml, '1.sectors.0', ['          freeze: why']],
])('a freeze stands in %s beside the gate of its node, and nothing else is written otherwise', (form, text, place, lines) => {
  const after = frozen(form, text, place, { reason: 'why' });
  expect(added(text, after)).toEqual(lines);
  expect(added(after, text).length).toBeLessThan(2);
  expect(thawed(form, after, place)).toBe(text);
});

test('a reason that YAML 1.1 reads otherwise is quoted', () => {
  const lines = ['=', 'y', '12:30', '2026-12-31', '<<', '0o7', '1e3'].map((reason) => added(yaml, frozen('config.yaml', yaml, '0', { reason }))[0]);
  expect(lines.filter((line) => !/^ {6}freeze: '.+'$/.test(line ?? ''))).toEqual([]);
});

describe.each<[Form, string]>([
  ['fleet.ts', typescript],
  ['config.yaml', yaml],
])('in %s', (form, text) => {
  test('any reason reads back as it was said, replaces the one before, and leaves with its comment', () => {
    const until = fc.option(fc.constantFrom('2026-12-31', '2026-12-31T18:00Z'), { nil: undefined });
    const reasons = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom("it's", 'a: b, c', '{{ x }}', 'yes', '12:30', '# x', '- x', '`$' + '{x}`', '"', ']}', '0o7', '~'),
    );
    fc.assert(
      fc.property(fc.constantFrom('0', '0.sectors.0', '0.sectors.1.regions.0', '1.sectors.0'), reasons, reasons, until, (place, first, second, end) => {
        const once = frozen(form, text, place, { reason: first });
        const twice = frozen(form, once, place, { reason: second, until: end });
        expect(freezeAt(form, twice, place)).toEqual(end === undefined ? second : { reason: second, until: end });
        expect(freezeAt(form, thawed(form, twice, place), place)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
    const commented =
      form === 'fleet.ts'
        ? text.replace("      promotion: 'm", "      // because\n      freeze: 'x', // so\n      promotion: 'm")
        : text.replace('      promotion: m', '      # because\n      freeze: x # so\n      promotion: m');
    expect(thawed(form, commented, '0')).not.toContain('so\n');
    expect(thawed(form, commented, '0')).toContain('a person');
  });
});

function freezeAt(form: Form, text: string, place: string): unknown {
  const code = text.replace(/^import .*$/m, '').replace('export default defineFleet(', 'return (');
  const content = form === 'fleet.ts' ? new Function(code)() : parse(text).sequence;
  return ['environments', ...place.split('.')].reduce((node, key) => node[key], content).freeze;
}

test.each<[Form, string, string, string]>([
  [
    'fleet.ts',
    typescript.replace("regions: ['us'] }", 'regions }'),
    '0.sectors.1.regions.0',
    "'environments.0.sectors.1.regions' is no object literal and cannot be edited",
  ],
  ['fleet.ts', typescript.replace("[{ name: 'a'", "[...others, { name: 'a'"), '0.sectors.1', 'items of this list come from somewhere else'],
  [
    'fleet.ts',
    typescript.replace("name: 'b',", "name: 'b', ...gate,"),
    '0.sectors.1',
    "'environments.0.sectors.1.freeze' may come from here, where nothing can be edited",
  ],
  [
    'config.yaml',
    yaml.replace('sectors:\n        - {', 'sectors:\n        - &a {').replace('[{ name: us }]', '[*a]'),
    '0.sectors.0',
    "what has the anchor '&a' is used elsewhere",
  ],
  ['config.yaml', yaml.replace('- name: b', '- <<: {}\n          name: b'), '0.sectors.1', 'a map with a merge key cannot be edited'],
])('what stands in %s in a way that nobody can edit is told of, with what to write by hand', (form, text, place, message) => {
  const run = () => frozen(form, text, place, { reason: 'why' });
  expect(run).toThrow(
    expect.objectContaining({
      problems: [expect.objectContaining({ code: 'cannot-edit', message: expect.stringContaining(message), hint: "write `freeze: 'why'` into 'x/y'" })],
    }),
  );
});
