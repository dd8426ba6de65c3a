import { parse } from 'yaml';
import { filledIn, parametersOf } from './go-template';

/** A repository at one commit: the text of its files by their paths. */
export type Files = ReadonlyMap<string, string>;

// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind are read here
type Loose = any;
type Text = { readonly [key: string]: string };

/** A cluster secret of an Argo CD, as External Secrets makes it. */
export interface ClusterSecret {
  /** The cluster that the Argo CD runs in. */
  readonly argoCD: string;
  readonly name: string;
  /** Whether it is that cluster itself. */
  readonly isLocal: boolean;
  readonly labels: Text;
  readonly annotations: Text;
}

/** An Application that an Argo CD makes of an ApplicationSet. */
export interface Application {
  /** The cluster that the Argo CD runs in. */
  readonly argoCD: string;
  readonly set: string;
  readonly name: string;
  /** The cluster that it deploys to. */
  readonly cluster: string;
  readonly metadata: { readonly name: string; readonly labels: Text; readonly annotations: Text };
  readonly spec: Loose;
}

/** Where a mirror holds what the fleet's repository holds in `rendered/fleet`. */
export const mirrorFolder = 'mirror/of/fleet';

/** A path of a mirror as the fleet's repository has it. */
export function inFleet(path: string): string {
  return path.startsWith(`${mirrorFolder}/`) ? `rendered/fleet${path.slice(mirrorFolder.length)}` : path;
}

/** The labels that a secret carries at the moment; `undefined` where there is no such secret yet. */
export type LabelsOf = (secret: ClusterSecret) => Text | undefined;

/** What the Argo CDs of a fleet would do with a repository. */
export interface Interpretation {
  readonly secrets: readonly ClusterSecret[];
  readonly applications: readonly Application[];
}

/** What a cluster needs before the Applications and secrets in it do anything; charts, by their names. */
const argoCDChart = 'argo-cd';
const externalSecretsChart = 'external-secrets';

const localServer = 'https://kubernetes.default.svc';
const secretType = 'argocd.argoproj.io/secret-type';

/**
 * Does what every Argo CD of a fleet of hubs and spokes would do with the files of a repository. It begins as a person
 * does, with each hub's `bootstrap/root.yaml`; from there on only what an Application points at is seen. A spoke has an
 * Argo CD when a hub's Application brings it a root, and others bring it Argo CD and External Secrets.
 *
 * It knows as much of Argo CD as the fleet uses, and throws at anything else.
 */
export function interpret(files: Files, labelsOf: LabelsOf = ({ labels }) => labels): Interpretation {
  const run = new Run(files, labelsOf);
  for (const [path, text] of files) {
    if (/(^|\/)hubs\/[^/]+\/bootstrap\/root\.yaml$/.test(path)) run.start(manifestOf(text), undefined);
  }
  // In one order, whichever generator makes them.
  const keyOf = ({ argoCD, name }: Application) => `${argoCD} ${name}`;
  return { secrets: run.secrets, applications: [...run.applications].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) };
}

class Run {
  readonly secrets: ClusterSecret[] = [];
  readonly applications: Application[] = [];
  readonly #files: Files;
  readonly #labelsOf: LabelsOf;

  constructor(files: Files, labelsOf: LabelsOf) {
    this.#files = files;
    this.#labelsOf = labelsOf;
  }

