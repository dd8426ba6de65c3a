import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { describeApplication, isSynced } from '../../argo-cd';
import type { Cluster } from '../../cluster';
import type { KubernetesObject } from '../../kubernetes-api';
import { example, hubName, type Member, type Second } from './second';

/** What an Argo CD has. */
interface Held {
  readonly by: string;
  readonly application: KubernetesObject;
}

type Component = Member['components'][number];

/** What the living clusters have otherwise than `fleet clusters --json` says: nothing, once all has arrived. */
export async function differences(topology: Second): Promise<readonly string[]> {
  const members = await topology.members();
  const argoCDs = members.filter(({ kind, model }) => kind === 'hub' || model === 'distributed').map(({ name }) => name);
  const found: string[] = [];
  const held = new Map<string, Held[]>();
  // Every cluster is looked at: an Argo CD that should have nothing is one that may have something.
  for (const cluster of topology.clusters) {
    const roots: KubernetesObject[] = [];
    for (const application of await cluster.api.list('applications', 'argocd')) {
      const labels = application.metadata.labels ?? {};
      if (!labels['fleet/component']) roots.push(application);
      else {
        const key = `${labels['fleet/cluster']}/${labels['fleet/component']}`;
        held.set(key, [...(held.get(key) ?? []), { by: cluster.name, application }]);
      }
    }
    const isOne = argoCDs.includes(cluster.name);
    found.push(...(await wrongRoots(topology, cluster.name, roots, isOne ? members : [])));
    if (isOne) found.push(...(await wrongRegistrations(cluster, members)), ...(await complaints(cluster)));
  }
  for (const member of members) {
    for (const component of member.components) {
      const key = `${member.name}/${component.name}`;
      const all = held.get(key) ?? [];
      held.delete(key);
      const [only] = all;
      if (!only || all.length > 1 || only.by !== component.deployedBy) {
        found.push(`${key} comes from ${all.map(({ by }) => by).join(' and ') || 'nowhere'}, and should from ${component.deployedBy}`);
      } else found.push(...(await wrongComponent(topology, member, component, only.application)).map((wrong) => `${key} ${wrong}`));
    }
  }
  for (const [key, all] of held) found.push(`${key} should come from nowhere, and does from ${all.map(({ by }) => by).join(' and ')}`);
  return found;
}

async function wrongComponent(
  topology: Second,
  member: Member,
  component: Component,
  { metadata, spec, status }: KubernetesObject,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const same = (what: string, is: unknown, should: unknown) => {
    if (!isDeepStrictEqual(is, should)) wrong.push(`has the ${what} ${JSON.stringify(is)}, and should have ${JSON.stringify(should)}`);
  };
  const file = `${member.kind}s/${member.name}/values/${component.group}/${component.name}.yaml`;
  const sources: readonly KubernetesObject[] = spec.sources ?? [spec.source];
  const source = sources.find(({ helm, chart, path }) => helm !== undefined || chart !== undefined || path !== undefined);
  same('version', source?.targetRevision, component.version);
  same('destination', spec.destination?.name, member.name);
  same('release', metadata.labels?.['fleet/release'], component.release);
  same('finalizers', metadata.finalizers, component.uninstall && ['resources-finalizer.argocd.argoproj.io']);
  // Beside it some versions of Argo CD take a Helm repository for one of Git, and of a chart it says nothing (argo-cd issues 28890, 29388).
  if (source?.chart) same('paths of its manifests', metadata.annotations?.['argocd.argoproj.io/manifest-generate-paths'], undefined);
  // What only the cluster knows is looked at where it arrives.
  const { valuesObject: _, ...settings } = source?.helm ?? {};
  if (source?.helm) same('Helm settings', settings, { releaseName: component.name, valueFiles: [`$values/${example}/dist/${file}`] });
  if (!isSynced({ metadata, spec, status }) || (status?.conditions ?? []).length > 0)
    wrong.push(`is not there yet: ${describeApplication({ metadata, status })}`);
  if (wrong.length > 0 || !source?.chart) return wrong;
  const chart = source.chart.split('/').at(-1);
  const installed = await topology.cluster(member.name).api.get('configmaps', `${component.name}-${chart}`, spec.destination.namespace);
  same('installed chart', installed?.data.chart, `${chart} ${component.version}`);
  const values = parse(await renderedValues(topology, file)) ?? {};
  const given = JSON.parse(installed?.data.values ?? '{}');
  if (!holds(given, values)) wrong.push(`was installed with ${JSON.stringify(given)}, and Git has ${JSON.stringify(values)}`);
  return wrong;
}

