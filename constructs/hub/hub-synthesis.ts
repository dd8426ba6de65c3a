import type { Finding } from '../../layers/consequences';
import type { OutputFolder } from '../../layers/output';
import { Problems } from '../../layers/problem';
import { remarksOn } from '../argocd/manifest-rules';
import { FleetSubject } from '../check/fleet-rule';
import { fleetProblems } from '../check/fleet-rules';
import { modelOf } from '../resolve/model';
import { settledModel } from '../resolve/settled-model';
import { FleetOutput } from '../synthesis/fleet-output';
import { usableSelector } from './check/components/component-selectors';
import { releaseInversions } from './check/groups/release-inversions';
import { HubSubject } from './check/hub-rule';
import { hubProblems } from './check/hub-rules';
import { hubRecords } from './hub-records';
import { memberViews } from './member-views';
import { ArgoCDs } from './render/argo-cds';
import { HubFiles } from './render/hub-files';

import { proveDeployments, wantedDeployments } from './render/prove-deployments';
import { componentChartUses, namedComponentCharts } from './resolve/component-charts';
import { resolveHub } from './resolve/resolve-hub';
import { setKeys } from './tree/component';
import type { HubTree } from './tree/hub-tree';

/**
 * Turns a fleet of hubs and spokes into files: what everybody gets is resolved and looked at; then what every Argo CD gets is
 * rendered, and proved before anything is given out.
 */
export class HubSynthesis {
  readonly #fleet: HubTree;

  constructor(fleet: HubTree) {
    this.#fleet = fleet;
  }

  /** @throws FleetError with every mistake of the whole fleet */
  run(progress?: (done: number, all: number) => void): FleetOutput {
    const fleet = this.#fleet;
    const problems = new Problems();
    problems.addUnread(fleet.unread);
    const hub = this.#resolve(problems, progress);
    const { model, groups, members } = hub;
    const argoCDs = new ArgoCDs(fleet, groups, members);
    const { deployments, problems: refuted } = proveDeployments(argoCDs.all, wantedDeployments(hub));
    problems.addAll(refuted);
    const files = new HubFiles(fleet, groups, members, argoCDs.all, deployments);
    problems.addAll(manifestProblems(files));
    problems.addAll(hubProblems(hub, 'rendered'));
    problems.throwIfAny();
    return new FleetOutput({
      model: settledModel(model, () => []),
      warnings: () => problems.sorted(),
      targets: members.length,
      folder: (clusterType, target): OutputFolder => files.effects(clusterType.name, target.path),
      folders: () => files.folders(),
      records: () => hubRecords(hub, deployments),
      places: () => files.places(),
      charts: { named: () => namedComponentCharts(hub), uses: () => componentChartUses(hub) },
      releaseInversions: () => releaseInversions(hub),
      members: () => memberViews(model, groups, members, deployments),
    });
  }

  /** @throws FleetError with every mistake in what is said */
  #resolve(problems: Problems, progress?: (done: number, all: number) => void): HubSubject {
    const fleet = this.#fleet;
    fleet.node.lock();
    const declared = modelOf(fleet);
    problems.addAll(fleetProblems(new FleetSubject(fleet, declared), 'declared', 'hub-and-spoke'));
    const hub = new HubSubject(resolveHub(fleet, declared, (component) => usableSelector(fleet, component), progress));
    const subject = new FleetSubject(fleet, hub.model);
    problems.addAll(fleetProblems(subject, 'resolved', 'hub-and-spoke'));
    problems.addAll(hubProblems(hub, 'resolved'));
    problems.addAll(fleetProblems(subject, 'rendered', 'hub-and-spoke'));
    // What cannot be resolved has been reported; what Argo CD would do with it says nothing new.
    problems.throwIfAny();
    problems.addAll(hubProblems(hub, 'sound'));
    return hub;
  }
}

/** A path in an ApplicationSet as that of what its component says of it. */
function ownPath([, field = '', ...below]: readonly string[]): readonly string[] {
  return (setKeys as readonly string[]).includes(field) ? [field, ...below] : [];
}

/** What is wrong with manifests that the fleet itself makes. */
function* manifestProblems(files: HubFiles): Generator<Finding> {
  for (const { manifest, origin } of files.manifests()) {
    for (const { code, message, path, isCause: _, key: __, ...rest } of remarksOn({ maker: 'hub', written: manifest, manifest })) {
      yield { code, message, ...rest, file: origin.file, place: [...origin.place, ...(origin.file === undefined ? path : ownPath(path))] };
    }
  }
}
