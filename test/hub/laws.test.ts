import fc from 'fast-check';
import { parse } from 'yaml';
import { unset } from '../../constructs';
import { Branch, isUnset, type Node, plainOf } from '../../layers/node';
import type { OutputFolder } from '../../layers/output';
import { fillTokens, mapStrings, type Token, tokensOf } from '../../layers/text/token';
import { texts } from '../../store/output/output-folder';
import { type Application, type ClusterSecret, type Files, inFleet, interpret } from './argo-cd';
import { isMap, overlaid } from './overlaid';
import { componentLayer, fieldsLayer, fixedComponents } from './random-components';
import {
  change,
  constructed,
  credentialLayers,
  deployers,
  fleetOf,
  homeOf,
  homes,
  type Loose,
  type Model,
  membersOf,
  models,
  nodesOf,
  type Rendered,
  render,
  renderFleet,
  type Subject,
  saysSomething,
  withOverride,
  withoutPatch,
  withPatch,
} from './random-hub-fleet';

interface Place {
  readonly component: string;
  readonly cluster: string;
  readonly by: string;
}

/** What a member gets of a component. */
interface Expected extends Place {
  readonly name: string;
  readonly release: string;
  readonly version: string;
  /** The version, or what its cluster lacks. */
  readonly targetRevision: string;
  /** Everything that a release or a layer may say otherwise. */
  readonly fields: Loose;
}

/** Data with what layers came to over it; what they unset is gone. */
function over(below: Loose, node: Node): Loose {
  if (!(node instanceof Branch)) return isUnset(node) ? undefined : plainOf(node);
  const made = isMap(below) ? { ...below } : {};
  for (const [key, child] of Object.entries(node.children)) {
    const value = over(made[key], child);
    if (value === undefined) delete made[key];
    else made[key] = value;
  }
  return made;
}

const defaultPolicy = { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] };

/** What a component is in a release, by what each says: the group, the component, the release, and layers over them. */
function fieldsOf(group: Loose, component: Loose, pin: Loose, layers: Branch): Loose {
  const { values: _, ...said } = typeof pin === 'string' ? { version: pin } : pin;
  const { bootstrap: __, values: ___, ...broad } = group;
  const { values: ____, ...own } = component;
  const added = (key: string) => ({ ...broad[key], ...own[key], ...said[key] });
  const whole = { syncPolicy: defaultPolicy, ...broad, ...own, ...said, labels: added('labels'), annotations: added('annotations') };
  const layered = over(placed(whole, said), layers);
  return placed(layered, layers.plain);
}

/** Who says a chart says no path, and the other way around. */
function placed(fields: Loose, said: Loose): Loose {
  const { chart, path, ...others } = fields;
  return said.path !== undefined ? { ...others, path } : said.chart !== undefined ? { ...others, chart } : fields;
}

/** What is automated is tried until it succeeds; of what a needed component brings, the definitions may come later. */
function policyOf({ syncPolicy, after }: Loose): Loose {
  const retry = { backoff: { duration: '10s', factor: 2, maxDuration: '3m' }, limit: -1, refresh: true };
  const patient = syncPolicy.automated ? { retry, ...syncPolicy } : syncPolicy;
  return after ? { ...patient, syncOptions: [...(patient.syncOptions ?? []), 'SkipDryRunOnMissingResource=true'] } : patient;
}

/** Of values, those that hold a value of the cluster, or the others; lists whole. */
function valuesWith(isLive: boolean, values: Loose): Loose {
  const found = Object.entries<Loose>(values).flatMap(([key, value]) => {
    const part = isMap(value) ? valuesWith(isLive, value) : tokensOf(value).length > 0 === isLive ? value : undefined;
    // A map with nothing in it is a value; one that had others in it is none.
    return part === undefined || (isMap(part) && Object.keys(part).length === 0 && (isLive || Object.keys(value).length > 0)) ? [] : [[key, part]];
  });
  return Object.fromEntries(found);
}