  /** @param cluster where it runs. @default - what the secret of the local cluster calls it */
  start(root: Loose, cluster: string | undefined): void {
    const { namespace } = root.metadata;
    const seen = [...this.#reached(root, namespace)].filter(({ metadata }) => metadata.namespace === namespace);
    const found = seen.filter(({ kind, spec }) => kind === 'ExternalSecret' && spec.target.template.metadata.labels[secretType] === 'cluster').map(secretOf);
    const local = found.filter(({ isLocal }) => isLocal);
    if (local.length !== 1) throw new Error(`${local.length} secrets of the local cluster`);
    const name = local[0]?.name as string;
    if (cluster !== undefined && cluster !== name) throw new Error(`the Argo CD in ${cluster} calls it ${name}`);
    if (new Set(found.map((secret) => secret.name)).size < found.length) throw new Error(`two clusters of one name in ${name}`);
    const secrets = found.flatMap((secret): readonly ClusterSecret[] => {
      const labels = this.#labelsOf({ ...secret, argoCD: name });
      return labels?.[secretType] === 'cluster' ? [{ ...secret, argoCD: name, labels }] : [];
    });
    const sets = seen.filter(({ kind }) => kind === 'ApplicationSet');
    const applications = sets.flatMap((set) => expand(set, secrets, name));
    const twin = applications.find(({ name: one }, index) => applications.some((other, at) => at < index && other.name === one));
    // In one ApplicationSet it is an error of the set; in two, the second one may not touch what the first one owns.
    if (twin) throw new Error(`two Applications called ${twin.name} in the Argo CD of ${name}`);
    this.secrets.push(...secrets);
    this.applications.push(...applications);
    for (const application of applications) {
      if (application.cluster !== name) this.#startRemote(application, applications);
    }
  }

  /** Where an Application brings a root to another cluster, and Argo CD runs there, that begins to work. */
  #startRemote({ cluster, spec, metadata }: Application, beside: readonly Application[]): void {
    // A folder of a component is one that the fleet knows nothing of.
    if (metadata.labels?.['fleet/component'] !== undefined) return;
    const brought = this.#applied(spec);
    const runs = (chart: string) =>
      beside.some((one) => one.cluster === cluster && one.spec.destination.namespace === spec.destination.namespace && sourcesOf(one.spec)[0].chart === chart);
    for (const root of brought.filter(({ kind }) => kind === 'Application')) {
      if (root.metadata.namespace === spec.destination.namespace && runs(argoCDChart) && runs(externalSecretsChart)) this.start(root, cluster);
    }
  }

  /** Every manifest that an Application applies to its own cluster, and that those among them apply that are Applications. */
  *#reached(root: Loose, namespace: string): Generator<Loose> {
    const followed = new Set<string>();
    const queue = [root];
    for (let next = queue.pop(); next; next = queue.pop()) {
      if (followed.has(next.metadata.name)) continue;
      followed.add(next.metadata.name);
      if (next.spec.destination.server !== localServer) throw new Error(`${next.metadata.name} leaves its cluster`);
      for (const manifest of this.#applied(next.spec)) {
        yield manifest;
        if (manifest.kind === 'Application' && manifest.metadata.namespace === namespace) queue.push(manifest);
      }
    }
  }

  /** The manifests in the folders that an Application points at. */
  #applied(spec: Loose): readonly Loose[] {
    return sourcesOf(spec).flatMap(({ directory, path }) => {
      if (!directory) return [];
      if (directory.recurse !== true) throw new Error(`${path} is not read whole`);
      const below = [...this.#files].filter(([file]) => file.startsWith(`${inFleet(path)}/`) && file.endsWith('.yaml'));
      if (below.length === 0) throw new Error(`there is nothing in ${path}`);
      return below.map(([, text]) => manifestOf(text));
    });
  }
}

const parsed = new Map<string, Loose>();

function manifestOf(text: string): Loose {
  let manifest = parsed.get(text);
  if (manifest === undefined) {
    manifest = parse(text);
    parsed.set(text, manifest);
  }
  return manifest;
}

function sourcesOf({ source, sources }: Loose): readonly Loose[] {
  if ((source === undefined) === (sources === undefined)) throw new Error('an Application has either a source or sources');
  return sources ?? [source];
}

/** External Secrets evaluates what stands in a template; text of ours comes out as it was written. */
function secretOf({ spec }: Loose): Omit<ClusterSecret, 'argoCD'> {
  const { metadata, data } = spec.target.template;
  const texts = (map: Text = {}): Text => Object.fromEntries(Object.entries(map).map(([key, text]) => [key, evaluated(text)]));
  const isLocal = data.server === localServer;
  if (!isLocal && data.server !== '{{ .server }}') throw new Error(`the server of ${data.name} comes from nowhere`);
  return { name: evaluated(data.name), isLocal, labels: texts(metadata.labels), annotations: texts(metadata.annotations) };
}

function evaluated(text: string): string {
  const parts = text.split('{{ `{{` }}');
  if (parts.some((part) => part.includes('{{'))) throw new Error(`an expression of External Secrets that is not known: ${text}`);
  return parts.join('{{');
}

