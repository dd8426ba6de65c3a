import type { Manifest } from '../layers/output';
import { isMap } from '../layers/plain-data';
import { FleetError, type Problem } from '../layers/problem';
import { hasToken, strings } from '../layers/text/token';
import {
  clusterSecret,
  deploysFolder,
  type Loose,
  localConfig,
  localServer,
  orderOf,
  pathIn,
  selectedLabels,
  type Texts,
  wrongOptions,
} from './cluster-secrets';
import type { Fleet } from './fleet';
import type { FleetOutput } from './synthesis/fleet-output';

/** Which cluster to register, and what is known of it. */
export interface RegistrationOptions {
  /** The target of the cluster, alone or behind the name of its cluster type. */
  readonly target: string;
  /** The cluster's name, as tokens of apps get it. */
  readonly cluster: string;
  /** Where the API server of the cluster is. @default - to be filled in */
  readonly server?: string;
  /** Annotations of the secret: what `cluster.annotation` tokens are filled with. @default - to be filled in */
  readonly annotations?: Texts;
  /** More labels of the secret. */
  readonly labels?: Texts;
  /** Whether it is for the cluster's own Argo CD, which calls its cluster by this name. @default - for the Argo CD that runs the root */
  readonly isOwn?: boolean;
}

/** What registers a cluster. */
export interface Registration {
  /** The cluster secret. */
  readonly manifests: readonly Manifest[];
  /** What is to know before it is applied, a sentence each. */
  readonly before: readonly string[];
  /** What nobody has said yet, each with how to say it. */
  readonly fillIn: readonly string[];
}

/** Stands for what is known outside of the fleet. No API server and no credential is called so: until it is filled in, nothing is reached. */
export const placeholder = 'FILL-IN';

/**
 * The cluster secret by which the root of a cluster type finds a cluster, in the Argo CD that runs the root: its name, every
 * label that the root selects by, and every label and annotation that apps and root ask for. It holds no credentials.
 *
 * @throws FleetError for mistakes in the fleet, an unknown target, a cluster type that no root deploys, or what Kubernetes would refuse
 */
export function registrationOf(fleet: Fleet, options: RegistrationOptions): Registration {
  const { target: wanted, cluster, server, annotations = {}, labels = {}, isOwn = false } = options;
  const output = fleet.outline().told;
  const deployed = deployedTarget(fleet, output, wanted);
  const { clusterType, path, hosts } = deployed;
  const wrong = [...wrongOptions(cluster, annotations, labels, '--cluster'), ...wrongServer(server)];
  if (wrong.length > 0) throw new FleetError(wrong);
  const [first] = hosts;
  const { host, applicationSet } = first;
  if (isOwn) return ownRegistration(first, deployed, options);
  const selected = Object.assign({}, ...hosts.map((one) => selectedLabels(one.applicationSet))) as Texts;
  const asked = askedOf(output, clusterType, path, hosts);
  const unknownLabels = Object.entries(selected).flatMap(([key, value]) => (hasToken(value) ? [key] : []));
  const missing = {
    labels: [...new Set([...unknownLabels, ...asked.labels.filter((key) => selected[key] === undefined)])].filter((key) => !labels[key]).sort(),
    annotations: asked.annotations.filter((key) => !annotations[key]).sort(),
  };
  const filled = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, placeholder]));
  const namespace = applicationSet.metadata.namespace ?? 'argocd';
  return {
    manifests: [
      clusterSecret({
        name: cluster,
        namespace,
        server: server ?? `https://${placeholder}`,
        config: credentials,
        // What the root selects by is not for anybody to say.
        labels: { ...labels, ...selected, ...filled(missing.labels) },
        annotations: { ...annotations, ...filled(missing.annotations) },
      }),
    ],
    fillIn: [
      ...(server === undefined ? ['server: `--server URL`, where the API server is'] : []),
      'config: how Argo CD proves who it is there, a token or a role, and `caData`, the certificate authority of the API server in base64; never in Git',
      ...missing.labels.map((key) => `label ${key}: \`--label ${key}=VALUE\``),
      ...missing.annotations.map((key) => `annotation ${key}: \`--annotation ${key}=VALUE\``),
    ],
    before: [
      `it is for the namespace '${namespace}' of the Argo CD that runs ${applicationSet.metadata.name}, which is ${host}'s at ${path}: apply it there`,
      `by these labels the root finds ${cluster}: without them there is no Application for it, and no message`,
      ...(!isHosted(applicationSet) && isByName(output, clusterType, path)
        ? [
            `the Argo CD of ${cluster} has to know its own cluster as '${cluster}', too: \`npx fleet bootstrap ${wanted} --cluster ${cluster} --own\` prints that secret; without it its Applications say "there are no clusters with this name: ${cluster}"`,
          ]
        : []),
      ...orderOf(output.folder(clusterType, path).files, applicationSet.metadata.name),
    ],
  };
}

