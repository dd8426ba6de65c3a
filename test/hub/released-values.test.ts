import { parse } from 'yaml';
import { texts } from '../../store/output/output-folder';
import { buildHubFleet, certManager, type HubContent, hubProblemsOf, withAddons } from '../builders/hub-builder';

/** Releases carry values: above those of the component, below those that layers of members say. */

// biome-ignore lint/suspicious/noExplicitAny: values of every kind are read here
type Loose = any;

const own = { a: 'component', b: 'component', c: 'component', map: { kept: true } };
const pin = (values: Loose) => ({ version: '2.0.0', values });

function content(release: string, values: Loose, layered: Loose = { c: 'layer' }): HubContent {
  return withAddons({
    releases: { release, releases: { default: { components: { 'cert-manager': '1.0.0' } }, next: { components: { 'cert-manager': pin(values) } } } },
    components: { 'cert-manager': { ...certManager, enabled: true, values: own, overrides: { '*': { values: layered } } } },
  });
}

function valuesOf(rendered: HubContent): ReadonlyMap<string, Loose> {
  const path = /^spokes\/spoke-1\/values\/addons\/(.+)\.yaml$/;
  return new Map(
    [...texts(buildHubFleet(rendered).synth())].flatMap((file) => {
      const [, name] = path.exec(file.path) ?? [];
      return name === undefined ? [] : [[name, parse(file.text)] as const];
    }),
  );
}

test('a file for each release holds the values of the release, whichever the cluster has', () => {
  const expected = {
    'cert-manager/default': { a: 'component', b: 'component', c: 'layer', map: { kept: true } },
    'cert-manager/next': { a: 'component', b: 'release', c: 'layer', map: { kept: true, more: 1 } },
  };
  for (const release of ['default', 'next']) {
    expect(Object.fromEntries(valuesOf(content(release, { b: 'release', c: 'release', map: { more: 1 } })))).toEqual(expected);
  }
});

test('a value of a release may be a function of the target', () => {
  expect(valuesOf(content('next', { b: (target: Loose) => target.cluster })).get('cert-manager/next')).toMatchObject({ b: 'spoke-1' });
});

test('without values in a release there is one file for all', () => {
  expect([...valuesOf(content('next', undefined)).keys()]).toEqual(['cert-manager']);
});

test('what releases say of values is looked at as any layer is', () => {
  const found = (values: Loose) => hubProblemsOf(content('default', values)).map(({ code, file, place }) => ({ code, file, at: place?.join('.') }));
  const at = 'releases.next.components.cert-manager.values';
  const file = 'config/addons/releases.ts';
  expect(found('x')).toEqual([{ code: 'wrong-type', file, at }]);
  expect(found({ password: 'hunter2hunter2' })).toEqual([{ code: 'secret-value', file, at: `${at}.password` }]);
  expect(found({ x: '{{ .name }}' })).toEqual([{ code: 'handwritten-expression', file, at: `${at}.x` }]);
});
