import { ApiObject, JsonPatch } from 'cdk8s';
import { type Problem, type TargetChart, unset } from '../../constructs';
import { badKeys, badValues } from '../builders/bad-values';
import { application, apps, problemsOf } from '../builders/fleet-builder';
import { certManager, hubProblemsOf, addons as smallAddons, smallHubFleet } from '../builders/hub-builder';
import { inTurn } from '../runs';

type Values = { readonly [key: string]: unknown };

/** Where values get into a manifest. */
interface Place {
  readonly problems: (values: Values) => readonly Problem[];
  /** The end of the place of the values. */
  readonly at: string;
  /** What is said instead of a code, or of one value, and why. `nothing` where another rule has its say. @default - the code of the value */
  readonly codes?: { readonly [code: string]: string };
}

const source = { repoURL: 'https://example.com/web', path: 'web' };
const template = (values: Values) => ({ metadata: {}, spec: { project: '', destination: {}, source: { ...source, helm: { valuesObject: values } } } });
const layer = (values: Values) => ({ source: { helm: { valuesObject: values } } });
const set = (fields: Values) => apps({ set: { kind: 'ApplicationSet', generators: [], template: template({}), ...fields } });
const web = (fields: Values) => apps({ web: application(fields) });
const customized = (customize: (chart: TargetChart) => void) => problemsOf(apps({ web: application() }, { customize }));
const free = (chart: TargetChart, fields: Values) =>
  new ApiObject(chart, 'free', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'free' }, ...fields });
const group = (component: Values) => ({
  ...smallHubFleet,
  groups: { ...smallHubFleet.groups, addons: { ...smallAddons, components: { 'cert-manager': component } } },
});
/** Templates in values of hubs have a rule of their own: no pass would evaluate any. */
const hubTemplates = { 'handwritten-expression': 'nothing' };
const everywhere = { rolledOutTo: ['integration', 'production'] };

const places: Readonly<Record<string, Place>> = {
  'the base of an app': { problems: (values) => problemsOf(web({ source: { ...source, helm: { valuesObject: values } } })), at: 'valuesObject' },
  'the defaults of a cluster type': {
    problems: (values) => problemsOf(apps({ web: application({ source }) }, { applications: layer(values) })),
    at: 'valuesObject',
  },
  'an override': { problems: (values) => problemsOf(web({ overrides: { production: layer(values) } })), at: 'valuesObject' },
  'a patch': { problems: (values) => problemsOf(web({ patches: { p1: { ...everywhere, change: layer(values) } } })), at: 'valuesObject' },
  'what a function of the target gives': {
    problems: (values) => problemsOf(web({ source: { ...source, helm: { valuesObject: () => values } } })),
    at: 'valuesObject',
  },
  'an override that is a function of the target': {
    problems: (values) => problemsOf(web({ overrides: { integration: () => layer(values) } })),
    at: 'valuesObject',
  },
  'a source by name': {
    problems: (values) => problemsOf(web({ source: unset, sources: { a: { ...source, helm: { valuesObject: values } } } })),
    at: 'a.helm.valuesObject',
  },
  'the template of an ApplicationSet': { problems: (values) => problemsOf(set({ template: template(values) })), at: 'valuesObject' },
  'the template of a generator': { problems: (values) => problemsOf(set({ generators: [{ clusters: { template: template(values) } }] })), at: 'valuesObject' },
  'the template of a generator below `matrix`': {
    problems: (values) => problemsOf(set({ generators: [{ matrix: { generators: [{ clusters: { template: template(values) } }, { list: {} }] } }] })),
    at: 'valuesObject',
  },
  'an element of a generator below `merge`': {
    problems: (values) => problemsOf(set({ generators: [{ merge: { mergeKeys: ['a'], generators: [{ list: { elements: [values] } }] } }] })),
    at: 'elements.0',
  },
  'a JSON patch of an app': {
    problems: (values) => customized((chart) => chart.findApp('web').addJsonPatch(JsonPatch.add('/spec/source/helm', { valuesObject: values }))),
    at: 'valuesObject',
  },
  'an Application of their own': {
    problems: (values) =>
      customized((chart) =>
        free(chart, {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          spec: { ...application(), source: { ...source, helm: { valuesObject: values } } },
        }),
      ),
    at: 'valuesObject',
  },
  'an object of their own': { problems: (values) => customized((chart) => free(chart, { data: values })), at: 'data' },
  'a JSON patch of an object of their own': {
    problems: (values) => customized((chart) => free(chart, {}).addJsonPatch(JsonPatch.add('/data', values))),
    at: 'data',
  },
  'an object of `workloads`': {
    problems: (values) =>
      problemsOf(apps({ web: { project: 'default', destination: { server: 'x' }, workloads: (chart: TargetChart) => free(chart, { data: values }) } })),
    at: 'workloads.data',
  },
  'the values of `workloads`': {
    problems: (values) =>
      problemsOf(apps({ web: { project: 'default', destination: { server: 'x' }, values, workloads: (chart: TargetChart) => free(chart, {}) } })),
    at: 'values',
    // What an app's own code makes of it is seen in what it declares.
    codes: { 'handwritten-expression': 'nothing' },
  },
  'the values of a component of a hub': { problems: (values) => hubProblemsOf(group({ ...certManager, values })), at: 'values', codes: hubTemplates },
  'an override of a component of a hub': {
    problems: (values) => hubProblemsOf(group({ ...certManager, overrides: { '*': { enabled: true, values } } })),
    at: 'values',
    codes: hubTemplates,
  },
  'a field of a component of a hub': {
    problems: (values) => hubProblemsOf(group({ ...certManager, extraSources: [{ ...source, helm: { valuesObject: values } }] })),
    at: 'valuesObject',
    // It is the same for all members.
    codes: { 'a function': 'component-field' },
  },
};

