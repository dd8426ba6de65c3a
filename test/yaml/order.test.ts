import { application, layer, small, YamlFleets } from '../builders/yaml-fleets';

const fleets = new YamlFleets();
const wave = 'argocd.argoproj.io/sync-wave';
const needing = (after: string) => `${small['mc/web/values.yaml']}    after: ${after}\n`;
const files = { 'mc/dns/values.yaml': application('dns'), 'mc/web/values.yaml': needing('[dns]') };

test('an app of a YAML fleet is applied behind what it needs, and layers say it', () => {
  expect(fleets.told(files)).toEqual([]);
  expect(fleets.manifest(files).metadata.annotations).toEqual({ [wave]: '1' });
  expect(fleets.manifest(files).spec).not.toHaveProperty('after');
  const taken = { ...files, 'mc/web/prod/override.yaml': layer('after: []') };
  expect(fleets.told(taken)).toEqual([]);
  expect(fleets.manifest(taken, 'web', 'prod/p1/us').metadata).not.toHaveProperty('annotations');
});

test('what it needs is checked there, too', () => {
  expect(fleets.told({ ...files, 'mc/web/values.yaml': needing('[dnss]') })).toEqual(['error unknown-app mc/web/values.yaml:9:13']);
  expect(fleets.told({ ...files, 'mc/web/values.yaml': needing('dns') })).toEqual(['error wrong-type mc/web/values.yaml:9:5']);
  expect(fleets.told({ ...files, 'mc/web/prod/override.yaml': layer('after: [web]') })).toEqual(['error order mc/web/prod/override.yaml:3:13']);
});
