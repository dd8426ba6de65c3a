import { FleetError, fleetFromConfig, type HubFleet, type Problem } from '../../constructs';
import type { ClusterTypeFiles, ConfigFile } from '../../layers/config-files';

type Content = { readonly [name: string]: unknown };

/** A group's folder: its components by name, or by a path below the folder, and the two files that are about all of them. */
export interface GroupContent {
  readonly defaults?: unknown;
  readonly releases?: unknown;
  readonly components: Content;
}

/** Configuration as its files would export it; nothing is typed, so that it may be wrong. What is left out is that of {@link smallHubFleet}. */
export interface HubContent {
  readonly fleet?: unknown;
  readonly hubs?: Content;
  readonly spokes?: Content;
  /** The files of the folder `members`. */
  readonly members?: Content;
  readonly groups?: { readonly [group: string]: GroupContent };
  /** Mistakes of files that could not be loaded; the file exports nothing then. */
  readonly unloaded?: readonly string[];
}

export const fleetFile = {
  topology: 'hub-and-spoke',
  repository: 'https://example.com/fleet.git',
  tenants: [
    { name: 'shop', environments: ['dev', { name: 'prod', promotion: 'manual' }] },
    { name: 'platform', environments: ['prod'] },
  ],
};

export const hub1 = { tenant: 'platform', environment: 'prod', secret: 'fleet/hub-1' };
export const spoke1 = { hub: 'hub-1', tenant: 'shop', environment: 'dev', secret: 'fleet/spoke-1' };
export const spoke2 = { hub: 'hub-1', tenant: 'shop', environment: 'prod', secret: 'fleet/spoke-2', model: 'distributed', manages: ['addons'] };
export const settings = { secretStore: { aws: { region: 'eu-west-1' } } };

export const certManager = {
  repoURL: 'https://charts.jetstack.io',
  chart: 'cert-manager',
  namespace: 'cert-manager',
  values: { crds: { enabled: true } },
  overrides: { '*': { enabled: true } },
};
export const dns = { repoURL: 'https://charts.example.com', chart: 'dns', version: '2.0.0', namespace: 'dns', values: {} };
export const releases = { releases: { default: { components: { 'cert-manager': '1.0.0' } }, next: { components: { 'cert-manager': '1.1.0' } } } };
export const argoCD = { repoURL: 'https://charts.example.com', chart: 'argo-cd', version: '9.0.0', values: {} };
export const externalSecrets = { repoURL: 'https://charts.example.com', chart: 'external-secrets', version: '1.0.0' };

export const addons: GroupContent = { releases, components: { 'cert-manager': certManager, dns } };
export const bootstrap: GroupContent = {
  defaults: { bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' } },
  components: { 'argo-cd': argoCD, 'external-secrets': externalSecrets },
};

/** A hub, a centralized spoke in `shop/dev` and a distributed one in `shop/prod`; the groups `addons` and `bootstrap`. */
export const smallHubFleet: Required<HubContent> = {
  fleet: fleetFile,
  hubs: { 'hub-1': hub1 },
  spokes: { 'spoke-1': spoke1, 'spoke-2': spoke2 },
  members: { settings },
  groups: { addons, bootstrap },
  unloaded: [],
};

export function buildHubFleet(content: HubContent = {}): HubFleet {
  const { fleet, hubs, spokes, members, groups, unloaded } = { ...smallHubFleet, ...content };
  const folders = [
    folder('hubs', hubs, unloaded),
    folder('members', members, unloaded),
    folder('spokes', spokes, unloaded),
    ...Object.entries(groups).map(([name, { defaults, releases: versions, components }]) =>
      folder(name, { ...components, ...(defaults === undefined ? {} : { defaults }), ...(versions === undefined ? {} : { releases: versions }) }, unloaded),
    ),
  ];
  return fleetFromConfig({
    folder: 'config',
    fleet: configFile('config/fleet.ts', fleet),
    clusterTypes: folders.filter(({ defaults, apps, unread = [] }) => defaults !== undefined || apps.length > 0 || unread.length > 0),
    problems: unloaded.map((file) => ({ code: 'config-throws', message: 'the file threw while it was loaded', file: `config/${file}.ts` })),
  }) as HubFleet;
}

function folder(name: string, files: Content, unloaded: readonly string[]): ClusterTypeFiles {
  const all = Object.entries(files).map(([file, content]) => configFile(`config/${name}/${file}.ts`, content));
  return {
    name,
    folder: `config/${name}`,
    defaults: all.find((file) => file.name === 'defaults'),
    apps: all.filter((file) => file.name !== 'defaults'),
    unread: unloaded.flatMap((file) => (file.startsWith(`${name}/`) ? [file.slice(file.lastIndexOf('/') + 1)] : [])),
  };
}

function configFile(file: string, content: unknown): ConfigFile {
  return { file, name: file.slice(file.lastIndexOf('/') + 1).replace(/\.ts$/, ''), content };
}

/** Everything that a run over the configuration reports, but for notices: those are about what is no mistake. */
export function hubProblemsOf(content: HubContent): readonly Problem[] {
  return reportedOf(content).filter(({ severity }) => severity !== 'notice');
}

/** Everything that it reports. */
export function reportedOf(content: HubContent): readonly Problem[] {
  try {
    return buildHubFleet(content).synth().warnings;
  } catch (error) {
    if (error instanceof FleetError) return error.problems;
    throw error;
  }
}

/** The fleet with other fields in `fleet.ts`. */
export function withFleet(fields: Content): HubContent {
  return { fleet: { ...fleetFile, ...fields } };
}

/** The fleet with other fields in the file of the centralized spoke. */
export function withSpoke(fields: Content): HubContent {
  return { spokes: { ...smallHubFleet.spokes, 'spoke-1': { ...spoke1, ...fields } } };
}

export function withHub(fields: Content): HubContent {
  return { hubs: { 'hub-1': { ...hub1, ...fields } } };
}

/** The fleet with other fields in `members/settings.ts`. */
export function withSettings(fields: Content): HubContent {
  return { members: { settings: { ...settings, ...fields } } };
}

/** The fleet with other fields in `addons/cert-manager.ts`. */
export function withComponent(fields: Content): HubContent {
  return withAddons({ components: { ...addons.components, 'cert-manager': { ...certManager, ...fields } } });
}

/** The fleet with other fields in `addons/releases.ts`. */
export function withReleases(fields: Content): HubContent {
  return withAddons({ releases: { ...releases, ...fields } });
}

export function withAddons(fields: Partial<GroupContent>): HubContent {
  return { groups: { addons: { ...addons, ...fields }, bootstrap } };
}

export function withBootstrap(fields: Partial<GroupContent>): HubContent {
  return { groups: { addons, bootstrap: { ...bootstrap, ...fields } } };
}
