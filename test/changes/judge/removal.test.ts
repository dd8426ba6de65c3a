import { fieldsOf } from '../../../changes/fields';
import { judge, type Verdict } from '../../../changes/judge/judge';
import { ownedFields } from '../../../changes/judge/owned-fields';
import { removal } from '../../../changes/judge/rules/removal';
import { statementsIn } from '../../../changes/judge/statements';
import type { Content, State } from '../../../changes/state';
import { isOfArgoCD } from '../../../changes/what-goes';
import type { Plain } from '../../../layers/layer';
import { type Manifests, stateOf } from '../../builders/state-builder';
import { type SmallFleet, smallState } from './small-fleet';

const finalizer = 'resources-finalizer.argocd.argoproj.io';
const first = 'mgmt/stage/one/eu';
const second = 'mgmt/stage/one/us';

type Spec = { readonly [key: string]: Plain };

/** @param metadata besides its name */
function object(kind: string, spec: Spec, metadata: Spec = {}): Content {
  return { apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name: 'web', namespace: 'argocd', ...metadata }, spec };
}

const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
const spec: Spec = { project: 'p', destination: { name: 'here', namespace: 'web' }, source };
const web = (more: Spec = {}, metadata: Spec = {}) => object('Application', { ...spec, ...more }, metadata);

/** What remains at each target, so that none comes or goes with an app. */
const still: Manifests = { [`${first}/templates/still.yaml`]: web({ project: 'still' }), [`${second}/templates/still.yaml`]: web({ project: 'still' }) };

function judged(before: State, after: State, message = ''): readonly Verdict[] {
  const past = { contents: () => [], prepare: () => {} };
  return judge({ before, after, laws: [], statements: statementsIn([message]).statements, past, now: 0, rules: [removal] });
}

/** What is said of one change. */
function said(before: Manifests, after: Manifests): readonly Pick<Verdict, 'message' | 'found' | 'hint' | 'path' | 'what'>[] {
  return judged(stateOf(before), stateOf(after)).map(({ message, found, hint, path, what }) => ({ message, found, hint, path, what }));
}

/** The same of an app at one target. */
function ofWeb(before: Content, after: Content): readonly Pick<Verdict, 'message' | 'found' | 'hint'>[] {
  const at = (content: Content): Manifests => ({ ...still, [`${first}/templates/web.yaml`]: content });
  return said(at(before), at(after));
}

