import fc from 'fast-check';
import {
  type AnyFleet,
  Component,
  ComponentGroup,
  Environment,
  type FleetOutput,
  Hub,
  HubFleet,
  MemberSettings,
  Override,
  Patch,
  Spoke,
  Tenant,
  unset,
} from '../../constructs';
import { texts } from '../../store/output/output-folder';
import { buildAnyFleet } from '../builders/fleet-builder';
import { type Files, mirrorFolder } from './argo-cd';

// biome-ignore lint/suspicious/noExplicitAny: configuration as its files would export it
export type Loose = any;
type Map<T = Loose> = { readonly [key: string]: T };

/** A fleet of hubs and spokes as its files would export it, and as edits change it. */
export interface Model {
  readonly tenants: readonly { readonly name: string; readonly environments: readonly string[] }[];
  readonly settings: Map;
  readonly hubs: Map;
  readonly spokes: Map;
  readonly groups: Map<{ readonly defaults: Map; readonly releases: Map; readonly components: Map }>;
}

/** What is rendered of it. */
export interface Rendered {
  readonly output: FleetOutput;
  readonly files: Files;
}

export const repository = 'https://example.com/fleet.git';

/** Layers of the settings that say where what is rendered for clusters is read, and where their Argo CD is. */
export const homes: readonly Loose[] = [
  { repository: 'https://mirror.example.com/fleet.git' },
  { repository: 'https://mirror.example.com/fleet.git', path: mirrorFolder },
  { revision: 'an-afternoon' },
  { platformNamespace: 'argo' },
  { platformNamespace: (target: Loose) => `argo-${target.cluster}`, revision: (target: Loose) => (target.kind === 'hub' ? 'HEAD' : 'spokes') },
];

/** What the settings of a member come to. */
export function homeOf(
  { output }: Rendered,
  path: string,
): { readonly repository: string; readonly revision: string; readonly path: string; readonly platformNamespace: string } {
  const said = output.apps('members', 'settings')[0]?.valuesAt(output.findTarget('members', path)).plain as Loose;
  return {
    repository: said.repository ?? repository,
    revision: said.revision ?? 'HEAD',
    path: said.path ?? 'rendered/fleet',
    platformNamespace: said.platformNamespace ?? 'argocd',
  };
}

const settingsOf = ({ tenants }: Model) => ({ topology: 'hub-and-spoke', repository, path: 'rendered/fleet', tenants });

export function fleetOf(model: Model): AnyFleet {
  const groups = Object.entries(model.groups).map(([name, { defaults, releases, components }]) => [name, { defaults, apps: { releases, ...components } }]);
  return buildAnyFleet({
    fleet: settingsOf(model),
    clusterTypes: {
      hubs: { apps: model.hubs },
      members: { apps: { settings: model.settings } },
      spokes: { apps: model.spokes },
      ...Object.fromEntries(groups),
    },
  });
}

export function render(model: Model): Rendered {
  return renderFleet(fleetOf(model));
}

export function renderFleet(fleet: AnyFleet): Rendered {
  const output = fleet.synth();
  return { output, files: new Map([...texts(output)].map(({ path, text }) => [`rendered/fleet/${path}`, text])) };
}

/** The same fleet declared construct by construct; what has no order is declared in the order that is asked for. */
export function constructed(model: Model, shuffled: <T>(list: readonly T[]) => readonly T[]): AnyFleet {
  const layersOf = ({ overrides = {}, patches = {}, ...rest }: Map) => ({ rest, layers: [...Object.entries(overrides), ...Object.entries(patches)] as const });
  const declare = (scope: Loose, given: Map) => {
    const { overrides = {}, patches = {} } = given;
    for (const [name, layer] of shuffled([...Object.entries<Loose>(overrides), ...Object.entries<Loose>(patches)])) {
      if (Object.hasOwn(patches, name) && layer === patches[name]) new Patch(scope, name, layer);
      else new Override(scope, name as never, layer);
    }
  };
  const bare = (given: Map): Loose => reordered(layersOf(given).rest, shuffled);
  const { topology: _, tenants, ...props } = settingsOf(model);
  const fleet = new HubFleet({ ...props, settings: bare(model.settings) } as never);
  declare(
    fleet.node.findAll().find((node) => node instanceof MemberSettings),
    model.settings,
  );
  const parts: (() => void)[] = [
    () => {
      for (const { name, environments } of tenants) {
        const tenant = new Tenant(fleet, name);
        for (const environment of environments) {
          const node = new Environment(tenant, environment);
          const here = ([, member]: [string, Loose]) => member.tenant === name && member.environment === environment;
          const hubs = Object.entries<Loose>(model.hubs).filter(here);
          const spokes = Object.entries<Loose>(model.spokes).filter(here);
          for (const [member, { tenant: _tenant, environment: _environment, ...own }] of shuffled([...hubs, ...spokes])) {
            if (Object.hasOwn(model.hubs, member)) new Hub(node, member, reordered(own, shuffled));
            else new Spoke(node, member, reordered(own, shuffled));
          }
        }
      }
    },
    ...Object.entries(model.groups).map(([name, { defaults, releases, components }]) => () => {
      const group = new ComponentGroup(fleet, name, { ...defaults, releases: bare(releases) });
      declare(group.releases, releases);
      for (const [component, config] of shuffled(Object.entries(components))) declare(new Component(group, component, bare(config)), config);
    }),
  ];
  for (const part of shuffled(parts)) part();
  return fleet;
}

