import fc from 'fast-check';
import type { Problem } from '../../constructs';
import { nodeName, objectName } from '../../constructs/check/allowed-names';
import { application, apps, type ConfigContent, manifestAt, problemsOf, smallFleet } from '../builders/fleet-builder';
import { addons, type HubContent, hub1, hubProblemsOf, spoke1 } from '../builders/hub-builder';

const devices = ['con', 'prn', 'aux', 'nul', ...['com', 'lpt'].flatMap((port) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `${port}${number}`))];
const change = { source: { targetRevision: '2.0.0' } };

/** Where a name of a fleet becomes a folder or a file. */
const places: readonly (readonly [string, (name: string) => ConfigContent])[] = [
  ['an environment', (name) => ({ fleet: { ...smallFleet, environments: [...smallFleet.environments, { name, sectors: [{ name: 's', regions: ['r'] }] }] } })],
  ['a sector', (name) => ({ fleet: { ...smallFleet, environments: [{ name: 'e', sectors: [{ name, regions: ['r'] }] }] } })],
  ['a region', (name) => ({ fleet: { ...smallFleet, environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r', name] }] }] } })],
  ['a region with a gate', (name) => ({ fleet: { ...smallFleet, environments: [{ name: 'e', sectors: [{ name: 's', regions: [{ name }] }] }] } })],
  ['a cluster type', (name) => ({ clusterTypes: { [name]: { apps: { web: application() } } } })],
  ['an app', (name) => apps({ [name]: application() })],
  ['one of several apps', (name) => apps({ pair: { apps: { [name]: application() } } })],
  ['a patch', (name) => apps({ web: application({ patches: { [name]: { rolledOutTo: ['integration'], change } } }) })],
];

/** The same for a fleet of hubs and spokes. */
const hubPlaces: readonly (readonly [string, (name: string) => HubContent])[] = [
  ['a hub', (name) => ({ hubs: { 'hub-1': hub1, [name]: hub1 } })],
  ['a spoke', (name) => ({ spokes: { [name]: spoke1 } })],
  ['a component', (name) => ({ groups: { addons: { ...addons, components: { ...addons.components, [name]: addons.components.dns } } } })],
  ['a group', (name) => ({ groups: { addons, [name]: addons } })],
];

const codes = (problems: readonly Problem[]) => new Set(problems.filter(({ severity = 'error' }) => severity === 'error').map(({ code }) => code));

describe('a name that Windows keeps for a device', () => {
  test.each(places)('is refused for %s', (_, content) => {
    for (const name of devices) expect([name, ...codes(problemsOf(content(name)))]).toContain('invalid-name');
    expect(codes(problemsOf(content('console')))).toEqual(new Set());
    expect(codes(problemsOf(content('com10')))).toEqual(new Set());
  });

  test.each(hubPlaces)('is refused for %s', (_, content) => {
    for (const name of ['con', 'nul', 'lpt9']) expect([name, ...codes(hubProblemsOf(content(name)))]).toContain('invalid-name');
    expect(codes(hubProblemsOf(content('console')))).not.toContain('invalid-name');
  });

  test('is refused in any case and with any ending, wherever names may have these', () => {
    const cased = fc
      .constantFrom(...devices)
      .chain((device) =>
        fc
          .array(fc.boolean(), { minLength: device.length, maxLength: device.length })
          .map((upper) => [...device].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join('')),
      );
    fc.assert(
      fc.property(cased, fc.constantFrom('', '.', ' ', '.x', '.yaml', '.a.b', '..', '. '), (device, ending) => {
        expect(nodeName.pattern.test(device + ending)).toBe(false);
        expect(objectName.pattern.test(device + ending)).toBe(false);
      }),
    );
  });

  test('says what to do', () => {
    expect(problemsOf(apps({ nul: application() }))).toMatchObject([
      { code: 'invalid-name', file: 'config/mgmt/nul.ts', app: 'nul', expected: expect.stringContaining('no device of Windows') },
    ]);
  });
});

describe('a name that every JavaScript object has', () => {
  const inherited = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', '__defineGetter__'];

  test('is a key of values like any other, in maps and in lists', () => {
    for (const name of inherited) {
      const valuesObject = { [name]: 1, map: { [name]: { [name]: 'x' } }, list: [{ [name]: [1] }] };
      const source = { repoURL: 'https://x.example.com', path: 'x', helm: { valuesObject } };
      const content = apps({
        web: application({ source, overrides: { integration: { source: { helm: { valuesObject: { map: { [name]: { more: 1 } } } } } } } }),
      });
      expect(problemsOf(content)).toEqual([]);
      const rendered = manifestAt(content, 'web', 'integration/int-1/us').spec.source.helm.valuesObject;
      expect(rendered).toEqual({ ...valuesObject, map: { [name]: { [name]: 'x', more: 1 } } });
    }
  });

  test('is refused as a key where an object cannot have it, and changes no object', () => {
    const valuesObject = JSON.parse('{"a":{"__proto__":{"polluted":1}},"list":[{"__proto__":{"polluted":1}}]}');
    const source = { repoURL: 'https://x.example.com', path: 'x', helm: { valuesObject } };
    expect(codes(problemsOf(apps({ web: application({ source }) })))).toEqual(new Set(['not-plain-data']));
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
  });

  test('is a patch, an override or an app of its own name, or a mistake', () => {
    for (const name of [...inherited, '__proto__']) {
      const told = (fields: object) => problemsOf(apps({ web: application({ ...fields }) })).map(({ code, place = [] }) => `${code} ${place.join('.')}`);
      expect([name, told({ patches: { [name]: { rolledOutTo: ['integration'], change } } })]).toEqual([
        name,
        /^[a-z]+$/i.test(name) ? [] : [`invalid-name patches.${name}`],
      ]);
      expect([name, told({ overrides: { [name]: change } })]).toEqual([name, [`unknown-path overrides.${name}`]]);
      expect([name, told({ [name]: 1 })]).toEqual([name, [name === '__proto__' ? 'not-plain-data ' : `unknown-field ${name}`]]);
    }
    expect(problemsOf(apps({ web: application({ patches: { constructor: { rolledOutTo: ['integration'], change } } }) }))).toEqual([]);
    expect(codes(problemsOf(apps({ web: application({ overrides: { constructor: change } }) })))).toEqual(new Set(['unknown-path']));
  });
});

test('a name that only begins or ends like a device is any other name', () => {
  for (const name of ['console', 'icon', 'con-1', 'a-nul', 'aux1', 'com', 'com0', 'com10', 'lpt', 'null', 'prn2']) {
    expect([name, nodeName.pattern.test(name), objectName.pattern.test(name)]).toEqual([name, true, true]);
  }
  for (const name of ['x.con', 'a_nul', 'Console.x', 'con_1']) expect([name, nodeName.pattern.test(name)]).toEqual([name, true]);
});
