import { type ClusterFacts, isApplicationSet, type Made, madeBy } from './application-set';
import { type RegisteredSpoke, registeredSpoke, saySecretKeys, templateReason, textsOf } from './charts/cluster-secret';
import { externalSecretTemplates } from './charts/known-templates';
import { sayTemplates } from './charts/template-keys';
import { mostFrequent, usual } from './hoist';
import { bootstrapFolder, type Layout, type LayoutFile, registrationFolder } from './layout';
import { asMap, asText, type Data, mergedAll, same } from './values';

/** A cluster of the fleet. */
export interface WrapperMember extends ClusterFacts {
  readonly kind: 'hub' | 'spoke';
  readonly hub: string;
  readonly tenant: string;
  readonly environment: string;
  /** Where the layout says it; a hub is known by what is about it. */
  readonly file: string;
  /** Its entry in the secret manager. */
  readonly secret: string;
  /** The store that its hub reads this entry with. @default - what is said of hubs: that of most spokes */
  readonly store?: Store;
  /** Whether an Argo CD of its own is deployed to it. */
  readonly isRemote: boolean;
  /** Where the layout lies in the repository that the cluster's part of it is read from. @default - at its top */
  readonly below?: string;
}

/** A secret store that is there already. */
export interface Store {
  readonly name: string;
  readonly kind: string;
}

/** Who is in the fleet. */
export interface Membership {
  readonly members: readonly WrapperMember[];
  /** The store that hubs read most of the secret manager with. */
  readonly store: Store;
  /** Where the layout lies. @default '' - neither the layout nor Git tells */
  readonly repository: string;
  readonly revision: string;
  /** What an annotation says on most members; of repositories that nobody says, that of the layout. */
  annotation(name: string): string | undefined;
}

const membersFolder = `${registrationFolder}/fleet-members`;
const secretValues = 'fleet/fleet-secret/values.yaml';

/** Hubs and those whom they register. @param remote the URL of the repository, where the layout does not say it */
export function readMembership(layout: Layout, remote: () => string | undefined): Membership {
  const placed = (member: WrapperMember) => ({ ...member, ...placeInRepository(member, layout) });
  const hubs = layout.foldersIn(membersFolder).map((name) => placed(hubNamed(name, layout)));
  const registrations = layout
    .yamlsIn(registrationFolder)
    .filter((file) => isApplicationSet(file) && JSON.stringify(file.content.spec).includes('/fleet-members/'));
  const charts = new Set<string>();
  const spokes = hubs.flatMap((hub) => {
    const made = registrations.flatMap((by) => {
      try {
        return madeBy(by, [hub], layout).map((one) => ({ ...one, by }));
      } catch (cause) {
        layout.say({ file: by.file, reason: `the registration cannot be read: ${templateReason(cause)}` });
        return [];
      }
    });
    return layout.yamlsIn(`${membersFolder}/${hub.name}`).flatMap((file): readonly WrapperMember[] => {
      const said = made.find(({ parameters }) => isOf(parameters, file));
      const spoke = said ? tryRegistered(file, said, hub.name, layout) : 'no ApplicationSet registers it';
      if (typeof spoke === 'string') {
        layout.say({ file: file.file, reason: `the cluster is not carried over: ${spoke}` });
        return [];
      }
      charts.add(spoke.chart);
      return [spoke.member];
    });
  });
  for (const chart of charts) sayTemplates(chart, externalSecretTemplates, 'the chart of the registration', layout);
  const members = [...hubs, ...spokes.map(placed)];
  expectOnce(members, layout);
  const store = usual(spokes.flatMap((spoke) => spoke.store ?? [])) ?? { name: 'fleet', kind: 'SecretStore' };
  const annotation = (key: string) => mostFrequent(members.flatMap(({ annotations }) => annotations[key] ?? []));
  const repository = annotation('addons_repo_url') ?? annotation('fleet_repo_url') ?? remote() ?? '';
  const revision = annotation('addons_repo_revision') ?? 'HEAD';
  const assumed = (key: string) => (/_repo_url$/.test(key) ? repository : /_repo_revision$/.test(key) ? revision : undefined);
  return { members, store, repository, revision, annotation: (key) => annotation(key) ?? assumed(key) };
}

/** Another repository may have the layout in a folder of it: its files are those that are here. */
function placeInRepository({ annotations, file }: WrapperMember, layout: Layout): Pick<WrapperMember, 'below' | 'located'> {
  const located: { [annotation: string]: string } = {};
  let below: string | undefined;
  for (const [key, value] of Object.entries(annotations)) {
    if (!/_repo_basepath$/.test(key) || value === '' || layout.hasFolder(value)) continue;
    const parts = value.split('/');
    const at = parts.findIndex((_, index) => index > 0 && layout.hasFolder(parts.slice(index).join('/')));
    if (at < 0) layout.say({ file, text: value, reason: `the folder that '${key}' names is not here: the cluster's files of values are not read` });
    else {
      located[key] = parts.slice(at).join('/');
      if (key === 'addons_repo_basepath' || below === undefined) below = parts.slice(0, at).join('/');
    }
  }
  return below === undefined ? {} : { below, located };
}

