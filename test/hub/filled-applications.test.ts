import fc from 'fast-check';
import { parse } from 'yaml';
import { type Content, nameIn, type State, type StateFile, subjectOf } from '../../changes/state';
import { changedComponents } from '../../cli/read/manifests/changed-components';
import { configState } from '../../cli/read/state/config-state';
import { cluster } from '../../constructs';
import { filledApplication } from '../../constructs/hub/render/filled-application';
import { knownCluster } from '../../constructs/hub/render/known-cluster';
import type { Manifest } from '../../layers/output';
import { fillTokens, mapStrings, tokensOf } from '../../layers/text/token';
import { buildHubFleet, certManager, smallHubFleet, spoke1, withComponent } from '../builders/hub-builder';
import { isLongForm } from '../runs';
import { inFleet, interpret } from './argo-cd';
import { repository } from './random-components';
import { change, homes, type Loose, type Model, models, nodesOf, render, withOverride } from './random-hub-fleet';

/** What Applications come to at clusters, without an Argo CD. */

const base = {
  role: cluster.annotation('role'),
  list: [{ zone: cluster.annotation('example.com/zone'), count: 2 }, true, '{{ $labels.x }}'],
  deep: { text: `a ${cluster.label('tenant')}/${cluster.name} {{ $value }}` },
};
const texts = fc.constantFrom('', 'a', '{{ .name }}', '{{`', '}}', 'arn:aws:iam::1:role/x', '"');

/** Fleets of random clusters, of which Git knows some annotations, with a chart that asks for them. */
const fleets = fc
  .tuple(
    models({ maxSpokes: 5 }),
    fc.array(fc.record({ role: texts, 'example.com/zone': texts }, { requiredKeys: [] }), { minLength: 8, maxLength: 8 }),
    fc.nat(),
  )
  .map(([model, all, where]): Model => {
    const annotated = (members: Loose, from: number) =>
      Object.fromEntries(Object.entries<Loose>(members).map(([name, member], index) => [name, { ...member, annotations: all[(index + from) % all.length] }]));
    const known: Model = { ...model, hubs: annotated(model.hubs, 0), spokes: annotated(model.spokes, 2) };
    const chart = { repoURL: 'https://charts.example.com', chart: 'live', version: '1.0.0', enabled: true, values: base, namespace: `ns-${cluster.name}` };
    const live = change(known, ['component', 'bootstrap', 'live'], () => chart);
    return withOverride(live, ['component', 'bootstrap', 'live'], nodesOf(live)[where % nodesOf(live).length] as string, { values: { role: 'fixed' } });
  });

test('an Application is what Argo CD makes of it, with what only the cluster knows filled in', () => {
  const seen = { whole: 0, live: 0, refused: 0 };
  fc.assert(
    fc.property(fleets, (model) => {
      const { output, files } = render(model);
      const state = configState(output);
      const { applications, secrets } = interpret(files);
      const own = state.files.filter((file) => subjectOf(file, 'hub-and-spoke').deployer !== undefined);
      const contents = state.read(own);
      for (const [index, file] of own.entries()) {
        const { deployer = '', app } = subjectOf(file, 'hub-and-spoke');
        const name = nameIn(file.target);
        const made = applications.find((one) => one.argoCD === deployer && one.cluster === name && one.metadata.labels['fleet/component'] === app) as Loose;
        const secret = secrets.find((one) => one.argoCD === deployer && one.name === name) as Loose;
        const known = knownCluster(name, state.registration?.(deployer, file.target) as Manifest | undefined);
        const filled = filledApplication(contents[index] as Content as unknown as Manifest, known);
        const { source, sources, destination } = made.spec;
        const { targetRevision } = sources?.[0] ?? source;
        const lack = /^the cluster secret has no (annotation \S+)$/.exec(targetRevision)?.[1];
        if ('refusal' in filled) {
          // Git says an empty one; of those before it the secret manager may have some.
          const refused = /^the cluster secret has no annotation (\S+)$/.exec(filled.refusal.message)?.[1] ?? '';
          expect([lack !== undefined, secret.annotations[refused]]).toEqual([true, '']);
          seen.refused += 1;
        } else if (lack === undefined) {
          const of = ({ origin = '' }: { readonly origin?: string }) => secret.annotations[origin.split(' ')[1] ?? ''] ?? '';
          const { manifest } = filled;
          expect(mapStrings(manifest.spec, (text) => fillTokens(text, of))).toEqual(JSON.parse(JSON.stringify({ source, sources, destination })));
          expect(manifest.metadata.name).toBe(made.metadata.name);
          seen.whole += 1;
        } else {
          // The secret manager may have it.
          expect(tokensOf(known.textOf('annotations', lack.split(' ')[1] ?? '')).map(({ origin }) => origin)).toEqual([lack]);
          seen.live += 1;
        }
      }
    }),
    { numRuns: 80 },
  );
  expect(seen.whole).toBeGreaterThan(0);
  if (isLongForm) expect(Math.min(seen.live, seen.refused)).toBeGreaterThan(0);
});

