import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { type FleetModel, tokenSources } from '../fleet-model';
import { type ExpectedApp, type ExpectedTarget, expectedFiles, expectedManifest, expectedRoot, expectedTargets, foundRoot, type Loose } from './expected';
import { type Data, evaluateTemplate } from './go-template';
import { plainOf, type Resolved, resolve } from './layers';
import { isAmong, type Recorded, recordedLayer, records } from './recorded';

/** The secret of a cluster, as a cluster generator gives it to a root. */
export interface ClusterSecret {
  readonly name: string;
  readonly nameNormalized: string;
  readonly server: string;
  readonly metadata: { readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> };
}

/** Rendered files by their paths from the top of the output. */
export type Files = Readonly<Record<string, string>>;

/** Every way in which rendered files are not what the fleet must render to: none where all is well. */
export function judge(model: FleetModel, files: Files, secret: ClusterSecret): readonly string[] {
  return new Judge(model, files, secret).differences();
}

class Judge {
  readonly #found: string[] = [];

  constructor(
    readonly model: FleetModel,
    readonly files: Files,
    readonly secret: ClusterSecret,
  ) {}

  differences(): readonly string[] {
    const targets = expectedTargets(this.model);
    const expected = targets.flatMap((target) => expectedFiles(target).map((file) => `${target.folder}/${file}`)).sort();
    const deployed = Object.keys(this.files).filter((path) => !path.startsWith(records));
    this.#same('the list of files', deployed.sort(), expected);
    // Nothing else can be said of files that are not there.
    if (this.#found.length === 0) for (const target of targets) this.#target(target, targets);
    return this.#found;
  }

  #target(target: ExpectedTarget, all: readonly ExpectedTarget[]): void {
    const { folder, apps, type } = target;
    const chart = parse(this.#text(folder, 'Chart.yaml'));
    this.#same(`${folder}/Chart.yaml`, [chart.apiVersion, chart.name, typeof chart.version], ['v2', type.name, 'string']);
    const cluster = this.#injected(target, all);
    for (const one of apps) this.#app(target, one, cluster);
    if (target.extra) {
      const found = this.#deployed(folder, 'templates/configmap-extra.yaml', cluster);
      this.#same(`${folder}: customize`, found?.data, plainOf(target.extra, this.#filled));
    }
    this.#same(`${folder}/values.yaml`, parse(this.#text(folder, 'values.yaml')), { cluster: {} });
    this.#records(target);
  }

  /** What the root that deploys a target puts below `.Values.cluster` for this cluster: exactly what is used there. */
  #injected({ type, path, folder, tokens }: ExpectedTarget, all: readonly ExpectedTarget[]): Data {
    const hosts = all.filter((host) => host.path === path);
    const [host] = hosts.filter(({ apps }) => apps.some(({ app }) => app.name === `root-${type.name}`));
    if (!host) {
      this.#found.push(`${folder}: no root deploys it`);
      return {};
    }
    const app = host.apps.find(({ app: { name } }) => name === `root-${type.name}`) as ExpectedApp;
    const root = this.#deployed(host.folder, `templates/root-${type.name}.yaml`, {});
    if (!root) return {};
    if (app.app.deploys) {
      this.#same(`${host.folder}: root of ${type.name}`, foundRoot(root), expectedRoot(this.model, app.app, path));
      const keys = new Set(['name', ...tokens, ...Object.keys(app.app.deploys.inject)]);
      this.#same(`${host.folder}: what the root of ${type.name} injects`, Object.keys(injectedBy(root)).sort(), [...keys].sort());
    }
    return Object.fromEntries(
      Object.entries(injectedBy(root)).map(([key, value]) => [key, this.#try(folder, () => evaluateTemplate(value, this.secret as never))]),
    );
  }

  #app({ folder, place }: ExpectedTarget, one: ExpectedApp, cluster: Data): void {
    const { name, kind, workload } = one.app;
    const file = `templates/${name}.yaml`;
    const found = this.#deployed(folder, file, cluster);
    if (!found || kind === 'RootApplicationSet') return;
    const read = this.#try(`${folder}/${file}: values`, () => withValuesRead(found));
    if (!read) return;
    this.#same(`${folder}/${file}`, withoutEmpty(read), withoutEmpty(expectedManifest(one, this.#filled)));
    this.#same(`${folder}/${file}: values as text`, textual(found), holdsNull(expectedManifest(one, this.#filled)));
    for (const key of Object.keys(cluster)) if (this.#text(folder, file).includes(`.Values.cluster.${key} `)) this.#needs(folder, file, cluster, key);
    if (!workload) return;
    const manifest = parse(this.#text(folder, `manifests/${name}/configmap-${workload.name}.yaml`));
    const data = plainOf(resolve([{ label: '', values: workload.data }], place), this.#filled);
    this.#same(`${folder}: workloads of ${name}`, manifest, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: workload.name }, data });
  }

  /** A token without a value fails the cluster with a message that names it. */
  #needs(folder: string, file: string, cluster: Data, key: string): void {
    const isLive = this.#tokensIn(this.#text(folder, file)).includes(key);
    if (!isLive) return;
    for (const value of [undefined, '']) {
      try {
        evaluateTemplate(this.#text(folder, file), { Values: { cluster: { ...cluster, [key]: value } } });
        this.#found.push(`${folder}/${file}: deploys although cluster.${key} is ${value === '' ? 'empty' : 'missing'}`);
      } catch (cause) {
        if (!String(cause).includes(key)) this.#found.push(`${folder}/${file}: fails without cluster.${key}, but says '${cause}'`);
      }
    }
  }

  /** The keys that live actions ask for: a text without any value at all fails for each of them. */
  #tokensIn(text: string): readonly string[] {
    const asked: string[] = [];
    const get = (_: object, key: string | symbol) => {
      asked.push(String(key));
      return 'x';
    };
    const cluster = new Proxy({}, { getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }), get });
    evaluateTemplate(text, { Values: { cluster } });
    return asked;
  }

  /** The record of an app says that it is rendered here, and for each value the layer that set it. */
  #records({ type, path, apps }: ExpectedTarget): void {
    for (const { app, values } of apps) {
      const file = `${records}${type.name}/${app.name}.yaml`;
      const record = this.#try(file, () => readAlike(this.files[file] ?? '')) as Recorded | undefined;
      if (!record) continue;
      this.#same(`${file}: rendered at ${path}`, isAmong(record.rendered ?? [], path), true);
      if (app.kind === 'RootApplicationSet') continue;
      for (const { keys, layer } of leavesOf(values)) this.#same(`${file}: ${keys.join('.')} at ${path}`, recordedLayer(record, keys, path), layer);
    }
  }