describe('an app', () => {
  const withWeb = (content: Content): Manifests => ({ ...still, [`${first}/templates/web.yaml`]: content });

  test.each([
    [
      'with the finalizer takes all along',
      web({}, { finalizers: [finalizer] }),
      'Argo CD removes the Application, and by its finalizer everything that it deployed',
    ],
    ['with the finalizer of the background too', web({}, { finalizers: [`${finalizer}/background`] }), 'Argo CD removes the Application, and by its finalizer'],
    ['without it leaves all behind', web(), 'Argo CD removes the Application and leaves what it deployed behind: nobody manages it any more'],
    ['that makes Applications takes all along', object('ApplicationSet', {}), 'Argo CD removes the Application, and by its finalizer everything'],
    [
      'that makes and preserves leaves all behind',
      object('ApplicationSet', { syncPolicy: { preserveResourcesOnDeletion: true } }),
      'leaves what it deployed behind',
    ],
    [
      'whose template has the finalizer takes all along',
      object('ApplicationSet', { syncPolicy: { preserveResourcesOnDeletion: true }, template: { metadata: { finalizers: [finalizer] } } }),
      'by its finalizer everything',
    ],
    ['that is a project is missed by Applications', object('AppProject', {}), 'Argo CD removes the project, and refuses whatever Application names it still'],
  ])('%s', (_, content, found) => {
    expect(said(withWeb(content), still)).toEqual([
      {
        message: "'web' leaves stage/one/eu",
        found: expect.stringContaining(found),
        hint: 'switch it off along the sequence first: `npx fleet retire mgmt web` makes one commit after the other',
        path: 'stage/one/eu',
        what: 'mgmt/web',
      },
    ]);
  });

  test('that is the last of a target is said not to go by itself', () => {
    const alone = { [`${first}/templates/web.yaml`]: web(), [`${second}/templates/still.yaml`]: web() };
    const after = { ...stateOf({ [`${second}/templates/still.yaml`]: web() }), targets: stateOf(alone).targets };
    expect(judged(stateOf(alone), after)).toMatchObject([{ found: expect.stringContaining('is not emptied before somebody syncs its root with pruning') }]);
  });

  test('that its layers switch off, that comes, or that another deploys, is no removal', () => {
    const app = (enabled: boolean): SmallFleet => ({
      sequence: ['int/a/r1', 'prod/a/r1'],
      apps: { web: { base: { x: 1, enabled } }, other: { base: { x: 1 } } },
    });
    expect(judged(smallState(app(true)), smallState(app(false)))).toEqual([]);
    expect(judged(smallState(app(false)), smallState(app(true)))).toEqual([]);
    expect(judged(smallState(app(true)), smallState({ ...app(true), apps: { other: { base: { x: 1 } } } }))).toMatchObject([
      { rule: 'removal', what: 'type/web' },
    ]);
  });

  test('that is called otherwise is told how it keeps its Application', () => {
    const [gone] = said(withWeb(web()), { ...still, [`${first}/templates/site.yaml`]: web({}, { name: 'site' }) });
    expect(gone).toMatchObject({
      message: "'web' leaves stage/one/eu; 'site' comes, and is another one to Argo CD",
      hint: expect.stringMatching(
        /^keep the name of the app: a file of another name says `apps: \{ 'web': \{ … \} \}`, and in YAML its folder is called as you like; or `npx fleet retire mgmt web` makes/,
      ),
    });
    const [moved] = said(
      { ...withWeb(web()), 'infra/stage/one/eu/templates/still.yaml': web() },
      { ...still, 'infra/stage/one/eu/templates/still.yaml': web(), 'infra/stage/one/eu/templates/web.yaml': web() },
    );
    expect(moved).toMatchObject({ message: "'web' leaves stage/one/eu; 'web' of infra comes", hint: expect.stringMatching(/^keep it in mgmt; or /) });
  });

  test('goes where a statement allows exactly that', () => {
    const [states, other] = [[stateOf(withWeb(web())), stateOf(still)] as const, stateOf(withWeb(web({ project: 'q' })))];
    const [refused] = judged(...states);
    expect(refused).toMatchObject({ kind: 'refused', statement: expect.stringMatching(/^Fleet-Allows: removal mgmt\/web stage\/one\/eu [0-9a-f]{16}$/) });
    expect(judged(...states, refused?.statement)).toMatchObject([{ kind: 'allowed', by: refused?.statement }]);
    expect(judged(states[0], other, refused?.statement)).toMatchObject([{ kind: 'refused' }]);
  });
});

describe('a target', () => {
  const root = object('ApplicationSet', { template: { spec: { source: { path: 'dist/mgmt/stage/one/us' } } } });
  const argoCD = web({ destination: { name: 'here', namespace: 'argocd' } });

  test('with an app of its own is not taken out', () => {
    expect(said(still, { [`${first}/templates/still.yaml`]: web({ project: 'still' }) })).toEqual([
      {
        message: 'stage/one/us of mgmt leaves with 1 app',
        found: 'Argo CD finds no chart there any more: what runs keeps running, and nobody manages it',
        hint: 'switch its apps off first, and take it out when nothing is deployed any more: `npx fleet retire stage/one/us` makes both commits',
        path: 'stage/one/us',
        what: 'mgmt/*',
      },
    ]);
  });

  test('with nothing but what Argo CD needs to the end is', () => {
    const own = {
      [`${second}/templates/root.yaml`]: root,
      [`${second}/templates/argocd.yaml`]: argoCD,
      [`${second}/templates/project.yaml`]: object('AppProject', {}),
    };
    const kept = { [`${first}/templates/still.yaml`]: web() };
    expect(said({ ...kept, ...own }, kept)).toEqual([]);
    expect(said({ ...kept, ...own, [`${second}/templates/web.yaml`]: web() }, kept)).toMatchObject([{ message: 'stage/one/us of mgmt leaves with 1 app' }]);
  });

  test.each([
    ['a root of this target', root, true],
    ['a root of another target', object('ApplicationSet', { template: { spec: { source: { path: 'dist/mgmt/stage/one/eu' } } } }), false],
    ['an ApplicationSet that is no root', object('ApplicationSet', { template: { spec: { source } } }), false],
    ['Argo CD itself', argoCD, true],
    ['an app', web(), false],
    ['an app that says no namespace', object('Application', {}, { namespace: 'x' }), false],
  ])('%s: needed by Argo CD or not', (_, content, isNeeded) => {
    expect(isOfArgoCD(fieldsOf(content), 'stage/one/us')).toBe(isNeeded);
  });
});