test('a chart is told the values of its cluster, in the release that it has, wherever they are read', () => {
  let seen = 0;
  fc.assert(
    fc.property(fleets, fc.nat(), fc.constantFrom(...homes), (model, where, home) => {
      const read = withOverride(model, ['settings'], nodesOf(model)[where % nodesOf(model).length] as string, home);
      const { output, files } = render(read);
      const state = configState(output);
      // Whatever has values is told others than before.
      const isOfValues = (file: StateFile) => subjectOf(file, 'hub-and-spoke').object === 'values';
      const before: State = {
        ...state,
        files: state.files.map((file) => ({ ...file, id: `other ${file.id}` })),
        read: (asked) =>
          state
            .read(
              asked.map(
                (one) =>
                  state.files.find(
                    ({ path, target, clusterType }) => path === one.path && target === one.target && clusterType === one.clusterType,
                  ) as StateFile,
              ),
            )
            .map((content, index) => (isOfValues(asked[index] as StateFile) ? { ...content, other: true } : content)),
      };
      const { applications } = interpret(files);
      for (const { target, app, moments } of changedComponents(before, state, { repository })) {
        const made = applications.find((one) => one.cluster === nameIn(target) && one.metadata.labels['fleet/component'] === app) as Loose;
        const [, moment] = moments;
        const [input] = moment === 'open' ? [] : moment.inputs;
        const { helm, targetRevision } = made.spec.sources[0];
        if (!input || targetRevision.startsWith('the cluster secret has no')) continue;
        const file = parse(files.get(inFleet(helm.valueFiles.at(-1).replace('$values/', ''))) as string) ?? {};
        expect(input.values.map((text) => JSON.parse(text))).toEqual([file, ...(helm.valuesObject === undefined ? [] : [helm.valuesObject])]);
        expect(input).toMatchObject({ releaseName: app, namespace: made.spec.destination.namespace });
        seen += 1;
      }
    }),
    { numRuns: 80 },
  );
  expect(seen).toBeGreaterThan(0);
});

const registration = (metadata: object, rest: object = {}): Manifest =>
  ({ kind: 'ExternalSecret', spec: { target: { template: { metadata, data: { name: 'a', server: '{{ .server }}' }, ...rest } } } }) as never;

test('Git says what an annotation is, or that there is none, or nothing of it', () => {
  const from = { templateFrom: [{ target: 'Annotations', literal: '' }] };
  const shown = (given: Manifest | undefined, part: 'labels' | 'annotations' = 'annotations') => {
    const text = knownCluster('a', given).textOf(part, 'x/y');
    return tokensOf(text)[0]?.origin ?? text;
  };
  expect(shown(registration({ annotations: { 'x/y': 'a{{ `{{` }}b' } }, from))).toBe('a{{b');
  expect(shown(registration({ annotations: { 'x/y': '{{ .role }}' } }))).toBe('annotation x/y');
  expect(shown(registration({}, from))).toBe('annotation x/y');
  expect(shown(registration({}, from), 'labels')).toBe('');
  expect(shown(registration({}))).toBe('');
  expect(shown(undefined)).toBe('annotation x/y');
  const of = (name: string) => tokensOf(knownCluster(name, undefined).nameNormalized)[0]?.origin ?? knownCluster(name, undefined).nameNormalized;
  expect([of('a-1.b'), of('A_1')]).toEqual(['a-1.b', 'nameNormalized']);
});

test('what cannot be filled in is said with its place', () => {
  const refused = (spec: object) => {
    const filled = filledApplication(
      { apiVersion: 'x', kind: 'Application', metadata: { name: 'web-{{ .name }}' }, spec } as never,
      knownCluster('a', registration({})),
    );
    return 'refusal' in filled ? `${filled.refusal.path.join('.')}: ${filled.refusal.message}` : filled.manifest;
  };
  expect(refused({ source: { path: '{{ .metadata.labels.x }}' } })).toBe("spec.source.path: what '{{ .metadata.labels.x }}' gives is known to Argo CD alone");
  expect(refused({ source: { targetRevision: '{{ .values.other }}' } })).toMatch(/^spec\.source\.targetRevision: what /);
  expect(refused({ sources: [{ path: 'a' }], project: '{{ .any }}' })).toEqual({
    apiVersion: 'x',
    kind: 'Application',
    metadata: { name: 'web-a' },
    spec: { sources: [{ path: 'a' }] },
  });
});

test('a cluster of which Git says that it lacks what an Application needs gets none', () => {
  const content = withComponent({ ...certManager, values: { zone: cluster.label('zone') } });
  const state = configState(buildHubFleet({ ...content, spokes: { ...smallHubFleet.spokes, 'spoke-1': { ...spoke1, labels: { zone: 'a' } } } }).synth());
  const results = ['shop/dev/spoke-1', 'platform/prod/hub-1'].map((target) => {
    const file = state.files.find((one) => one.target === target && one.path === 'hub-1/cert-manager.yaml');
    if (!file) throw new Error(`cert-manager is not at ${target}`);
    const filled = filledApplication(state.read([file])[0] as never, knownCluster(nameIn(target), state.registration?.('hub-1', target) as never));
    return 'refusal' in filled ? filled.refusal : (filled.manifest.spec as Loose).sources[0].helm.valuesObject;
  });
  expect(results).toEqual([{ zone: 'a' }, { path: ['spec', 'sources', '0', 'targetRevision'], message: 'the cluster secret has no label zone' }]);
});
