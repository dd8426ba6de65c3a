import type { OwnRepository } from '../../layers/charts/chart-id';
import type { ChartInput } from '../../layers/charts/chart-input';
import { hintForOthers } from '../../layers/charts/left-closed';
import type { LayerKind } from '../../layers/layer';
import { merge } from '../../layers/merge';
import { type Branch, deepestNode, plainOf, tryChild } from '../../layers/node';
import type { Manifest } from '../../layers/output';
import type { Problem } from '../../layers/problem';
import type { Resolved } from '../../layers/resolver';
import { type Token, tokensOf } from '../../layers/text/token';
import { judgeRemark } from '../argocd/judge-remark';
import { finishedManifest, writtenManifest } from '../argocd/manifest';
import type { Remark } from '../argocd/manifest-rule';
import { remarksOn } from '../argocd/manifest-rules';
import { isHydrated } from '../argocd/rules/own-fields/hydrate';
import { chartInputs, type Hydration } from '../resolve/hydration/chart-inputs';
import { controlPlaneLayer } from '../resolve/last-word/control-plane-layer';
import type { ApplicationPlacement } from '../tree/config/app-config';
import { oldestArgoCD, rendererOf } from '../tree/fleet-tree';
import type { LayeredApp } from '../tree/layered-app';
import { originOf } from '../tree/origin';

/** What is rendered of an app at a target. */
export interface Rendition {
  readonly enabled: boolean;
  /** What every layer says, the tool's own last word included. */
  readonly values: Branch;
  /** Absent where the app is not enabled. */
  readonly manifest?: Manifest;
  /** What the layers say, before it is what Argo CD receives; absent like the manifest. */
  readonly written?: Manifest;
  /** The charts whose objects are rendered beside it. @default - none is opened */
  readonly charts?: readonly ChartInput[];
  /** The cluster values that its manifest uses. */
  readonly tokens: readonly Token[];
  /** Everything that is wrong with the app at such a target. */
  readonly problems: readonly Problem[];
  /**
   * What is known to be wrong without looking for it: everything where it was looked for, and otherwise what the layers'
   * functions did wrong at such a target.
   */
  readonly knownProblems: readonly Problem[];
  /** What a comparison with others found at this app's own. */
  problemOf(remark: Remark): Problem;
}

/**
 * An app's values as what is rendered of them; the same for every target with the same values. What is wrong with them
 * is looked for when it is asked for: whoever only writes files does not.
 */
export class AppRendition implements Rendition {
  readonly enabled: boolean;
  readonly values: Branch;
  readonly manifest?: Manifest;
  readonly written?: Manifest;
  readonly #app: LayeredApp;
  readonly #placement: ApplicationPlacement;
  readonly #resolved: Resolved;
  #tokens: readonly Token[] | undefined;
  #problems: readonly Problem[] | undefined;

  /** What Helm is told where its charts are opened. @default - they are not */
  readonly hydration?: Hydration;

  /** @param own the fleet's repository */
  constructor(app: LayeredApp, placement: ApplicationPlacement, resolved: Resolved, own: OwnRepository) {
    this.#app = app;
    this.#placement = placement;
    this.#resolved = resolved;
    const enabled = tryChild(resolved.values, 'enabled');
    this.enabled = enabled === undefined || plainOf(enabled) !== false;
    if (!this.enabled || placement === 'cluster') {
      this.values = resolved.values;
      if (this.enabled) this.written = writtenManifest(app.kind, app.name, this.values);
    } else {
      const { name, layer } = controlPlaneLayer(app.kind, app.name, resolved.values);
      this.values = merge(resolved.values, layer);
      this.written = writtenManifest(app.kind, name, this.values);
    }
    if (!this.written) return;
    this.manifest = finishedManifest(this.written);
    if (app.kind === 'Application' && app.workloads === undefined && isHydrated(this.values)) {
      this.hydration = chartInputs(this.manifest, this.values, own, rendererOf(app));
    }
  }

  get tokens(): readonly Token[] {
    this.#tokens ??= this.manifest ? tokensOf(this.manifest) : [];
    return this.#tokens;
  }

  get problems(): readonly Problem[] {
    this.#problems ??= [...this.#resolved.problems, ...this.#remarks().map((remark) => placed(this.#app, this.values, remark))];
    return this.#problems;
  }

  get knownProblems(): readonly Problem[] {
    return this.#problems ?? this.#resolved.problems;
  }

  problemOf(remark: Remark): Problem {
    return placed(this.#app, this.values, { ...remark, isOwn: true });
  }

  #remarks(): readonly Remark[] {
    const { manifest, values } = this;
    if (!this.written || !manifest) return [];
    const remarks = remarksOn({
      maker: 'layers',
      written: this.written,
      manifest,
      values,
      isClean: !values.isDoubtful,
      placement: this.#placement,
      argoCD: oldestArgoCD(this.#app),
      hasWorkloads: this.#app.workloads !== undefined,
    });
    return this.hydration ? [...remarks, ...this.hydration.remarks] : remarks;
  }
}

/** A path in what an app's layers say, in the form of a manifest, as the path of the same value in the layers. */
function valuesPath([top = '', ...rest]: readonly string[]): readonly string[] {
  return top === 'spec' || top === 'metadata' ? rest : [top, ...rest];
}

/** Layers that stand in the app's own file. */
const authored: ReadonlySet<LayerKind> = new Set(['base', 'override', 'patch']);

/** What helps with a chart that cannot be opened: who does not say that it is, cannot leave that out. */
export function hintAt(values: Branch, hint: string | undefined): string | undefined {
  const said = tryChild(values, 'hydrate');
  return hint === undefined || !said || authored.has(said.source.kind) ? hint : hintForOthers(hint);
}

/** A remark with the layer, and so the file, that set the value it is about. */
function placed(app: LayeredApp, values: Branch, remark: Remark): Problem {
  const path = valuesPath(remark.path);
  const { node, depth } = deepestNode(values, path);
  const isOthers = remark.isOwn === true && !authored.has(node.source.kind);
  const origin = depth === 0 || isOthers ? originOf(app) : node.source;
  const judged = judgeRemark(app, remark);
  const hint = hintAt(values, judged.hint);
  return { ...judged, ...(hint === undefined ? {} : { hint }), app: app.name, file: origin.file ?? originOf(app).file, place: [...origin.place, ...path] };
}