/** Maps with their keys in another order; lists and texts as they are. */
function reordered(value: Loose, shuffled: <T>(list: readonly T[]) => readonly T[]): Loose {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(shuffled(Object.keys(value)).map((key) => [key, reordered(value[key], shuffled)]));
}

/** Every path that a layer can sit at, but for `*`: depth-first, in sequence. */
export function nodesOf(model: Model): readonly string[] {
  const members = [...Object.entries<Loose>(model.hubs), ...Object.entries<Loose>(model.spokes)].sort(([a], [b]) => (a < b ? -1 : 1));
  return model.tenants.flatMap(({ name, environments }) => [
    name,
    ...environments.flatMap((environment) => [
      `${name}/${environment}`,
      ...members.filter(([, one]) => one.tenant === name && one.environment === environment).map(([member]) => `${name}/${environment}/${member}`),
    ]),
  ]);
}

/** The paths of members, in sequence. */
export function membersOf(model: Model): readonly string[] {
  return nodesOf(model).filter((path) => path.split('/').length === 3);
}

/** Where a layer is written down: in the settings, in the releases of a group, or in one of its components. */
export type Subject = readonly ['settings'] | readonly ['releases', string] | readonly ['component', string, string];

/** A layer at one path more, or instead of the one that is there; a member's own stands in its own file. */
export function withOverride(model: Model, subject: Subject, path: string, layer: Map): Model {
  const name = path.split('/')[2];
  if (name === undefined) return change(model, subject, (config) => ({ ...config, overrides: { ...config.overrides, [path]: layer } }));
  const kind = Object.hasOwn(model.hubs, name) ? 'hubs' : 'spokes';
  const member = model[kind][name];
  const [of, group = '', component = ''] = subject;
  const own =
    of === 'settings'
      ? layer
      : of === 'releases'
        ? { groups: { ...member.groups, [group]: layer } }
        : { components: { ...member.components, [component]: layer } };
  return { ...model, [kind]: { ...model[kind], [name]: { ...member, ...own } } };
}

export function withPatch(model: Model, subject: Subject, name: string, rolledOutTo: readonly string[], layer: Map): Model {
  return change(model, subject, (config) => ({ ...config, patches: { ...config.patches, [name]: { rolledOutTo, change: layer } } }));
}

export function withoutPatch(model: Model, subject: Subject, name: string): Model {
  return change(model, subject, ({ patches: { [name]: _, ...patches } = {}, ...config }) => ({ ...config, patches }));
}

/** Another base, default or whatever else stands in the file itself. */
export function change(model: Model, [of, group = '', component = '']: Subject, edit: (config: Map) => Map): Model {
  if (of === 'settings') return { ...model, settings: edit(model.settings) };
  const found = model.groups[group] as Model['groups'][string];
  const made = of === 'releases' ? { releases: edit(found.releases) } : { components: { ...found.components, [component]: edit(found.components[component]) } };
  return { ...model, groups: { ...model.groups, [group]: { ...found, ...made } } };
}

const optional = { requiredKeys: [] };
const groupNames = ['addons', 'data-plane', 'monitoring'];
const releaseNames = ['default', 'r1', 'r2'];

