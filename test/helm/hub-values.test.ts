import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { fleetFromConfig, unset } from '../../constructs';
import { readConfig } from '../../store/read/read-config';
import { buildAnyFleet } from '../builders/fleet-builder';
import { examples } from '../workspaces/workspace';
import { describeWithHelm, helmValues, withRendered } from './helm';

/** A hub that gets one chart with these values, and what its own file says over them. */
function hubWith(values: object, own: object = {}) {
  const chart = { repoURL: 'https://charts.example.com', chart: 'web', version: '1.0.0', namespace: 'web', enabled: true, values };
  const hub = { tenant: 't', environment: 'dev', secret: 'fleet/h', secretStore: { aws: { region: 'eu-west-1' } }, components: { web: { values: own } } };
  return buildAnyFleet({
    fleet: { topology: 'hub-and-spoke', repository: 'https://example.com/fleet.git', tenants: [{ name: 't', environments: ['dev'] }] },
    clusterTypes: { hubs: { apps: { h: hub } }, addons: { apps: { web: chart } } },
  });
}

/** What Helm reads of the file that is rendered of them. */
function read(values: object, own: object = {}, defaults?: unknown): unknown {
  return withRendered(hubWith(values, own), (folder) => helmValues(join(folder, 'hubs/h/values/addons/web.yaml'), defaults));
}

const doubtful = ['yes', 'no', 'on', 'y', 'N', '~', 'null', '', '010', '0o17', '0x1F', '0b1', '1e3', '.5', '1_000', '+1', '12:30', '2026-01-01'];
const odd = [
  '.inf',
  'NaN',
  '=',
  '<<',
  'True',
  '1.18.2',
  '#',
  '- a',
  'a: b',
  ' a ',
  '{{ .Release.Name }}',
  '{}',
  '[',
  '&a',
  '*a',
  '!a',
  '%',
  '@',
  '`',
  "'",
  '"',
  '\\',
  '$values',
];
const lines = ['one\ntwo\n', 'one\n\ntwo', '\n', '  indented\nless\n', 'trailing \n', 'tab\t\n', 'a\r\nb', '\u0085', '\u2028', 'ä ☃ 😀', '\u0007'];

describeWithHelm('a file of values of a hub or spoke, as Helm reads it', () => {
  test('has every doubtful text as the text that was written, in values, keys and lists', () => {
    const texts = [...doubtful, ...odd, ...lines];
    const values = {
      values: Object.fromEntries(texts.map((text, index) => [`key-${index}`, text])),
      keys: Object.fromEntries(texts.map((text, index) => [text, index])),
      list: texts,
      nested: [{ texts }, [texts]],
    };
    expect(read(values)).toEqual(values);
  });

  test('has numbers, booleans, and what is empty, as what they are', () => {
    const values = { int: 10, negative: -3, half: 0.5, tiny: 1e-7, zero: 0, yes: true, no: false, map: {}, list: [], text: '' };
    expect(read(values)).toEqual(values);
  });

  test('takes a default of the chart away where it says null, and keeps the null in lists', () => {
    const defaults = { resources: { limits: { cpu: '1' }, requests: { cpu: '1' } }, kept: 1 };
    expect(read({ resources: { limits: null }, list: [null, { a: null }] }, {}, defaults)).toEqual({
      resources: { requests: { cpu: '1' } },
      kept: 1,
      list: [null, { a: null }],
    });
  });

  test('has the layers merged: maps key by key, lists whole, and what is unset not at all', () => {
    const own = { map: { b: '010' }, list: ['no'], gone: unset };
    expect(read({ map: { a: 'yes', b: 1 }, list: ['yes', 'on'], gone: true }, own, { gone: 'default' })).toEqual({
      map: { a: 'yes', b: '010' },
      list: ['no'],
      gone: 'default',
    });
  });

  test('may say nothing at all', () => {
    expect(read({}, {}, { a: 1 })).toEqual({ a: 1 });
  });

  test('has any values as they were written', () => {
    const text = fc.oneof(fc.constantFrom(...doubtful, ...odd, ...lines), fc.string({ unit: 'grapheme-ascii' }));
    // A name and a number make no key that looks like a secret.
    const key = fc.tuple(fc.constantFrom('a', 'yes', '010', 'x.y', 'x/y', '-'), fc.nat({ max: 9 })).map(([name, index]) => `${name}${index}`);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.boolean(), fc.array(tie('value'), { maxLength: 3 }), tie('map')),
      map: fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    }));
    // One file holds many: Helm takes its time to start.
    fc.assert(
      fc.property(fc.array(value, { minLength: 30, maxLength: 60 }), (list) => {
        const values = Object.fromEntries(list.map((item, index) => [`v${index}`, item]));
        expect(read(values)).toEqual(values);
      }),
      { numRuns: 15 },
    );
  });

  test('of the example is read as YAML says it', () => {
    withRendered(fleetFromConfig(readConfig(examples.hub)), (dist) => {
      const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => /\/values\/.*\.yaml$/.test(file));
      expect(files.length).toBeGreaterThan(30);
      for (const file of files.slice(0, 12)) expect([file, helmValues(join(dist, file))]).toEqual([file, parse(readFileSync(join(dist, file), 'utf8'))]);
    });
  });
});
