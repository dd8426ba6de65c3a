import { type Problem, unset } from '../../constructs';
import { application, apps, type ConfigContent, problemsOf, smallFleet } from '../builders/fleet-builder';

const revision = { source: { targetRevision: '2.0.0' } };

/** One app with patches. */
function withPatches(patches: unknown, fleet: unknown = smallFleet): ConfigContent {
  return { ...apps({ web: application({ patches }) }), fleet };
}

function patch(rolledOutTo: readonly string[], change: unknown = revision) {
  return { rolledOutTo, change };
}

function warnings(config: ConfigContent): readonly Partial<Problem>[] {
  return problemsOf(config).map(({ code, severity, app, target, targets, place }) => ({
    code,
    severity,
    target,
    targets,
    place,
    ...(app === undefined ? {} : { app }),
  }));
}

const gap = {
  code: 'rollout-gap',
  severity: 'warning',
  target: 'mgmt/integration/int-1/us',
  targets: 1,
  place: ['patches', 'patch-001', 'rolledOutTo'],
};

const inversion = {
  code: 'rollout-inversion',
  severity: 'warning',
  app: 'web',
  target: 'mgmt/integration/int-1/us',
  targets: 1,
  place: ['patches', 'patch-001'],
};

describe('a gap', () => {
  test('is warned of once, with its first target and how many there are', () => {
    expect(warnings(withPatches({ 'patch-001': patch(['production']) }))).toEqual([{ ...gap, targets: 2 }]);
    expect(warnings(withPatches({ 'patch-001': patch(['integration/int-1/eu']) }))).toEqual([gap]);
  });

  test('is none of a patch that goes from the first target on, or sits nowhere', () => {
    expect(warnings(withPatches({ 'patch-001': patch(['integration/int-1/us']), 'patch-002': patch([], { project: 'other' }) }))).toEqual([]);
  });

  test('is looked for where the cluster type is rendered', () => {
    const patches = { 'patch-001': patch(['production']) };
    expect(warnings(apps({ web: application({ patches }) }, { paths: ['integration/int-1/eu', 'production'] }))).toEqual([
      { ...gap, target: 'mgmt/integration/int-1/eu' },
    ]);
    expect(warnings(apps({ web: application({ patches }) }, { paths: ['production'] }))).toEqual([]);
  });

  test('of a patch of several apps is one', () => {
    const group = { apps: { web: application(), api: application() }, patches: { 'patch-001': patch(['production'], { web: revision, api: revision }) } };
    expect(warnings(apps({ pair: group }))).toEqual([{ ...gap, targets: 2 }]);
  });

  test('of a running fleet that was adopted is a warning too', () => {
    expect(warnings(withPatches({ 'patch-001': patch(['production']) }, { ...smallFleet, adopted: true }))).toEqual([{ ...gap, targets: 2 }]);
  });
});

describe('an inversion', () => {
  test('is warned of where the older patch sits at a more specific path', () => {
    expect(warnings(withPatches({ 'patch-001': patch(['integration/int-1/us']), 'patch-002': patch(['integration']) }))).toEqual([inversion]);
  });

  test('names its fields, and where both of them sit', () => {
    const change = { project: 'other', ...revision };
    const [found] = problemsOf(withPatches({ 'patch-001': patch(['integration/int-1/us'], change), 'patch-002': patch(['integration'], change) }));
    expect(found?.message).toContain('project, source.targetRevision');
    expect(found?.found).toBe("'patch-001' at integration/int-1/us, 'patch-002' at integration");
  });

  test('is found where one of the two unsets the field', () => {
    const patches = { 'patch-001': patch(['integration/int-1/us'], { labels: { a: unset } }), 'patch-002': patch(['integration'], { labels: { a: 'b' } }) };
    expect(warnings(withPatches(patches))).toEqual([inversion]);
  });

  test('is found at those targets only where a function sets the field', () => {
    const change = ({ region }: { readonly region: string }) => (region === 'eu' ? revision : { project: 'other' });
    const patches = { 'patch-001': patch(['integration/int-1/us', 'integration/int-1/eu'], change), 'patch-002': patch(['integration']) };
    expect(warnings(withPatches(patches))).toEqual([{ ...inversion, target: 'mgmt/integration/int-1/eu' }]);
  });

  test('is none at one path, in other fields, or of the newer patch', () => {
    const first = ['integration/int-1/us'];
    expect(warnings(withPatches({ 'patch-001': patch(['integration']), 'patch-002': patch(['integration']) }))).toEqual([]);
    expect(warnings(withPatches({ 'patch-001': patch(first), 'patch-002': patch(['integration'], { project: 'other' }) }))).toEqual([]);
    expect(warnings(withPatches({ 'patch-001': patch(['integration']), 'patch-002': patch(first) }))).toEqual([]);
  });

  test('of several apps in a file names the app', () => {
    const patches = {
      'patch-001': patch(['integration/int-1/us'], { web: revision, api: revision }),
      'patch-002': patch(['integration'], { web: revision }),
    };
    expect(warnings(apps({ pair: { apps: { web: application(), api: application() }, patches } }))).toEqual([inversion]);
  });
});
