import fc from 'fast-check';
import { parse } from 'yaml';
import type { Law } from '../../../layers/law/law';
import type { AppRecord } from '../../../layers/record';
import { appRecordText, fleetRecordText, isRecordOf, renderedIn } from '../../../store/output/record-text';
import { recordedLaw } from '../../../store/state/recorded-law';
import { laws } from '../state/law-model';
import { text as anyText, readings } from '../yaml-model';

const path = fc.stringMatching(/^(\*|[A-Za-z0-9]([-A-Za-z0-9_.]{0,6}[A-Za-z0-9])?(\/[A-Za-z0-9]([-A-Za-z0-9_]{0,6}[A-Za-z0-9])?){0,2})$/);
const paths = fc.uniqueArray(fc.oneof(path, fc.constantFrom('yes', '010', '1_000', '0x1', '1e3', '2024-01-01', '12', 'null')), { maxLength: 4 });
const records: fc.Arbitrary<AppRecord> = fc.record({
  rendered: paths,
  layers: fc.array(fc.record({ layer: anyText, at: paths, fields: fc.array(anyText, { maxLength: 3 }) }), { maxLength: 3 }),
});
const patches = fc.array(fc.record({ patch: anyText, at: paths }), { minLength: 1, maxLength: 3 });

const told = fc.array(fc.record({ at: paths, values: fc.array(anyText, { maxLength: 3 }) }), { minLength: 1, maxLength: 3 });

test('a record is one path or field a line', () => {
  const record = {
    rendered: ['stage', 'production/prod-1'],
    layers: [{ layer: 'override 010', at: ['*'], fields: ["annotations.'a.b/c'", 'source.targetRevision'] }],
    patches: [
      { patch: 'patch-001', at: ['stage', 'production/prod-1'] },
      { patch: 'patch-002', at: [] },
    ],
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
patches:
  - patch: patch-001
    at:
      - stage
      - production/prod-1
  - patch: patch-002
    at: []
`);
  expect(appRecordText('addons/web.yaml', { rendered: [], layers: [] })).toMatch(/^#.*\nrendered: \[\]\nlayers: \[\]\n$/);
});

test('read as YAML of any version it is what it was', () => {
  fc.assert(
    fc.property(records, fc.option(patches), fc.option(told), (ofLayers, ofPatches, ofCharts) => {
      const record = { ...ofLayers, ...(ofPatches === null ? {} : { patches: ofPatches }), ...(ofCharts === null ? {} : { told: ofCharts }) };
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

test('the law of a fleet is one thing a line', () => {
  const law: Law = {
    level: 'sector',
    first: 'environment',
    waves: [1, 'rest'],
    nodes: [
      {
        path: 'production',
        promotion: 'manual',
        soak: 24 * 3_600_000,
        approvers: ['@company/sre', 'ops@example.com'],
        freeze: { reason: 'year end', until: '2026-12-31' },
        budget: { sector: 1, targets: 5 },
      },
      { path: 'production/canary', soak: 90 * 60_000, waves: [1, '10%', 'rest'] },
    ],
    exemptions: [{ rule: 'removal', app: '*', path: 'stage', reason: 'moves: to y', owner: '@company/sre', until: '2026-12-31' }],
  };
  const written = (one?: Law) => fleetRecordText({ topology: 'dimensions', dimensions: [], sequence: [], ...(one ? { law: one } : {}) });
  expect(written(law).slice(written().length)).toBe(`law:
  level: sector
  first: environment
  waves: 1, rest
  nodes:
    - path: production
      promotion: manual
      soak: 24h
      approvers:
        - '@company/sre'
        - ops@example.com
      freeze:
        reason: year end
        until: '2026-12-31'
      budget:
        sector: 1
        targets: 5
    - path: production/canary
      soak: 90m
      waves: 1, 10%, rest
  exemptions:
    - rule: removal
      app: '*'
      path: stage
      reason: 'moves: to y'
      owner: '@company/sre'
      until: '2026-12-31'
`);
  expect(written({ nodes: [], exemptions: [] }).slice(written().length)).toBe('law:\n  nodes: []\n  exemptions: []\n');
});

test('the law of a fleet reads as it was, as YAML of any version', () => {
  fc.assert(
    fc.property(laws(anyText), (law) => {
      const text = fleetRecordText({ topology: 'dimensions', dimensions: ['region'], sequence: ['a'], law });
      for (const reading of readings(text)) expect(recordedLaw((reading as { readonly law?: unknown }).law)).toEqual(law);
    }),
  );
});

describe('where an app is rendered', () => {
  test('is read line by line, and nothing else is taken for it', () => {
    fc.assert(
      fc.property(records, paths, ({ rendered }, at) => {
        const record = { rendered, layers: [{ layer: 'patch-001 stage', at, fields: ['a.b', "'x y'"] }], patches: [{ patch: 'patch-001', at }] };
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
