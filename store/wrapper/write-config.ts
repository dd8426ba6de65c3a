import type { WrapperComponent } from './components';
import { hoisted, mostFrequent, usual } from './hoist';
import { type Home, Homes } from './homes';
import type { Instance } from './instances';
import type { Membership, WrapperMember } from './members';
import { dataFile, fleetFile, type NewFile } from './source';
import { storeSettings } from './stores';
import { asMap, asText, compact, type Data, same } from './values';
import { type ComponentPlan, componentFile, pathOf, usualPolicy } from './write-components';

/** The new configuration, and what it is called by. */
export interface NewConfig {
  readonly files: readonly NewFile[];
  readonly plans: readonly ComponentPlan[];
  readonly homes: Homes;
  /** Labels that would enable what is not there, or release it. */
  readonly dropped: readonly string[];
  /** Labels that follow from what the configuration says, those among them. */
  readonly computed: ReadonlySet<string>;
}

/** What is read of a wrapper layout. */
export interface WrapperFleet {
  readonly membership: Membership;
  readonly instances: readonly Instance[];
  readonly components: readonly WrapperComponent[];
}

/** The configuration that says what the layout says. */
export function writtenConfig({ membership, instances, components }: WrapperFleet): NewConfig {
  const members = inSequence(membership.members);
  const homes = new Homes(membership, instances, components);
  const groups = [...new Set(instances.map(({ group }) => group))];
  const bootstrap = groups.find((group) => bootstrapOf(group, components) !== undefined);
  const names = uniqueNames(components);
  const files: NewFile[] = [];
  const plans: ComponentPlan[] = [];
  const labels = new Set(['fleet_member', 'tenant', 'environment', 'cluster_name', 'use_remote_argo']);
  for (const group of groups) {
    const own = components.filter((one) => one.group === group);
    const syncPolicy = usualPolicy(own);
    const releases = [...new Set(instances.filter((one) => one.group === group).map(({ release }) => release))];
    labels.add(`${group}Release`).add(`enable_remote_${group.replaceAll('-', '_')}`);
    const pinned = new Map(own.map((component) => [component, pinsOf(component, releases)]));
    for (const component of own) {
      const name = names.get(component) as string;
      const plan: ComponentPlan = {
        component,
        name,
        members,
        homes,
        syncPolicy,
        pins: pinned.get(component) as ReadonlyMap<string, string>,
        isBootstrap: group === bootstrap,
        ...enableLabelOf(component, name, labels),
        ...applicationNameOf(component, name),
      };
      plans.push(plan);
      files.push(componentFile(plan));
    }
    files.push(
      dataFile(
        `${group}/defaults.ts`,
        'GroupConfig',
        compact({ syncPolicy, ...(group === bootstrap ? { bootstrap: namesOf(group, components, names) } : {}) }),
      ),
    );
    files.push(releasesFile(group, releases, members, own, pinned, names));
  }
  files.push(fleetFile(settingsOf(members, homes.fleet)));
  const dropped = [...new Set(members.flatMap((member) => Object.keys(member.labels)))].filter(
    (label) => !labels.has(label) && /^enable_.|.Release$/.test(label),
  );
  for (const label of dropped) labels.add(label);
  files.push(
    ...memberFiles(
      members,
      membership,
      homes,
      labels,
      components,
      groups.filter((group) => group !== bootstrap),
    ),
  );
  if (bootstrap === undefined) files.push(...bootstrapFiles(components, members));
  return { files, plans, dropped, computed: labels, homes };
}

function settingsOf(members: readonly WrapperMember[], { repository, revision, path, platformNamespace }: Home): Data {
  const tenants = [...new Set(members.map(({ tenant }) => tenant))].map((name) => ({
    name,
    environments: [...new Set(members.filter(({ tenant }) => tenant === name).map(({ environment }) => environment))],
  }));
  return { topology: 'hub-and-spoke', repository, revision, path, ...(platformNamespace === 'argocd' ? {} : { platformNamespace }), tenants };
}

const stages = [/^dev/, /^(test|qa|int)/, /^(stag|uat|np|non|pre)/, /^(?!prod|live|prd)/];

