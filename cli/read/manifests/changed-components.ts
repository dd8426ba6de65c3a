import { appKey } from '../../../changes/compare/pairs';
import { mapIn, textIn } from '../../../changes/objects/object-words';
import { type Content, nameIn, type State, type StateFile, subjectOf } from '../../../changes/state';
import { originExpression } from '../../../constructs/argocd/cluster-secret';
import { valuesPath } from '../../../constructs/hub/render/application-set';
import { filledApplication } from '../../../constructs/hub/render/filled-application';
import { type KnownCluster, knownCluster } from '../../../constructs/hub/render/known-cluster';
import { chartInputs } from '../../../constructs/resolve/hydration/chart-inputs';
import { readsRepository } from '../../../layers/charts/chart-input';
import { getOr } from '../../../layers/get-or';
import { Branch } from '../../../layers/node';
import type { Manifest } from '../../../layers/output';
import { isSame } from '../../../layers/plain-data';
import { fillTokens, mapStrings } from '../../../layers/text/token';
import { type Looked, type Moment, standInOf } from './looked';

/** What is looked at of a fleet of hubs. */
export interface ComponentOptions {
  readonly isAsked?: (group: string, target: string) => boolean;
  readonly foldersDiffer?: boolean;
  /** The fleet's own. */
  readonly repository: string;
}

/** A component at a cluster in one of two states. */
interface Deployed {
  readonly own: StateFile;
  readonly component: string;
  readonly cluster: KnownCluster;
  /** Those of its chart. @default - it has none */
  readonly values?: StateFile;
}

/**
 * Components at clusters that both states have, whichever Argo CD deploys them, and that are told something else, or may be something
 * else: their Applications are filled in as that Argo CD does it, with what Git says of the cluster's secret.
 */
export function changedComponents(
  before: State,
  after: State,
  { isAsked = () => true, foldersDiffer = false, repository }: ComponentOptions,
): readonly Looked[] {
  const [earlier, later] = [deployedIn(before, isAsked), deployedIn(after, isAsked)];
  const pairs = [...later].flatMap(([key, made]) => {
    const was = earlier.get(key);
    return was && (foldersDiffer || !isAlike(was, made)) ? [[was, made] as const] : [];
  });
  const said = [before, after].map((state, side) => {
    const files = pairs.flatMap((pair) => [pair[side as 0 | 1].own, pair[side as 0 | 1].values].filter((file) => file !== undefined));
    return new Map(state.read(files).map((content, index) => [files[index], content]));
  });
  return pairs.flatMap((pair): readonly Looked[] => {
    const moments = pair.map((one, side) => momentOf(one, (file) => said[side]?.get(file) ?? {}, repository)) as [Moment, Moment];
    const same = isSame(moments[0], moments[1]);
    const { clusterType, target } = pair[1].own;
    if (same && !(foldersDiffer && moments.some((moment) => moment !== 'open' && moment.inputs.some(readsRepository)))) return [];
    return [{ isSame: same, clusterType, target, app: pair[1].component, moments }];
  });
}

function isAlike(one: Deployed, other: Deployed): boolean {
  return one.own.id === other.own.id && one.values?.id === other.values?.id && one.cluster.id === other.cluster.id;
}

function deployedIn(state: State, isAsked: (group: string, target: string) => boolean): ReadonlyMap<string, Deployed> {
  const found = new Map<string, Deployed>();
  const values = new Map<string, StateFile>();
  const clusters = new Map<string, KnownCluster>();
  for (const file of state.files) {
    const { app, object, deployer } = subjectOf(file, state.fleet.topology);
    if (!isAsked(file.clusterType, file.target)) continue;
    const key = appKey(file, { app });
    if (object === 'values') values.set(key, file);
    if (object !== undefined || deployer === undefined) continue;
    const cluster = getOr(clusters, `${deployer}\n${file.target}`, () =>
      knownCluster(nameIn(file.target), state.registration?.(deployer, file.target) as Manifest | undefined),
    );
    found.set(key, { own: file, component: app, cluster });
  }
  return new Map([...found].map(([key, one]) => [key, { ...one, values: values.get(key) }]));
}

const nothingSaid = new Branch(Object.create(null), { kind: 'base', place: [] });

/** What the charts of a component are told at a cluster. */
function momentOf({ own, component, cluster, values }: Deployed, read: (file: StateFile) => Content, repository: string): Moment {
  const content = read(own);
  const filled = filledApplication(content as unknown as Manifest, cluster);
  if ('refusal' in filled) return { inputs: [], remarks: [filled.refusal] };
  const release = textIn(mapIn(content.values).release);
  const paths = [valuesPath(own.clusterType, component), valuesPath(own.clusterType, component, release)].map((path) => `/${cluster.name}/${path}`);
  const isOwn = (file: unknown) => values !== undefined && paths.some((path) => textIn(file).endsWith(path));
  const { manifest, home } = withoutOwnValues(filled.manifest, isOwn);
  const { inputs, remarks } = chartInputs(manifest, nothingSaid, home ?? repository);
  // The component's own source is the first one. Its file of values Helm reads after all others.
  const isFirstThere = !remarks.some(({ path: [top, key, index] }) => top === 'spec' && (key === 'source' || index === '0'));
  const told = home === undefined || !values || !isFirstThere ? [] : [JSON.stringify(read(values))];
  return {
    inputs: inputs.map((input, index) =>
      mapStrings(index === 0 ? { ...input, values: [...told, ...input.values] } : input, (text) =>
        fillTokens(text, ({ origin = '' }) => standInOf(originExpression(origin))),
      ),
    ),
    remarks,
  };
}

/** An Application without the file of values that is rendered for it, and the repository from which that is read: the fleet's, or one that holds the same. */
function withoutOwnValues(manifest: Manifest, isOwn: (file: unknown) => boolean): { readonly manifest: Manifest; readonly home?: string } {
  const { sources, ...spec } = mapIn(manifest.spec);
  const [first, ...others] = Array.isArray(sources) ? sources.map(mapIn) : [];
  const { valueFiles, ...helm } = mapIn(first?.helm);
  const home = others.find(({ ref }) => ref === 'values')?.repoURL;
  if (!first || !Array.isArray(valueFiles) || typeof home !== 'string' || !isOwn(valueFiles.at(-1))) return { manifest };
  const left = valueFiles.length === 1 ? helm : { ...helm, valueFiles: valueFiles.slice(0, -1) };
  return { manifest: { ...manifest, spec: { ...spec, sources: [{ ...first, helm: left }, ...others] } }, home };
}
