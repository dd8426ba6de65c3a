import { type ClusterFacts, isApplicationSet, isSelected, madeBy } from './application-set';
import { chartFolder, helmSource, sayFurtherSources, valuesOf } from './charts/helm-source';
import type { Merged } from './charts/who-says';
import { TemplateError } from './go-syntax';
import { bootstrapFolder, type Layout, type LayoutFile, registrationFolder } from './layout';
import type { Membership, WrapperMember } from './members';
import { asMap, asText, type Data, mergedAll } from './values';

/** The wrapper chart as it is installed once: into one Argo CD, for one release of a group. */
export interface Instance extends Merged {
  readonly group: string;
  readonly release: string;
  /** The name of the cluster whose Argo CD gets its ApplicationSets. */
  readonly argoCD: string;
  /** Where that Argo CD runs. */
  readonly namespace: string;
  /** The clusters that its ApplicationSets choose from. */
  readonly clusters: readonly WrapperMember[];
  readonly values: Data;
  readonly chart: string;
}

/** Where ApplicationSets lie that spokes with an Argo CD of their own get. */
const membersSets = `${registrationFolder}/members-application-sets`;

/** Every instance of the wrapper, and what else is bootstrapped. */
export function readInstances(layout: Layout, { members }: Membership): readonly Instance[] {
  const hubs = members.filter(({ kind }) => kind === 'hub');
  const found = hubs.flatMap((hub) => {
    const registered = members.filter((one) => one.hub === hub.name);
    const own = layout.yamlsIn(`${bootstrapFolder}/${hub.name}`);
    const files = [...(own.length > 0 ? own : layout.yamlsIn(bootstrapFolder)), ...layout.yamlsIn(registrationFolder)];
    return files.flatMap((file) => installed(file, registered, hub, layout));
  });
  const initial = layout.foldersIn(registrationFolder).filter((name) => name.startsWith('members-init'));
  for (const file of initial.flatMap((name) => layout.yamlsIn(`${registrationFolder}/${name}`))) {
    for (const hub of hubs)
      installed(
        file,
        members.filter((one) => one.hub === hub.name),
        hub,
        layout,
      );
  }
  const remote = members.filter(({ isRemote }) => isRemote);
  return [...found, ...remote.flatMap((spoke) => layout.yamlsIn(membersSets).flatMap((file) => installed(file, [spoke], spoke, layout)))];
}

/** What an Argo CD installs of an ApplicationSet of the layout. */
function installed(file: LayoutFile, clusters: readonly WrapperMember[], argoCD: WrapperMember, layout: Layout): readonly Instance[] {
  const say = (reason: string) => {
    layout.say({ file: file.file, reason });
    return [];
  };
  // Values of the files in these folders, and stores that registration reads.
  if (file.content.kind === undefined || file.content.kind === 'SecretStore' || file.content.kind === 'ClusterSecretStore') return [];
  if (!isApplicationSet(file)) return say(`a ${String(file.content.kind)} beside the layout: apply it in another way, or make a component of it`);
  try {
    return madeBy(file, clusters, layout).flatMap(({ parameters, spec }) => {
      const source = helmSource(spec);
      const chart = source && (asText(source.path) ?? asText(source.chart) ?? '').replace(/.*\//, '');
      if (!source) return isPlumbing(spec) ? [] : say('an ApplicationSet beside the layout: make a component of what it deploys');
      if (/fleet-secret$/.test(chart ?? '')) return [];
      if (!/application-sets$/.test(chart ?? '')) return say(`an ApplicationSet beside the layout, of the chart '${chart}': make a component of it`);
      sayFurtherSources(spec, file, layout);
      return instanceOf(file, parameters, spec, source, clusters, argoCD, layout);
    });
  } catch (cause) {
    if (!(cause instanceof TemplateError)) throw cause;
    return say(`the ApplicationSet cannot be read: ${cause.message}`);
  }
}

/** What brings the layout's own folders to a cluster. */
function isPlumbing({ source, sources }: Data): boolean {
  const all = Array.isArray(sources) ? sources : [source];
  return all.every((one) => /(^|\/)fleet-bootstrap(\/|$)|fleet-bootstrap$/.test(asText(asMap(one).path) ?? ''));
}

function instanceOf(
  file: LayoutFile,
  parameters: Data,
  spec: Data,
  source: Data,
  clusters: readonly WrapperMember[],
  owner: WrapperMember,
  layout: Layout,
): readonly Instance[] {
  const folder = chartFolder(source, layout, 'application-sets');
  const chart = layout.yaml(`${folder}/values.yaml`);
  if (!chart && !layout.hasFolder(folder)) {
    layout.say({ file: file.file, reason: `the wrapper chart is not here: '${folder}' is expected` });
    return [];
  }
  if (asText(source.path) !== folder) {
    const elsewhere = [source.chart, source.path, source.targetRevision].flatMap((part) => asText(part) ?? []).join(' ');
    const reason = `the wrapper chart of a release is elsewhere (${elsewhere}): '${folder}' is read in its place`;
    layout.say({ file: file.file, reason });
  }
  const { files, own } = valuesOf(source, file, layout);
  const above = [...(chart ? [chart] : []), ...files];
  const said = mergedAll([...above.map(({ content }) => content), own]);
  const imported = Object.entries(asMap(said.mergeValues)).flatMap(([name, use]) =>
    String(asMap(use).use) === 'true' ? (layout.yaml(`${folder}/values/${name}.yaml`) ?? []) : [],
  );
  const values = mergedAll([...imported.map(({ content }) => content), said]);
  const group = asText(values.applicationSetGroup) ?? asText(asMap(parameters.values).applicationSetGroup) ?? file.path.replace(/.*\/(.*)\.ya?ml$/, '$1');
  const destination = asMap(spec.destination);
  const argoCD = asText(destination.name) ?? owner.name;
  // Without an Argo CD an ApplicationSet does nothing there.
  const there = clusters.find(({ name }) => name === argoCD);
  if (there && there.kind === 'spoke' && !there.isRemote) return [];
  const release = asText(values.releaseType) ?? asText(parameters.type) ?? 'default';
  return [
    {
      group,
      release,
      argoCD,
      namespace: asText(destination.namespace) ?? 'argocd',
      clusters: argoCD === owner.name ? clusters : clusters.filter(({ name }) => name === argoCD),
      values,
      files: [...imported, ...above],
      chart: folder,
      installedBy: file,
    },
  ];
}

/** The clusters that get a component of an instance. @throws TemplateError */
export function selectedBy({ values, clusters }: Pick<Instance, 'values' | 'clusters'>, component: Data): readonly ClusterFacts[] {
  const isOn = (value: unknown) => String(value ?? false) === 'true';
  const matchLabels = {
    ...(isOn(values.useVersionSelectors) ? asMap(values.releases) : {}),
    ...asMap(values.globalSelectors),
    ...asMap(component.selectorMatchLabels),
  };
  const { matchLabels: more = {}, ...selector } = isOn(values.useSelectors) ? asMap(component.selector) : {};
  return clusters.filter(({ labels }) => isSelected({ ...selector, matchLabels: { ...matchLabels, ...asMap(more) } }, labels));
}
