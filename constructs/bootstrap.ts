import type { Manifest, OutputFile } from '../layers/output';
import { isMap } from '../layers/plain-data';
import { FleetError, type Problem } from '../layers/problem';
import { suggestion } from '../layers/text/nearest';
import { fillTokens, mapStrings, type Token, tokenName, valueInPlace } from '../layers/text/token';
import {
  clusterSecret,
  deploysFolder,
  localConfig,
  localServer,
  normalized,
  orderOf,
  pathIn,
  selectedLabels,
  sourcesOf,
  type Texts,
  wrongOptions,
} from './cluster-secrets';
import type { Fleet } from './fleet';
import { clusterLabels } from './resolve/fleet-facts';
import { rootsOf } from './resolve/model';
import type { FleetOutput } from './synthesis/fleet-output';
import type { RootApplicationSet } from './tree/root-application-set';

/** Which region to start, and what its cluster secret says. */
export interface BootstrapOptions {
  /** A complete dimension path, alone or behind the name of its cluster type. */
  readonly target: string;
  /** The cluster's name in its own Argo CD. @default 'in-cluster' */
  readonly name?: string;
  /** Annotations of the cluster secret: what `cluster.annotation` tokens are filled with. */
  readonly annotations?: { readonly [key: string]: string };
  /** More labels of the cluster secret. */
  readonly labels?: { readonly [key: string]: string };
}

/** What starts a region: to be applied once, by hand. */
export interface Bootstrap {
  /** Plain manifests: the cluster secret, the project of the root where that is the fleet's, then the root ApplicationSet. */
  readonly manifests: readonly Manifest[];
  /** What must stand before they are applied, a sentence each. */
  readonly before: readonly string[];
}

/**
 * The root ApplicationSet of the cluster type that deploys itself, and the cluster secret that its selector needs: a
 * cluster generator with a selector never sees the local cluster without one. The secret holds no credentials.
 *
 * @throws FleetError for mistakes in the fleet, an unknown target, no root to start with, or a missing annotation
 */
export function bootstrapOf(fleet: Fleet, { target: wanted, name = 'in-cluster', annotations = {}, labels = {} }: BootstrapOptions): Bootstrap {
  const output = fleet.outline().told;
  const root = selfDeploying(fleet, output, wanted);
  const { clusterType } = root;
  const path = pathIn(clusterType, wanted);
  const target = output.findTarget(clusterType, path);
  const { files } = output.folder(clusterType, path);
  const found = files.find((file) => file.path === `templates/${root.name}.yaml`);
  if (found?.kind !== 'template') {
    throw failure(`the root '${root.name}' is not enabled at ${path}`, { hint: 'enable it there, or start another target' });
  }
  const wrong = [...wrongOptions(name, annotations, labels), ...missingValues(output.tokens(clusterType, path), annotations, labels)];
  if (wrong.length > 0) throw new FleetError(wrong);
  const known: { readonly [key: string]: string } = { name, nameNormalized: normalized(name), server: localServer };
  const fill = (token: Token): string => {
    const [kind, name = ''] = (token.origin ?? '').split(' ');
    const value = kind === 'annotation' ? annotations[name] : kind === 'label' ? labels[name] : known[token.origin ?? ''];
    return valueInPlace(token, value ?? root.inject[token.key] ?? '');
  };
  const applicationSet = mapStrings(found.document, (text) => fillTokens(text, fill));
  const namespace = applicationSet.metadata.namespace ?? 'argocd';
  const facts = output.facts;
  const [source = {}] = sourcesOf(applicationSet);
  const secret = clusterSecret({
    name,
    namespace,
    server: localServer,
    config: localConfig,
    labels: { ...labels, ...(selectedLabels(applicationSet) ?? clusterLabels(facts, clusterType, target)) },
    annotations,
  });
  return {
    manifests: [secret, ...projectOf(applicationSet, files, namespace).map((project) => mapStrings(project, (text) => fillTokens(text, fill))), applicationSet],
    before: [
      `Argo CD 3 with its ApplicationSet controller runs in the namespace '${namespace}' of the cluster`,
      `it can read ${source.repoURL ?? fleet.repository} at '${source.targetRevision ?? fleet.revision}': a private repository needs a secret with the label argocd.argoproj.io/secret-type=repository`,
      `${fleet.path}/ is committed there, as \`fleet synth\` writes it`,
      ...orderOf(files, root.name),
    ],
  };
}

