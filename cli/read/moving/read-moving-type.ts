import { type AppValues, type Fleet, FleetError, type FleetOutput, type Target } from '../../../constructs';
import { specsOf } from '../../../constructs/argocd/application-specs';
import { rootsOf } from '../../../constructs/resolve/model';
import { originOf } from '../../../constructs/tree/origin';
import type { RootApplicationSet } from '../../../constructs/tree/root-application-set';
import { isAtOrBelow } from '../../../layers/hierarchy';
import type { Plain, Unset } from '../../../layers/layer';
import { type Branch, plainOf, tryFindNode } from '../../../layers/node';
import { isMap } from '../../../layers/plain-data';
import { compare } from '../../../layers/problem';
import { showTokens } from '../../../layers/text/token';
import type { Home, MovingClusterType } from '../../../rollout/hand-over';
import { locate } from '../../../store/read/locate';
import { findClusterType } from '../find-app';
import { nodesOf } from '../nodes-of';
import { saidPlaces, sayings } from './said-places';

/** A cluster type by its name, as a plan needs it that lets its Applications live elsewhere. @throws FleetError where that is not for a root to say */
export function readMovingType(fleet: Fleet, output: FleetOutput, name: string): { readonly home: Home; readonly moving: MovingClusterType } {
  const clusterType = findClusterType(output, name);
  const root = movableRoot(fleet, output, clusterType);
  const own = new Apps(output, clusterType);
  const { file, place } = originOf(root);
  if (file === undefined)
    throw wrongHandOver(`the root of ${clusterType} is declared in code`, "say there where its Applications live, in the order of another cluster type's plan");
  const key = root.placement === 'controlPlane' ? 'applications' : 'clusterType';
  const [{ line } = {}] = locate([{ file, place: [...place, key] }]) as readonly { readonly line?: number }[];
  return {
    home: root.placement,
    moving: {
      clusterType,
      host: root.clusterType.name,
      root: { name: root.name, said: { file, field: 'applications', ...(line === undefined ? {} : { line }) } },
      namespace: own.namespace,
      apps: own.named('Application'),
      sets: own.named('ApplicationSet'),
      projects: own.projects(),
      named: own.projectsNamed(),
      stops: saidPlaces([...own.said(['finalizers'], ['syncPolicy', 'automated']), ...own.unpreserved()]),
      preserves: own.preserves(),
      refusals: saidPlaces([...own.said(['syncPolicy', 'syncOptions'])].filter(({ isRefusal }) => isRefusal)),
      repositories: own.repositories(),
      gates: nodesOf({ fleet }).flatMap((node) =>
        node.promotion === 'manual' && output.targetsOf(clusterType).some((target) => isAtOrBelow(target.path, node.path)) ? [node.path] : [],
      ),
    },
  };
}

/** The root that says where the Applications live. @throws FleetError where there is none, or where others depend on what it deploys */
function movableRoot(fleet: Fleet, output: FleetOutput, clusterType: string): RootApplicationSet {
  const roots = rootsOf(fleet);
  const root = roots.find(({ deploys }) => deploys === clusterType);
  if (!root) {
    const others = roots.map(({ deploys }) => deploys).filter((one) => one !== clusterType);
    throw wrongHandOver(
      `no app of the kind 'RootApplicationSet' deploys ${clusterType}`,
      `an ApplicationSet that was written by hand says by itself where Applications live${others.length === 0 ? '' : `; this is for ${others.join(' and ')}`}`,
    );
  }
  if (root.clusterType.name === clusterType) {
    throw wrongHandOver(
      `${clusterType} deploys itself: its Applications live in the one Argo CD that there is`,
      'name a cluster type that another one deploys',
    );
  }
  const hosted = roots.filter((one) => one.clusterType.name === clusterType);
  if (hosted.length > 0) {
    throw wrongHandOver(
      `${clusterType} runs the root of ${hosted.map(({ deploys }) => deploys).join(' and ')}, which would stop with it`,
      'let another cluster type run that root first',
    );
  }
  expectPlainGenerators(output, clusterType);
  return root;
}

/** @throws FleetError where a generator says by itself what the plan has to take out of the template */
function expectPlainGenerators({ values }: FleetOutput, clusterType: string): void {
  for (const app of values.appsOf(clusterType)) {
    if (app.kind !== 'ApplicationSet') continue;
    for (const target of values.targetsOf(clusterType)) {
      if (!app.isEnabledAt(target)) continue;
      const found = specsOf(app.manifestAt(target)).some(({ role, spec }) => role === 'override' && isMap(spec.syncPolicy));
      if (found)
        throw wrongHandOver(
          `a generator of ${app.name} has a sync policy of its own`,
          'say it in the template of the ApplicationSet, for all of its Applications',
        );
    }
  }
}

