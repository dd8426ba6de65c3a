import { cluster } from '../../constructs';
import { debtCodes } from '../../layers/silenced';
import { application, apps, buildFleet, type ConfigContent } from '../builders/fleet-builder';

type Fields = Readonly<Record<string, unknown>>;

const fleet = {
  repository: 'https://example.com/fleet.git',
  environments: [
    { name: 'integration', sectors: [{ name: 'int-1', regions: ['us', 'eu'] }] },
    {
      name: 'production',
      sectors: [
        { name: 'prod-1', regions: ['us', 'eu'] },
        { name: 'prod-2', regions: ['us'] },
      ],
    },
  ],
};

const values = (valuesObject: Fields) => ({ source: { helm: { valuesObject } } });
const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
const web = (valuesObject: Fields, fields: Fields = {}) => application({ source: { ...source, helm: { valuesObject } }, ...fields });

function debts(config: ConfigContent) {
  return buildFleet({ fleet, ...config })
    .synth()
    .debtProblems(() => undefined)
    .map(({ code, severity, message, found, file, place = [] }) => ({ code, severity, message, found, at: `${file} ${place.join('.')}` }));
}

/** As `code place`. */
const codes = (config: ConfigContent) => debts(config).map(({ code, at }) => `${code} ${at.replace('config/mgmt/', '')}`);
const of = (valuesObject: Fields, fields: Fields) => codes(apps({ web: web(valuesObject, fields) }));

describe('a layer that changes nothing', () => {
  test('is an override that says what is so without it, with what says it', () => {
    expect(debts(apps({ web: web({ a: 1 }, { overrides: { production: values({ a: 1 }) } }) }))).toEqual([
      {
        code: 'layer-idle',
        severity: 'warning',
        message: 'the override production changes nothing: what it says is so without it, everywhere',
        found: 'source.helm.valuesObject.a: base says the same',
        at: 'config/mgmt/web.ts overrides.production',
      },
    ]);
  });

  test('is one that more specific layers hide everywhere', () => {
    const overrides = {
      production: values({ a: 2 }),
      'production/prod-1': values({ a: 3 }),
      'production/prod-2': values({ a: 4 }),
    };
    expect(debts(apps({ web: web({ a: 1 }, { overrides }) }))).toMatchObject([
      {
        code: 'layer-hidden',
        message: 'the override production is hidden everywhere by more specific layers',
        found: 'source.helm.valuesObject.a: override production/prod-1 wins, source.helm.valuesObject.a: override production/prod-2 wins',
      },
    ]);
  });

  test.each<readonly [string, Fields, Fields]>([
    ['says something else at one target', { a: 1 }, { overrides: { production: values({ a: 2 }), 'production/prod-1': values({ a: 3 }) } }],
    ['says something else in one field', { a: 1 }, { overrides: { production: values({ a: 1, b: 2 }) } }],
    ['takes something away', { a: 1 }, { overrides: { production: { source: { helm: { valuesObject: { a: null } } } } } }],
    ['says something else by a function', { a: 'us' }, { overrides: { production: values({ a: ({ region }: { region: string }) => region }) } }],
    ['is hidden by a patch, which goes one day', { a: 1 }, { overrides: { production: values({ a: 2 }) }, patches: patch(['production'], { a: 3 }) }],
    ['says what a patch says as well', { a: 1 }, { overrides: { 'production/prod-1': values({ a: 2 }) }, patches: patch(['production'], { a: 2 }) }],
    ['is a patch on its way', { a: 1 }, { patches: patch(['integration'], { a: 2 }) }],
    ['is a patch without effect so far', { a: 1 }, { overrides: { integration: values({ a: 2 }) }, patches: patch(['integration'], { a: 2 }) }],
    ['is a patch that sits nowhere', { a: 1 }, { patches: patch([], { a: 1 }) }],
  ])('is none that %s', (_, base, fields) => {
    expect(of(base, fields)).toEqual([]);
  });

  test.each<readonly [string, Fields, Fields, readonly string[]]>([
    [
      'by a function',
      { a: 'us' },
      { overrides: { 'production/prod-2': values({ a: ({ region }: { region: string }) => region }) } },
      ['layer-idle web.ts overrides.production/prod-2'],
    ],
    ['in a patch that is on its way', { a: 1 }, { patches: patch(['integration'], { a: 1 }) }, ['layer-idle web.ts patches.patch-001']],
    ['in a patch that is everywhere', { a: 1 }, { patches: patch(['integration', 'production'], { a: 1 }) }, ['layer-idle web.ts patches.patch-001']],
    [
      'in a patch that overrides hide',
      { a: 1 },
      {
        overrides: { 'integration/int-1': values({ a: 2 }), 'production/prod-1': values({ a: 3 }), 'production/prod-2': values({ a: 4 }) },
        patches: patch(['integration', 'production'], { a: 9 }),
      },
      ['layer-hidden web.ts patches.patch-001'],
    ],
  ])('%s', (_, base, fields, expected) => {
    expect(of(base, fields)).toEqual(expected);
  });

  function patch(rolledOutTo: readonly string[], valuesObject: Fields): Fields {
    return { 'patch-001': { rolledOutTo, change: values(valuesObject) } };
  }
});

describe('an app of nobody', () => {
  const owned = application({ owners: ['team@example.com'] });

  test('is one where most others have owners', () => {
    expect(codes(apps({ one: owned, two: owned, web: application() }))).toEqual(['app-unowned web.ts ']);
  });

  test('is none where few or none have any', () => {
    expect(codes(apps({ one: application(), web: application() }))).toEqual([]);
    expect(codes(apps({ one: owned, web: application() }))).toEqual([]);
  });
});