let texts: { readonly commit: string; readonly of: Map<string, string> } | undefined;

/** Asked of Git once for a commit: a comparison is made again and again. */
async function renderedValues(topology: Second, file: string): Promise<string> {
  const commit = await topology.head();
  if (texts?.commit !== commit) texts = { commit, of: new Map() };
  const known = texts.of.get(file) ?? (await topology.rendered(file, commit));
  texts.of.set(file, known);
  return known;
}

/** A chart has values of its own besides. A null takes one of these away. */
// biome-ignore lint/suspicious/noExplicitAny: a chart takes what it takes
function holds(given: any, wanted: any): boolean {
  if (wanted === null) return given === undefined || given === null;
  if (typeof wanted !== 'object' || Array.isArray(wanted)) return isDeepStrictEqual(given, wanted);
  return Object.entries(wanted).every(([key, value]) => holds(given?.[key], value));
}

/** The roots: of the Argo CD itself, and on a hub of each distributed spoke. All are at the last commit. */
async function wrongRoots(topology: Second, name: string, roots: readonly KubernetesObject[], members: readonly Member[]): Promise<readonly string[]> {
  const spokesOf = members.filter(({ hub, model }) => hub === name && model === 'distributed');
  const expected = members.length === 0 ? [] : ['fleet', ...spokesOf.map((spoke) => `fleet-${spoke.name}`)];
  const is = roots.map(({ metadata }) => metadata.name).sort();
  if (is.join() !== [...expected].sort().join()) return [`${name} has the roots ${is.join(', ') || 'none'}, and should have ${expected.join(', ') || 'none'}`];
  const commit = await topology.head();
  return roots.flatMap((application) => {
    const { sync, conditions } = application.status ?? {};
    if (!isSynced(application) || (conditions ?? []).length > 0) return [`${name} is not there yet: ${describeApplication(application)}`];
    const revisions: readonly string[] = sync?.revisions ?? [sync?.revision];
    return revisions.every((revision) => revision === commit) ? [] : [`${name} has ${application.metadata.name} at ${revisions.join(', ')}`];
  });
}

/** Labels that Argo CD and External Secrets write for themselves. */
const own = /^(?:argocd\.argoproj\.io|reconcile\.external-secrets\.io)\//;

async function wrongRegistrations(cluster: Cluster, members: readonly Member[]): Promise<readonly string[]> {
  const expected = members.filter(({ name, hub }) => name === cluster.name || (cluster.name === hubName && hub === hubName));
  const secrets = await cluster.api.list('secrets', 'argocd', 'argocd.argoproj.io/secret-type=cluster');
  const [is, should] = [secrets.map(({ metadata }) => metadata.name).sort(), expected.map(({ name }) => `cluster-${name}`).sort()];
  if (is.join() !== should.join()) return [`${cluster.name} knows ${is.join(', ') || 'no cluster'}, and should know ${should.join(', ')}`];
  return expected.flatMap(({ name, labels }) => {
    const written = secrets.find(({ metadata }) => metadata.name === `cluster-${name}`)?.metadata.labels ?? {};
    const theirs = Object.fromEntries(Object.entries(written).filter(([key]) => !own.test(key)));
    return isDeepStrictEqual(theirs, labels)
      ? []
      : [`${cluster.name} has of ${name} the labels ${JSON.stringify(theirs)}, and should have ${JSON.stringify(labels)}`];
  });
}

async function complaints(cluster: Cluster): Promise<readonly string[]> {
  return (await cluster.api.list('applicationsets', 'argocd')).flatMap(({ metadata, status }) =>
    (status?.conditions ?? [])
      .filter(({ type, status: value }: { type: string; status: string }) => type === 'ErrorOccurred' && value === 'True')
      .map(({ message }: { message: string }) => `${cluster.name} says of ${metadata.name}: ${message}`),
  );
}