/** Spokes before hubs, and within a tenant what is for trying before what is not: the order of rollouts, to be looked at. */
function inSequence(members: readonly WrapperMember[]): readonly WrapperMember[] {
  const stageOf = (environment: string) => {
    const stage = stages.findIndex((pattern) => pattern.test(environment));
    return stage < 0 ? stages.length : stage;
  };
  const withHubs = new Set(members.flatMap(({ kind, tenant }) => (kind === 'hub' ? [tenant] : [])));
  const keyOf = ({ tenant, environment, name }: WrapperMember) =>
    [withHubs.has(tenant) ? '1' : '0', tenant, String(stageOf(environment)), environment, name].join('\n');
  return [...members].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The components of a group that are Argo CD and External Secrets, where hubs deploy them to spokes. */
function bootstrapOf(group: string, components: readonly WrapperComponent[]): readonly [WrapperComponent, WrapperComponent] | undefined {
  const ofChart = (chart: string) =>
    components.find(
      (one) =>
        one.group === group &&
        one.uses.some(({ deployed, member, instance }) => deployed.chart === chart && member.kind === 'spoke' && instance.argoCD !== member.name),
    );
  const [argoCD, externalSecrets] = [ofChart('argo-cd'), ofChart('external-secrets')];
  return argoCD && externalSecrets ? [argoCD, externalSecrets] : undefined;
}

function namesOf(group: string, components: readonly WrapperComponent[], names: ReadonlyMap<WrapperComponent, string>): Data {
  const [argoCD, externalSecrets] = bootstrapOf(group, components) as readonly [WrapperComponent, WrapperComponent];
  return { argoCD: names.get(argoCD), externalSecrets: names.get(externalSecrets) };
}

/** Where no group brings Argo CD to spokes that have one of their own, one has to. */
function bootstrapFiles(components: readonly WrapperComponent[], members: readonly WrapperMember[]): readonly NewFile[] {
  const remote = members.filter(({ isRemote }) => isRemote);
  if (remote.length === 0) return [];
  const overrides = Object.fromEntries(
    [...hoisted(members.map((one) => ({ path: pathOf(one), value: one.isRemote || undefined })))].map(([path, enabled]) => [path, { enabled }]),
  );
  const file = (chart: string, repoURL: string) => {
    const known = components.flatMap(({ uses }) => uses).find(({ deployed }) => deployed.chart === chart);
    const version = known?.deployed.version ?? '0.0.0';
    return dataFile(`bootstrap/fleet-${chart}.ts`, 'ComponentConfig', { repoURL, chart, version, enabled: false, overrides });
  };
  return [
    dataFile('bootstrap/defaults.ts', 'GroupConfig', { bootstrap: { argoCD: 'fleet-argo-cd', externalSecrets: 'fleet-external-secrets' } }),
    file('argo-cd', 'https://argoproj.github.io/argo-helm'),
    file('external-secrets', 'https://charts.external-secrets.io'),
  ];
}

/** Components are called like files of their group; labels are made of their names, so that each is there once. */
function uniqueNames(components: readonly WrapperComponent[]): ReadonlyMap<WrapperComponent, string> {
  const taken = new Set<string>();
  return new Map(
    components.map((component) => {
      const name = taken.has(component.name) ? `${component.group}-${component.name}` : component.name;
      taken.add(name);
      return [component, name];
    }),
  );
}

/** The version that most clusters of a release have. */
function pinsOf({ uses, versionIn }: WrapperComponent, releases: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    releases.map((release) => [
      release,
      mostFrequent(uses.filter(({ instance }) => instance.release === release).map(({ deployed }) => deployed.version)) ?? versionIn.get(release) ?? '',
    ]),
  );
}

function releasesFile(
  group: string,
  releases: readonly string[],
  members: readonly WrapperMember[],
  components: readonly WrapperComponent[],
  pinned: ReadonlyMap<WrapperComponent, ReadonlyMap<string, string>>,
  names: ReadonlyMap<WrapperComponent, string>,
): NewFile {
  const charts = components.filter(({ uses }) => uses.some(({ deployed }) => deployed.chart !== undefined));
  const all = Object.fromEntries(
    releases.map((release) => [release, { components: Object.fromEntries(charts.map((one) => [names.get(one) as string, pinned.get(one)?.get(release)])) }]),
  );
  const given = members.map((member) => ({ path: pathOf(member), value: releases.find((release) => member.labels[`${group}Release`] === release) }));
  const most = mostFrequent(given.flatMap(({ value }) => value ?? [])) ?? releases[0] ?? 'default';
  // Whoever has no release has no component of the group.
  const differing = given
    .filter(({ value }) => value !== undefined)
    .map(({ path, value }) => ({ path, value: value === most ? undefined : { release: value } }));
  return dataFile(`${group}/releases.ts`, 'ReleasesConfig', {
    releases: all,
    release: most,
    ...compact({ overrides: Object.fromEntries(hoisted(differing)) }),
  });
}