/** What the Application of a component says, but for the cluster's own values. */
function specOf(name: string, fields: Loose, values: Loose, home: ReturnType<typeof homeOf>): Loose {
  const { repoURL = home.repository, chart, path, namespace = home.platformNamespace, helm = {}, extraSources = [], templatePatch = {} } = fields;
  const live = overlaid(valuesWith(true, values ?? {}), helm.valuesObject ?? {});
  const patch = { metadata: {}, spec: {}, ...templatePatch };
  const { syncPolicy, ...spec } = overlaid({ syncPolicy: policyOf(fields) }, patch.spec);
  return {
    from: [repoURL, chart ?? path],
    namespace,
    syncPolicy,
    ignored: fields.ignoreDifferences ?? [],
    helm: values ? { releaseName: name, ...helm, valueFiles: helm.valueFiles ?? [], valuesObject: live } : undefined,
    kustomize: fields.kustomize,
    directory: fields.directory,
    extra: isMap(extraSources)
      ? Object.keys(extraSources)
          .sort()
          .map((source) => ({ ...extraSources[source], name: source }))
      : extraSources,
    finalizers: fields.uninstall ? ['resources-finalizer.argocd.argoproj.io'] : [],
    ...overlaid({ labels: fields.labels, annotations: fields.annotations }, patch.metadata),
    more: spec,
  };
}

function isWanted({ matchLabels = {}, matchExpressions = [] }: Loose, labels: { readonly [key: string]: string }): boolean {
  const holds = ({ key, operator, values }: Loose): boolean => {
    if (operator === 'Exists') return key in labels;
    if (operator === 'DoesNotExist') return !(key in labels);
    return values.includes(labels[key]) === (operator === 'In');
  };
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every(holds);
}

function expectedOf(model: Model, rendered: Rendered): readonly Expected[] {
  const { output } = rendered;
  const layersOf = (type: string, app: string, path: string) => output.apps(type, app)[0]?.valuesAt(output.findTarget(type, path)) as Branch;
  const says = (type: string, app: string, path: string) => layersOf(type, app, path).plain as Loose;
  return membersOf(model).flatMap((path) => {
    const [tenant = '', environment = '', cluster = ''] = path.split('/');
    const kind = Object.hasOwn(model.hubs, cluster) ? 'hub' : 'spoke';
    const hub = kind === 'hub' ? cluster : model.spokes[cluster].hub;
    const { model: who, manages = [], labels = {}, annotations = {} } = says('members', 'settings', path);
    const home = homeOf(rendered, path);
    return Object.entries(model.groups).flatMap(([group, { defaults, releases, components }]) => {
      const { release } = says(group, 'releases', path);
      const isOwn = group !== 'bootstrap' && who === 'distributed' && manages.includes(group);
      return Object.entries<Loose>(components).flatMap(([component, config]): readonly Expected[] => {
        const layers = layersOf(group, component, path);
        const isEnabled = layers.plain['enabled'] === true;
        if (!isEnabled || !isWanted(config.selector ?? {}, { ...labels, tenant, environment, fleet_member: kind })) return [];
        const fields = fieldsOf(defaults, config, releases.releases[release].components[component] ?? {}, layers);
        const values = config.values && layers.plain['values'];
        const { namespace, helm, extraSources, templatePatch } = fields;
        const live = tokensOf([namespace, helm, extraSources, templatePatch, values]);
        const said = ({ origin = '' }: Token) => (origin === 'name' ? cluster : (annotations[origin.replace('annotation ', '')] ?? ''));
        const [lacking] = live.flatMap((token) => (said(token) === '' ? [token.origin as string] : [])).sort();
        const version = fields.version ?? home.revision;
        return [
          {
            component,
            cluster,
            by: isOwn && kind === 'spoke' ? cluster : hub,
            name: `${config.applicationName ?? component}-${cluster}`,
            release,
            version,
            targetRevision: lacking === undefined ? version : `the cluster secret has no ${lacking}`,
            fields: mapStrings(specOf(component, fields, values, home), (text) => fillTokens(text, said)),
          },
        ];
      });
    });
  });
}

function sourcesOf({ spec }: Application): readonly Loose[] {
  return spec.sources ?? [spec.source];
}

