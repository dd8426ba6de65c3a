import fc from 'fast-check';
import { texts } from '../../store/output/output-folder';
import { buildHubFleet, type HubContent, withComponent } from '../builders/hub-builder';
import { type Application, type ClusterSecret, type Files, interpret } from './argo-cd';
import { type Model, membersOf, models, nodesOf, type Rendered, render, withPatch } from './random-hub-fleet';

const cascade = ['resources-finalizer.argocd.argoproj.io'];

function filesOf(content: HubContent): Files {
  return new Map([...texts(buildHubFleet(content).synth())].map(({ path, text }) => [`dist/${path}`, text]));
}

function finalizersOf({ metadata }: Application): unknown {
  return (metadata as { readonly finalizers?: unknown }).finalizers;
}

/** The Applications of cert-manager by their clusters, with their finalizers. */
function finalizersIn(content: HubContent): { readonly [cluster: string]: unknown } {
  const own = interpret(filesOf(content)).applications.filter(({ set }) => set === 'cert-manager');
  return Object.fromEntries(own.map((application) => [application.cluster, finalizersOf(application)]));
}

test('Applications have the finalizer where a layer says so, and nowhere else', () => {
  const everywhere = { '*': { enabled: true } };
  const none = { 'hub-1': undefined, 'spoke-1': undefined, 'spoke-2': undefined };
  expect(finalizersIn(withComponent({}))).toEqual(none);
  expect(finalizersIn(withComponent({ uninstall: false }))).toEqual(none);
  expect(finalizersIn(withComponent({ uninstall: true }))).toEqual({ 'hub-1': cascade, 'spoke-1': cascade, 'spoke-2': cascade });
  expect(finalizersIn(withComponent({ overrides: { ...everywhere, 'shop/dev': { uninstall: true } } }))).toEqual({ ...none, 'spoke-1': cascade });
  expect(finalizersIn(withComponent({ overrides: { ...everywhere, 'shop/prod': { uninstall: true } } }))).toEqual({ ...none, 'spoke-2': cascade });
  const patches = { p: { rolledOutTo: ['platform'], change: { uninstall: true } } };
  expect(finalizersIn(withComponent({ overrides: everywhere, patches }))).toEqual({ ...none, 'hub-1': cascade });
});

test('ApplicationSets preserve what other Applications deployed', () => {
  const set = [...filesOf(withComponent({ uninstall: true }))].find(([path]) => path.endsWith('hub-1/argocd/applicationsets/addons/cert-manager.yaml'));
  expect(set?.[1]).toContain('preserveResourcesOnDeletion: true');
});

const placeOf = ({ argoCD, name }: Pick<ClusterSecret, 'argoCD' | 'name'>) => `${argoCD}/${name}`;

/** While ApplicationSets are those of the new commit, and cluster secrets still labelled as the old one says. */
function onTheWay(before: Rendered, after: Rendered): readonly Application[] {
  const old = new Map(interpret(before.files).secrets.map((secret) => [placeOf(secret), secret.labels]));
  return interpret(after.files, (secret) => old.get(placeOf(secret))).applications;
}

const texted = (applications: readonly Application[]) => new Map(applications.map((one) => [`${one.argoCD}/${one.name}`, one]));
const withoutFinalizers = ({ metadata: { finalizers: _, ...metadata }, ...rest }: Application & { metadata: { finalizers?: unknown } }) => ({
  ...rest,
  metadata,
});

test('of any fleet, the finalizer comes alone and where it is said; it is there until the Application goes, and goes with it', () => {
  fc.assert(
    fc.property(models({ maxSpokes: 6 }), fc.nat(), fc.nat(), fc.nat(), (model: Model, where, which, who) => {
      const group = Object.keys(model.groups).filter((name) => name !== 'bootstrap')[which % (Object.keys(model.groups).length - 1)] as string;
      const names = Object.keys(model.groups[group]?.components as object);
      const component = names[who % names.length] as string;
      const path = nodesOf(model)[where % nodesOf(model).length] as string;
      const reached = new Set(membersOf(model).flatMap((member) => (`${member}/`.startsWith(`${path}/`) ? [member.split('/')[2]] : [])));
      const isOwn = ({ metadata, cluster }: Application) => metadata.labels['fleet/component'] === component && reached.has(cluster);
      const subject = ['component', group, component] as const;
      const before = render(model);
      const told = render(withPatch(model, subject, 'p8', [path], { uninstall: true }));
      const off = render(withPatch(withPatch(model, subject, 'p8', [path], { uninstall: true }), subject, 'p9', [path], { enabled: false }));
      const were = texted(interpret(before.files).applications);
      for (const applications of [onTheWay(before, told), interpret(told.files).applications]) {
        expect([...texted(applications).keys()].sort()).toEqual([...were.keys()].sort());
        for (const one of applications) {
          const was = were.get(`${one.argoCD}/${one.name}`) as Application;
          // A layer may have said it before.
          expect(finalizersOf(one)).toEqual(isOwn(one) ? cascade : finalizersOf(was));
          expect(withoutFinalizers(one)).toEqual(withoutFinalizers(was));
        }
      }
      // Labels change last: until then the Application is there as it was. Where nobody else has it, its ApplicationSet goes with it.
      const last = texted(interpret(told.files).applications);
      for (const one of onTheWay(told, off)) expect(one).toEqual(last.get(`${one.argoCD}/${one.name}`));
      const stay = interpret(off.files).applications;
      // What a member says itself is said above any patch.
      for (const one of stay.filter((each) => !isOwn(each))) expect(one).toEqual(last.get(`${one.argoCD}/${one.name}`));
    }),
    { numRuns: 25 },
  );
});