/** The label that clusters ask for a component by, where it does not follow from the name. */
function enableLabelOf({ uses }: WrapperComponent, name: string, labels: Set<string>): { readonly enableLabel?: string } {
  const made = `enable_${name.replaceAll('-', '_')}`;
  const asked = usual(uses.map(({ said }) => asMap(said.selector).matchExpressions));
  const [only, ...more] = Array.isArray(asked) ? asked.map(asMap) : [];
  const label = more.length === 0 && only?.operator === 'In' && same(only.values, ['true']) ? asText(only.key) : undefined;
  const isOther = label !== undefined && label !== made && !labels.has(label);
  labels.add(isOther ? label : made);
  return isOther ? { enableLabel: label } : {};
}

/** Where all of its Applications end in the names of their clusters, they keep their names. */
function applicationNameOf({ uses }: WrapperComponent, name: string): { readonly applicationName?: string } {
  const [first, ...others] = uses.map(({ application, member }) =>
    application?.endsWith(`-${member.name}`) ? application.slice(0, -member.name.length - 1) : undefined,
  );
  return first === undefined || first === name || others.some((other) => other !== first) ? {} : { applicationName: first };
}

function memberFiles(
  members: readonly WrapperMember[],
  { store }: Membership,
  homes: Homes,
  computed: ReadonlySet<string>,
  components: readonly WrapperComponent[],
  groups: readonly string[],
): readonly NewFile[] {
  const stores = storeSettings(members, store);
  const settings: { [field: string]: unknown } = { ...stores.settings };
  const layers = new Map<string, Data>();
  for (const field of ['labels', 'annotations'] as const) {
    const keys = [...new Set(members.flatMap((member) => Object.keys(member[field])))].filter((key) => field === 'annotations' || !computed.has(key));
    for (const key of keys) {
      const all = members.map((member) => ({ path: pathOf(member), value: member[field][key] }));
      const [first] = all;
      if (all.every(({ value }) => value === first?.value)) settings[field] = { ...asMap(settings[field]), [key]: first?.value };
      else for (const [path, value] of hoisted(all)) layers.set(path, { ...layers.get(path), [field]: { ...asMap(layers.get(path)?.[field]), [key]: value } });
    }
  }
  for (const [path, registration] of hoisted(members.map((member) => ({ path: pathOf(member), value: stores.registration(member) })))) {
    layers.set(path, { ...layers.get(path), registration });
  }
  for (const field of Object.keys(homes.fleet)) {
    const all = members.map((member) => ({ path: pathOf(member), value: homes.own(member)[field] }));
    for (const [path, value] of hoisted(all)) layers.set(path, { ...layers.get(path), [field]: value });
  }
  // In the order of the rollout.
  const order = [...new Set(members.flatMap((member) => pathOf(member).map((_, depth, path) => path.slice(0, depth + 1).join('/'))))];
  const files = members.map((member) => {
    const path = pathOf(member).join('/');
    const own = layers.get(path) ?? {};
    layers.delete(path);
    const { tenant, environment, secret, hub, name, isRemote, kind } = member;
    if (kind === 'hub') return dataFile(`hubs/${name}.ts`, 'HubConfig', { tenant, environment, secret, ...own });
    const deploys = (group: string) =>
      member.labels[`enable_remote_${group.replaceAll('-', '_')}`] === 'true' ||
      components.some((one) => one.group === group && one.uses.some((use) => use.member === member && use.instance.argoCD === name));
    const remote = isRemote ? { model: 'distributed', manages: groups.filter(deploys) } : {};
    return dataFile(`spokes/${name}.ts`, 'SpokeConfig', { hub, tenant, environment, secret, ...remote, ...own });
  });
  return [
    dataFile('members/settings.ts', 'MemberSettingsConfig', {
      ...settings,
      ...compact({ overrides: Object.fromEntries(order.flatMap((path) => (layers.has(path) ? [[path, layers.get(path)]] : []))) }),
    }),
    ...files,
  ];
}