const preserving = ['syncPolicy', 'preserveResourcesOnDeletion'];

interface SaidOfApp {
  readonly source: ReturnType<typeof sayings>[number]['source'];
  readonly keys: readonly string[];
  readonly isRefusal: boolean;
}

/** The apps of a cluster type, where they are deployed. */
class Apps {
  readonly #apps: readonly { readonly app: AppValues; readonly targets: readonly Target[] }[];

  constructor({ values }: FleetOutput, clusterType: string) {
    const targets = values.targetsOf(clusterType);
    this.#apps = values
      .appsOf(clusterType)
      .map((app) => ({ app, targets: targets.filter((target) => app.isEnabledAt(target)) }))
      .filter((one) => one.targets.length > 0);
  }

  named(kind: AppValues['kind']): readonly string[] {
    return this.#apps.flatMap(({ app }) => (app.kind === kind ? [app.name] : []));
  }

  projects(): MovingClusterType['projects'] {
    return this.#apps.flatMap(({ app }) => (app.kind === 'AppProject' && app.file !== undefined ? [{ name: app.name, file: app.file }] : []));
  }

  get namespace(): string {
    const [first] = this.#values('Application', 'ApplicationSet').map(({ values }) => textAt(values, ['namespace']));
    return first ?? 'argocd';
  }

  projectsNamed(): readonly string[] {
    return this.#texts((spec) => [spec.project]);
  }

  repositories(): readonly string[] {
    return this.#texts((_, sources) => sources.map(({ repoURL }) => repoURL));
  }

  /** Where the Applications say something, whether they do by themselves or by the template that makes them. */
  *said(...fields: readonly (readonly string[])[]): Generator<SaidOfApp> {
    for (const { app, values } of this.#values('Application', 'ApplicationSet')) {
      for (const field of fields) {
        const keys = app.kind === 'Application' ? field : inTemplate(field);
        const refusing = new Set(sayings(values, keys, isRefusal).map(({ source }) => source));
        for (const one of sayings(values, keys)) yield { ...one, isRefusal: refusing.has(one.source) };
      }
    }
  }

  /** ApplicationSets whose controller gives the finalizer to every Application that has none (argo-cd, applicationset, preserveResourcesOnDeletion). */
  preserves(): MovingClusterType['preserves'] {
    const found = this.#values('ApplicationSet').filter(({ values }) => plainAt(values, preserving) !== true);
    const files = [...new Set(found.flatMap(({ app }) => (app.file === undefined ? [] : [app.file])))];
    return files.map((file) => ({ file, field: preserving.join('.') }));
  }

  /** Where ApplicationSets say that they are not to. */
  unpreserved(): ReturnType<typeof sayings> {
    return this.#values('ApplicationSet').flatMap(({ values }) => sayings(values, preserving, (value) => value !== true));
  }

  #values(...kinds: readonly AppValues['kind'][]): readonly { readonly app: AppValues; readonly values: Branch }[] {
    return this.#apps.flatMap(({ app, targets }) => {
      if (!kinds.includes(app.kind)) return [];
      return [...new Set(targets.map((target) => app.valuesAt(target)))].map((values) => ({ app, values }));
    });
  }

  #texts(of: (spec: Readonly<Record<string, unknown>>, sources: readonly Readonly<Record<string, unknown>>[]) => readonly unknown[]): readonly string[] {
    const all = this.#apps.flatMap(({ app, targets }) => {
      if (app.kind === 'AppProject') return [];
      const manifests = [...new Set(targets.map((target) => app.manifestAt(target)))];
      return manifests.flatMap((manifest) =>
        specsOf(manifest).flatMap(({ spec, sources }) =>
          of(
            spec,
            sources.map(({ source }) => source),
          ),
        ),
      );
    });
    return [...new Set(all.flatMap((text) => (typeof text === 'string' && text !== '' ? [showTokens(text)] : [])))].sort(compare);
  }
}

function isRefusal(value: Plain | Unset): boolean {
  return Array.isArray(value) && value.includes('FailOnSharedResource=true');
}

function inTemplate(field: readonly string[]): readonly string[] {
  return ['template', field[0] === 'finalizers' ? 'metadata' : 'spec', ...field];
}

function plainAt(values: Branch, keys: readonly string[]): unknown {
  const node = tryFindNode(values, keys);
  return node && plainOf(node);
}

function textAt(values: Branch, keys: readonly string[]): string | undefined {
  const value = plainAt(values, keys);
  return typeof value === 'string' ? value : undefined;
}

function wrongHandOver(message: string, hint: string): FleetError {
  return new FleetError([{ code: 'rollout', message, place: [], hint }]);
}