/** The problems of a place that are about what was put there, at the place that is expected. */
function found(place: Place, values: Values, code: string, key: string): readonly string[] {
  const problems = place.problems(values);
  const expected = place.codes?.[code] ?? code;
  return problems
    .filter((problem) => problem.code === expected)
    .map((problem) => (isBelow(problem, place.at, key) ? 'there' : `at ${problem.place?.join('.')}`));
}

/** A text is placed at the list that holds it, for a list is replaced whole. */
function isBelow({ place = [] }: Problem, at: string, key: string): boolean {
  const shown = place.join('.');
  const below = shown.slice(shown.lastIndexOf(at) + at.length);
  return (shown.includes(at) && ['', `.${key}`].includes(below.replace(/\.1$/, ''))) || /\.(generators|extraSources|elements)$/.test(`.${shown}`);
}

describe.each(Object.entries(places).map((entry, index) => [...entry, index] as const))('in %s', (_, place, index) => {
  test('nothing is wrong with values that are none of these', () => {
    const errors = place.problems({ a: ['b', 1, true], c: { d: 'e\u{1F600}' }, f: undefined }).filter(({ severity }) => severity === undefined);
    expect(errors).toEqual([]);
  });

  test('a null in a list is a value of Helm, and of nothing else', () => {
    const isHelm = place.at === 'values' || place.at.endsWith('valuesObject');
    expect(found(place, { hole: ['a', null] }, 'null-value', 'hole')).toEqual(isHelm ? [] : ['there']);
  });

  test.each(inTurn(Object.entries(badValues), index))('%s is refused, in a map and in a list', (what, { value, code, inListsOnly }) => {
    const expected = place.codes?.[what] ?? place.codes?.[code] ?? code;
    const seen = expected === 'nothing' ? [] : ['there'];
    expect(found(place, { hole: ['a', value] }, expected, 'hole')).toEqual(seen);
    if (!inListsOnly) expect(found(place, { hole: value }, expected, 'hole')).toEqual(seen);
  });

  test.each(inTurn(Object.entries(badKeys), index))('a key that is %s is refused', (_, { key, code }) => {
    const expected = place.codes?.[code] ?? code;
    expect(found(place, { [key]: 'x' }, expected, key)).toEqual(expected === 'nothing' ? [] : ['there']);
  });
});