/** What a layer says of values: few fields, so that layers meet. */
const values = fc.record(
  {
    size: fc.integer({ min: 1, max: 3 }),
    map: fc.record({ a: fc.constantFrom('x', 'y'), b: fc.boolean() }, optional),
    list: fc.array(fc.constantFrom('010', 'yes'), { maxLength: 2 }),
    cluster: fc.constant((target: Loose) => `${target.kind} ${target.cluster} of ${target.hub}`),
  },
  optional,
);
const enabled = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Loose>(true) },
  { weight: 2, arbitrary: fc.constant<Loose>(false) },
  { weight: 1, arbitrary: fc.constant<Loose>((target: Loose) => 'tier' in target.labels && target.labels.tier === 'gold') },
);

/** What layers say of fields of a component: what differs between members besides values. */
const fields = fc.record(
  {
    namespace: fc.constantFrom<Loose>('here', 'there', (target: Loose) => `of-${target.tenant}`),
    syncPolicy: fc.constantFrom<Loose>({ automated: { prune: false } }, { syncOptions: unset }),
    ignoreDifferences: fc.constantFrom<Loose>([], [{ kind: 'Secret', jsonPointers: ['/data'] }]),
  },
  optional,
);

/** What layers say of values beside those of layers. */
const helm = fc.constantFrom<Loose>({ valuesObject: { size: 9, more: { a: 1 } } }, { valuesObject: { more: { b: true } } }, { valueFiles: ['values-eu.yaml'] });

/** A layer of a component; what is no chart has no values. */
export function componentLayer(isChart: boolean): fc.Arbitrary<Map> {
  const said = isChart
    ? fc.tuple(fc.record({ enabled, values }, optional), fc.option(fc.record({ helm }), { nil: {}, freq: 5 })).map(([use, more]) => ({ ...use, ...more }))
    : fc.record({ enabled }, optional);
  return fc.tuple(said, fc.option(fields, { nil: {}, freq: 3 })).map(([use, more]) => ({ ...use, ...more }));
}

/** A layer of the settings that decides who deploys. */
export function deployers(groups: readonly string[]): fc.Arbitrary<Map> {
  const others = groups.filter((group) => group !== 'bootstrap');
  return fc.oneof(
    fc.constant({ model: 'centralized', manages: [] }),
    fc.subarray(others).map((manages) => ({ model: 'distributed', manages })),
  );
}

/** Layers of the settings that say where credentials are, and what comes along with them. */
export const credentialLayers: readonly Loose[] = [
  { registration: { annotationsFrom: { 'example.com/vpc': 'vpc_id' }, labelsFrom: { 'example.com/account': 'account' } } },
  { registration: { store: 'eu', keys: { server: 'endpoint', annotations: 'tags' } } },
  { registration: { property: 'argocd', decodingStrategy: 'Auto' } },
  { secretStores: { eu: { aws: { region: 'us-east-2' } } } },
  {
    repositories: {
      company: {
        url: 'https://example.com/company',
        https: { secret: 'fleet/company', store: 'eu', keys: { username: 'user', password: { secret: 'fleet/token' } } },
        clientCertificate: { secret: 'fleet/certificate' },
      },
    },
  },
];

const selectors: readonly Loose[] = [
  { matchLabels: { tier: 'gold' } },
  { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['gold'] }] },
  { matchExpressions: [{ key: 'gpu', operator: 'DoesNotExist' }] },
  { matchLabels: { fleet_member: 'spoke' }, matchExpressions: [{ key: 'gpu', operator: 'Exists' }] },
  { matchExpressions: [{ key: 'environment', operator: 'In', values: ['dev'] }] },
];

/** Sources of a component by their kind, and what else a release may say of it. */
const sources: readonly { readonly isChart: boolean; readonly fields: Map; readonly pins: readonly Map[] }[] = [
  {
    isChart: true,
    fields: { repoURL: 'https://charts.example.com', chart: 'web', version: '1.0.0', values: {} },
    pins: [{ chart: 'other' }, { repoURL: 'https://example.com/other.git', path: 'charts/web' }, { extraSources: [{ repoURL: repository, path: 'extra' }] }],
  },
  { isChart: true, fields: { path: 'charts/own', values: { size: 0 } }, pins: [{ path: 'charts/newer' }] },
  { isChart: false, fields: { path: 'plain/own' }, pins: [{ path: 'plain/newer' }] },
  { isChart: false, fields: { repoURL: 'https://example.com/other.git', path: 'plain', version: 'v1' }, pins: [{ version: 'v2' }] },
];
const pins: readonly Map[] = [
  { syncPolicy: {} },
  { syncPolicy: { automated: { selfHeal: false } } },
  { syncPolicy: { syncOptions: ['ServerSideApply=true'] } },
  { ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }] },
  { ignoreDifferences: [] },
  { namespace: 'elsewhere' },
  {},
];

