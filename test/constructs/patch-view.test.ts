import { type PatchView, unset } from '../../constructs';
import { planPromotions } from '../../rollout/plan-promotions';
import { application, apps, buildFleet, type ConfigContent, smallFleet } from '../builders/fleet-builder';
import { longTest } from '../long-test';

const us = 'integration/int-1/us';
const eu = 'integration/int-1/eu';
const prod = 'production/prod-1/us';

/** The patches of one app over the small fleet. */
function views(fields: Readonly<Record<string, unknown>>, fleet: unknown = smallFleet): readonly PatchView[] {
  return buildFleet({ ...apps({ web: application(fields) }), fleet })
    .synth()
    .patches();
}

/** The view of `patch-001`, which changes a revision unless told otherwise. */
function view(
  fields: Readonly<Record<string, unknown>> = {},
  change: unknown = revision('2.0.0'),
  rolledOutTo: readonly string[] = ['integration'],
): PatchView {
  const others = (fields['patches'] ?? {}) as object;
  const all = views({ ...fields, patches: { 'patch-001': { rolledOutTo, change }, ...others } });
  return all.find(({ state }) => state.patch === 'patch-001') as PatchView;
}

function revision(targetRevision: unknown) {
  return { source: { targetRevision } };
}

function helm(valuesObject: unknown) {
  return { source: { helm: { valuesObject } } };
}

describe('patches in flight', () => {
  test('come with their app, paths, targets and nodes', () => {
    const [found] = views({ patches: { 'patch-001': { description: 'Why', rolledOutTo: ['integration/int-1'], change: revision('2.0.0') } } });
    expect(found?.state).toMatchObject({
      clusterType: 'mgmt',
      app: 'web',
      patch: 'patch-001',
      description: 'Why',
      paths: ['integration/int-1'],
      targets: [us, eu, prod],
      dimensions: ['environment', 'sector', 'region'],
    });
    expect(found?.state.nodes.filter(({ promotion }) => promotion === 'manual')).toEqual([
      { path: 'production', depth: 0, promotion: 'manual', soak: 0, targets: [prod] },
    ]);
  });

  test('are in the order of cluster types, apps and names', () => {
    const patch = { rolledOutTo: ['integration'], change: revision('2.0.0') };
    const app = application({ patches: { 'patch-010': patch, 'patch-002': patch, B: patch } });
    const found = buildFleet({ clusterTypes: { z: { apps: { web: app, api: app } }, a: { apps: { web: app } } } })
      .synth()
      .patches();
    expect(found.map(({ state }) => `${state.clusterType} ${state.app} ${state.patch}`)).toEqual([
      'z api B',
      'z api patch-002',
      'z api patch-010',
      'z web B',
      'z web patch-002',
      'z web patch-010',
      'a web B',
      'a web patch-002',
      'a web patch-010',
    ]);
  });

  test('know the nodes of their cluster type only', () => {
    const patches = { 'patch-001': { rolledOutTo: ['integration'], change: revision('2.0.0') } };
    const [found] = buildFleet(apps({ web: application({ patches }) }, { paths: [eu, 'production'] }))
      .synth()
      .patches();
    expect(found?.state.nodes.map(({ path }) => path)).toEqual(['integration', 'integration/int-1', eu, 'production', 'production/prod-1', prod]);
  });

  test('of several apps in a file are one patch of all of them', () => {
    const change = { api: revision('2.0.0'), web: helm({ a: 1 }) };
    const group = { apps: { web: application(), api: application() }, patches: { 'patch-001': { rolledOutTo: ['integration'], change } } };
    const found = buildFleet(apps({ pair: group }))
      .synth()
      .patches();
    expect(found.map(({ state, apps: members, isGroup, fields }) => ({ app: state.app, members, isGroup, fields }))).toEqual([
      {
        app: 'pair',
        members: ['api', 'web'],
        isGroup: true,
        fields: [
          ['api', 'source', 'targetRevision'],
          ['web', 'source', 'helm', 'valuesObject', 'a'],
        ],
      },
    ]);
  });
});

describe('the fields of a patch', () => {
  test('are what it sets and unsets', () => {
    const change = { ...helm({ a: { b: 1, c: [{ d: 1 }] }, e: {} }), syncPolicy: unset };
    expect(view({}, change).fields.map((field) => field.join('.'))).toEqual([
      'source.helm.valuesObject.a.b',
      'source.helm.valuesObject.a.c',
      'source.helm.valuesObject.e',
      'syncPolicy',
    ]);
  });

  test('are those of every target, covered yet or not, where a function decides', () => {
    const change = ({ environment }: { readonly environment: string }) => (environment === 'production' ? revision('2.0.0') : { labels: { a: 'b' } });
    expect(view({}, change).fields).toEqual([
      ['labels', 'a'],
      ['source', 'targetRevision'],
    ]);
  });
});

