import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { cluster, fleetFromConfig, unset } from '../../constructs';
import { readConfig } from '../../store/read/read-config';
import { buildAnyFleet } from '../builders/fleet-builder';
import { examples } from '../workspaces/workspace';
import { describeWithHelm, helmValues, helmValuesOf, withRendered } from './helm';

// biome-ignore lint/suspicious/noExplicitAny: rendered manifests are looked at by hand
type Loose = any;

/** A hub that gets one chart with these values, and what its own file says over them. */
function hubWith(values: object, own: object = {}, fields: object = {}) {
  const chart = { repoURL: 'https://charts.example.com', chart: 'web', version: '1.0.0', namespace: 'web', enabled: true, values, ...fields };
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

/**
 * What Argo CD gives Helm of a source, in its order (argo-cd, util/helm/cmd.go, and reposerver/repository, helmTemplate): files of
 * values as they are listed, then `valuesObject`, or else the text of `values`, as a file of its own, then single values.
 */
function argumentsOf(folder: string, { valueFiles, valuesObject, values, parameters = [] }: Loose): readonly string[] {
  const text = join(folder, 'text.yaml');
  const inline = valuesObject === undefined ? values : JSON.stringify(valuesObject);
  if (inline !== undefined) writeFileSync(text, inline);
  const files = valueFiles.map((file: string) =>
    file.replace('$values/dist', folder).replace('{{ index (get .metadata "labels" | default dict) "fleet_member" | default "" }}s/{{ .name }}', 'hubs/h'),
  );
  return [
    ...[...files, ...(inline === undefined ? [] : [text])].flatMap((file: string) => ['--values', file]),
    ...parameters.flatMap(({ name, value, forceString }: Loose) => [forceString ? '--set-string' : '--set', `${name}=${value}`]),
  ];
}

describeWithHelm('what a component says of values, beside those of its layers', () => {
  const chartFiles = { 'values-eu.yaml': 'eu: file\nlayer: file\ntext: file\nset: file\nmap: { file: 1, layer: 1 }\n', 'values-more.yaml': 'eu: more\n' };
  const defaults = { chart: 'chart', eu: 'chart', layer: 'chart', text: 'chart', set: 'chart', map: { chart: 1, file: 0 }, gone: true };
  const layered = { layer: 'layers', text: 'layers', set: 'layers', map: { layer: 2 } };
  const expected = { chart: 'chart', eu: 'more', layer: 'layers', text: 'text', set: 'set', map: { chart: 1, file: 1, layer: 2, text: 1 }, gone: true };
  const parameters = [{ name: 'set', value: 'set' }];
  const valueFiles = ['values-eu.yaml', 'values-more.yaml'];

  test.each([
    ['as a map', { valuesObject: { text: 'text', set: 'text', map: { text: 1 } } }],
    ['as a text', { values: 'text: text\nset: text\nmap: { text: 1 }\n' }],
    ['as a map with a null, which makes a text of it', { valuesObject: { text: 'text', set: 'text', map: { text: 1 }, gone: null } }],
  ])('is taken in one order: chart, its files, layers, %s, single values', (_, inline) => {
    withRendered(hubWith({ layer: 'base', map: { layer: 0 } }, layered, { helm: { valueFiles, parameters, ...inline } }), (folder) => {
      const { spec } = parse(readFileSync(join(folder, 'hubs/h/argocd/applicationsets/addons/web.yaml'), 'utf8'));
      const { gone, ...rest } = expected;
      const isGone = 'valuesObject' in inline && 'gone' in (inline.valuesObject as object);
      expect(helmValuesOf(argumentsOf(folder, spec.template.spec.sources[0].helm), defaults, chartFiles)).toEqual(isGone ? rest : { ...rest, gone });
    });
  });

  test('loses nothing beside values that only the cluster knows', () => {
    const fields = { helm: { valueFiles, valuesObject: { text: 'text', live: { b: 'text' } } } };
    withRendered(hubWith({ ...layered, live: { a: cluster.name, b: cluster.name } }, {}, fields), (folder) => {
      const { spec } = parse(readFileSync(join(folder, 'hubs/h/argocd/applicationsets/addons/web.yaml'), 'utf8'));
      const values = helmValuesOf(argumentsOf(folder, spec.template.spec.sources[0].helm), defaults, chartFiles);
      expect(values).toMatchObject({ eu: 'more', layer: 'layers', text: 'text', live: { a: '{{.name}}', b: 'text' } });
    });
  });
});