/** Whether parameters come from a file. Another one may have said over them which file it is. */
function isOf(parameters: Data, { content }: LayoutFile): boolean {
  return Object.entries(content).every(([key, value]) => same(parameters[key], value));
}

interface Registering extends Made {
  readonly by: LayoutFile;
}

function tryRegistered(file: LayoutFile, { by, spec }: Registering, hub: string, layout: Layout): RegisteredSpoke | string {
  try {
    return registeredSpoke(file, by, spec, hub, layout);
  } catch (cause) {
    return templateReason(cause);
  }
}

/** Two clusters of one name would be one, and whose, nobody could tell. */
function expectOnce(members: readonly WrapperMember[], layout: Layout): void {
  const first = new Map<string, WrapperMember>();
  for (const member of members) {
    const other = first.get(member.name);
    if (!other) first.set(member.name, member);
    else
      layout.problems.push({
        code: 'duplicate-name',
        message: `the cluster '${member.name}' is there twice: also in ${other.file}`,
        file: member.file,
        expected: 'each cluster once, with a name of its own',
        hint: 'remove the file that is not meant, or say another `clusterName` in it',
      });
  }
}

/** Terraform makes the secret of a hub: Git knows of it what values of its level say, and where in the hierarchy these are. */
function hubNamed(name: string, layout: Layout): WrapperMember {
  const found = placeOf(name, layout);
  const about = layout.shown(`${membersFolder}/${name}`);
  if (!found) layout.say({ file: about, reason: `no folder 'clusters/${name}' says the tenant of the hub: it is written as 'platform'` });
  const { base, tenant, environment } = found ?? { base: 'addons', tenant: 'platform', environment: undefined };
  const levels = [
    'defaults',
    `${tenant}/defaults`,
    ...(environment === undefined ? [] : [`${tenant}/environments/${environment}`, `${tenant}/environments/${environment}/defaults`]),
    ...(found ? [found.own] : []),
  ];
  const values = levels.flatMap((level) => layout.yaml(`${base}/${level}/${secretValues}`) ?? []);
  const whole = mergedAll(values.map(({ content }) => content));
  const said = asMap(whole.externalSecret);
  const [installedBy] = values;
  const merged = installedBy && { files: values, installedBy };
  if (merged) saySecretKeys(whole, merged, layout);
  const labels = merged ? textsOf(said.labels, 'labels', merged, layout) : {};
  const annotations = merged ? textsOf(said.annotations, 'annotations', merged, layout) : {};
  const known = environment ?? labels.environment;
  if (found && known === undefined) layout.say({ file: about, reason: "nothing says the environment of the hub: it is written as 'prod'" });
  const secret = annotations.secret_manager_secret_name ?? asText(said.secretManagerSecretName);
  if (secret === undefined) layout.say({ file: about, reason: `Git does not know the hub's entry in the secret manager: it is written as 'fleet/${name}'` });
  const member =
    /"fleet_member":"([^"]+)"/.exec(
      layout
        .yamlsIn(bootstrapFolder)
        .map(({ content }) => JSON.stringify(content))
        .join(''),
    )?.[1] ?? 'hub-cluster';
  return {
    name,
    kind: 'hub',
    hub: name,
    tenant,
    environment: known ?? 'prod',
    file: values[values.length - 1]?.file ?? about,
    secret: secret ?? `fleet/${name}`,
    isRemote: false,
    labels: { ...labels, fleet_member: member, tenant, environment: known ?? 'prod' },
    annotations,
    // Terraform knows the folders, and there they are.
    assumed: Object.fromEntries(layout.foldersIn('.').map((top) => [`${top}_repo_basepath`, top === 'fleet' ? top : base.replace(/^[^/]*/, top)])),
  };
}

interface HubPlace {
  /** The folder of tenants. */
  readonly base: string;
  readonly tenant: string;
  readonly environment: string | undefined;
  /** The hub's own folder, below it. */
  readonly own: string;
}

/** Where values of a cluster lie: `…/{tenant}/clusters/{name}`, or the same in an environment. */
function placeOf(name: string, layout: Layout): HubPlace | undefined {
  const visit = (folder: string, depth: number): HubPlace | undefined => {
    const [, before, environment] = /^(.*?)(?:\/environments\/([^/]+))?$/.exec(folder) ?? [];
    if (before !== undefined && layout.hasFolder(`${folder}/clusters/${name}`)) {
      const tenant = before.replace(/.*\//, '');
      const base = before.slice(0, -tenant.length - 1);
      if (base !== '') return { base, tenant, environment, own: `${folder.slice(base.length + 1)}/clusters/${name}` };
    }
    for (const below of depth > 5 ? [] : layout.foldersIn(folder)) {
      const found = below === 'clusters' ? undefined : visit(`${folder}/${below}`, depth + 1);
      if (found) return found;
    }
    return undefined;
  };
  for (const top of layout.foldersIn('.')) {
    const found = ['fleet', 'charts', 'node_modules'].includes(top) ? undefined : visit(top, 0);
    if (found) return found;
  }
  return undefined;
}
