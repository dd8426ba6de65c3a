import fc from 'fast-check';
import { cluster, fleetFromConfig } from '../../constructs';
import type { Manifest } from '../../layers/output';
import { fillTokens, mapStrings, valueInPlace } from '../../layers/text/token';
import { fileText } from '../../store/output/output-text';
import { readConfig } from '../../store/read/read-config';
import { application, apps, buildFleet, templatesAt } from '../builders/fleet-builder';
import { examples } from '../workspaces/workspace';
import { type Application, interpret, isSelected } from './argo-cd';
import { filledIn, parametersOf, type SecretParameters } from './go-template';
import { renderedExample } from './rendered-example';

/** What a cluster secret lacks is that cluster's trouble: every other cluster gets what it gets when all are registered as they should be. */

const path = 'integration/int-1/us';
const selecting = { 'fleet/cluster-type': 'mgmt', 'fleet/environment': 'integration', 'fleet/sector': 'int-1', 'fleet/region': 'us' };
const needed = { annotations: ['example.com/project-id', 'vpc'], labels: ['example.com/tier', 'zone'] };

// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind are read here
type Loose = any;

/** The root at a target, and the app that needs the labels and annotations. */
function rendered(used: typeof needed, placement: string): { readonly root: Loose; readonly web: Manifest } {
  const valuesObject = {
    name: cluster.name,
    server: cluster.server,
    ...Object.fromEntries(used.annotations.map((key) => [key, `is ${cluster.annotation(key)}`])),
    ...Object.fromEntries(used.labels.map((key) => [key, cluster.label(key)])),
  };
  const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0', helm: { valuesObject } };
  const root = { kind: 'RootApplicationSet', clusterType: 'mgmt', applications: placement };
  return templatesAt(buildFleet(apps({ root, web: application({ source }) })), 'mgmt', path) as never;
}

/** What the region's Argo CD and then Helm make of the app, by cluster: the manifest, or which value is missing. */
function deployed({ root, web }: ReturnType<typeof rendered>, secrets: readonly SecretParameters[]): ReadonlyMap<string, unknown> {
  const [{ clusters }] = root.spec.generators;
  const selected = secrets.filter(({ labels }) => isSelected(clusters.selector, labels));
  return new Map<string, unknown>(
    selected.map((secret): readonly [string, unknown] => {
      const { spec } = filledIn(root.spec.template, parametersOf(secret));
      const values = spec.source.helm.valuesObject.cluster;
      try {
        // As `required` does: a value that is empty is none.
        const fill = (text: string) =>
          fillTokens(text, (token) => {
            if (values[token.key] === '') throw new Error(`cluster.${token.key} is missing`);
            return valueInPlace(token, values[token.key]);
          });
        return [secret.name, mapStrings(web, fill)];
      } catch (error) {
        return [secret.name, (error as Error).message];
      }
    }),
  );
}

const subset = (keys: readonly string[]) => fc.subarray([...keys]);
const text = fc.oneof(fc.constantFrom('p-1', '"', '{{ .x }}', 'a b'), fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme-ascii' }));
const value = fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: fc.constant('') });
const mapOf = (keys: readonly string[]) => subset([...keys, 'other']).chain((some) => fc.record(Object.fromEntries(some.map((key) => [key, value]))));
const secrets = fc
  .array(fc.record({ labels: mapOf(needed.labels), annotations: mapOf(needed.annotations), isOurs: fc.boolean() }), { minLength: 1, maxLength: 5 })
  .map((all) =>
    all.map(({ labels, annotations, isOurs }, index) => ({ name: `c-${index}`, annotations, labels: isOurs ? { ...labels, ...selecting } : labels })),
  );

/** The same clusters with nothing missing. */
function whole({ annotations, labels, ...secret }: SecretParameters): SecretParameters {
  const said = (keys: readonly string[], map: SecretParameters['labels']) =>
    Object.fromEntries([...new Set([...keys, ...Object.keys(map)])].map((key) => [key, map[key] || 'there']));
  return { ...secret, annotations: said(needed.annotations, annotations), labels: said(needed.labels, labels) };
}

test.each(['cluster', 'controlPlane'])('only the clusters that lack what is needed fail, each alone (applications: %s)', (placement) => {
  const uses = fc.record({ annotations: subset(needed.annotations), labels: subset(needed.labels) });
  fc.assert(
    fc.property(uses, secrets, (used, all) => {
      const templates = rendered(used, placement);
      const [found, right] = [deployed(templates, all), deployed(templates, all.map(whole))];
      expect([...found.keys()]).toEqual([...right.keys()]);
      for (const { name, annotations, labels } of all.filter((secret) => found.has(secret.name))) {
        const isWhole = used.annotations.every((key) => annotations[key]) && used.labels.every((key) => (labels as SecretParameters['labels'])[key]);
        if (isWhole) expect(found.get(name)).toEqual(right.get(name));
        else expect(found.get(name)).toMatch(/^cluster\.\w+ is missing$/);
      }
    }),
    { numRuns: 40 },
  );
});

const files = renderedExample();
const { secrets: registered, applications } = interpret(files);
const secretType = 'argocd.argoproj.io/secret-type';

test('a cluster secret of a hub that lost labels takes nothing from another cluster', () => {
  const names = [...new Set(registered.map(({ name }) => name))];
  const labels = [...new Set(registered.flatMap((secret) => Object.keys(secret.labels)))].filter((key) => key !== secretType);
  const others = (all: readonly Application[], slipped: string) => all.filter(({ cluster: name, argoCD }) => name !== slipped && argoCD !== slipped);
  fc.assert(
    fc.property(fc.constantFrom(...names), subset(labels), fc.boolean(), (slipped, lost, isBare) => {
      const found = interpret(files, (secret) => {
        if (secret.name !== slipped) return secret.labels;
        return Object.fromEntries(Object.entries(secret.labels).filter(([key]) => key === secretType || (!isBare && !lost.includes(key))));
      });
      expect(others(found.applications, slipped)).toEqual(others(applications, slipped));
    }),
    { numRuns: 30 },
  );
});

test('no ApplicationSet that is rendered asks a cluster secret for a map that it may not have', () => {
  const folders = fleetFromConfig(readConfig(examples.typescript)).synth();
  const others = [...folders.effects()].flatMap(({ folder: { path: folder, files: own } }) =>
    own.map((file): readonly [string, string] => [`${folder}/${file.path}`, fileText(file)]),
  );
  const asking = [...files, ...others];
  expect(asking.filter(([, content]) => /\.metadata\.(labels|annotations)\b/.test(content)).map(([file]) => file)).toEqual([]);
  expect(asking.filter(([, content]) => content.includes('get .metadata')).length).toBeGreaterThan(20);
});
