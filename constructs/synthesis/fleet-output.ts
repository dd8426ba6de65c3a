import type { KnownCharts } from '../../layers/charts/known-charts';
import type { Hierarchy, PlacedNode } from '../../layers/hierarchy';
import type { Branch } from '../../layers/node';
import type { OutputFile, OutputFolder, RenderedPlace } from '../../layers/output';
import type { ReleaseInversion } from '../../layers/patch-state';
import type { Problem } from '../../layers/problem';
import { recordFolder } from '../../layers/record';
import type { Token } from '../../layers/text/token';
import { chartValueProblems } from '../check/chart-values';
import { debtProblems } from '../check/debt/debts';
import type { StalledPatch } from '../check/debt/patch-debt';
import { type ChartUse, chartUses, type NamedChart, namedCharts } from '../resolve/chart-uses';
import { findTarget } from '../resolve/find-target';
import type { FleetFacts } from '../resolve/fleet-facts';
import { FleetValues } from '../resolve/fleet-values';
import { layerConstructs } from '../resolve/layer-constructs';
import type { ClusterTypeModel } from '../resolve/model';
import { type PatchView, patchViews } from '../resolve/patch-view';
import type { SettledModel } from '../resolve/settled-model';
import type { Target } from '../tree/config/target';
import type { AppKind } from '../tree/layered-app';
import { originOf } from '../tree/origin';
import type { MemberView } from './member-view';

/** An app as commands see it that change its configuration. */
export interface AppView {
  readonly name: string;
  readonly kind: AppKind;
  /** Whether it shares its file with others. */
  readonly isGroup: boolean;
  /** @default - it was declared in code */
  readonly file?: string;
  readonly owners: readonly string[];
  /** Names of its patches, the group's included. */
  readonly patches: readonly string[];
  /** All layers merged. */
  valuesAt(target: Target): Branch;
}

/** The Helm charts of a fleet. */
export interface FleetCharts {
  /** Those that somebody names anywhere, in any version. */
  named(): readonly NamedChart[];
  /** As targets get them, and as patches in flight would have them. */
  uses(): Iterable<ChartUse>;
}

/** What a synthesis gives out. */
export interface FleetOutputProps {
  readonly model: SettledModel;
  /** What was noticed so far and stops nothing. */
  readonly warnings: () => readonly Problem[];
  /** What a target gets. */
  readonly folder: (clusterType: ClusterTypeModel, target: Target) => OutputFolder;
  /** Renders the charts that are opened, and looks at what they give. @default - none is */
  readonly open?: () => void;
  /** What a target gets, with what charts are told in the place of what they give. @default - none is opened */
  readonly told?: FleetOutputProps['folder'];
  /** Where everything comes from. */
  readonly records: () => Iterable<OutputFile>;
  /** What Argo CD reads. @default - what targets get, each in a folder of its own */
  readonly folders?: () => Iterable<OutputFolder>;
  /** Where what is written for whom. @default - each cluster type and node has a folder of its own */
  readonly places?: () => readonly RenderedPlace[];
  /** How many targets are rendered. @default - those of all cluster types */
  readonly targets?: number;
  /** Which charts it is made of, and with which values. @default - those that apps name in their sources */
  readonly charts?: FleetCharts;
  /** Where patches of components hold back those of releases. @default - there are no releases */
  readonly releaseInversions?: () => readonly ReleaseInversion[];
  /** The clusters of a fleet of hubs and spokes, in sequence; asked for once. @default - clusters are no part of the fleet */
  readonly members?: () => readonly MemberView[];
}

/** Rendered output, folder by folder: whoever reads it never has the whole fleet in memory. */
export class FleetOutput implements Iterable<OutputFolder> {
  readonly targets: number;
  /** What generated values are made of. */
  readonly facts: FleetFacts;
  #members: readonly MemberView[] | undefined;
  #values: FleetValues | undefined;
  #records: OutputFolder | undefined;
  #patches: readonly PatchView[] | undefined;
  #told: FleetOutput | undefined;
  readonly #model: SettledModel;
  readonly #props: FleetOutputProps;

  constructor(props: FleetOutputProps) {
    this.#props = props;
    this.#model = props.model;
    this.facts = props.model.facts;
    this.targets = props.targets ?? props.model.clusterTypes.reduce((sum, { targets }) => sum + targets.length, 0);
  }

  /** What was noticed so far and stops nothing: of the objects of opened charts, where they are rendered. */
  get warnings(): readonly Problem[] {
    return this.#props.warnings();
  }

  /** Renders the charts that are opened, where that was not done yet; whoever asks for files does so, too. @throws FleetError with every mistake there */
  open(): this {
    this.#props.open?.();
    return this;
  }