  /** A file as Argo CD receives it: through Helm, and read alike by both versions of YAML. */
  #deployed(folder: string, file: string, cluster: Data): Loose {
    return this.#try(`${folder}/${file}`, () => readAlike(evaluateTemplate(this.#text(folder, file), { Values: { cluster } })));
  }

  #try<T>(at: string, run: () => T): T | undefined {
    try {
      return run();
    } catch (cause) {
      this.#found.push(`${at}: ${cause}`);
      return undefined;
    }
  }

  #text(folder: string, file: string): string {
    return this.files[`${folder}/${file}`] ?? '';
  }

  readonly #filled = (token: string): string => {
    const [kind, name = ''] = tokenSources[token] ?? [];
    if (kind) return this.secret.metadata[`${kind}s`][name] ?? '';
    return token === 'name' ? this.secret.name : this.secret.server;
  };

  #same(at: string, found: unknown, expected: unknown): void {
    if (!isDeepStrictEqual(found, expected)) this.#found.push(`${at}\n  found    ${JSON.stringify(found)}\n  expected ${JSON.stringify(expected)}`);
  }
}

function injectedBy(root: Loose): Readonly<Record<string, string>> {
  return root.spec.template.spec.source.helm.valuesObject.cluster;
}

const read = new Map<string, Loose>();

/** A text that YAML 1.1 and 1.2 read as the same. Targets share most texts. */
function readAlike(text: string): Loose {
  const known = read.get(text);
  if (known) return known;
  if (read.size > 1000) read.clear();
  const found = readBoth(text);
  read.set(text, found);
  return found;
}

/** What a reader of Go or Python refuses, or takes for a line break or a blank. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const readOtherwise = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

function readBoth(text: string): Loose {
  const [found] = readOtherwise.exec(text) ?? [];
  if (found !== undefined) throw new Error(`it holds U+${found.charCodeAt(0).toString(16).padStart(4, '0')} as it is, which Go's reader takes otherwise`);
  const [one, other] = (['1.2', '1.1'] as const).map((version) => parse(text, { version, merge: false, prettyErrors: true }));
  if (!isDeepStrictEqual(one, other)) throw new Error(`YAML 1.1 reads it otherwise: ${JSON.stringify(other)}`);
  return one;
}

function sourcesOf({ kind, spec }: Loose): readonly Loose[] {
  const { source, sources } = kind === 'Application' ? spec : spec.template.spec;
  return sources ?? (source ? [source] : []);
}

/** Whether the values of each source travel as text. */
function textual(manifest: Loose): readonly boolean[] {
  return sourcesOf(manifest).map(({ helm }) => typeof helm?.values === 'string');
}

/** A source's values must travel as text where they hold a null, for Argo CD loses it in a map; and only there. */
function holdsNull(manifest: Loose): readonly boolean[] {
  const holds = (value: unknown): boolean => value === null || (typeof value === 'object' && Object.values(value as object).some(holds));
  return sourcesOf(manifest).map(({ helm }) => holds(helm?.valuesObject ?? {}));
}

/** Labels, annotations and finalizers of which all were removed are as good as none: cdk8s leaves them out. */
function withoutEmpty({ metadata, ...manifest }: Loose): Loose {
  const said = Object.entries(metadata).filter(([, value]) => typeof value !== 'object' || Object.keys(value as object).length > 0);
  return { ...manifest, metadata: Object.fromEntries(said) };
}

/** With values that travel as text read as the map that they are. */
function withValuesRead(manifest: Loose): Loose {
  const copy = structuredClone(manifest);
  for (const source of sourcesOf(copy)) {
    if (typeof source.helm?.values !== 'string' || source.helm.valuesObject !== undefined) continue;
    const { values, ...helm } = source.helm;
    source.helm = { ...helm, valuesObject: readAlike(values) };
  }
  return copy;
}

/** Every value that is no map, with the layer that set it. Where everything was removed, nobody in particular says that nothing is left. */
function* leavesOf(values: Resolved, keys: readonly string[] = []): Generator<{ readonly keys: readonly string[]; readonly layer: string | undefined }> {
  if (values.kind !== 'map') yield { keys, layer: values.layer };
  else for (const [key, child] of values.children) yield* leavesOf(child, [...keys, key]);
}
