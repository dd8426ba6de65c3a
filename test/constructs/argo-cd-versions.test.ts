import { ApiObject } from 'cdk8s';
import { Fleet } from '../../constructs';
import { argoCDVersions, type FieldsOf, fieldsSince, newestArgoCD } from '../../layers/shape/fields-since';
import { application, apps, type ConfigContent, problemsOf, smallFleet } from '../builders/fleet-builder';
import { hubProblemsOf, smallHubFleet, withComponent } from '../builders/hub-builder';
import { small, YamlFleets } from '../builders/yaml-fleets';

type Fields = { readonly [key: string]: unknown };

const source = { repoURL: 'https://example.com/web', path: 'web' };
const server = 'https://kubernetes.default.svc';

/** A field by its path, as a map; an item of a list is one of many. */
function said(path: string, value: unknown): Fields {
  const [key = '', ...rest] = path.split('.');
  const below = rest.length === 0 ? value : said(rest.join('.'), value);
  return key.endsWith('[]') ? { [key.slice(0, -2)]: [below] } : { [key]: below };
}

/** Where a part is said: in a layer, in a template, in code. */
const places: Readonly<Record<FieldsOf, readonly ((part: Fields) => ConfigContent)[]>> = {
  Application: [
    (part) => apps({ web: application(part) }),
    (part) => apps({ web: application() }, { applications: part }),
    (part) => apps({ web: application({ overrides: { integration: part } }) }),
    (part) => apps({ set: { kind: 'ApplicationSet', generators: [], template: { metadata: {}, spec: { project: '', destination: { server }, ...part } } } }),
    (part) =>
      apps(
        { web: application() },
        {
          customize: (chart: never) =>
            new ApiObject(chart, 'own', {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'Application',
              metadata: { name: 'own' },
              spec: { project: 'x', destination: { server }, ...part },
            }),
        },
      ),
  ],
  generator: [
    (part) =>
      apps({ set: { kind: 'ApplicationSet', generators: [part], template: { metadata: {}, spec: { project: 'x', destination: { server }, source } } } }),
    (part) =>
      apps({
        set: {
          kind: 'ApplicationSet',
          generators: [{ matrix: { generators: [{ merge: { generators: [{ clusters: {} }, part], mergeKeys: ['name'] } }, { list: { elements: [] } }] } }],
          template: { metadata: {}, spec: { project: 'x', destination: { server }, source } },
        },
      }),
  ],
  ApplicationSet: [],
  AppProject: [(part) => apps({ team: { kind: 'AppProject', ...part } })],
};

/** Every field of the table, with the version that it came with. */
const fields = Object.entries(fieldsSince).flatMap(([version, parts]) =>
  (Object.entries(parts) as [FieldsOf, readonly string[]][]).flatMap(([part, paths]) => paths.map((path) => [version, part, path] as const)),
);

const later = ({ code, message }: { readonly code: string; readonly message: string }) => code === 'unknown-field' && message.startsWith('Argo CD 3.');

test.each(fields)('came with %s: of %s the field %s is refused for each older version, wherever it is said, and for no other', (version, part, path) => {
  expect(places[part].length).toBeGreaterThan(0);
  for (const [index, place] of places[part].entries()) {
    const content = place(said(path, path.endsWith('Repos') ? true : { some: 'thing' }));
    for (const argoCD of argoCDVersions) {
      const found = problemsOf({ ...content, fleet: { ...smallFleet, argoCD } }).filter(later);
      const isOlder = argoCDVersions.indexOf(argoCD) < argoCDVersions.indexOf(version as typeof argoCD);
      expect({ index, argoCD, found: new Set(found.map(({ message }) => message)).size }).toEqual({ index, argoCD, found: isOlder ? 1 : 0 });
    }
    // Who says nothing means the newest.
    expect(problemsOf(content).filter(later)).toEqual([]);
  }
});

test('the error says what, where, since when, and what to do', () => {
  const content = apps({ web: application({ source: { ...source, tagPrefix: 'v' } }) });
  expect(problemsOf({ ...content, fleet: { ...smallFleet, argoCD: '3.2' } })).toMatchObject([
    {
      code: 'unknown-field',
      file: 'config/mgmt/web.ts',
      place: ['source', 'tagPrefix'],
      message: "Argo CD 3.2 has no field 'source.tagPrefix' of Application: it came with 3.5",
      hint: "leave it out; or say `argoCD: '3.5'` once every Argo CD that reads the output is of that version or newer",
    },
  ]);
});

test('sources by name are looked at, and what says nothing is no field', () => {
  const problems = (sources: unknown) => problemsOf({ ...apps({ web: application({ source: undefined, sources }) }), fleet: { ...smallFleet, argoCD: '3.2' } });
  expect(problems({ web: { ...source, tagPrefix: 'v' } })).toMatchObject([{ code: 'unknown-field', place: ['sources', 'web', 'tagPrefix'] }]);
  expect(problems({ web: { ...source, tagPrefix: '' } })).toEqual([]);
});

test('components of hubs are looked at where they are said', () => {
  const { groups } = withComponent({ extraSources: [{ ...source, targetRevision: 'main', tagPrefix: 'v' }] });
  const of = (argoCD: string) => hubProblemsOf({ groups, fleet: { ...(smallHubFleet.fleet as Fields), argoCD } });
  expect(of('3.4')).toMatchObject([{ code: 'unknown-field', file: 'config/addons/cert-manager.ts', place: ['extraSources', '0', 'tagPrefix'] }]);
  expect(of('3.5')).toEqual([]);
});

describe('a fleet of YAML files', () => {
  const fleets = new YamlFleets();

  test('says the version as text, and is held to it', () => {
    const web = small['mc/web/values.yaml'].replace('      chart:', '      tagPrefix: v\n      chart:');
    expect(web).not.toBe(small['mc/web/values.yaml']);
    const told = (line: string) => fleets.told({ 'config.yaml': `${line}\n${small['config.yaml']}`, 'mc/web/values.yaml': web });
    expect(told("argoCD: '3.2'")).toEqual(['error unknown-field mc/web/values.yaml:5:7']);
    expect(told("argoCD: '3.5'")).toEqual([]);
    expect(told('argoCD: 3.2')).toContainEqual(expect.stringContaining('error wrong-type config.yaml:1'));
  });
});

test.each(['3.1', '3.7', '3', 'v3.2', 3.2, null])('%p is no supported version', (argoCD) => {
  expect(problemsOf({ fleet: { ...smallFleet, argoCD } })).toMatchObject([{ code: 'wrong-type', file: 'config/fleet.ts', place: ['argoCD'] }]);
  expect(hubProblemsOf({ fleet: { ...(smallHubFleet.fleet as Fields), argoCD } })).toMatchObject([{ code: 'wrong-type', place: ['argoCD'] }]);
});

test('in code it is checked with the fleet', () => {
  const fleet = new Fleet({ repository: 'https://example.com/fleet.git', argoCD: '2.14' as never });
  expect(() => fleet.synth()).toThrow("'2.14' is no supported version of Argo CD");
  expect(new Fleet({ repository: 'https://example.com/fleet.git' }).argoCD).toBe(newestArgoCD);
});