/** What releases may say of charts besides: values among it, above those of the component and below layers. */
const pinsOfCharts: readonly Map[] = [
  { helm: { skipCrds: true } },
  { values: { size: 7, map: { c: 1 } } },
  { values: (target: Loose) => ({ list: [target.cluster] }) },
];

/** Paths of which none is below another. */
function apart(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
}

/** Whether a layer sets anything: a patch has to. */
export function saysSomething(layer: Loose): boolean {
  if (typeof layer !== 'object' || layer === null || Array.isArray(layer)) return true;
  return Object.values(layer).some(saysSomething);
}

/** Some layers at some paths, and some patches on their way. */
function layers(nodes: readonly string[], layer: fc.Arbitrary<Map>): fc.Arbitrary<{ readonly overrides: Map; readonly patches: Map }> {
  const above = ['*', ...nodes.filter((path) => path.split('/').length < 3)];
  const patch = fc.record({ rolledOutTo: fc.subarray([...nodes], { maxLength: 3 }).map(apart), change: layer.filter(saysSomething) });
  return fc.record({
    overrides: fc.dictionary(fc.constantFrom(...above), layer, { maxKeys: 2 }),
    patches: fc.dictionary(fc.constantFrom('p1', 'p2'), patch, { maxKeys: 1 }),
  });
}

interface Options {
  /** @default 12 */
  readonly maxSpokes?: number;
}

/** Fleets of one or two hubs with every kind of spoke, group, component, release and layer. */
export function models({ maxSpokes = 12 }: Options = {}): fc.Arbitrary<Model> {
  const tenants = fc
    .array(fc.subarray(['dev', 'prod'], { minLength: 1 }), { minLength: 1, maxLength: 3 })
    .map((all) => all.map((environments, index) => ({ name: 'abc'[index] as string, environments })));
  const groups = fc.subarray(groupNames, { minLength: 1 }).map((some) => [...some, 'bootstrap']);
  return fc.tuple(tenants, groups, fc.integer({ min: 1, max: 2 })).chain(([where, names, hubs]) => {
    const places = where.flatMap(({ name, environments }) => environments.map((environment) => ({ tenant: name, environment })));
    const about = fc.record({ tier: fc.constantFrom('gold', 'iron'), gpu: fc.constant('true') }, optional);
    const hub = fc.record({ place: fc.constantFrom(...places), labels: about });
    const spoke = fc.record({
      place: fc.constantFrom(...places),
      labels: about,
      hub: fc.integer({ min: 0, max: hubs - 1 }),
      deployer: fc.option(deployers(names), { nil: {}, freq: 2 }),
    });
    const clusters = fc
      .tuple(fc.array(hub, { minLength: hubs, maxLength: hubs }), fc.array(spoke, { maxLength: maxSpokes }))
      .map(([hubDrafts, spokeDrafts]) => ({
        hubs: Object.fromEntries(hubDrafts.map(({ place, labels }, index) => [`h${index}`, { ...place, labels, secret: `fleet/h${index}` }])),
        spokes: Object.fromEntries(
          spokeDrafts.map(({ place, labels, hub: index, deployer }, at) => [
            `s${String(at).padStart(2, '0')}`,
            { ...place, labels, ...deployer, hub: `h${index}`, secret: `fleet/s${at}` },
          ]),
        ),
      }));
    return clusters.chain((members) => {
      const bare: Model = { tenants: where, settings: {}, groups: {}, ...members };
      const nodes = nodesOf(bare);
      return fc
        .record({
          settings: layers(nodes, fc.oneof({ weight: 3, arbitrary: deployers(names) }, { weight: 1, arbitrary: fc.constantFrom(...homes) })),
          home: fc.option(fc.tuple(fc.constantFrom(...membersOf(bare)), fc.constantFrom(...homes)), { nil: undefined, freq: 1 }),
          groups: fc.tuple(...names.map((name) => group(name, nodes))),
          own: fc.array(fc.tuple(fc.constantFrom(...membersOf(bare)), fc.nat(), fc.nat(), enabled, values), { maxLength: 4 }),
          release: fc.array(fc.tuple(fc.constantFrom(...membersOf(bare)), fc.nat(), fc.nat()), { maxLength: 3 }),
        })
        .map(({ settings, groups: made, own, release, home }) => {
          const base = { secretStore: { aws: { region: 'eu-west-1' } }, secretStores: { eu: { aws: { region: 'eu-central-1' } } }, ...settings };
          let model: Model = { ...bare, settings: base, groups: Object.fromEntries(names.map((name, index) => [name, made[index]])) as Model['groups'] };
          if (home) model = withOverride(model, ['settings'], ...home);
          for (const [path, at, which, isEnabled, given] of own) {
            const name = names[at % names.length] as string;
            const { components } = model.groups[name] as Model['groups'][string];
            const component = Object.keys(components)[which % Object.keys(components).length] as string;
            if (name === 'bootstrap') continue;
            const layer = { enabled: isEnabled, ...('values' in components[component] ? { values: given } : {}) };
            model = withOverride(model, ['component', name, component], path, layer);
          }
          for (const [path, at, which] of release) {
            const name = names[at % names.length] as string;
            const known = Object.keys(model.groups[name]?.releases.releases);
            model = withOverride(model, ['releases', name], path, { release: known[which % known.length] });
          }
          return model;
        });
    });
  });
}

