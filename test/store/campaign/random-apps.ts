import { type FleetModel, list, type MapValue, type ModelApp, map, scalar, text, type Value } from './fleet-model';
import type { Random } from './random';
import { anyText, chartValues, type Flavour, labelText, mixedText } from './random-values';

const fixedAnnotations = ['example.com/note', 'note', 'argocd.argoproj.io/sync-options'];

/** Of a fleet, what its own ApplicationSets deploy it by. */
export type Deployed = Pick<FleetModel, 'repository' | 'path' | 'labelPrefix' | 'dimensions'>;

/** The root of a cluster type, as the tool makes it. */
export function root({ tokens }: Flavour, clusterType: string): ModelApp {
  return {
    name: `root-${clusterType}`,
    kind: 'RootApplicationSet',
    base: map({}),
    deploys: { clusterType, inject: tokens.includes('byHand') ? { byHand: '{{.server}}' } : {} },
  };
}

/** What a fleet in YAML deploys itself with. */
export function handwrittenRoot({ dimensions }: Flavour, clusterType: string, { path, repository, labelPrefix }: Deployed): ModelApp {
  const labels = dimensions.map(([dimension]) => [`${labelPrefix}/${dimension}`, text({ dimension, upper: false })] as const);
  const folder = dimensions.flatMap(([dimension]) => ['/', { dimension, upper: false }]);
  const cluster = map({
    name: text('{{.name}}'),
    projectId: text('{{ index .metadata.annotations "gcp-hcp/project-id" }}'),
    vpcId: text('{{ index .metadata.annotations "vpc-id" }}'),
    tier: text('{{ index .metadata.labels "example.com/tier" }}'),
    byHand: text('{{.server}}'),
  });
  return {
    name: `root-${clusterType}`,
    kind: 'ApplicationSet',
    base: map({
      goTemplate: scalar(true),
      generators: list(
        map({ clusters: map({ selector: map({ matchLabels: map(Object.fromEntries([[`${labelPrefix}/cluster-type`, text(clusterType)], ...labels])) }) }) }),
      ),
      template: map({
        metadata: map({ name: text(`${clusterType}-{{.nameNormalized}}`) }),
        spec: map({
          project: text('default'),
          source: map({
            repoURL: text(repository),
            targetRevision: text('HEAD'),
            path: text(`${path}/${clusterType}`, ...folder),
            helm: map({ valuesObject: map({ cluster }) }),
          }),
          destination: map({ name: text('{{.name}}'), namespace: text('argocd') }),
        }),
      }),
    }),
  };
}

/** An Application or an ApplicationSet of any kind. */
export function app(random: Random, flavour: Flavour, name: string): ModelApp {
  const kind = random.int(1, 6);
  if (kind === 1) return { name, kind: 'ApplicationSet', base: applicationSet(random, flavour, name) };
  const own = { destination: map({ namespace: text(name) }), ...metadata(random, flavour, false) };
  if (kind === 2 && !flavour.hasYaml) {
    const data = map({ place: mixedText(random, { ...flavour, hasYaml: true, tokens: [] }), text: anyText(random, { ...flavour, tokens: [] }) });
    return { name, kind: 'Application', base: map(own), workload: { name: 'place', data } };
  }
  const source = (of: Readonly<Record<string, string>>) => {
    const said = Object.entries({ ...of, targetRevision: '1.0.0' }).map(([key, value]) => [key, text(value)] as const);
    return map({ ...Object.fromEntries(said), helm: map({ valuesObject: chartValues(random, flavour, 'above') }) });
  };
  if (kind === 3)
    return {
      name,
      kind: 'Application',
      base: map({
        ...own,
        sources: map({ chart: source({ repoURL: 'https://a.example.com', chart: 'web' }), 'b-rules': source({ repoURL: 'oci://b.example.com/x' }) }),
        source: { kind: 'unset' },
      }),
    };
  return { name, kind: 'Application', base: map({ ...own, source: source({ repoURL: 'https://charts.example.com', chart: 'web' }) }) };
}

function applicationSet(random: Random, flavour: Flavour, name: string): MapValue {
  const braces = (...parts: readonly string[]) => text(...parts);
  const values = map({
    cluster: braces('{{.name}}'),
    id: braces('x-', '{{ index .metadata.annotations "a/id" }}'),
    size: scalar(random.int(1, 3)),
    place: mixedText(random, { ...flavour, hasYaml: true, tokens: [] }),
  });
  const generators = random.pick([
    list(map({ clusters: map({ selector: map({ matchLabels: map({ tier: text('gold') }) }) }) })),
    list(map({ list: map({ elements: list(map({ name: text('x'), yes: text('no') }), map({ name: text('010') })) }) })),
    list(map({ matrix: map({ generators: list(map({ clusters: map({}) }), map({ list: map({ elements: list(map({ a: text('b') })) }) })) }) })),
    list(map({ git: map({ repoURL: text('https://g.example.com'), revision: text('HEAD'), directories: list(map({ path: text('apps/*') })) }) })),
  ]);
  return map({
    goTemplate: scalar(true),
    generators,
    template: map({
      metadata: map({ name: braces(`${name}-`, '{{.name}}'), labels: map({ place: labelText(random, flavour) }) }),
      spec: map({
        project: text('default'),
        source: map({ repoURL: text('https://charts.example.com'), chart: text('set'), targetRevision: text('2.0.0'), helm: map({ valuesObject: values }) }),
        destination: map({ name: braces('{{.name}}'), namespace: text(name) }),
      }),
    }),
  });
}

/** Labels, annotations and the like, in any layer. @param canRemove whether a broader layer may have said them */
export function metadata(random: Random, flavour: Flavour, canRemove: boolean): Readonly<Record<string, Value>> {
  const removed = (value: Value): Value => (canRemove && random.oneIn(5) ? { kind: 'unset' } : value);
  return {
    ...(random.oneIn(3) ? { labels: removed(map({ tier: removed(labelText(random, flavour)) })) } : {}),
    ...(random.oneIn(3) ? { annotations: map({ [random.pick(fixedAnnotations)]: removed(anyText(random, flavour)) }) } : {}),
    ...(random.oneIn(6) ? { finalizers: removed(list(text('resources-finalizer.argocd.argoproj.io'))) } : {}),
  };
}
