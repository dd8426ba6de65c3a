import { ApiObject, type ApiObjectProps, App, Chart, type IResolver, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Manifest } from '../../layers/output';
import type { Target } from './config/target';

/**
 * The Applications and ApplicationSets of one target as a cdk8s chart, each object's id the name of its app. It is a
 * chart like any other: `Testing.synth` gives its manifests, and whatever else is declared in it is rendered into the
 * target's `templates/` too.
 */
export class TargetChart extends Chart {
  readonly target: Target;

  /** @param resolvers what cdk8s asks of every value of its objects, before it resolves them itself */
  constructor(target: Target, apps: readonly { readonly name: string; readonly manifest: Manifest }[], resolvers: readonly IResolver[] = []) {
    // An app of its own: cdk8s validates and resolves a chart's whole app each time one chart is rendered.
    super(new App({ outdir: '', resolvers: [...resolvers] }), target.clusterType);
    this.target = target;
    for (const { name, manifest } of apps) new AppManifest(this, name, manifest);
  }

  /** The object of an app, or `undefined` where the app is not rendered at this target. */
  tryFindApp(name: string): ApiObject | undefined {
    return this.node.tryFindChild(name) as ApiObject | undefined;
  }

  /** @throws Error where the app is not rendered at this target */
  findApp(name: string): ApiObject {
    const app = this.tryFindApp(name);
    if (!app) throw new Error(`${this.target.clusterType} has no app '${name}' at ${this.target.path}`);
    return app;
  }
}

/** An app's object: until somebody changes it, it is the checked manifest itself and not a copy. */
export class AppManifest extends ApiObject {
  readonly #manifest: Manifest;
  #patched = false;

  /** `instanceof` will not do: cdk8s answers it for every `ApiObject`, subclasses' names included. */
  static isAppManifest(object: ApiObject): object is AppManifest {
    return #manifest in object;
  }

  constructor(scope: Construct, id: string, manifest: Manifest) {
    super(scope, id, manifest as unknown as ApiObjectProps);
    this.#manifest = manifest;
  }

  /** What the object is while nobody changes it. */
  get manifest(): Manifest {
    return this.#manifest;
  }

  override addJsonPatch(...ops: JsonPatch[]): void {
    this.#patched = true;
    super.addJsonPatch(...ops);
  }

  override toJson(): unknown {
    const metadata = this.metadata.toJson() as { readonly [key: string]: unknown };
    const isUntouched = !this.#patched && JSON.stringify(sorted(metadata)) === JSON.stringify(this.#manifest.metadata);
    return isUntouched ? this.#manifest : super.toJson();
  }
}

function sorted(map: { readonly [key: string]: unknown }): { readonly [key: string]: unknown } {
  return Object.fromEntries(
    Object.keys(map)
      .sort()
      .map((key) => [key, map[key]]),
  );
}
