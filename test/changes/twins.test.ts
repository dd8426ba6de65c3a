import { compareStates } from '../../changes/compare-states';
import { application, type Manifests, stateOf } from '../builders/state-builder';

const spec = (more: { readonly [key: string]: string } = {}) => ({
  project: 'p',
  source: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' },
  ...more,
});
const one = 'mgmt/stage/one/eu';
const two = 'mgmt/stage/one/us';

/** What came and went, and what each is taken for. */
function twins(before: Manifests, after: Manifests) {
  return compareStates(stateOf(before), stateOf(after)).changes.flatMap((change) => {
    if (change.kind === 'field' || change.kind === 'object-added' || change.kind === 'object-removed') return [];
    return [
      `${change.kind} ${'app' in change ? `${change.clusterType}/${change.app}` : change.paths}: ${JSON.stringify('twin' in change ? change.twin : undefined)}`,
    ];
  });
}

const still = {
  [`${one}/templates/still.yaml`]: application({}),
  [`${two}/templates/still.yaml`]: application({}),
};

test('an app that went and one that came at the same targets and says nearly the same are one that was renamed', () => {
  const before = {
    ...still,
    [`${one}/templates/web.yaml`]: application(spec(), 'web'),
  };
  expect(
    twins(before, {
      ...still,
      [`${one}/templates/site.yaml`]: application(spec(), 'site'),
    }),
  ).toMatchInlineSnapshot(`
   [
     "app-removed mgmt/web: {"clusterType":"mgmt","app":"site"}",
     "app-added mgmt/site: {"clusterType":"mgmt","app":"web"}",
   ]
  `);
});

test('one that says something else, or comes elsewhere, is another app', () => {
  const before = {
    ...still,
    [`${one}/templates/web.yaml`]: application(spec(), 'web'),
  };
  const other = application({ project: 'q', source: { a: '9', b: '9' } }, 'site');
  expect(twins(before, { ...still, [`${one}/templates/site.yaml`]: other })).toEqual(['app-removed mgmt/web: undefined', 'app-added mgmt/site: undefined']);
  expect(
    twins(before, {
      ...still,
      [`${two}/templates/site.yaml`]: application(spec(), 'site'),
    }),
  ).toEqual(['app-removed mgmt/web: undefined', 'app-added mgmt/site: undefined']);
});

test('one that came in another cluster type under its name was moved, whatever else says the same', () => {
  const infra = { 'infra/stage/one/eu/templates/still.yaml': application({}) };
  const before = {
    ...still,
    ...infra,
    [`${one}/templates/web.yaml`]: application(spec(), 'web'),
  };
  const after = {
    ...still,
    ...infra,
    [`${one}/templates/copy.yaml`]: application(spec(), 'web'),
    'infra/stage/one/eu/templates/web.yaml': application(spec(), 'web'),
  };
  expect(twins(before, after)).toMatchInlineSnapshot(`
   [
     "app-removed mgmt/web: {"clusterType":"infra","app":"web"}",
     "app-added mgmt/copy: undefined",
     "app-added infra/web: {"clusterType":"mgmt","app":"web"}",
   ]
  `);
});

test('each is the twin of one', () => {
  const before = {
    ...still,
    [`${one}/templates/a.yaml`]: application(spec(), 'x'),
    [`${one}/templates/b.yaml`]: application(spec(), 'x'),
  };
  const after = {
    ...still,
    [`${one}/templates/c.yaml`]: application(spec(), 'x'),
  };
  expect(twins(before, after)).toMatchInlineSnapshot(`
   [
     "app-removed mgmt/a: {"clusterType":"mgmt","app":"c"}",
     "app-removed mgmt/b: undefined",
     "app-added mgmt/c: {"clusterType":"mgmt","app":"a"}",
   ]
  `);
});

test('a node of which every target went and came under another name was renamed', () => {
  const other = {
    'mgmt/production/one/eu/templates/web.yaml': application(spec()),
  };
  const before = {
    ...other,
    [`${one}/templates/web.yaml`]: application(spec()),
    [`${two}/templates/web.yaml`]: application(spec()),
  };
  const after = {
    ...other,
    'mgmt/staging/one/eu/templates/web.yaml': application(spec()),
    'mgmt/staging/one/us/templates/web.yaml': application(spec()),
  };
  expect(twins(before, after)).toMatchInlineSnapshot(`
   [
     "target-removed stage: "staging"",
     "target-added staging: "stage"",
   ]
  `);
});
