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
} from '../../constructs';
import { texts } from '../../store/output/output-folder';
import { buildAnyFleet } from '../builders/fleet-builder';
import { type Files, mirrorFolder } from './argo-cd';
import {
  annotations,
  componentLayer,
  enabled,
  groupDefaults,
  needed,
  neededComponent,
  ownFields,
  pins,
  pinsOfCharts,
  repository,
  sources,
  values,
} from './random-components';

// biome-ignore lint/suspicious/noExplicitAny: configuration as its files would export it
export type Loose = any;
type Map<T = Loose> = { readonly [key: string]: T };

/** A fleet of hubs and spokes as its files would export it, and as edits change it. */
export interface Model {
  readonly tenants: readonly { readonly name: string; readonly environments: readonly string[] }[];
  readonly settings: Map;
  readonly hubs: Map;
  readonly spokes: Map;
  /** What `fleet.ts` says besides. @default - nothing */
  readonly fleet?: Map;
  /** Waves of tenants and their environments, by path. @default - none */
  readonly waves?: Map;
  readonly groups: Map<{ readonly defaults: Map; readonly releases: Map; readonly components: Map }>;
}

/** What is rendered of it. */
export interface Rendered {
  readonly output: FleetOutput;
  readonly files: Files;
}

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

const gatesOf = ({ waves = {} }: Model, path: string) => (waves[path] === undefined ? {} : { waves: waves[path] });