function group(name: string, nodes: readonly string[]): fc.Arbitrary<Model['groups'][string]> {
  return fc.integer({ min: 1, max: 3 }).chain((count) => {
    const known = releaseNames.slice(0, count);
    const release = fc.constantFrom(...known).map((one) => ({ release: one }));
    const pin = fc.record({ kind: fc.nat(), more: fc.nat(), version: fc.option(fc.constantFrom('2.0.0', '3.0.0'), { nil: undefined }) });
    const releases = fc.record({ layers: layers(nodes, release), base: fc.constantFrom(...known) });
    const perRelease = fc.array(pin, { minLength: count, maxLength: count });
    const component = fc.record({
      source: fc.nat({ max: sources.length - 1 }),
      enabled: fc.option(enabled, { nil: undefined, freq: 3 }),
      selector: fc.option(fc.constantFrom(...selectors), { nil: undefined, freq: 2 }),
      short: fc.boolean(),
      charts: layers(nodes, componentLayer(true)),
      plain: layers(nodes, componentLayer(false)),
      pins: perRelease,
    });
    const isBootstrap = name === 'bootstrap';
    return fc
      .tuple(releases, fc.array(component, { minLength: isBootstrap ? 0 : 1, maxLength: isBootstrap ? 1 : 3 }), perRelease)
      .map(([{ layers: moved, base }, drafts, bootPins]): Model['groups'][string] => {
        const pinned: { [component: string]: readonly Loose[] } = {};
        const components: { [name: string]: Loose } = {};
        for (const [index, { source: at, short, charts, plain, pins: given, ...draft }] of drafts.entries()) {
          const { isChart, fields, pins: special } = sources[at] as (typeof sources)[number];
          const own = `${name}-${index}`;
          const hasVersion = fields['version'] !== undefined;
          components[own] = {
            ...fields,
            namespace: own,
            ...(short ? { applicationName: `${name.charAt(0)}${index}` } : {}),
            ...(draft.enabled === undefined ? {} : { enabled: draft.enabled }),
            ...(draft.selector === undefined ? {} : { selector: draft.selector }),
            ...(isChart ? charts : plain),
          };
          const choices = [...pins, ...special, ...(isChart ? pinsOfCharts : [])];
          pinned[own] = given.map(({ kind, more, version }) => {
            const made = { ...choices[more % choices.length], ...choices[kind % choices.length] };
            // A chart and a path are two sources: of both the release means the path.
            const { chart: _, ...alone } = made;
            return { ...(made['path'] === undefined ? made : alone), ...(hasVersion && version !== undefined ? { version } : {}) };
          });
        }
        if (isBootstrap) {
          for (const own of ['argo-cd', 'external-secrets']) {
            components[own] = { repoURL: 'https://charts.example.com', chart: own, version: '1.0.0', values: {} };
            pinned[own] = bootPins.map(({ version = '1.1.0' }) => version);
          }
        }
        const ofRelease = (index: number) => Object.fromEntries(Object.entries(pinned).map(([own, all]) => [own, all[index]]));
        return {
          defaults: isBootstrap ? { bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' } } : {},
          releases: { releases: Object.fromEntries(known.map((one, index) => [one, { components: ofRelease(index) }])), release: base, ...moved },
          components,
        };
      });
  });
}