  /** The same, with something around the rendering of charts. */
  opening(around: (open: () => void) => void): FleetOutput {
    const { open } = this.#props;
    return open ? new FleetOutput({ ...this.#props, open: () => around(open) }) : this;
  }

  /** The same with what charts are told in the place of their objects: equal where these are, and no chart is rendered. */
  get told(): FleetOutput {
    const { open: _, told: folder, ...props } = this.#props;
    this.#told ??= folder ? new FleetOutput({ ...props, folder }) : this;
    return this.#told;
  }

  /** What the layers of every app say, those of roots with all that they inject. */
  get values(): FleetValues {
    this.#values ??= new FleetValues(this.#model);
    return this.#values;
  }

  /** Whether it is a fleet of hubs and spokes. */
  get hasMembers(): boolean {
    return this.#props.members !== undefined;
  }

  /** The clusters of a fleet of hubs and spokes, in sequence; none where clusters are no part of the fleet. */
  get members(): readonly MemberView[] {
    this.#members ??= this.#props.members?.() ?? [];
    return this.#members;
  }

  /** Where older patches of components hold back what newer ones of the releases of their groups bring. */
  get releaseInversions(): readonly ReleaseInversion[] {
    return this.#props.releaseInversions?.() ?? [];
  }

  /** @throws FleetError where there is no such target */
  findTarget(clusterType: string, path: string): Target {
    return findTarget(this.#model, clusterType, path);
  }

  /** Which charts apps name, anywhere. */
  namedCharts(): readonly NamedChart[] {
    return this.#props.charts?.named() ?? namedCharts(this.#model);
  }

  /** Every chart with its values: as targets get it now, and as each patch in flight would have it. */
  chartUses(): Iterable<ChartUse> {
    return this.#props.charts?.uses() ?? chartUses(this.#model);
  }

  /** What is wrong with the values of charts. @param charts what is known of them */
  chartProblems(charts: KnownCharts): readonly Problem[] {
    return chartValueProblems(this.chartUses(), charts, this.warnings);
  }

  /** What works and should not stay. @param stalled which patches do not get on */
  debtProblems(stalled: StalledPatch): readonly Problem[] {
    return debtProblems(this.#model, this.patches(), stalled);
  }

  /** Every patch in flight, by cluster type and app; those of one app in name order. */
  patches(): readonly PatchView[] {
    this.#patches ??= patchViews(this.#model);
    return this.#patches;
  }

  /** The apps of a cluster type, as their files name them: a file with several is one. */
  appNames(clusterType: string): readonly string[] {
    const apps = this.#model.clusterTypes.find(({ name }) => name === clusterType)?.apps ?? [];
    return [...new Set(apps.map(({ construct }) => construct.group?.name ?? construct.name))];
  }

  /** An app by the name of its file, with what each of its members says everywhere. */
  apps(clusterType: string, name: string): readonly AppView[] {
    const apps = this.#model.clusterTypes.find((one) => one.name === clusterType)?.apps ?? [];
    return apps
      .filter(({ construct }) => (construct.group?.name ?? construct.name) === name)
      .map(({ construct, resolver }) => {
        const { file } = originOf(construct.group ?? construct);
        return {
          name: construct.name,
          kind: construct.kind,
          isGroup: construct.group !== undefined,
          file,
          owners: construct.owners,
          patches: layerConstructs(construct).patches.map((patch) => patch.name),
          valuesAt: (target: Target) => resolver.at(target).values,
        };
      });
  }

  /** In the order in which they were declared. */
  get clusterTypes(): readonly string[] {
    return this.#model.clusterTypes.map(({ name }) => name);
  }

  /** The targets of a cluster type, in sequence. */
  targetsOf(clusterType: string): readonly Target[] {
    return this.#model.clusterTypes.find(({ name }) => name === clusterType)?.targets ?? [];
  }

  /** What a target gets. @throws FleetError where there is no such target */
  folder(clusterType: string, path: string): OutputFolder {
    const target = this.findTarget(clusterType, path);
    this.open();
    return this.#props.folder(this.#model.clusterTypes.find(({ name }) => name === clusterType) as ClusterTypeModel, target);
  }

  /** What every target gets, whatever the folders are in which it is written. */
  *effects(): Generator<{ readonly clusterType: string; readonly path: string; readonly folder: OutputFolder }> {
    this.open();
    for (const clusterType of this.#model.clusterTypes) {
      for (const target of clusterType.targets) {
        yield { clusterType: clusterType.name, path: target.path, folder: this.#props.folder(clusterType, target) };
      }
    }
  }

  /** The nodes of the hierarchy, of every depth, in sequence. */
  get nodes(): readonly PlacedNode[] {
    return this.#model.hierarchy.nodes;
  }

  /** The nodes and ranks in the sequence of changes, and what they ask for. */
  get hierarchy(): Hierarchy {
    return this.#model.hierarchy;
  }

  /** Where what is written for whom; where a folder lies in another one, that one comes first. Folders may be there that nothing is written to yet. */
  places(): readonly RenderedPlace[] {
    if (this.#props.places) return this.#props.places();
    return this.clusterTypes.flatMap((clusterType) => this.nodes.map(({ path }) => ({ folder: `${clusterType}/${path}`, reaches: [path] })));
  }

  /** The cluster values that the apps of a target use. */
  tokens(clusterType: string, path: string): readonly Token[] {
    return this.#model.tokensAt(clusterType, path);
  }

  /** Where everything comes from; found once, for it takes a look at every app of every target. */
  records(): OutputFolder {
    this.#records ??= { path: recordFolder, files: [...this.#props.records()] };
    return this.#records;
  }

  /** Everything that is written; the records first, for they tell what the rest is. */
  *[Symbol.iterator](): Iterator<OutputFolder> {
    // What is wrong is known before the first file.
    this.open();
    yield this.records();
    if (this.#props.folders) yield* this.#props.folders();
    else for (const { folder } of this.effects()) yield folder;
  }
}