/** Applications of components; the roots of spokes are none. */
function deployed(applications: readonly Application[]): readonly Omit<Expected, 'version'>[] {
  return applications.flatMap((application): readonly Omit<Expected, 'version'>[] => {
    const { 'fleet/component': component, 'fleet/release': release = '' } = application.metadata.labels;
    if (component === undefined) return [];
    const { finalizers = [] } = application.metadata as Loose;
    const { destination, syncPolicy = {}, ignoreDifferences = [], source: _, sources: __, project: ___, ...more } = application.spec;
    const [{ repoURL, targetRevision, helm, path, chart, kustomize, directory }, ...others] = sourcesOf(application);
    const own = (map: Loose = {}) => Object.fromEntries(Object.entries(map).filter(([key]) => !/^(fleet|argocd.argoproj.io)\//.test(key)));
    const fields = {
      from: [repoURL, chart ?? path],
      namespace: destination.namespace,
      syncPolicy,
      ignored: ignoreDifferences,
      helm: helm && { ...helm, valueFiles: helm.valueFiles.slice(0, -1), valuesObject: helm.valuesObject ?? {} },
      kustomize,
      directory,
      extra: others.filter(({ ref }) => ref === undefined),
      finalizers,
      labels: own(application.metadata.labels),
      annotations: own(application.metadata.annotations),
      more,
    };
    return [{ component, cluster: application.cluster, by: application.argoCD, name: application.name, release, targetRevision, fields }];
  });
}

const byPlace = (a: Place, b: Place) => (`${a.cluster} ${a.component} ${a.by}` < `${b.cluster} ${b.component} ${b.by}` ? -1 : 1);

function namesOf(applications: readonly Application[]): readonly string[] {
  return applications.map(({ argoCD, name }) => `${name} by ${argoCD}`).sort();
}

/** The Applications between two commits: ApplicationSets are those of the new one, cluster secrets are still labelled as the old one says. */
function between(before: Files, after: Files): readonly Application[] {
  const old = new Map(interpret(before).secrets.map((secret) => [placeOf(secret), secret.labels]));
  return interpret(after, (secret) => old.get(placeOf(secret))).applications;
}

function placeOf({ argoCD, name }: ClusterSecret): string {
  return `${argoCD}/${name}`;
}

/** A move of releases: no Application goes, neither in the end nor on the way. */
function expectSameNames(before: Rendered, after: Rendered): void {
  const names = namesOf(interpret(before.files).applications);
  expect(namesOf(interpret(after.files).applications)).toEqual(names);
  const onTheWay = between(before.files, after.files);
  expect(namesOf(onTheWay)).toEqual(names);
  // What labels say is late: each reads values that are there.
  for (const file of onTheWay.flatMap((one) => sourcesOf(one).flatMap(({ helm }) => helm?.valueFiles?.slice(-1) ?? []))) {
    expect(after.files.has(inFleet(file.replace('$values/', '')))).toBe(true);
  }
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

test('every component is deployed by exactly one Argo CD where it is enabled, as its release says, and by none elsewhere', () => {
  fc.assert(
    fc.property(models(), (model) => {
      const rendered = render(model);
      const { applications } = interpret(rendered.files);
      const expected = expectedOf(model, rendered);
      expect([...deployed(applications)].sort(byPlace)).toEqual(expected.map(({ version: _, ...one }) => one).sort(byPlace));
      // What commands tell of it is the same.
      const told = rendered.output.members?.flatMap(({ name, components }) =>
        components.map((one) => ({ component: one.name, cluster: name, by: one.deployedBy, release: one.release, version: one.version })),
      );
      const short = expected.map(({ component, cluster, by, release, version }) => ({ component, cluster, by, release, version }));
      expect([...(told ?? [])].sort(byPlace)).toEqual(short.sort(byPlace));
    }),
    { numRuns: 70 },
  );
});

test('a spoke has an Argo CD of its own where it is distributed, with the labels that its hub knows it by, and no other has', () => {
  fc.assert(
    fc.property(models(), (model) => {
      const { files, output } = render(model);
      const { applications, secrets } = interpret(files);
      const spokes = output.targetsOf('members').filter(({ path }) => {
        const [, , name = ''] = path.split('/');
        return (
          Object.hasOwn(model.spokes, name) &&
          output.apps('members', 'settings')[0]?.valuesAt(output.findTarget('members', path)).plain['model'] === 'distributed'
        );
      });
      const expected = spokes.map(({ path }) => path.split('/')[2] as string).map((name) => `fleet-${name} by ${model.spokes[name].hub}`);
      expect(namesOf(applications.filter(({ metadata }) => metadata.labels['fleet/component'] === undefined))).toEqual(expected.sort());
      const own = secrets.filter(({ argoCD }) => Object.hasOwn(model.spokes, argoCD));
      expect(own.map(({ name, argoCD, isLocal }) => [name, argoCD, isLocal]).sort()).toEqual(
        spokes
          .map(({ path }) => path.split('/')[2] as string)
          .map((name) => [name, name, true])
          .sort(),
      );
      for (const { name, labels } of own) {
        expect(labels).toEqual(secrets.find((secret) => secret.name === name && secret.argoCD === model.spokes[name].hub)?.labels);
      }
    }),
    { numRuns: 30 },
  );
});

test('an Argo CD is where the settings of its cluster say, and begins with what is read where they say', () => {
  fc.assert(
    fc.property(models(), (model) => {
      const rendered = render(model);
      const { applications } = interpret(rendered.files);
      for (const path of membersOf(model)) {
        const [, , cluster = ''] = path.split('/');
        const home = homeOf(rendered, path);
        const kind = Object.hasOwn(model.hubs, cluster) ? 'hubs' : 'spokes';
        const folder = `rendered/fleet/${kind}/${cluster}`;
        const own = [...rendered.files].filter(
          ([file]) => file.endsWith('.yaml') && ['bootstrap', 'argocd'].some((part) => file.startsWith(`${folder}/${part}/`)),
        );
        for (const [, text] of own) {
          const { kind: one, metadata } = parse(text);
          if (one !== 'ClusterSecretStore') expect([cluster, one, metadata.namespace]).toEqual([cluster, one, home.platformNamespace]);
        }
        const roots = applications.flatMap(({ name, spec }) => (name === `fleet-${cluster}` ? [spec] : []));
        for (const { destination, source } of roots) {
          expect(destination).toEqual({ name: cluster, namespace: home.platformNamespace });
          expect(source).toMatchObject({ path: `${home.path}/spokes/${cluster}/bootstrap`, repoURL: home.repository, targetRevision: home.revision });
        }
        const text = rendered.files.get(`${folder}/bootstrap/root.yaml`);
        const { source, sources = [source] } = text === undefined ? { sources: [] } : parse(text).spec;
        for (const one of sources) {
          expect(one).toMatchObject({ repoURL: home.repository, targetRevision: home.revision });
          expect(one.path.startsWith(`${home.path}/${kind}/${cluster}/`)).toBe(true);
        }
      }
    }),
    { numRuns: 20 },
  );
});

test('every file of values that is read is there with all layers in it, and is read by one Application', () => {
  fc.assert(
    fc.property(models(), (model) => {
      const rendered = render(model);
      const { files, output } = rendered;
      const read = interpret(files).applications.flatMap((application) => {
        const own = sourcesOf(application).flatMap(({ helm }) => helm?.valueFiles?.slice(-1) ?? []) as readonly string[];
        const path = membersOf(model).find((member) => member.endsWith(`/${application.cluster}`)) as string;
        const home = homeOf(rendered, path);
        if (own.length > 0) expect(sourcesOf(application)).toContainEqual({ ref: 'values', repoURL: home.repository, targetRevision: home.revision });
        for (const file of own) {
          expect(file.startsWith(`$values/${home.path}/`)).toBe(true);
          const text = files.get(inFleet(file.replace('$values/', '')));
          if (text === undefined) throw new Error(`${application.name} reads ${file}, which is not there`);
          const { 'fleet/component': component = '', 'fleet/group': group = '' } = application.metadata.labels;
          const plain = output.apps(group, component)[0]?.valuesAt(output.findTarget(group, path)).plain;
          expect(parse(text) ?? {}).toEqual(valuesWith(false, plain?.['values']));
        }
        return own.map((file) => `$values/${inFleet(file.replace('$values/', ''))}`);
      });
      // Where releases say values there is a file for each, read or not.
      const there = [...files.keys()].filter((path) => path.includes('/values/')).map((path) => `$values/${path}`);
      const ofReleases = (path: string) => path.replace(/^(.*\/values\/[^/]+\/[^/]+)\/[^/]+\.yaml$/, '$1/');
      expect(new Set(read).size).toBe(read.length);
      expect(read.filter((path) => !there.includes(path))).toEqual([]);
      expect([...new Set(there.map(ofReleases))].sort()).toEqual(read.map(ofReleases).sort());
    }),
    { numRuns: 35 },
  );
});

describe('no Application goes when a release moves, neither in the end nor while labels are still the old ones', () => {
  const some = fc.tuple(models({ maxSpokes: 6 }), fc.nat(), fc.nat(), fc.nat());

  test('not when any layer gives members another release', () => {
    fc.assert(
      fc.property(some, ([model, where, which, to]) => {
        const group = pick(Object.keys(model.groups), which);
        const releases = Object.keys(model.groups[group]?.releases.releases);
        const moved = withOverride(model, ['releases', group], pick(['*', ...nodesOf(model)], where), { release: pick(releases, to) });
        expectSameNames(render(model), render(moved));
      }),
      { numRuns: 40 },
    );
  });

  test('not when the release is one that the same commit adds', () => {
    fc.assert(
      fc.property(some, ([model, where, which]) => {
        const group = pick(Object.keys(model.groups), which);
        const added = change(model, ['releases', group], (config) => ({
          ...config,
          releases: { ...config['releases'], new: pick(Object.values(config['releases']), 0) },
        }));
        const moved = withOverride(added, ['releases', group], pick(['*', ...nodesOf(model)], where), { release: 'new' });
        expectSameNames(render(model), render(moved));
      }),
      { numRuns: 20 },
    );
  });

  test('not at any step of a patch from nowhere to the base', () => {
    fc.assert(
      fc.property(some, fc.boolean(), ([model, , which, to], isFine) => {
        const group = pick(Object.keys(model.groups), which);
        const subject: Subject = ['releases', group];
        const layer = { release: pick(Object.keys(model.groups[group]?.releases.releases), to) };
        const steps = isFine ? membersOf(model) : model.tenants.map(({ name }) => name);
        let before = render(model);
        const go = (next: Model) => {
          const after = render(next);
          expectSameNames(before, after);
          before = after;
        };
        for (let count = 0; count <= steps.length; count += 1) go(withPatch(model, subject, 'p9', steps.slice(0, count), layer));
        go(change(withoutPatch(model, subject, 'p9'), subject, (config) => ({ ...config, ...layer })));
        // A release that is given up all at once is no different.
        go(model);
      }),
      { numRuns: 14 },
    );
  });
});

/** One layer more of the fields of a component. */
const moves = models({ maxSpokes: 6 }).chain((model) => {
  const all = Object.entries(model.groups).flatMap(([group, { components }]) =>
    // Argo CD is where it sees its Applications, and what it needs beside it.
    Object.keys(components).flatMap((component) => (fixedComponents.includes(component) ? [] : [{ group, component }])),
  );
  return fc.constantFrom(...all).chain(({ group, component }) =>
    fc.record({
      model: fc.constant(model),
      group: fc.constant(group),
      component: fc.constant(component),
      path: fc.constantFrom(...nodesOf(model)),
      layer: fieldsLayer(model.groups[group]?.components[component]),
    }),
  );
});

test('a field that a layer says changes those that it reaches and no other, neither in the end nor while labels are still the old ones', () => {
  fc.assert(
    fc.property(moves, ({ model, group, component, path, layer }) => {
      const before = render(model);
      const after = render(withPatch(model, ['component', group, component], 'p9', [path], layer));
      expectSameNames(before, after);
      const reached = new Set(membersOf(model).flatMap((member) => (`${member}/`.startsWith(`${path}/`) ? [member.split('/')[2]] : [])));
      const isOther = ({ cluster, metadata }: Application) => metadata.labels['fleet/component'] !== component || !reached.has(cluster);
      const others = (applications: readonly Application[]) =>
        applications
          .filter(isOther)
          .map((one) => JSON.stringify(one))
          .sort();
      const were = others(interpret(before.files).applications);
      expect(others(interpret(after.files).applications)).toEqual(were);
      expect(others(between(before.files, after.files))).toEqual(were);
    }),
    { numRuns: 60 },
  );
});

/** What each member gets, without what it is like: nothing may come twice. */
function placesOf(applications: readonly Application[]): readonly string[] {
  return deployed(applications).map(({ component, cluster }) => `${component} ${cluster}`);
}

test('taking a label from a cluster secret never gives a deployment that was not there, nor one twice', () => {
  fc.assert(
    fc.property(models(), fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (model, choices) => {
      const { files } = render(model);
      const { secrets, applications } = interpret(files);
      const known = new Set(applications.map((one) => JSON.stringify(one)));
      for (const [index, chosen] of secrets.entries()) {
        const labels = Object.keys(chosen.labels);
        // Those that say who deploys, and one of the others.
        const gone = new Set([...labels.filter((label) => label.includes('remote')), pick(labels, choices[index % choices.length] as number)]);
        for (const label of gone) {
          const { [label]: _, ...left } = chosen.labels;
          const { applications: now } = interpret(files, (secret) => (placeOf(secret) === placeOf(chosen) ? left : secret.labels));
          expect(now.map((one) => JSON.stringify(one)).filter((one) => !known.has(one))).toEqual([]);
          expect(new Set(placesOf(now)).size).toBe(placesOf(now).length);
        }
      }
    }),
    { numRuns: 18 },
  );
});

test('whatever a cluster is labelled, in its hub as in its own Argo CD, nothing is deployed to it twice', () => {
  fc.assert(
    fc.property(models(), fc.array(fc.nat({ max: 99 }), { minLength: 40, maxLength: 40 }), (model, choices) => {
      const { files } = render(model);
      const releases = Object.values(model.groups).flatMap((group) => Object.keys(group.releases['releases']));
      let count = 0;
      const relabelled = new Map<string, { [label: string]: string }>();
      for (const { name, labels } of interpret(files).secrets) {
        const made = Object.entries(labels).map(([label, value]) => {
          count += 1;
          const choice = choices[count % choices.length] as number;
          const others = /^(enable_|deploy-)/.test(label) ? ['true', 'false', undefined] : label.endsWith('Release') ? releases : [value];
          return [label, choice % 4 === 0 ? pick(others, choice >> 2) : value] as const;
        });
        relabelled.set(name, Object.fromEntries(made.filter((entry): entry is [string, string] => entry[1] !== undefined)));
      }
      const places = placesOf(interpret(files, ({ name }) => relabelled.get(name)).applications);
      expect(new Set(places).size).toBe(places.length);
    }),
    { numRuns: 60 },
  );
});

/** The clusters of an environment come in the order in which they are declared, and so in the records of where what comes from. */
function unordered(files: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  const sorted = (text: string) => text.split('\n').sort();
  return Object.fromEntries([...files].map(([path, text]) => [path, path.startsWith('rendered/fleet/_record/') ? sorted(text) : text]));
}

test('the same fleet renders the same bytes in whatever order and way it is declared', () => {
  const shuffle = (seed: number) => {
    let state = seed;
    return <T>(list: readonly T[]): readonly T[] => {
      const keyed = list.map((item) => {
        state = (state * 1103515245 + 12345) % 2 ** 31;
        return [state, item] as const;
      });
      return keyed.sort(([a], [b]) => a - b).map(([, item]) => item);
    };
  };
  fc.assert(
    fc.property(models(), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (model, seed) => {
      const configured = render(model).files;
      const declared = renderFleet(constructed(model, shuffle(seed))).files;
      expect(unordered(declared)).toEqual(unordered(configured));
      expect([...renderFleet(fleetOf(model)).files]).toEqual([...configured]);
    }),
    { numRuns: 30 },
  );
});

/** What every member gets of everything, as text, by cluster type and path. */
function effectsOf({ output }: Rendered): ReadonlyMap<string, string> {
  const text = (folder: OutputFolder) => JSON.stringify([...texts([folder])]);
  return new Map([...output.effects()].map(({ clusterType, path, folder }) => [`${clusterType} ${path}`, text(folder)]));
}

/** What Argo CDs do to every cluster, as text. */
function doneTo({ files }: Rendered): ReadonlyMap<string, string> {
  const done = new Map<string, string>();
  // To Argo CD a list with nothing in it is none, and which of the two templates says it decides whether it is there.
  const withoutEmpty = (_: string, value: Loose) => (Array.isArray(value) && value.length === 0 ? undefined : value);
  for (const one of interpret(files).applications) done.set(one.cluster, (done.get(one.cluster) ?? '') + JSON.stringify(one, withoutEmpty));
  for (const [path, text] of files) {
    const [, cluster = ''] = /\/([^/]+)\/values\//.exec(path) ?? [];
    if (cluster !== '') done.set(cluster, `${done.get(cluster)}\n${text}`);
  }
  return done;
}

/** One layer more, at one path. */
const edits = models({ maxSpokes: 6 }).chain((model) => {
  const groups = Object.keys(model.groups);
  const path = fc.constantFrom('*', ...nodesOf(model));
  const settings = fc.oneof(
    deployers(groups),
    fc.constantFrom<Loose>(
      { labels: { tier: 'gold' } },
      { annotations: { 'example.com/note': 'new' } },
      ...credentialLayers,
      { repositories: { company: { url: 'https://example.com/company', https: { secret: 'fleet/company' } } } },
      ...homes,
      { secretStore: { aws: { region: 'us-east-1' } } },
      { secretStore: { aws: unset, existing: { name: 'vault', kind: 'ClusterSecretStore' } } },
    ),
  );
  const subjects = groups.flatMap((group): readonly fc.Arbitrary<readonly [Subject, Loose]>[] => {
    const { releases, components } = model.groups[group] as Model['groups'][string];
    const release = fc.constantFrom(...Object.keys(releases.releases)).map((one) => [['releases', group], { release: one }] as const);
    const inComponents = Object.keys(components)
      .filter((name) => !fixedComponents.includes(name))
      .map((name) => componentLayer(components[name]).map((layer) => [['component', group, name], layer] as const));
    return [release, ...inComponents];
  });
  const layer = fc
    .oneof(
      settings.map((one) => [['settings'], one] as const),
      ...subjects,
    )
    .filter(([, one]) => saysSomething(one));
  const edit = fc.record({ model: fc.constant(model), path, layer, isPatch: fc.boolean() });
  // A hub's own file does not say who deploys to it.
  return edit.filter(({ path: at, layer: [, one] }) => !('model' in one && Object.hasOwn(model.hubs, at.split('/')[2] ?? '')));
});

test('a layer at a path changes what members at or below the path get, and nothing that Argo CDs do to the others', () => {
  fc.assert(
    fc.property(edits, ({ model, path, layer: [subject, layer], isPatch }) => {
      const before = render(model);
      const edited = isPatch && path !== '*' ? withPatch(model, subject, 'p9', [path], layer) : withOverride(model, subject, path, layer);
      const after = render(edited);
      const [was, is] = [effectsOf(before), effectsOf(after)];
      const changed = [...was.keys()].filter((key) => was.get(key) !== is.get(key)).map((key) => key.split(' ')[1] as string);
      const isBelow = (member: string) => path === '*' || member === path || member.startsWith(`${path}/`);
      expect(changed.filter((member) => !isBelow(member))).toEqual([]);
      const [did, does] = [doneTo(before), doneTo(after)];
      for (const member of membersOf(model).filter((one) => !changed.includes(one))) {
        const cluster = member.split('/')[2] as string;
        expect([cluster, does.get(cluster)]).toEqual([cluster, did.get(cluster)]);
      }
    }),
    { numRuns: 70 },
  );
});

test('another store of a hub changes what the hub gets, and nothing that its spokes get', () => {
  const spoke = { tenant: 'a', environment: 'dev', hub: 'h', secret: 'fleet/s', model: 'distributed', manages: [] };
  const model: Model = {
    tenants: [{ name: 'a', environments: ['dev'] }],
    settings: { secretStore: { aws: { region: 'eu-west-1' } } },
    hubs: { h: { tenant: 'a', environment: 'dev', secret: 'fleet/h' } },
    spokes: { s: spoke },
    groups: {
      bootstrap: {
        defaults: { bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' } },
        releases: { releases: { default: {} } },
        components: Object.fromEntries(
          ['argo-cd', 'external-secrets'].map((chart) => [chart, { repoURL: 'https://charts.example.com', chart, version: '1.0.0' }]),
        ),
      },
    },
  };
  const moved = withOverride(model, ['settings'], 'a/dev/h', { secretStore: { aws: unset, existing: { name: 'vault', kind: 'ClusterSecretStore' } } });
  const [was, is] = [effectsOf(render(model)), effectsOf(render(moved))];
  expect([...was.keys()].filter((key) => was.get(key) !== is.get(key))).toEqual(['members a/dev/h']);
});
