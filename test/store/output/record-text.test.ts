import fc from 'fast-check';
import { parse } from 'yaml';
import type { AppRecord } from '../../../layers/record';
import { appRecordText, fleetRecordText, isRecordOf, renderedIn } from '../../../store/output/record-text';
import { text as anyText, readings } from '../yaml-model';

const path = fc.stringMatching(/^(\*|[A-Za-z0-9]([-A-Za-z0-9_.]{0,6}[A-Za-z0-9])?(\/[A-Za-z0-9]([-A-Za-z0-9_]{0,6}[A-Za-z0-9])?){0,2})$/);
const paths = fc.uniqueArray(fc.oneof(path, fc.constantFrom('yes', '010', '1_000', '0x1', '1e3', '2024-01-01', '12', 'null')), { maxLength: 4 });
const records: fc.Arbitrary<AppRecord> = fc.record({
  rendered: paths,
  layers: fc.array(fc.record({ layer: anyText, at: paths, fields: fc.array(anyText, { maxLength: 3 }) }), { maxLength: 3 }),
});

test('a record is one path or field a line', () => {
  const record = {
    rendered: ['stage', 'production/prod-1'],
    layers: [{ layer: 'override 010', at: ['*'], fields: ["annotations.'a.b/c'", 'source.targetRevision'] }],
  };
  expect(appRecordText('addons/web.yaml', record)).toBe(`# Rendered by cdk8s-fleet: where addons/web is rendered, and the layers that set what its base did not.
rendered:
  - stage
  - production/prod-1
layers:
  - layer: override 010
    at:
      - '*'
    fields:
      - annotations.'a.b/c'
      - source.targetRevision
`);
  expect(appRecordText('addons/web.yaml', { rendered: [], layers: [] })).toMatch(/^#.*\nrendered: \[\]\nlayers: \[\]\n$/);
});

test('read as YAML of any version it is what it was', () => {
  fc.assert(
    fc.property(records, (record) => {
      const text = appRecordText('m/app.yaml', record);
      expect(readings(text)).toEqual([record, record]);
      expect(text).toMatch(/\n$/);
    }),
  );
});

test('the record of a fleet is what it was too', () => {
  fc.assert(
    fc.property(fc.constantFrom('dimensions' as const, 'hub-and-spoke' as const), paths, paths, (topology, dimensions, sequence) => {
      expect(parse(fleetRecordText({ topology, dimensions, sequence }))).toEqual({ format: 1, topology, dimensions, sequence });
    }),
  );
});

describe('where an app is rendered', () => {
  test('is read line by line, and nothing else is taken for it', () => {
    fc.assert(
      fc.property(records, paths, ({ rendered }, at) => {
        const record = { rendered, layers: [{ layer: 'patch-001 stage', at, fields: ['a.b', "'x y'"] }] };
        expect(renderedIn(appRecordText('m/app.yaml', record))).toEqual(rendered);
      }),
    );
  });

  test('is what both sides say where a merge went wrong', () => {
    const text = appRecordText('m/app.yaml', { rendered: ['stage'], layers: [] });
    expect(renderedIn(text.replace('  - stage\n', '<<<<<<< HEAD\n  - stage\n=======\n  - production\n>>>>>>> topic\n'))).toEqual(['stage', 'production']);
  });
});

test('a file is the record of its own place only', () => {
  const text = appRecordText('m/app.yaml', { rendered: ['*'], layers: [] });
  const fleet = fleetRecordText({ topology: 'dimensions', dimensions: [], sequence: [] });
  const is = (at: string, one: string | undefined = text) => isRecordOf(at, one);
  expect([is('_record/m/app.yaml'), is('_record/m/app.yaml', `${text}<<<<<<< HEAD\n`), is('_record/fleet.yaml', fleet)]).toEqual([true, true, true]);
  expect(
    ['_record/m/app2.yaml', '_record/m/ap.yaml', '_record/n/app.yaml', '_record/x/m/app.yaml', 'm/app.yaml', '_record/app.yaml'].map((at) => is(at)),
  ).toEqual(Array(6).fill(false));
  expect([isRecordOf('_record/m/app.yaml', 'mine'), isRecordOf('_record/m/app.yaml', undefined), is('_record/m/fleet.yaml', fleet)]).toEqual(
    Array(3).fill(false),
  );
});