/** The Applications that an ApplicationSet makes of the clusters that its generators select. */
function expand({ metadata: { name: set }, spec }: Loose, secrets: readonly ClusterSecret[], argoCD: string): readonly Application[] {
  if (spec.goTemplate !== true || !spec.goTemplateOptions.includes('missingkey=error')) throw new Error(`${set} is not templated as Go is`);
  return spec.generators.flatMap(({ clusters, ...others }: Loose) => {
    if (Object.keys(others).length > 0) throw new Error(`${set} has a generator that is not known: ${Object.keys(others)}`);
    const { selector, template = {}, values = {}, ...rest } = clusters;
    if (Object.keys(rest).length > 0) throw new Error(`${set} has a cluster generator with ${Object.keys(rest)}`);
    // Without a selector it would take the local cluster too, whether it has a secret or not.
    if (Object.keys(selector).length === 0) throw new Error(`${set} selects every cluster`);
    return secrets.flatMap((secret): readonly Application[] => {
      if (!isSelected(selector, secret.labels)) return [];
      const parameters = parametersOf({ ...secret, values });
      const { metadata, spec: made } = patched(filledIn(merged(template, spec.template), parameters), filledIn(spec.templatePatch, parameters));
      const target = secrets.find(({ name }) => name === made.destination.name);
      if (!target || made.destination.server !== undefined) throw new Error(`${metadata.name} goes to a cluster that ${argoCD} does not know`);
      return [{ argoCD, set, name: metadata.name, cluster: target.name, metadata, spec: made }];
    });
  });
}

/**
 * An Application with `templatePatch` in it, a strategic merge patch (argo-cd, applicationset/controllers/template, applyTemplatePatch):
 * maps key by key, lists whole but for finalizers, which add up; the project stays.
 *
 * @param text as the templates in it were evaluated
 */
export function patched(application: Loose, text: string | undefined): Loose {
  if (text === undefined) return application;
  const patch = parse(text, { schema: 'core' });
  const { metadata, spec } = strategic(application, patch);
  const finalizers = [...new Set([...(application.metadata.finalizers ?? []), ...(patch.metadata?.finalizers ?? [])])];
  return { metadata: { ...metadata, ...(finalizers.length > 0 ? { finalizers } : {}) }, spec: { ...spec, project: application.spec.project } };
}

function strategic(below: Loose, patch: Loose): Loose {
  if (!isMap(patch)) return patch;
  const made = isMap(below) ? { ...below } : {};
  for (const [key, value] of Object.entries<Loose>(patch)) {
    if (key.startsWith('$')) throw new Error(`a patch with ${key}`);
    if (value === null) delete made[key];
    else made[key] = strategic(made[key], value);
  }
  return made;
}

/** As Kubernetes reads a selector: every requirement must hold, and what is not there is not in any list. */
export function isSelected({ matchLabels = {}, matchExpressions = [], ...rest }: Loose, labels: Text): boolean {
  if (Object.keys(rest).length > 0) throw new Error(`a selector has no ${Object.keys(rest)}`);
  const requirements = [...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })), ...matchExpressions];
  return requirements.every(({ key, operator, values = [] }: Loose) => {
    const isThere = Object.hasOwn(labels, key);
    switch (operator) {
      case 'In':
        return isThere && values.includes(labels[key]);
      case 'NotIn':
        return !(isThere && values.includes(labels[key]));
      case 'Exists':
        return isThere;
      case 'DoesNotExist':
        return !isThere;
      default:
        throw new Error(`a selector has no operator ${operator}`);
    }
  });
}

/**
 * The template of a generator over that of the ApplicationSet, as `mergo.Merge` does without its options
 * (argo-cd, applicationset/generators): what is empty in the first is taken from the second, maps key by key, lists whole.
 */
export function merged(own: Loose, common: Loose): Loose {
  if (isMap(own) && isMap(common)) {
    const keys = new Set([...Object.keys(own), ...Object.keys(common)]);
    // In one order, whichever of the two says a key.
    return Object.fromEntries([...keys].sort().map((key) => [key, merged(own[key], common[key])]));
  }
  return isEmpty(own) ? common : own;
}

function isEmpty(value: Loose): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isMap(value: Loose): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