describe('the places of a patch', () => {
  test('are those of its change, its list of paths, the base and the overrides, with their fields', () => {
    const overrides = { production: { ...revision('0.9.0'), syncPolicy: unset }, [eu]: ({ region }: { readonly region: string }) => ({ labels: { region } }) };
    expect(view({ overrides }).places).toEqual({
      form: 'typescript',
      patch: { file: 'config/mgmt/web.ts', place: ['patches', 'patch-001'] },
      rolledOutTo: { file: 'config/mgmt/web.ts', place: ['patches', 'patch-001', 'rolledOutTo'] },
      copies: [{ path: 'integration', file: 'config/mgmt/web.ts' }],
      changes: [
        { app: 'web', change: { file: 'config/mgmt/web.ts', place: ['patches', 'patch-001', 'change'] }, base: { file: 'config/mgmt/web.ts', place: [] } },
      ],
      overrides: [
        {
          path: 'production',
          app: 'web',
          place: { file: 'config/mgmt/web.ts', place: ['overrides', 'production'] },
          fields: [['source', 'targetRevision'], ['syncPolicy']],
        },
        { path: eu, app: 'web', place: { file: 'config/mgmt/web.ts', place: ['overrides', eu] }, fields: [['labels', 'region']] },
      ],
    });
  });

  test('of several apps name each of them', () => {
    const patches = { 'patch-001': { rolledOutTo: ['integration'], change: { web: revision('2.0.0') } } };
    const group = { apps: { web: application(), api: application() }, overrides: { production: { web: revision('0.9.0') } }, patches };
    const [found] = buildFleet(apps({ pair: group }))
      .synth()
      .patches();
    expect(found?.places.changes.map(({ app, change, base }) => [app, change.place, base.place])).toEqual([
      ['api', ['patches', 'patch-001', 'change', 'api'], ['apps', 'api']],
      ['web', ['patches', 'patch-001', 'change', 'web'], ['apps', 'web']],
    ]);
    expect(found?.places.overrides.map(({ app, place, fields }) => [app, place.place, fields])).toEqual([
      ['api', ['overrides', 'production', 'api'], []],
      ['web', ['overrides', 'production', 'web'], [['source', 'targetRevision']]],
    ]);
  });
});

