import fc from 'fast-check';
import { parse } from 'yaml';
import { cluster } from '../../constructs';
import { fillTokens, mapStrings, type Token, tokensOf } from '../../layers/text/token';
import { texts } from '../../store/output/output-folder';
import { buildHubFleet, certManager, hubProblemsOf, smallHubFleet, withComponent } from '../builders/hub-builder';
import { type Application, inFleet, interpret, merged } from './argo-cd';
import { filledIn, parametersOf } from './go-template';
import { overlaid } from './overlaid';
import { change, type Loose, type Model, membersOf, models, nodesOf, render, withOverride } from './random-hub-fleet';

/** What only the live cluster knows, in components of hubs. */

const hostile = fc.oneof(
  fc.constantFrom('', 'a: b', "'", '"', '{{ .name }}', '{{`', '}}', 'true', '012', '\\', 'arn:aws:iam::1:role/x', '\u00e9\u2028', '#', '- x'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const annotations = fc.record({ role: hostile, 'example.com/zone': hostile, more: hostile }, { requiredKeys: [] });

const base = {
  role: cluster.annotation('role'),
  fixed: 1,
  list: [{ zone: cluster.annotation('example.com/zone'), count: 2 }, true, null, '{{ $labels.x }}'],
  deep: { text: `a ${cluster.label('tenant')}/${cluster.name} {{ $value }}`, plain: '{{ $value }}', nothing: null },
};
const layers = [{ role: 'fixed' }, { more: cluster.annotation('more') }, { list: ['none'] }, { deep: { text: 'none' }, role: cluster.annotation('more') }, {}];

/** A fleet of random clusters in which one chart has tokens, in its base and at a path. */
const fleets = fc
  .tuple(models({ maxSpokes: 5 }), fc.array(annotations, { minLength: 8, maxLength: 8 }), fc.nat(), fc.constantFrom(...layers), fc.boolean())
  .map(([model, all, where, layer, inNamespace]): Model => {
    const annotated = (members: Loose, from: number) =>
      Object.fromEntries(Object.entries<Loose>(members).map(([name, member], index) => [name, { ...member, annotations: all[(index + from) % all.length] }]));
    const known: Model = { ...model, hubs: annotated(model.hubs, 0), spokes: annotated(model.spokes, 2) };
    const namespace = inNamespace ? { namespace: `ns-${cluster.annotation('more')}` } : { namespace: 'live' };
    const chart = { repoURL: 'https://charts.example.com', chart: 'live', version: '1.0.0', enabled: true, values: base, ...namespace };
    const live = change(known, ['component', 'bootstrap', 'live'], () => chart);
    return withOverride(live, ['component', 'bootstrap', 'live'], nodesOf(live)[where % nodesOf(live).length] as string, { values: layer });
  });

/** What the secret of a cluster says. */
function saidBy({ labels, annotations: said, name }: { readonly [part in 'labels' | 'annotations']: Loose } & { readonly name: string }) {
  return ({ origin = '' }: Token): string => {
    const [kind, key = ''] = origin.split(' ');
    return kind === 'annotation' ? (said[key] ?? '') : kind === 'label' ? (labels[key] ?? '') : name;
  };
}

function ownSources({ spec }: Application): readonly Loose[] {
  return spec.sources ?? [spec.source];
}

test('values with tokens reach the chart with what the cluster secret says, in the order of layers and with their types', () => {
  let seen = 0;
  let lacked = 0;
  fc.assert(
    fc.property(fleets, (model) => {
      const { output, files } = render(model);
      const { applications, secrets } = interpret(files);
      for (const application of applications) {
        const { 'fleet/component': component = '', 'fleet/group': group = '' } = application.metadata.labels;
        if (component !== 'live') continue;
        const secret = secrets.find(({ name, argoCD }) => name === application.cluster && argoCD === application.argoCD) as (typeof secrets)[number];
        const path = membersOf(model).find((member) => member.endsWith(`/${application.cluster}`)) as string;
        const whole = output.apps(group, component)[0]?.valuesAt(output.findTarget(group, path)).plain as Loose;
        const [{ targetRevision, helm }] = ownSources(application);
        const value = saidBy(secret);
        const lacking = tokensOf([whole.values, whole.namespace ?? model.groups['bootstrap']?.components['live'].namespace]).filter(
          (token) => value(token) === '',
        );
        if (lacking.length > 0) {
          expect(targetRevision).toMatch(/^the cluster secret has no (annotation|label) \S+$/);
          expect(lacking.map(({ origin }) => `the cluster secret has no ${origin}`)).toContain(targetRevision);
          lacked += 1;
          continue;
        }
        seen += 1;
        expect(targetRevision).not.toContain('has no');
        const file = parse(files.get(inFleet((helm.valueFiles.at(-1) as string).replace('$values/', ''))) as string) ?? {};
        const expected = mapStrings(whole.values, (text) => fillTokens(text, value));
        expect(overlaid(file, helm.valuesObject ?? parse(helm.values ?? '{}'))).toEqual(expected);
      }
    }),
    { numRuns: 120 },
  );
  expect(seen).toBeGreaterThan(0);
  expect(lacked).toBeGreaterThan(0);
});

test('a cluster secret that lacks what a component needs breaks the Application of that cluster, and no other changes', () => {
  fc.assert(
    fc.property(fleets, fc.nat(), (model, which) => {
      const { files } = render(model);
      const { secrets, applications } = interpret(files);
      const chosen = secrets[which % secrets.length] as (typeof secrets)[number];
      const without = (path: string, text: string) => (path.endsWith(`/members/${chosen.name}.yaml`) ? JSON.stringify(bare(parse(text))) : text);
      const after = interpret(new Map([...files].map(([path, text]) => [path, without(path, text)]))).applications;
      expect(after.map(({ argoCD, name }) => `${argoCD} ${name}`)).toEqual(applications.map(({ argoCD, name }) => `${argoCD} ${name}`));
      const others = (all: readonly Application[]) => all.filter(({ cluster: one }) => one !== chosen.name).map((one) => JSON.stringify(one));
      expect(others(after)).toEqual(others(applications));
    }),
    { numRuns: 30 },
  );
});

/** A registration without annotations. */
function bare(manifest: Loose): Loose {
  const { annotations: _, ...metadata } = manifest.spec.target.template.metadata;
  return merged(
    { spec: { target: { template: { metadata } } } },
    { ...manifest, spec: { ...manifest.spec, target: { ...manifest.spec.target, template: { ...manifest.spec.target.template, metadata: {} } } } },
  );
}

test('tokens may stand in values, the namespace, parameters, further sources and the patch of Applications', () => {
  const region = cluster.annotation('example.com/region');
  const content = withComponent({
    ...certManager,
    enabled: true,
    namespace: `cm-${cluster.label('tenant')}`,
    values: { region },
    helm: { parameters: [{ name: 'a.b', value: region }] },
    extraSources: [{ repoURL: 'https://example.com/x.git', path: `regions/${region}`, targetRevision: 'main' }],
    templatePatch: { metadata: { annotations: { region, plain: 'a "x" {c}' } } },
  });
  // Which cluster has the annotation only the secret manager knows.
  expect(hubProblemsOf(content)).toEqual([]);
  const rendered = [...texts(buildHubFleet(content).synth())].find(({ path }) => path === 'hubs/hub-1/argocd/applicationsets/addons/cert-manager.yaml');
  const { template, templatePatch } = parse(rendered?.text ?? '').spec;
  const secret = {
    name: 'spoke-1',
    labels: { tenant: 'shop', fleet_member: 'spoke' },
    annotations: { 'example.com/region': 'eu-1"{{' },
    values: { release: 'default', version: '1.0.0' },
  };
  const { destination, sources } = filledIn(template.spec, parametersOf(secret));
  expect(destination.namespace).toBe('cm-shop');
  expect(sources[0]).toMatchObject({
    targetRevision: '1.0.0',
    helm: { parameters: [{ name: 'a.b', value: 'eu-1"{{' }], valuesObject: { region: 'eu-1"{{' } },
  });
  expect(sources[2].path).toBe('regions/eu-1"{{');
  expect(JSON.parse(filledIn(templatePatch, parametersOf(secret)))).toEqual({ metadata: { annotations: { region: 'eu-1"{{', plain: 'a "x" {c}' } } });
  const { sources: lacking } = filledIn(template.spec, parametersOf({ ...secret, annotations: {} }));
  expect(lacking[0].targetRevision).toBe('the cluster secret has no annotation example.com/region');
});

test.each([
  ['values', { values: { region: cluster.annotation('example.com/region') } }],
  ['the namespace', { namespace: cluster.annotation('example.com/region') }],
  ['helm.valuesObject', { helm: { valuesObject: { region: cluster.annotation('example.com/region') } } }],
  ['parameters', { helm: { parameters: [{ name: 'a', value: cluster.annotation('example.com/region') }] } }],
  ['further sources', { extraSources: [{ repoURL: 'https://example.com/x.git', path: cluster.annotation('example.com/region'), targetRevision: 'main' }] }],
  ['the patch of Applications', { templatePatch: { metadata: { annotations: { region: cluster.annotation('example.com/region') } } } }],
])('a token in %s alone breaks the Application of a cluster that lacks the annotation', (_, fields) => {
  const region = { annotations: { 'example.com/region': 'eu-1' } };
  const { 'spoke-1': spoke, 'spoke-2': bareSpoke } = smallHubFleet.spokes as Loose;
  const content = { ...withComponent({ ...certManager, ...fields }), spokes: { 'spoke-1': { ...spoke, ...region }, 'spoke-2': bareSpoke } };
  const files = new Map([...texts(buildHubFleet(content).synth())].map(({ path, text }) => [`dist/${path}`, text]));
  const versions = interpret(files).applications.flatMap((one) => (one.set === 'cert-manager' ? [[one.cluster, ownSources(one)[0].targetRevision]] : []));
  const lacking = 'the cluster secret has no annotation example.com/region';
  expect(Object.fromEntries(versions)).toEqual({ 'hub-1': lacking, 'spoke-1': '1.0.0', 'spoke-2': lacking });
});