describe('a field', () => {
  const automated = (fields: Spec): Spec => ({ syncPolicy: { automated: fields } });
  const makes = (template: Spec, more: Spec = {}) => object('ApplicationSet', { template: { metadata: { name: 'web-x' }, spec, ...template }, ...more });

  test.each<readonly [string, Content, Content, string, string]>([
    [
      'destination',
      web(),
      web({ destination: { name: 'there', namespace: 'web' } }),
      'here → there',
      'Argo CD deploys it anew in the other cluster, and leaves what runs in the old one behind',
    ],
    ['namespace', web(), web({ destination: { name: 'here', namespace: 'b' } }), 'web → b', 'leaves what is in the old one behind, out of sync'],
    [
      'namespace',
      web(automated({ prune: true })),
      web({ ...automated({ prune: true }), destination: { name: 'here', namespace: 'b' } }),
      'web → b',
      'and prunes what is in the old one',
    ],
    ['project', web(), web({ project: 'q' }), 'p → q', 'Argo CD deploys nothing of it that the other AppProject does not permit, and takes nothing away'],
    [
      'name of the Application',
      web(),
      web({}, { name: 'site' }),
      'web → site',
      'the old one is removed, and what it deployed stays until the new one finds it',
    ],
    [
      'name of the Application',
      web({}, { finalizers: [finalizer] }),
      web({}, { finalizers: [finalizer], namespace: 'b' }),
      'argocd → b',
      'by its finalizer with all that it deployed',
    ],
    [
      'name of the Application',
      makes({}),
      makes({ metadata: { name: 'site-x' } }),
      'web-x → site-x',
      'the old one is removed, by its finalizer with all that it deployed',
    ],
    ['kind', web(), object('ApplicationSet', spec), 'Application → ApplicationSet', 'the old one is removed, and what it deployed stays'],
    [
      'release name',
      web(),
      web({ source: { ...source, helm: { releaseName: 'x' } } }),
      'nothing → x',
      'its objects get other names, are deployed anew, and the old ones stay, out of sync',
    ],
    [
      'pruning',
      web(automated({ prune: false })),
      web(automated({ prune: true })),
      'false → true',
      'Argo CD begins to delete what is rendered no more, also what has gathered until now',
    ],
    [
      'pruning',
      web(automated({ prune: true })),
      web(automated({ selfHeal: false })),
      'true → nothing',
      'Argo CD does not delete any more what is rendered no more',
    ],
    [
      'self-heal',
      web(automated({ selfHeal: true })),
      web(automated({ selfHeal: false })),
      'true → false',
      'Argo CD does not undo any more what is changed in the cluster',
    ],
    [
      'way to sync',
      web({ syncPolicy: { syncOptions: ['CreateNamespace=true'] } }),
      web({ syncPolicy: { syncOptions: ['CreateNamespace=true', 'Replace=true'] } }),
      '["CreateNamespace=true"] → ["CreateNamespace=true","Replace=true"]',
      'with `Replace=true` Argo CD may delete any object of it and make it anew: with a PersistentVolumeClaim, Namespace or definition of a kind goes what it holds',
    ],
    ['automated sync', web(automated({ prune: false })), web(), 'false → nothing', 'Argo CD does not apply what Git says any more until somebody syncs it'],
    ['automated sync', web(), web(automated({})), 'nothing → {}', 'Argo CD begins to apply what Git says by itself'],
    [
      'automated sync',
      web(automated({ prune: false })),
      web(automated({ prune: false, enabled: false })),
      'nothing → false',
      'Argo CD does not apply what Git says any more',
    ],
    [
      'automated sync',
      makes({ spec: { ...spec, ...automated({ prune: false }) } }),
      makes({}),
      'false → nothing',
      'Argo CD does not apply what Git says any more',
    ],
    [
      'finalizers',
      web({}, { finalizers: [finalizer] }),
      web(),
      `["${finalizer}"] → nothing`,
      'from now on what it deployed stays when its Application is removed',
    ],
    [
      'finalizers',
      web(),
      web({}, { finalizers: [finalizer] }),
      `nothing → ["${finalizer}"]`,
      'from now on all that it deployed goes when its Application is removed',
    ],
    ['finalizers', web({}, { finalizers: [finalizer] }), web({}, { finalizers: [`${finalizer}/background`] }), 'background', 'goes with it, as before'],
    [
      'selector',
      makes({}, { generators: [{ clusters: { selector: { matchLabels: { a: 'x' } } } }] }),
      makes({}, { generators: [{ clusters: { selector: { matchLabels: { a: 'y' } } } }] }),
      'x → y',
      'clusters that match no more lose their Application, and all that it deployed goes with it',
    ],
    [
      'selector',
      makes({}, { syncPolicy: { preserveResourcesOnDeletion: true }, generators: [{ clusters: {} }] }),
      makes({}, { syncPolicy: { preserveResourcesOnDeletion: true }, generators: [{ list: {} }] }),
      '{} → nothing',
      'what it deployed stays, with nobody to manage it',
    ],
    [
      'preservation of workloads',
      makes({}, { syncPolicy: { preserveResourcesOnDeletion: true } }),
      makes({}),
      'true → nothing',
      'its Applications get the finalizer: when a cluster matches no more, or it goes itself, all that they deployed goes, too',
    ],
  ])('that is the %s is refused, with what Argo CD does', (name, before, after, step, found) => {
    const verdicts = ofWeb(before, after).filter(({ message }) => message.startsWith(`the ${name} changes at stage/one/eu: `));
    expect(verdicts).toEqual([expect.objectContaining({ message: expect.stringContaining(step), found: expect.stringContaining(found) })]);
  });

  test.each<readonly [string, Content, Content]>([
    ['a version', web(), web({ source: { ...source, targetRevision: '2.0.0' } })],
    ['pruning that is off, said and not said', web(automated({ selfHeal: true })), web(automated({ selfHeal: true, prune: false }))],
    ['self-heal that is off, said and not said', web(automated({ prune: true, selfHeal: false })), web(automated({ prune: true }))],
    ['automated sync, said otherwise', web(automated({ prune: false })), web(automated({ enabled: true }))],
    [
      'another way to sync',
      web({ syncPolicy: { syncOptions: ['Replace=true'] } }),
      web({ syncPolicy: { syncOptions: ['ServerSideApply=true', 'Replace=true'] } }),
    ],
    ['preservation that comes', makes({}), makes({}, { syncPolicy: { preserveResourcesOnDeletion: true } })],
    ['what a chart calls finalizers', web(), web({ source: { ...source, helm: { valuesObject: { finalizers: ['x'], project: 'y' } } } })],
    ['a release that is called as before, said and not said', web(), web({ source: { ...source, helm: { releaseName: 'web' } } })],
    ['the same of a template', makes({}), makes({ spec: { ...spec, source: { ...source, helm: { releaseName: 'web-x' } } } })],
    ['a label', web(), web({}, { labels: { team: 'x' } })],
  ])('that says %s passes', (_, before, after) => {
    expect(ofWeb(before, after)).toEqual([]);
  });

  test('of an app that comes is none that changes', () => {
    expect(said(still, { ...still, [`${first}/templates/web.yaml`]: web(automated({ prune: true }), { finalizers: [finalizer] }) })).toEqual([]);
  });

  test('of every kind has a way out', () => {
    for (const { hint } of ownedFields) expect(hint.length).toBeGreaterThan(10);
  });
});

