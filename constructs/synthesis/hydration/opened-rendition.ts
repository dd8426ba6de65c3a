import type { ChartInput } from '../../../layers/charts/chart-input';
import type { Branch } from '../../../layers/node';
import type { Manifest } from '../../../layers/output';
import type { Problem } from '../../../layers/problem';
import { type Token, tokensOf } from '../../../layers/text/token';
import { finishedManifest, writtenManifest } from '../../argocd/manifest';
import type { Remark } from '../../argocd/manifest-rule';
import type { FleetFacts } from '../../resolve/fleet-facts';
import { withObjectsOf } from '../../resolve/last-word/hydrated-layer';
import type { Target } from '../../tree/config/target';
import type { LayeredApp } from '../../tree/layered-app';
import type { AppRendition, Rendition } from '../rendition';

/**
 * An app whose charts are opened at a target: its Application points to their objects. Whatever can be wrong with it is
 * wrong wherever the layers say the same, and known of what it is made of.
 */
export class OpenedRendition implements Rendition {
  readonly enabled = true;
  readonly values: Branch;
  readonly manifest: Manifest;
  readonly written: Manifest;
  readonly charts: readonly ChartInput[];
  readonly #closed: AppRendition;
  #tokens: readonly Token[] | undefined;

  /** @param closed as it is rendered where no chart is opened, with what Helm is told */
  constructor(app: LayeredApp, closed: AppRendition, facts: FleetFacts, target: Target) {
    const { name } = (closed.written as Manifest).metadata;
    this.#closed = closed;
    this.values = closed.values;
    const { hydration = { inputs: [], tokens: [], info: [] } } = closed;
    this.charts = hydration.inputs;
    const values = withObjectsOf(closed.values, facts, app.clusterType.name, app.name, target, hydration);
    this.written = writtenManifest(app.kind, name, values);
    this.manifest = finishedManifest(this.written);
  }

  get tokens(): readonly Token[] {
    this.#tokens ??= tokensOf(this.manifest);
    return this.#tokens;
  }

  get problems(): readonly Problem[] {
    return this.#closed.problems;
  }

  get knownProblems(): readonly Problem[] {
    return this.#closed.knownProblems;
  }

  problemOf(remark: Remark): Problem {
    const [top, field] = remark.path;
    // No layer says where its objects lie; one says that it has some.
    const isOfObjects = top === 'spec' && field === 'source' && remark.found !== undefined;
    return this.#closed.problemOf(isOfObjects ? { ...remark, path: [top, 'hydrate'], found: `${remark.found}, where the app's objects lie` } : remark);
  }
}