/**
 * A token and a certificate authority, the most common case. It is read like any other, and reaches nothing: a secret that
 * cannot be read may keep an Argo CD from listing its clusters, and one cluster's slip shall stay its own.
 */
const credentials = JSON.stringify({ bearerToken: placeholder, tlsClientConfig: { insecure: false, caData: Buffer.from(placeholder).toString('base64') } });

interface Deployed {
  readonly clusterType: string;
  readonly path: string;
  readonly hosts: readonly [Host, ...Host[]];
}

/** What deploys a target of a cluster type, and in which cluster type's Argo CD. */
interface Host {
  readonly host: string;
  readonly applicationSet: Manifest;
}

/** The target that is meant, where an ApplicationSet of another cluster type deploys it. @throws FleetError where there is none, or several may be meant */
function deployedTarget({ clusterTypes }: Fleet, output: FleetOutput, wanted: string): Deployed {
  const names = clusterTypes.map(({ name }) => name);
  const named = names.filter((name) => wanted.startsWith(`${name}/`));
  const asked = named.length > 0 ? named : names;
  const has = (name: string, path: string) => output.targetsOf(name).some((target) => target.path === path);
  const known = asked.filter((name) => has(name, pathIn(name, wanted)));
  const [some = ''] = asked;
  // It says what was meant.
  if (known.length === 0) output.findTarget(some, pathIn(some, wanted));
  const found = known.flatMap((clusterType): readonly Deployed[] => {
    const path = pathIn(clusterType, wanted);
    const [first, ...others] = names.filter((host) => host !== clusterType && has(host, path)).flatMap((host) => setsFor(output, host, clusterType, path));
    return first ? [{ clusterType, path, hosts: [first, ...others] }] : [];
  });
  const [first, second] = found;
  if (first && !second) return first;
  if (second) {
    throw failure(`clusters of several types are registered at ${second.path}`, {
      found: found.map(({ clusterType }) => clusterType).join(', '),
      hint: `name one: ${second.clusterType}/${second.path}`,
    });
  }
  throw failure(`no ApplicationSet of another cluster type deploys ${known.join(' or ')} at ${pathIn(known[0] ?? '', wanted)}`, {
    hint: `a cluster type that deploys itself is started without --cluster; for another, some cluster type needs a root: an app with \`kind: 'RootApplicationSet'\` and its \`clusterType\``,
  });
}

function setsFor(output: FleetOutput, host: string, clusterType: string, path: string): readonly Host[] {
  return output.folder(host, path).files.flatMap((file): readonly Host[] => {
    if (file.kind !== 'template' || file.document.kind !== 'ApplicationSet' || !deploysFolder(file.document, clusterType, path)) return [];
    return [{ host, applicationSet: file.document }];
  });
}

/** Labels and annotations, by their keys. */
interface Asked {
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
}