describe('a difference between environments that no layer declares', () => {
  type Target = Readonly<Record<string, string>>;

  test('is one of a function of the base, or of defaults', () => {
    const a = ({ environment }: Target) => (environment === 'production' ? 3 : 1);
    expect(debts(apps({ web: web({ a }) }))).toEqual([
      {
        code: 'undeclared-difference',
        severity: 'warning',
        message: "'source.helm.valuesObject.a' is another one from environment to environment, and no layer of theirs says so",
        found: 'integration: the number 1, production: the number 3',
        at: 'config/mgmt/web.ts source.helm.valuesObject.a',
      },
    ]);
    const defaults = { applications: { syncPolicy: (target: Target) => ({ automated: { selfHeal: target.environment !== 'production' } }) } };
    expect(codes(apps({ web: application(), other: application() }, defaults))).toEqual([
      'undeclared-difference defaults.ts applications.syncPolicy.automated.selfHeal',
    ]);
  });

  test('is one of what is there in one environment alone', () => {
    const base = (target: Target) => (target.environment === 'production' ? { b: true } : {});
    expect(debts(apps({ web: application({ source: { ...source, helm: { valuesObject: base } } }) }))).toMatchObject([
      { code: 'undeclared-difference', found: 'integration: not set, production: the boolean true' },
    ]);
  });

  test.each<readonly [string, unknown]>([
    ['follows from the name', ({ environment }: Target) => `https://${environment}.example.com`],
    ['follows from a part of the name', ({ environment }: Target) => `company-${environment === 'production' ? 'prod' : 'int'}`],
    ['follows from the path', ({ path }: Target) => path],
    ['follows from the region', ({ region }: Target) => ({ us: 'a-1', eu: 'b-2' })[region as 'us']],
    [
      'is another one at each target',
      ({ path }: Target) => ({ 'integration/int-1/us': 1, 'integration/int-1/eu': 2, 'production/prod-1/us': 3 })[path as string] ?? 4,
    ],
    ['is the same everywhere', () => 1],
  ])('is none that %s', (_, a) => {
    expect(of({ a }, {})).toEqual([]);
  });

  test('is none that only the cluster knows', () => {
    const a = ({ environment }: Target) => (environment === 'production' ? `${cluster.name}` : `${cluster.server}`);
    expect(codes(apps({ web: web({ a }), root: { kind: 'RootApplicationSet', clusterType: 'mgmt' } }))).toEqual([]);
  });

  test('is none of a function of an override, which declares it', () => {
    const a = ({ environment }: Target) => (environment === 'production' ? 3 : 1);
    expect(of({ a: 1 }, { overrides: { production: values({ a }) } })).toEqual([]);
  });

  test('cannot be told where each environment is one target, or where there are none', () => {
    const a = ({ environment }: Target) => (environment === 'production' ? 3 : 1);
    const small = ['integration', 'production'].map((name) => ({ name, sectors: [{ name: `${name}-1`, regions: ['us'] }] }));
    expect(codes({ ...apps({ web: web({ a }) }), fleet: { ...fleet, environments: small } })).toEqual([]);
    const sites = { repository: fleet.repository, dimensions: ['sites', 'rooms'], sites: ['a', 'b'].map((name) => ({ name, rooms: ['x', 'y'] })) };
    const b = ({ site }: Target) => (site === 'a' ? 3 : 1);
    expect(codes({ ...apps({ web: web({ a: b }) }), fleet: sites })).toEqual([]);
  });
});

describe('what is meant so', () => {
  const silence = {
    'layer-idle production': 'it stays so',
    'undeclared-difference source.helm.valuesObject.b': 'small',
    'app-unowned web': 'nobody',
  };
  const owned = application({ owners: ['team@example.com'] });
  const b = ({ environment }: { environment: string }) => (environment === 'production' ? 3 : 1);
  const indebted = (fields: Fields) => web({ a: 1, b }, { overrides: { production: values({ a: 1 }) }, ...fields });

  test('is a notice with the reason, and called as the message calls it', () => {
    const hints = buildFleet({ fleet, ...apps({ one: owned, two: owned, web: indebted({}) }) })
      .synth()
      .debtProblems(() => undefined)
      .map(({ hint = '' }) => /silence: \{ '([^']+)'/.exec(hint)?.[1]);
    expect(hints.sort()).toEqual(Object.keys(silence).sort());
    const silenced = debts(apps({ one: owned, two: owned, web: indebted({ silence }) }));
    expect(silenced.map(({ code, severity, found }) => [code, severity, found])).toEqual([
      ['silenced', 'notice', 'nobody'],
      ['silenced', 'notice', 'it stays so'],
      ['silenced', 'notice', 'small'],
    ]);
  });

  test('is a warning where it is so no more, of whoever looks at debt alone', () => {
    const config = { fleet, ...apps({ web: application({ silence }) }) };
    expect(buildFleet(config).synth().warnings).toEqual([]);
    expect(debts(config).map(({ code, at }) => `${code} ${at}`)).toEqual(
      Object.keys(silence)
        .sort()
        .map((key) => `silence-unused config/mgmt/web.ts silence.${key}`),
    );
  });

  test('may be any of them', () => {
    expect([...debtCodes]).toEqual(['layer-idle', 'layer-hidden', 'patch-stalled', 'app-unowned', 'undeclared-difference']);
  });
});
