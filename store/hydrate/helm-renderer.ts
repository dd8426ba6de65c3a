import type { ChartFinding, ChartInput, ChartObjects, ChartRenderer } from '../../layers/charts/chart-input';
import type { Manifest } from '../../layers/output';
import { hashOf } from '../files/journal';
import { ChartCache } from './chart-cache';
import { ObjectReader } from './chart-objects';
import { ChartSources } from './chart-sources';
import { findRandom } from './differences';
import { type Limits, type Printed, type Rendering, template } from './helm-template';
import { InputFiles } from './input-files';
import { findHelm, type InstalledHelm } from './installed-helm';
import { mayVary } from './may-vary';

export interface HelmRendererOptions {
  /** Where results are kept. Absolute. @default - `cdk8s-fleet/charts` in the user's folder of caches */
  readonly cache?: string;
  /** How long a chart may take, in milliseconds. @default 60_000 */
  readonly patience?: number;
  /** How much a chart may print, in bytes. @default 2 ** 28 */
  readonly output?: number;
  /** How long after the end of a run the second one of the same input begins at the earliest, in milliseconds. @default 1000, another second on the clock */
  readonly pause?: number;
}

/** The version of what is kept, and of what is made of an input: the former is not found by a later one. */
const format = 1;

/** What this process rendered: commands render before and after an edit, each with a renderer of its own. */
const remembered = new Map<string, ChartObjects>();

/** An input that must be rendered, and where its result is kept. */
interface Wanted extends Omit<Rendering, 'isDoubtful'> {
  readonly key: string;
}

/**
 * Renders charts with the Helm that is installed: charts from `imports/charts/`, which must be what the lock says, and charts in
 * folders of the repository. No network is asked, and nothing is written but a cache outside of Git.
 */
export class HelmRenderer implements ChartRenderer {
  readonly #sources: ChartSources;
  readonly #files: InputFiles;
  readonly #cache: ChartCache;
  /** May be so here and now alone. */
  readonly #wrong = new Map<string, ChartObjects>();
  readonly #limits: Limits;
  #helm: InstalledHelm | { readonly problems: readonly ChartFinding[] } | undefined;

  /** @param base from where the folders of charts count */
  constructor(config: string, base: string, { cache, patience = 60_000, output = 2 ** 28, pause = 1000 }: HelmRendererOptions = {}) {
    this.#sources = new ChartSources(config, base);
    this.#files = new InputFiles(base);
    this.#cache = new ChartCache(cache);
    this.#limits = { patience, output, pause };
  }

  render(inputs: readonly ChartInput[]): readonly ChartObjects[] {
    if (inputs.length === 0) return [];
    const helm = this.#installed();
    if ('problems' in helm) return inputs.map(() => helm);
    const keyed = inputs.map((input) => this.#wanted(input, helm));
    const missing = new Map<string, Wanted>();
    for (const wanted of keyed) if ('key' in wanted && !this.#known(wanted.key)) missing.set(wanted.key, wanted);
    this.#renderAll(helm, [...missing.values()]);
    return keyed.map((wanted) => ('key' in wanted ? ((remembered.get(wanted.key) ?? this.#wrong.get(wanted.key)) as ChartObjects) : wanted));
  }

  #installed(): InstalledHelm | { readonly problems: readonly ChartFinding[] } {
    if (!this.#helm) {
      const found = findHelm(this.#cache, this.#limits.patience);
      this.#helm = 'program' in found ? found : { problems: [found] };
    }
    return this.#helm;
  }

  #wanted(input: ChartInput, { version }: InstalledHelm): Wanted | { readonly problems: readonly ChartFinding[] } {
    const wrong = wrongName(input.releaseName);
    if (wrong) return { problems: [wrong] };
    const source = this.#sources.find(input.id);
    if (!('digest' in source)) return { problems: source };
    const files = this.#files.read(input, source);
    if (!('parameters' in files)) return { problems: files };
    const { releaseName, namespace, values: own, parameters, skipCrds, skipTests, skipSchemaValidation, kubernetes, apiVersions } = input;
    const said = parameters.map(({ name, value, forceString }) => [name, value, forceString]);
    // A chart is its bytes, wherever it lies, and so is a file of values.
    const values = [...files.values.map(({ content }) => content.toString('utf8')), ...own];
    const read = files.parameters.map(({ name, content }) => [name, hashOf(content)]);
    const made = [source.digest, releaseName, namespace, values, said, skipCrds, skipTests, skipSchemaValidation, kubernetes ?? null, apiVersions];
    return { key: hashOf(JSON.stringify([format, version, ...made, ...(read.length > 0 ? [read] : [])])), input, source, files };
  }

  #known(key: string): boolean {
    if (remembered.has(key) || this.#wrong.has(key)) return true;
    const kept = this.#cache.read(key);
    if (!Array.isArray(kept)) return false;
    remembered.set(key, { objects: kept as readonly Manifest[] });
    return true;
  }

  #renderAll({ program }: InstalledHelm, wanted: readonly Wanted[]): void {
    const reader = new ObjectReader();
    const renderings = wanted.map(({ input, source, files }) => ({ input, source, files, isDoubtful: mayVary(source, input, files) }));
    const printed = template(program, renderings, this.#limits);
    for (const [index, { key, source }] of wanted.entries()) {
      const objects = objectsOf(printed[index] as Printed, source.shown, reader);
      if ('problems' in objects) this.#wrong.set(key, objects);
      else {
        remembered.set(key, objects);
        this.#cache.write(key, objects.objects);
      }
    }
  }
}

function objectsOf(printed: Printed, shown: string, reader: ObjectReader): ChartObjects {
  if ('code' in printed) return { problems: [printed] };
  const first = reader.read(printed[0], shown);
  const [, second] = printed;
  if (second === undefined || second === printed[0]) return first;
  const random = findRandom(first, reader.read(second, shown), shown);
  return random ? { problems: [random] } : first;
}

/** Helm takes `--name-template` for a template, which could ask for names of hosts: here it is a name. */
function wrongName(name: string): ChartFinding | undefined {
  if (/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) && name.length <= 53) return undefined;
  return {
    code: 'chart-render',
    message: `'${name}' is no name of a release of Helm`,
    expected: 'at most 53 lower-case letters, digits, `-` and `.`',
    hint: 'say another one in `helm.releaseName`',
  };
}