/** As a Go template asks a cluster secret, in one way or another; and as an ApplicationSet without Go templates does. */
const questions = [
  /get\s+\.metadata\s+["`](?<part>labels|annotations)["`][^)]*\)\s*["`](?<key>[^"`]+)["`]/g,
  /\.metadata\.(?<part>labels|annotations)\s+["`](?<key>[^"`]+)["`]/g,
  /\{\{\s*metadata\.(?<part>labels|annotations)\.(?<key>[^\s}]+)\s*\}\}/g,
];

/** What apps use of the cluster secret, and what their roots ask it for. */
function askedOf(output: FleetOutput, clusterType: string, path: string, hosts: Deployed['hosts']): Asked {
  const origins = output.tokens(clusterType, path).map(({ origin = '' }) => origin.split(' ') as [string, string?]);
  const texts = hosts.flatMap(({ applicationSet }) => [...strings(applicationSet)]);
  const found = questions.flatMap((question) =>
    texts.flatMap((text) => [...text.matchAll(question)].map(({ groups }) => groups as { part: string; key: string })),
  );
  const of = (part: keyof Asked, kind: string) => [
    ...new Set([
      ...origins.flatMap(([one, key]) => (one === kind && key !== undefined ? [key] : [])),
      ...found.flatMap((one) => (one.part === part ? [one.key] : [])),
    ]),
  ];
  return { labels: of('labels', 'label'), annotations: of('annotations', 'annotation') };
}

/** Whether the Applications live in the Argo CD that runs the root, and not in the cluster's own: the root's Application is for that cluster then. */
function isHosted({ spec }: Manifest): boolean {
  return destinationOf(templateOf(spec)).server === localServer;
}

/** Whether an Application of the target is for a cluster by its name, as it is known in the Argo CD where it lives. */
function isByName(output: FleetOutput, clusterType: string, path: string): boolean {
  return output.folder(clusterType, path).files.some((file) => {
    if (file.kind !== 'template') return false;
    const { kind, spec } = file.document;
    const { name } = destinationOf(kind === 'ApplicationSet' ? templateOf(spec) : spec);
    return typeof name === 'string' && hasToken(name);
  });
}

function templateOf(spec: unknown): unknown {
  return isMap(spec) && isMap(spec.template) ? spec.template.spec : undefined;
}

function destinationOf(spec: unknown): Loose {
  return isMap(spec) && isMap(spec.destination) ? spec.destination : {};
}

/** The secret by which the Argo CD in a cluster knows its own cluster under the name that its apps give it. @throws FleetError where it has none, or other options are given */
function ownRegistration(
  { applicationSet }: Host,
  { clusterType, path }: Deployed,
  { cluster, server, annotations = {}, labels = {} }: RegistrationOptions,
): Registration {
  if (isHosted(applicationSet)) {
    throw failure(`the Applications of ${clusterType} live in the Argo CD that runs ${applicationSet.metadata.name}`, {
      hint: `${cluster} needs no secret of its own: without --own, the one for that Argo CD is printed`,
    });
  }
  if (server !== undefined) throw failure('`--server` is not for --own', { hint: `in its own Argo CD the server is ${localServer}` });
  const { namespace: said } = destinationOf(templateOf(applicationSet.spec));
  const namespace = typeof said === 'string' && said !== '' ? said : 'argocd';
  return {
    manifests: [clusterSecret({ name: cluster, namespace, server: localServer, config: localConfig, labels, annotations })],
    fillIn: [],
    before: [`it is for the namespace '${namespace}' of ${cluster} itself, whose Argo CD deploys ${path}: apply it there`],
  };
}

function wrongServer(server: string | undefined): readonly Problem[] {
  if (server === undefined) return [];
  const isUrl = /^https?:\/\/[^\s/]+\S*$/.test(server);
  if (isUrl && server.replace(/\/+$/, '') !== localServer) return [];
  return [
    {
      code: 'bootstrap',
      message: isUrl ? `'${server}' is the cluster that the Argo CD itself runs in` : `'${server}' cannot be the server of a cluster`,
      expected: '--server with the URL of its API server, as the Argo CD that runs the root reaches it: https://…',
    },
  ];
}

function failure(message: string, rest: Partial<Problem>): FleetError {
  return new FleetError([{ code: 'bootstrap', message, ...rest }]);
}