/** The project that an ApplicationSet names: without it nothing is deployed, and so nobody would make it. */
function projectOf(applicationSet: Manifest, files: readonly OutputFile[], namespace: string): readonly Manifest[] {
  const { template } = isMap(applicationSet.spec) ? applicationSet.spec : {};
  const { project } = isMap(template) && isMap(template.spec) ? template.spec : {};
  return files.flatMap((file): readonly Manifest[] => {
    if (file.kind !== 'template' || file.document.kind !== 'AppProject' || file.document.metadata.name !== project) return [];
    return [{ ...file.document, metadata: { namespace, ...file.document.metadata } }];
  });
}

/** The ApplicationSet that deploys its own cluster type. */
interface Starter {
  readonly clusterType: string;
  readonly name: string;
  readonly inject: { readonly [key: string]: string };
}

function selfDeploying(fleet: Fleet, output: FleetOutput, wanted: string): Starter {
  const roots = rootsOf(fleet).filter((root) => root.clusterType.name === root.deploys);
  const written = roots.length > 0 ? [] : fleet.clusterTypes.flatMap(({ name }) => writtenByHand(output, name, pathIn(name, wanted)));
  const [first, second] = written;
  if (first && !second) return first;
  if (second) {
    const found = written.map(({ clusterType, name }) => `${name} of ${clusterType}`).join(', ');
    throw failure('more than one ApplicationSet deploys its own cluster type', { found, hint: `name the one to start: ${second.clusterType}/${wanted}` });
  }
  const root = selfDeployingRoot(fleet, wanted);
  return { clusterType: root.deploys, name: root.name, inject: root.inject };
}

/** ApplicationSets that are no roots, and point at the folder of rendered output that they stand in. */
function writtenByHand(output: FleetOutput, clusterType: string, path: string): readonly Starter[] {
  if (!output.targetsOf(clusterType).some((target) => target.path === path)) return [];
  return output.folder(clusterType, path).files.flatMap((file) => {
    if (file.kind !== 'template' || file.document.kind !== 'ApplicationSet') return [];
    const isOwn = deploysFolder(file.document, clusterType, path);
    return isOwn ? [{ clusterType, name: file.document.metadata.name, inject: {} }] : [];
  });
}

function selfDeployingRoot(fleet: Fleet, wanted: string): RootApplicationSet {
  const roots = rootsOf(fleet).filter((root) => root.clusterType.name === root.deploys);
  const named = roots.find((root) => wanted.startsWith(`${root.deploys}/`));
  const other = fleet.clusterTypes.find((clusterType) => wanted.startsWith(`${clusterType.name}/`));
  if (!named && other) {
    throw failure(`'${other.name}' does not deploy itself`, {
      hint: `a region starts with a cluster type that does: ${roots.map((root) => root.deploys).join(', ') || 'there is none yet'}`,
    });
  }
  const [first, second] = roots;
  if (named) return named;
  if (!first) {
    throw failure('no cluster type deploys itself', {
      hint: "a region starts with a root in its own cluster type: an app with `kind: 'RootApplicationSet'` whose `clusterType` is the folder that it lies in",
    });
  }
  if (second) {
    const names = roots.map((root) => root.deploys);
    throw failure('more than one cluster type deploys itself', { found: names.join(', '), hint: `name the one to start: ${names[0]}/${wanted}` });
  }
  return first;
}

function missingValues(tokens: readonly Token[], annotations: Texts, labels: Texts): readonly Problem[] {
  return tokens.flatMap((token) => {
    const [kind, name = ''] = (token.origin ?? '').split(' ');
    if ((kind !== 'annotation' || annotations[name]) && (kind !== 'label' || labels[name])) return [];
    const given = Object.keys(kind === 'annotation' ? annotations : labels);
    const near = suggestion(name, given, `${kind}s given`);
    return [
      {
        code: 'bootstrap' as const,
        message: `the ${kind} '${name}' is missing: apps of the target need ${tokenName(token)}`,
        expected: `--${kind} ${name}=VALUE`,
        ...(near === undefined ? {} : { hint: near }),
      },
    ];
  });
}

function failure(message: string, rest: Partial<Problem>): FleetError {
  return new FleetError([{ code: 'bootstrap', message, ...rest }]);
}