describe('a target is rendered the same with the patch at a coarser path', () => {
  /** Whether `eu` is, with the patch at its environment instead of at the region itself. */
  function isSame(fields: Readonly<Record<string, unknown>>, change?: unknown, from = eu, to = 'integration'): boolean {
    const found = view(fields, change, [from]);
    const [there, back] = [found.isSame(eu, [from], [to]), found.isSame(eu, [to], [from])];
    expect(back).toBe(there);
    return there;
  }

  test('where nothing more specific sets its fields', () => {
    expect(isSame({ overrides: { integration: revision('0.9.0'), [us]: revision('0.8.0'), [eu]: helm({ a: 1 }) } })).toBe(true);
  });

  test.each([eu, 'integration/int-1'])('but not where an override at %s sets one', (path) => {
    expect(isSame({ overrides: { [path]: revision('0.9.0') } })).toBe(false);
    expect(isSame({ overrides: { [path]: { labels: unset, ...helm({ b: unset }) } } }, helm({ a: 1 }))).toBe(true);
  });

  test('but not where an override sets a map in its place, or unsets it', () => {
    expect(isSame({ overrides: { [eu]: helm({ a: { b: 1 } }) } }, helm({ a: 1 }))).toBe(false);
    expect(isSame({ overrides: { [eu]: helm(unset) } }, helm({ a: 1 }))).toBe(false);
  });

  test('where an override says the same', () => {
    expect(isSame({ overrides: { [eu]: revision('2.0.0') } })).toBe(true);
  });

  test('where an override that says otherwise sits at the coarser path itself', () => {
    expect(isSame({ overrides: { 'integration/int-1': revision('0.9.0') } }, undefined, eu, 'integration/int-1')).toBe(true);
  });

  /** Another patch, at a path. */
  function other(name: string, ...rolledOutTo: readonly string[]) {
    return { patches: { [name]: { rolledOutTo, change: revision('3.0.0') } } };
  }

  test('but not where an older patch sits at the finer path or between, or a newer one at the coarser path or between', () => {
    expect([isSame(other('a-first', eu)), isSame(other('a-first', 'integration/int-1'))]).toEqual([false, false]);
    expect([isSame(other('patch-002', 'integration')), isSame(other('patch-002', 'integration/int-1'))]).toEqual([false, false]);
  });

  test('where an older patch sits at the coarser path, or a newer one at the finer path', () => {
    expect([isSame(other('a-first', 'integration')), isSame(other('patch-002', eu))]).toEqual([true, true]);
  });

  test('where a function of the target gives the same', () => {
    const change = ({ region }: { readonly region: string }) => (region === 'us' ? revision('2.0.0') : helm({ a: 1 }));
    expect(isSame({ overrides: { [eu]: revision('0.9.0') } }, change)).toBe(true);
    expect(isSame({ overrides: { [eu]: helm({ a: 2 }) } }, change)).toBe(false);
  });

  test('in every app of its file', () => {
    const found = (override: unknown) => {
      const patches = { 'patch-001': { rolledOutTo: [eu], change: { web: revision('2.0.0'), api: helm({ a: 1 }) } } };
      const group = { apps: { web: application(), api: application() }, overrides: { [eu]: override }, patches };
      return buildFleet(apps({ pair: group }))
        .synth()
        .patches()[0] as PatchView;
    };
    expect(found({ api: revision('1.1.0'), web: helm({ a: 2 }) }).isSame(eu, [eu], ['integration'])).toBe(true);
    expect(found({ api: helm({ a: 2 }) }).isSame(eu, [eu], ['integration'])).toBe(false);
    expect(found({ web: revision('1.1.0') }).isSame(eu, [eu], ['integration'])).toBe(false);
  });

  test('or else a field and a layer say why', () => {
    const found = view({ overrides: { [eu]: { ...helm({ b: 2 }), ...revision('0.9.0') }, integration: helm({ a: 1 }) } }, { ...helm({ a: 3, b: 3 }) }, [eu]);
    expect(found.difference(eu, [eu], ['integration'])).toBeUndefined();
    const masked = view({ overrides: { [eu]: helm({ b: 2 }) } }, helm({ a: 3, b: 3 }), [eu]);
    expect(masked.difference(eu, [eu], ['integration'])).toEqual({ field: 'source.helm.valuesObject.b', by: `override ${eu}` });
    expect(masked.difference(eu, ['integration'], [eu])).toEqual({ field: 'source.helm.valuesObject.b', by: `override ${eu}` });
    expect(masked.difference(us, ['integration'], ['integration/int-1'])).toBeUndefined();
  });
});

describe('a patch of an adopted fleet that sits at a path and below it', () => {
  const adopted = { ...smallFleet, adopted: true };

  function nested(overrides: unknown): PatchView {
    const patches = { 'patch-001': { rolledOutTo: ['integration', eu], change: revision('2.0.0') } };
    return views({ overrides, patches }, adopted)[0] as PatchView;
  }

  test('is the same at one of the two where nothing comes between', () => {
    expect(nested({}).isSame(eu, ['integration', eu], ['integration'])).toBe(true);
    expect(nested({ [eu]: revision('0.9.0') }).isSame(eu, ['integration', eu], ['integration'])).toBe(false);
    expect(nested({ [eu]: revision('0.9.0') }).isSame(eu, ['integration', eu], [eu])).toBe(true);
  });

  test('does not say the same as itself', () => {
    expect(nested({}).withoutEffect(eu)).toEqual([]);
  });
});

