import type { ChartInput } from '../../../layers/charts/chart-input';
import { once } from '../../../layers/get-or';
import type { Plain } from '../../../layers/layer';
import type { Branch } from '../../../layers/node';
import type { Manifest } from '../../../layers/output';
import type { Problem } from '../../../layers/problem';
import { type Token, tokensOf } from '../../../layers/text/token';
import { finishedManifest, writtenManifest } from '../../argocd/manifest';
import type { Remark } from '../../argocd/manifest-rule';
import { type FleetFacts, targetFolder } from '../../resolve/fleet-facts';
import { withObjectsOf } from '../../resolve/last-word/hydrated-layer';
import type { Target } from '../../tree/config/target';
import type { LayeredApp } from '../../tree/layered-app';
import type { AppRendition, Rendition } from '../rendition';

/** What Applications of an app whose charts are opened say at all targets where the layers say the same: all but where the objects lie. */
export interface Opened {
  readonly written: Manifest;
  readonly manifest: Manifest;
  readonly tokens: readonly Token[];
}

/**
 * An app whose charts are opened at a target: its Application points to their objects. Whatever can be wrong with it is
 * wrong wherever the layers say the same, and known of what it is made of.
 */
export class OpenedRendition implements Rendition {
  readonly enabled = true;
  readonly manifest: Manifest;
  readonly charts: readonly ChartInput[];
  readonly tokens: readonly Token[];
  readonly #closed: AppRendition;
  readonly #written: () => Manifest;

  /** @param closed as it is rendered where no chart is opened, with what Helm is told @param known by such a one, what was opened of it at some target */
  constructor(app: LayeredApp, closed: AppRendition, facts: FleetFacts, target: Target, known: WeakMap<AppRendition, Opened>) {
    const { hydration = { inputs: [], tokens: [], info: [] } } = closed;
    this.#closed = closed;
    this.charts = hydration.inputs;
    const path = `${targetFolder(facts, app.clusterType.name, target.path)}/manifests/${app.name}`;
    const opened = known.get(closed) ?? open(app, closed, withObjectsOf(closed.values, facts, path, app.name, hydration));
    known.set(closed, opened);
    this.manifest = withPath(opened.manifest, path);
    this.#written = once(() => withPath(opened.written, path));
    this.tokens = opened.tokens;
  }

  get values(): Branch {
    return this.#closed.values;
  }

  get written(): Manifest {
    return this.#written();
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

function open(app: LayeredApp, closed: AppRendition, values: Branch): Opened {
  const { name } = (closed.written as Manifest).metadata;
  const written = writtenManifest(app.kind, name, values);
  const manifest = finishedManifest(written);
  return { written, manifest, tokens: tokensOf(manifest) };
}

/** The same with its objects elsewhere: whatever is the same is the same object, so that its text is made once. */
function withPath(manifest: Manifest, path: string): Manifest {
  const spec = manifest.spec as Readonly<Record<string, Plain>>;
  const source = spec.source as Readonly<Record<string, Plain>>;
  return Object.freeze({ ...manifest, spec: Object.freeze({ ...spec, source: Object.freeze({ ...source, path }) }) });
}