function settingsOf(model: Model) {
  const tenants = model.tenants.map(({ name, environments }) => ({
    name,
    ...gatesOf(model, name),
    environments: environments.map((environment) => ({ name: environment, ...gatesOf(model, `${name}/${environment}`) })),
  }));
  return { topology: 'hub-and-spoke', repository, path: 'rendered/fleet', ...model.fleet, tenants };
}

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
  const { topology: _, tenants: __, ...props } = settingsOf(model);
  const fleet = new HubFleet({ ...props, settings: bare(model.settings) } as never);
  declare(
    fleet.node.findAll().find((node) => node instanceof MemberSettings),
    model.settings,
  );
  const parts: (() => void)[] = [
    () => {
      for (const { name, environments } of model.tenants) {
        const tenant = new Tenant(fleet, name, gatesOf(model, name));
        for (const environment of environments) {
          const node = new Environment(tenant, environment, gatesOf(model, `${name}/${environment}`));
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
    const labels = fc.record({ tier: fc.constantFrom('gold', 'iron'), gpu: fc.constant('true') }, optional);
    const hub = fc.record({ place: fc.constantFrom(...places), labels, annotations });
    const spoke = fc.record({
      place: fc.constantFrom(...places),
      labels,
      annotations,
      hub: fc.integer({ min: 0, max: hubs - 1 }),
      deployer: fc.option(deployers(names), { nil: {}, freq: 2 }),
    });
    const clusters = fc
      .tuple(fc.array(hub, { minLength: hubs, maxLength: hubs }), fc.array(spoke, { maxLength: maxSpokes }))
      .map(([hubDrafts, spokeDrafts]) => ({
        hubs: Object.fromEntries(hubDrafts.map(({ place, ...about }, index) => [`h${index}`, { ...place, ...about, secret: `fleet/h${index}` }])),
        spokes: Object.fromEntries(
          spokeDrafts.map(({ place, hub: index, deployer, ...about }, at) => [
            `s${String(at).padStart(2, '0')}`,
            { ...place, ...about, ...deployer, hub: `h${index}`, secret: `fleet/s${at}` },
          ]),
        ),
      }));
    return clusters.chain((members) => {
      const bare: Model = { tenants: where, settings: {}, groups: {}, ...members };
      const nodes = nodesOf(bare);
      const waves = fc.constantFrom<Loose>([1, '10%', 'rest'], ['50%'], [2, 2]);
      return fc
        .record({
          fleet: fc.record({ sequence: fc.constantFrom('tenants', 'environments'), waves }, optional),
          waves: fc.dictionary(fc.constantFrom(...nodes.filter((path) => path.split('/').length < 3)), waves, { maxKeys: 2 }),
          settings: layers(nodes, fc.oneof({ weight: 3, arbitrary: deployers(names) }, { weight: 1, arbitrary: fc.constantFrom(...homes) })),
          home: fc.option(fc.tuple(fc.constantFrom(...membersOf(bare)), fc.constantFrom(...homes)), { nil: undefined, freq: 1 }),
          groups: fc.tuple(...names.map((name) => group(name, nodes))),
          own: fc.array(fc.tuple(fc.constantFrom(...membersOf(bare)), fc.nat(), fc.nat(), enabled, values), { maxLength: 4 }),
          release: fc.array(fc.tuple(fc.constantFrom(...membersOf(bare)), fc.nat(), fc.nat()), { maxLength: 3 }),
        })
        .map(({ fleet, waves, settings, groups: made, own, release, home }) => {
          const base = { secretStore: { aws: { region: 'eu-west-1' } }, secretStores: { eu: { aws: { region: 'eu-central-1' } } }, ...settings };
          const all = Object.fromEntries(names.map((name, index) => [name, made[index]])) as Model['groups'];
          let model: Model = { ...bare, fleet, waves, settings: base, groups: withNeeded(all) };
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

/** With what any of them needs. */
function withNeeded(groups: Model['groups']): Model['groups'] {
  if (Object.values(groups).every(({ components }) => Object.values(components).every(({ after }) => after === undefined))) return groups;
  const bootstrap = groups['bootstrap'] as Model['groups'][string];
  return { ...groups, bootstrap: { ...bootstrap, components: { ...bootstrap.components, [needed]: neededComponent } } };
}

function group(name: string, nodes: readonly string[]): fc.Arbitrary<Model['groups'][string]> {
  const component = fc.constantFrom(...sources).chain((source) =>
    fc.record({
      source: fc.constant(source),
      own: ownFields,
      short: fc.boolean(),
      hasLabel: fc.boolean(),
      layers: layers(nodes, componentLayer(source.fields)),
    }),
  );
  const pin = fc.record({ kind: fc.nat(), more: fc.nat(), version: fc.option(fc.constantFrom('2.0.0', '3.0.0'), { nil: undefined }) });
  return fc.integer({ min: 1, max: 3 }).chain((count) => {
    const known = releaseNames.slice(0, count);
    const release = fc.constantFrom(...known).map((one) => ({ release: one }));
    const releases = fc.record({ layers: layers(nodes, release), base: fc.constantFrom(...known) });
    const perRelease = fc.array(pin, { minLength: count, maxLength: count });
    const isBootstrap = name === 'bootstrap';
    const drafts = fc.array(fc.tuple(component, perRelease), { minLength: isBootstrap ? 0 : 1, maxLength: isBootstrap ? 1 : 3 });
    return fc
      .tuple(releases, drafts, perRelease, fc.option(groupDefaults, { nil: {}, freq: 2 }))
      .map(([{ layers: moved, base }, made, bootPins, defaults]): Model['groups'][string] => {
        const pinned: { [component: string]: readonly Loose[] } = {};
        const components: { [name: string]: Loose } = {};
        for (const [index, [{ source, own: said, short, hasLabel, layers: inLayers }, given]] of made.entries()) {
          const { isChart, fields, pins: special } = source;
          const own = `${name}-${index}`;
          const hasVersion = fields['version'] !== undefined;
          components[own] = {
            ...fields,
            namespace: own,
            ...(short ? { applicationName: `${name.charAt(0)}${index}` } : {}),
            ...(hasLabel ? { enableLabel: `deploy-${own}` } : {}),
            ...said,
            ...inLayers,
          };
          const choices = [...pins, ...special, ...(isChart ? pinsOfCharts : [])];
          pinned[own] = given.map(({ kind, more, version }) => {
            const one = { ...choices[more % choices.length], ...choices[kind % choices.length] };
            // A chart and a path are two sources: of both the release means the path.
            const { chart: _, ...alone } = one;
            return { ...(one['path'] === undefined ? one : alone), ...(hasVersion && version !== undefined ? { version } : {}) };
          });
        }
        if (isBootstrap) {
          for (const own of ['argo-cd', 'external-secrets']) {
            components[own] = { repoURL: 'https://charts.example.com', chart: own, version: '1.0.0', values: {} };
            pinned[own] = bootPins.map(({ version = '1.1.0' }) => version);
          }
        }
        // Values of a group are for charts.
        const { values: ofCharts, ...broad }: Map = defaults;
        const hasCharts = Object.values(components).some((one) => 'values' in one);
        const ofRelease = (index: number) => Object.fromEntries(Object.entries(pinned).map(([own, all]) => [own, all[index]]));
        return {
          defaults: {
            ...broad,
            ...(hasCharts && ofCharts !== undefined ? { values: ofCharts } : {}),
            ...(isBootstrap ? { bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' } } : {}),
          },
          releases: { releases: Object.fromEntries(known.map((one, index) => [one, { components: ofRelease(index) }])), release: base, ...moved },
          components,
        };
      });
  });
}
