import { type ClusterFacts, isApplicationSet, madeBy } from './application-set';
import { TemplateError } from './go-syntax';
import { unknownIn } from './go-template';
import { bootstrapFolder, type Layout, type LayoutFile, registrationFolder } from './layout';
import { asMap, asText, asTexts, type Data, mergedAll, same } from './values';

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
  /** Whether an Argo CD of its own is deployed to it. */
  readonly isRemote: boolean;
  /** Where the layout lies in the repository that the cluster's part of it is read from. @default - at its top */
  readonly below?: string;
}

/** Who is in the fleet. */
export interface Membership {
  readonly members: readonly WrapperMember[];
  /** The store that hubs read the secret manager with. */
  readonly store: { readonly name: string; readonly kind: string };
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
  const stores = new Set<string>();
  const spokes = hubs.flatMap((hub) => {
    const made = registrations.flatMap((file) => {
      try {
        return madeBy(file, [hub], layout);
      } catch (cause) {
        if (!(cause instanceof TemplateError)) throw cause;
        layout.say({ file: file.file, reason: `the registration cannot be read: ${cause.message}` });
        return [];
      }
    });
    return layout.yamlsIn(`${membersFolder}/${hub.name}`).flatMap((file) => {
      const said = made.find(({ parameters }) => isOf(parameters, file));
      try {
        return said ? spokeOf(file, said.spec, hub.name, layout, stores) : notRegistered(file, layout);
      } catch (cause) {
        if (!(cause instanceof TemplateError)) throw cause;
        return notRegistered(file, layout, cause.message);
      }
    });
  });
  const members = [...hubs, ...spokes.map(placed)];
  const [store] = stores;
  const [name = 'fleet', kind = 'SecretStore'] = store?.split(' ') ?? [];
  const annotation = (key: string) => mostFrequent(members.flatMap(({ annotations }) => annotations[key] ?? []));
  const repository = annotation('addons_repo_url') ?? annotation('fleet_repo_url') ?? remote() ?? '';
  const revision = annotation('addons_repo_revision') ?? 'HEAD';
  const assumed = (key: string) => (/_repo_url$/.test(key) ? repository : /_repo_revision$/.test(key) ? revision : undefined);
  return { members, store: { name, kind }, repository, revision, annotation: (key) => annotation(key) ?? assumed(key) };
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

function notRegistered({ file }: LayoutFile, layout: Layout, why = 'no ApplicationSet registers it'): readonly WrapperMember[] {
  layout.say({ file, reason: `the cluster is not carried over: ${why}` });
  return [];
}

/** What the chart of cluster secrets is given for a spoke. */
function spokeOf(file: LayoutFile, spec: Data, hub: string, layout: Layout, stores: Set<string>): readonly WrapperMember[] {
  const source = helmSource(spec);
  if (!source) return notRegistered(file, layout);
  const { files, own } = valuesOf(source, layout);
  const chart = layout.yaml(`${chartFolder(source, layout, 'fleet-secret')}/values.yaml`);
  const said = asMap(mergedAll([chart?.content, ...files.map(({ content }) => content), own]).externalSecret);
  const labels = asTexts(said.labels);
  const { tenant, environment } = { tenant: labels.tenant ?? '', environment: labels.environment ?? '' };
  if (tenant === '' || environment === '') {
    layout.say({
      file: file.file,
      reason: `the cluster gets no label '${tenant === '' ? 'tenant' : 'environment'}', which says where in the fleet it is`,
    });
    return [];
  }
  const known = Object.fromEntries(Object.entries(asTexts(said.annotations)).filter(([, text]) => text !== '' && unknownIn(text) === undefined));
  const secret = asText(said.secretManagerSecretName);
  if (secret === undefined)
    layout.say({ file: file.file, place: ['secretManagerSecretName'], reason: 'nothing says the name of its entry in the secret manager' });
  stores.add(`${asText(said.secretStoreRefName) ?? 'fleet'} ${asText(said.secretStoreRefKind) ?? 'SecretStore'}`);
  const name = asText(said.clusterName) ?? file.path.replace(/.*\/(.*)\.ya?ml$/, '$1');
  const isRemote = labels.use_remote_argo === 'true';
  return [
    {
      name,
      kind: 'spoke',
      hub,
      tenant,
      environment,
      file: file.file,
      secret: secret ?? name,
      isRemote,
      labels: { fleet_member: 'spoke', ...labels },
      annotations: known,
    },
  ];
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
  const said = asMap(mergedAll(values.map(({ content }) => content)).externalSecret);
  const labels = asTexts(said.labels);
  const annotations = asTexts(said.annotations);
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

/** The source of an Application that installs a chart of ours. */
export function helmSource(spec: Data): Data | undefined {
  const sources = Array.isArray(spec.sources) ? spec.sources : [spec.source];
  return sources.map(asMap).find(({ helm }) => helm !== undefined);
}

/** The folder of a chart in the layout. @param name what it is called there, where it comes from elsewhere */
export function chartFolder({ path }: Data, layout: Layout, name: string): string {
  const said = asText(path);
  return said !== undefined && layout.hasFolder(said) ? said : `charts/${name}`;
}

/** The files of values of a source that are there, and its own values over them. */
export function valuesOf({ helm }: Data, layout: Layout): { readonly files: readonly LayoutFile[]; readonly own: Data } {
  const { valueFiles, valuesObject } = asMap(helm);
  const paths = (Array.isArray(valueFiles) ? valueFiles : []).map((file) => String(file).replace(/^\$[^/]*\//, ''));
  const strange = paths.flatMap((path) => unknownIn(path) ?? [])[0];
  if (strange !== undefined) throw new TemplateError(`files of values depend on what Git does not know: ${strange}`);
  return { files: paths.flatMap((path) => layout.yaml(path) ?? []), own: asMap(valuesObject) };
}

export function mostFrequent<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