describe('an object', () => {
  const at = (app: Content, kind?: string, annotations: Spec = {}): Manifests => ({
    ...still,
    [`${first}/templates/web.yaml`]: app,
    ...(kind === undefined ? {} : { [`${first}/manifests/web/thing-data.yaml`]: { apiVersion: 'v1', kind, metadata: { name: 'data', annotations } } }),
    [`${first}/manifests/web/configmap-x.yaml`]: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } },
  });
  const pruning = web({ syncPolicy: { automated: { prune: true } } });

  test.each([
    ['Namespace', 'everything that is in it'],
    ['PersistentVolumeClaim', 'the volume, as its reclaim policy says'],
    ['CustomResourceDefinition', 'every object of its kind, whoever made it'],
    ['StatefulSet', 'its pods; the claims of its volumes stay, or go, as its `persistentVolumeClaimRetentionPolicy` says'],
  ])('that is a %s is not taken away', (kind, goes) => {
    expect(said(at(pruning, kind), at(pruning))).toEqual([
      {
        message: `the ${kind} 'data' of 'web' leaves stage/one/eu`,
        found: `Argo CD prunes it, and with it goes ${goes}`,
        hint: expect.stringContaining('Prune=false'),
        path: 'stage/one/eu',
        what: 'mgmt/web',
      },
    ]);
    expect(said(at(web(), kind), at(web()))).toMatchObject([{ found: 'Argo CD leaves it behind, out of sync, until somebody syncs the app with pruning' }]);
  });

  test('that holds no data, is kept from pruning, or goes with its app, is none', () => {
    expect(said(at(pruning, 'Deployment'), at(pruning))).toEqual([]);
    expect(said(at(pruning, 'Namespace', { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' }), at(pruning))).toEqual([]);
    expect(said(at(pruning, 'Namespace'), still)).toMatchObject([{ message: "'web' leaves stage/one/eu" }]);
  });
});
