import fc from 'fast-check';
import { application, apps, problemsOf } from '../../builders/fleet-builder';
import { small, YamlFleets } from '../../builders/yaml-fleets';

type Fields = Readonly<Record<string, unknown>>;

const key = 'value-key source.helm.valuesObject.webhok';
const silence = { [key]: 'the chart spells it so' };
const values = (valuesObject: unknown) => ({ source: { helm: { valuesObject } } });
const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
const web = (fields: Fields = {}) =>
  application({ source: { ...source, helm: { valuesObject: { webhook: 1 } } }, overrides: { production: values({ webhok: 2 }) }, ...fields });
const found = (...config: Parameters<typeof apps>) =>
  problemsOf(apps(...config)).map(({ code, severity = 'error', place = [], found: said }) => [`${severity} ${code} ${place.join('.')}`, said]);
const silenced = ['notice silenced overrides.production.source.helm.valuesObject.webhok', 'the chart spells it so'];

const fleets = new YamlFleets();

describe('a finding that is none', () => {
  test('is a notice with the reason, where the app, its file, or its cluster type says so', () => {
    expect(found({ web: web({ silence }) })).toEqual([silenced]);
    expect(found({ web: web() }, { silence })).toEqual([silenced]);
    const { overrides, ...member } = web() as { readonly overrides: { readonly production: unknown } };
    const group = { apps: { web: member }, overrides: { production: { web: overrides.production } } };
    expect(found({ team: { ...group, silence } })).toEqual([
      ['notice silenced overrides.production.web.source.helm.valuesObject.webhok', 'the chart spells it so'],
    ]);
  });

  test('is called as its message calls it, whatever rule finds it', () => {
    const all = web({
      source: { ...source, targetRevision: '1.x', helm: { valuesObject: { webhook: 1, replicas: 2 } } },
      destination: { server: 'https://kubernetes.default.svc' },
      syncPolicy: { syncOptions: ['Novelty=true'] },
      overrides: { production: values({ webhok: 1, replicas: '2', password: 'Tr0ub4dor&3xyz' }) },
    });
    const problems = problemsOf(apps({ web: all }));
    const keys = problems.map(
      ({ hint }) => /silence: \{ '([^']+)'/.exec(hint ?? '')?.[1] ?? /notSecret: \{ '([^']+)'/.exec(hint ?? '')?.[1]?.replace(/^/, 'secret-value '),
    );
    expect(new Set(problems.map(({ code }) => code))).toEqual(
      new Set(['value-key', 'value-type', 'sync-option', 'no-namespace', 'floating-version', 'secret-value']),
    );
    const reasons = Object.fromEntries(keys.map((one) => [one, 'why']));
    expect(problemsOf(apps({ web: { ...all, silence: reasons } })).map(({ code }) => code)).toEqual(problems.map(() => 'silenced'));
  });

  test('may be what a project does not allow: Argo CD may have projects that others inherit', () => {
    const project = { kind: 'AppProject', sourceRepos: [], destinations: [{ name: '*', namespace: '*' }] };
    const app = application({ project: 'team' });
    expect(found({ team: project, web: app }).map(([line]) => line)).toEqual(['error project source.repoURL']);
    expect(found({ team: project, web: { ...app, silence: { 'project source.repoURL': 'inherited' } } })).toEqual([
      ['notice silenced source.repoURL', 'inherited'],
    ]);
  });

  test('that nobody finds any more is a warning, and so is a code that is none', () => {
    const unused = (silences: Fields) =>
      problemsOf(apps({ web: application({ silence: silences }) })).map(({ code, place, hint }) => [code, place?.join(' '), hint]);
    expect(unused(silence)).toEqual([['silence-unused', `silence ${key}`, 'remove it, or write what the message printed']]);
    expect(unused({ 'value-kye a': 'x' })).toEqual([['silence-unused', 'silence value-kye a', "did you mean 'value-key'?"]]);
    expect(problemsOf(apps({ web: web({ silence: { [key]: ' ' } }) }))).toContainEqual(
      expect.objectContaining({ code: 'missing-field', expected: 'the reason' }),
    );
    expect(problemsOf(apps({ web: web({ silence: { [key]: 7 } }) }))).toContainEqual(expect.objectContaining({ code: 'wrong-type' }));
  });

  test('is silenced in `metadata.yaml` in a fleet in YAML, and the hint says so', () => {
    const files = {
      'mc/web/values.yaml': `${small['mc/web/values.yaml'].replace('    destination:', '      helm: {valuesObject: {webhook: 1}}\n    destination:')}`,
      'mc/web/prod/override.yaml': 'applications:\n  web:\n    source: {helm: {valuesObject: {webhok: 2}}}\n',
    };
    expect(fleets.problem(files)).toMatchObject({
      code: 'value-key',
      file: 'mc/web/prod/override.yaml',
      hint: expect.stringContaining('metadata.yaml of the component'),
    });
    const metadata = `silence:\n  '${key}': the chart spells it so\n`;
    expect(fleets.problem({ ...files, 'mc/web/metadata.yaml': metadata })).toMatchObject({
      code: 'silenced',
      severity: 'notice',
      found: 'the chart spells it so',
    });
    expect(fleets.told({ 'mc/web/metadata.yaml': metadata })).toEqual(['warning silence-unused mc/web/metadata.yaml:2:3']);
  });
});

/** Values of charts, of any kind and depth. */
const plain = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.string({ maxLength: 4 }), fc.integer(), fc.boolean(), fc.array(fc.integer(), { maxLength: 2 }), tie('map')),
  map: fc.dictionary(fc.string({ unit: fc.constantFrom(...'abcdef'), minLength: 1, maxLength: 6 }), tie('value'), { maxKeys: 4 }),
})).map as fc.Arbitrary<Fields>;

/** The same keys and types, with other values. */
function other(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(other);
  if (typeof value === 'number') return value === 0 ? 1 : -value;
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, other(item)]));
  return value;
}

test('layers that repeat the same keys with the same types are never warned of', () => {
  fc.assert(
    fc.property(plain, (map) => {
      const app = application({
        source: { ...source, helm: { valuesObject: map } },
        overrides: { production: values(other(map)), 'production/prod-1': values(map) },
        patches: { p: { rolledOutTo: ['integration', 'production'], change: values(other(map)) } },
      });
      const codes = problemsOf(apps({ web: app })).map(({ code }) => code);
      expect(codes.filter((code) => code === 'value-key' || code === 'value-type')).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