describe('a field without effect', () => {
  test('is one that a more specific override sets', () => {
    const found = view({ overrides: { [eu]: revision('0.9.0') } });
    expect(found.withoutEffect(eu)).toEqual([{ field: 'source.targetRevision', by: `override ${eu}`, kind: 'masked' }]);
    expect(found.withoutEffect(us)).toEqual([]);
  });

  test('is one that a more specific override unsets, or sets as a map or a scalar', () => {
    expect(view({ overrides: { [eu]: helm({ a: unset }) } }, helm({ a: 1 })).withoutEffect(eu)).toMatchObject([{ by: `override ${eu}`, kind: 'masked' }]);
    expect(view({ overrides: { [eu]: helm({ a: { b: 1 } }) } }, helm({ a: 1 })).withoutEffect(eu)).toMatchObject([{ kind: 'masked' }]);
    expect(view({ overrides: { [eu]: helm({ a: 1 }) } }, helm({ a: { b: 1 } })).withoutEffect(eu)).toMatchObject([{ kind: 'masked' }]);
  });

  test('is one that a newer patch sets', () => {
    const patches = { 'patch-002': { rolledOutTo: ['integration'], change: revision('3.0.0') } };
    expect(view({ patches }).withoutEffect(eu)).toEqual([{ field: 'source.targetRevision', by: 'patch-002 integration', kind: 'masked' }]);
  });

  test('is one that is the same already', () => {
    expect(view({}, revision('1.0.0')).withoutEffect(eu)).toEqual([{ field: 'source.targetRevision', by: 'base', kind: 'equal' }]);
    const override = { overrides: { [eu]: helm({ list: [{ a: 1 }] }) } };
    expect(view(override, helm({ list: [{ a: 1 }] }), [eu]).withoutEffect(eu)).toMatchObject([{ by: `override ${eu}`, kind: 'equal' }]);
  });

  test('is one that it unsets and that nobody set, and an empty map where there is a map', () => {
    expect(view({}, helm({ a: unset })).withoutEffect(eu)).toEqual([{ field: 'source.helm.valuesObject.a', by: 'base', kind: 'equal' }]);
    expect(view(helmBase({ a: { b: 1 } }), helm({ a: {}, c: 1 })).withoutEffect(eu)).toEqual([
      { field: 'source.helm.valuesObject.a', by: 'base', kind: 'equal' },
    ]);
  });

  test('is none that it changes, unsets, or sets first', () => {
    expect(view(helmBase({ a: 1 }), helm({ a: unset })).withoutEffect(eu)).toEqual([]);
    expect(view(helmBase({ a: 1 }), helm({ b: {}, c: 1, a: { d: 1 } })).withoutEffect(eu)).toEqual([]);
    expect(view().withoutEffect(eu)).toEqual([]);
  });

  test('depends on where the patch sits, and is none where it does not', () => {
    const found = view({ overrides: { [eu]: revision('0.9.0') } });
    expect(found.withoutEffect(eu, [eu])).toEqual([]);
    expect(found.withoutEffect(prod)).toEqual([]);
    expect(found.withoutEffect('nowhere')).toEqual([]);
  });

  test('names its app where a file holds several', () => {
    const patches = { 'patch-001': { rolledOutTo: ['integration'], change: { web: revision('1.0.0') } } };
    const [found] = buildFleet(apps({ pair: { apps: { web: application(), api: application() }, patches } }))
      .synth()
      .patches();
    expect(found?.withoutEffect(us)).toEqual([{ field: 'web.source.targetRevision', by: 'base', kind: 'equal' }]);
  });

  /** An app whose base sets Helm values. */
  function helmBase(valuesObject: unknown) {
    return { source: { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0', helm: { valuesObject } } };
  }
});

longTest('two plans over 1,000 targets in 50 sectors, an override in each, have a step for each and one for the base', () => {
  const regions = Array.from({ length: 20 }, (_, index) => `r${index}`);
  const sectors = (prefix: string) => Array.from({ length: 25 }, (_, index) => ({ name: `${prefix}${index}`, regions }));
  const environments = [
    { name: 'a', sectors: sectors('s') },
    { name: 'b', sectors: sectors('t') },
  ];
  const paths = environments.flatMap(({ name, sectors: all }) => all.map((sector) => `${name}/${sector.name}`));
  const overrides = Object.fromEntries(paths.map((path, index) => [path, index % 2 === 0 ? revision(`0.${index}.0`) : helm({ a: index })]));
  const config: ConfigContent = {
    fleet: { ...smallFleet, environments },
    ...apps({ web: application({ overrides, patches: { 'patch-001': { rolledOutTo: ['a/s0/r0'], change: revision('2.0.0') } } }) }),
  };
  const [found] = buildFleet(config).synth().patches() as readonly [PatchView];
  const options = { isSame: found.isSame.bind(found), fields: found.fields, others: [], now: 0 };
  const plans = [planPromotions(found.state, options), planPromotions(found.state, { ...options, level: 'region' })];
  const idle = plans.flat().flatMap((step) => (step.kind === 'enter' ? step.step.targets.flatMap((target) => found.withoutEffect(target, step.paths)) : []));
  expect(plans.map((plan) => plan.length)).toEqual([19 + 49 + 1, 999 + 1]);
  expect(idle).toEqual([]);
});
