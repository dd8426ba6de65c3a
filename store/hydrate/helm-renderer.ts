import { join } from 'node:path';
import { type ChartId, chartKey, type FolderChart, isFolder } from '../../layers/charts/chart-id';
import type { AskedCapability, ChartFinding, ChartInput, ChartObjects, ChartRenderer, KustomizeTold } from '../../layers/charts/chart-input';
import type { Plain } from '../../layers/layer';
import type { Manifest } from '../../layers/output';
import { hashOf } from '../files/journal';
import { ChartCache } from './chart-cache';
import { ObjectReader, wrongWith } from './chart-objects';
import { type ChartSource, ChartSources } from './chart-sources';
import { findRandom } from './differences';
import { HeldFiles } from './folders/held-files';
import { changedSource } from './folders/source-files';
import { helmTemplate } from './helm-template';
import { type GivenFiles, InputFiles } from './input-files';
import { findHelm, type Installed } from './installed';
import { findKustomize } from './installed-kustomize';
import { kustomizeBuild } from './kustomize-build';
import { isOfKustomize, KustomizeFolders } from './kustomize-folders';
import { type Limits, type Printed, type Rendering, runRenderings } from './run/run-renderings';
import { WholeLimits } from './run/whole-limits';
import { saidValues } from './said-values';
import { foreignReferences } from './schema-references';
import { askedCapabilities } from './templates/asked-capability';
import { askedTexts } from './templates/asked-texts';
import { followedProblems } from './templates/followed-chart';

export interface HelmRendererOptions {
  /** Where results are kept. Absolute. @default - `cdk8s-fleet/charts` in the user's folder of caches */
  readonly cache?: string;
  /** How long a chart may take, in milliseconds. @default 60_000 */
  readonly patience?: number;
  /** How much a chart may print, in bytes. @default 2 ** 28 */
  readonly output?: number;
  /** How much memory it may have, in bytes, reserved memory included; on Linux. @default 2 ** 33 */
  readonly memory?: number;
  /** How long after the end of a run further ones of the same input begin at the earliest, in milliseconds. @default 1000, another second on the clock */
  readonly pause?: number;
  /** How long all may take together, in milliseconds, and how much they may print, in bytes. @default - `wholeTime` and `wholeOutput` */
  readonly whole?: { readonly time?: number; readonly output?: number };
}

/** The version of what is kept, and of what is made of an input: the former is not found by a later one. */
const format = 3;

/** The same of what is made of an input that is followed. */
const followedFormat = 'followed 1';

/** How many texts a chart may ask for in what it is told: each is a run of Helm. */
const maxAsked = 500;

/** What this process rendered: commands render before and after an edit, each with a renderer of its own. */
const remembered = new Map<string, ChartObjects>();

type Problems = { readonly problems: readonly ChartFinding[] };

/** An input that must be rendered, and where its result is kept. */
interface Wanted {
  readonly key: string;
  /** What it is called in messages. */
  readonly shown: string;
  /** Made where it is not known yet. */
  readonly rendering: () => Rendering;
  /** Whether a value is followed, and no object is wanted. @default false */
  readonly isFollowed?: boolean;
}

/**
 * Renders charts with the Helm that is installed, from `imports/charts/`, which must be what the lock says, or from folders of the
 * repository; and folders of Kustomize in it with the Kustomize that is installed. No network is asked, and nothing is written but a
 * cache outside of Git.
 */
export class HelmRenderer implements ChartRenderer {
  readonly #base: string;
  readonly #sources: ChartSources;
  readonly #folders: KustomizeFolders;
  readonly #files: InputFiles;
  readonly #cache: ChartCache;
  /** May be so here and now alone. */
  readonly #wrong = new Map<string, ChartObjects>();
  /** How many texts charts ask for that ask for too many, by their digests. */
  readonly #inquisitive = new Map<string, number>();
  readonly #limits: Limits;
  #helm: Installed | Problems | undefined;
  #kustomize: Installed | Problems | undefined;

  /** @param base from where the folders of charts count */
  constructor(config: string, base: string, { cache, patience = 60_000, output = 2 ** 28, memory = 2 ** 33, pause = 1000, whole }: HelmRendererOptions = {}) {
    this.#base = base;
    const held = new HeldFiles(base);
    this.#sources = new ChartSources(config, base, held);
    this.#folders = new KustomizeFolders(base, held);
    this.#files = new InputFiles(base, held);
    this.#cache = new ChartCache(cache);
    this.#limits = { patience, output, memory, pause, whole: new WholeLimits(whole) };
  }

  render(inputs: readonly ChartInput[]): readonly ChartObjects[] {
    if (inputs.length === 0) return [];
    const keyed = inputs.map((input) => (this.#isOfKustomize(input) ? this.#folder(input) : this.#chart(input)));
    const missing = new Map<string, Wanted>();
    for (const wanted of keyed) if ('key' in wanted && !this.#known(wanted.key)) missing.set(wanted.key, wanted);
    this.#renderAll([...missing.values()]);
    return keyed.map((wanted) => ('key' in wanted ? ((remembered.get(wanted.key) ?? this.#wrong.get(wanted.key)) as ChartObjects) : wanted));
  }

  asked(input: ChartInput): readonly (readonly string[])[] {
    const told = this.#told(input);
    const groups = told ? askedTexts(told.source, input, told.files) : [];
    const { size } = new Set(groups.flat());
    if (size <= maxAsked) return groups;
    // Whoever tries something else with it is told.
    if (told) this.#inquisitive.set(told.source.digest, size);
    return [];
  }

  versionOf(id: ChartId): string | undefined {
    return this.#sources.versionOf(id);
  }

  capabilitiesOf(input: ChartInput): readonly AskedCapability[] {
    const source = this.#isOfKustomize(input) ? [] : this.#sources.find(input.id);
    return 'digest' in source ? askedCapabilities(source) : [];
  }

  valuesOf(input: ChartInput): readonly Plain[] {
    const told = this.#told(input);
    return told ? saidValues(input, told.source, told.files) : [];
  }

  digests(inputs: readonly ChartInput[]): readonly (string | undefined)[] {
    return inputs.map((input) => {
      const { id, kustomize } = input;
      if (this.#isOfKustomize(input)) {
        const folder = this.#folders.find((id as FolderChart).folder, kustomize as KustomizeTold);
        return 'digest' in folder ? hashOf(JSON.stringify(['kustomize', folder.digest])) : undefined;
      }
      const found = this.#sources.find(id);
      // An archive that was not pulled is the one that its version names, whenever it is asked for.
      const source = 'digest' in found ? found : isFolder(id) ? undefined : { shown: '', path: '', digest: chartKey(id), files: () => new Map() };
      const files = source && this.#files.read(input, source);
      if (!source || !files || !('parameters' in files)) return undefined;
      const read = [...files.values, ...files.parameters].map(({ shown, content }) => [shown, hashOf(content)]);
      return hashOf(JSON.stringify(['chart', source.digest, read]));
    });
  }

  /** A chart and what it reads; `undefined` where there is none, or something is missing, which whoever renders it is told. */
  #told(input: ChartInput): { readonly source: ChartSource; readonly files: GivenFiles } | undefined {
    const source = this.#isOfKustomize(input) ? [] : this.#sources.find(input.id);
    if (!('digest' in source)) return undefined;
    const files = this.#files.read(input, source);
    return 'parameters' in files ? { source, files } : undefined;
  }

  /** As Argo CD tells them apart (util/app/discovery): a kustomization beside a `Chart.yaml` wins. */
  #isOfKustomize({ id, kustomize }: ChartInput): boolean {
    return kustomize !== undefined && isFolder(id) && (kustomize.isSaid === true || isOfKustomize(join(this.#base, id.folder)));
  }

  #folder({ id, kustomize }: ChartInput): Wanted | Problems {
    this.#kustomize ??= orProblems(findKustomize(this.#cache, this.#limits.patience));
    const installed = this.#kustomize;
    if ('problems' in installed) return installed;
    const told = kustomize as KustomizeTold;
    const source = this.#folders.find((id as FolderChart).folder, told);
    if (!('digest' in source)) return { problems: source };
    const made = [source.digest, source.folder, told.edits, told.patches, told.components];
    const key = hashOf(JSON.stringify([format, 'kustomize', installed.version, ...made]));
    return { key, shown: source.shown, rendering: () => kustomizeBuild(installed.program, told, source) };
  }

  #chart(input: ChartInput): Wanted | Problems {
    this.#helm ??= orProblems(findHelm(this.#cache, this.#limits.patience));
    const installed = this.#helm;
    if ('problems' in installed) return installed;
    const wrong = wrongName(input.releaseName);
    if (wrong) return { problems: [wrong] };
    const source = this.#sources.find(input.id);
    if (!('digest' in source)) return { problems: source };
    const asked = input.isTrial ? this.#inquisitive.get(source.digest) : undefined;
    if (asked !== undefined) return { problems: [tooManyAsked(asked)] };
    const files = this.#files.read(input, source);
    if (!('parameters' in files)) return { problems: files };
    const { releaseName, namespace, values: own, parameters, skipCrds, skipTests, skipSchemaValidation, kubernetes, apiVersions } = input;
    const said = parameters.map(({ name, value, forceString }) => [name, value, forceString]);
    // A chart is its bytes, wherever it lies, and so is a file of values.
    const values = [...files.values.map(({ content }) => content.toString('utf8')), ...own];
    const read = files.parameters.map(({ name, content }) => [name, hashOf(content)]);
    const made = [source.digest, releaseName, namespace, values, said, skipCrds, skipTests, skipSchemaValidation, kubernetes ?? null, apiVersions];
    const key = hashOf(
      JSON.stringify([
        format,
        installed.version,
        ...made,
        ...(read.length > 0 ? [read] : []),
        ...(input.isTrial ? [input.isFollowed ? followedFormat : 'trial'] : []),
      ]),
    );
    // What was rendered was looked at.
    const isNew = !this.#known(key);
    const foreign = isNew && !skipSchemaValidation ? foreignReferences(source) : undefined;
    // A folder was looked at where it was read.
    const changed =
      isNew && !isFolder(input.id)
        ? changedSource(
            [...source.files().keys()].map((path) => path.slice(path.indexOf('/') + 1)),
            source.shown,
          )
        : undefined;
    const wrongs = [foreign, changed].filter((one) => one !== undefined);
    if (wrongs.length > 0) return { problems: wrongs };
    const isFollowed = input.isFollowed === true;
    return { key, shown: source.shown, isFollowed, rendering: () => helmTemplate(installed.program, input, source, files) };
  }

  #known(key: string): boolean {
    if (remembered.has(key) || this.#wrong.has(key)) return true;
    const kept = this.#cache.read(key);
    if (!isObjects(kept)) return false;
    remembered.set(key, { objects: kept });
    return true;
  }

  #renderAll(wanted: readonly Wanted[]): void {
    const reader = new ObjectReader();
    const printed = runRenderings(
      wanted.map(({ rendering }) => rendering()),
      this.#limits,
    );
    for (const [index, { key, shown, isFollowed }] of wanted.entries()) {
      const one = printed[index] as Printed;
      const objects = isFollowed ? followed(one) : objectsOf(one, shown, reader);
      if ('problems' in objects) this.#wrong.set(key, objects);
      else {
        remembered.set(key, objects);
        this.#cache.write(key, objects.objects);
      }
    }
  }
}

/** A right digest is no word for what it is of. */
function isObjects(kept: unknown): kept is readonly Manifest[] {
  return Array.isArray(kept) && kept.every((one) => wrongWith(one) === undefined);
}

function orProblems(found: Installed | ChartFinding): Installed | Problems {
  return 'program' in found ? found : { problems: [found] };
}

function followed(printed: Printed): ChartObjects {
  const problems = 'problems' in printed ? followedProblems(printed.problems) : undefined;
  return problems ? { problems } : { objects: [] };
}

function objectsOf(printed: Printed, shown: string, reader: ObjectReader): ChartObjects {
  if ('problems' in printed) return printed;
  const [text, ...further] = printed;
  const first = reader.read(text, shown);
  for (const other of new Set(further)) {
    const random = other === text ? undefined : findRandom(first, reader.read(other, shown), shown);
    if (random) return { problems: [random] };
  }
  return first;
}

function tooManyAsked(asked: number): ChartFinding {
  return { code: 'chart-token', message: `its templates ask for ${asked} texts`, found: `more than ${maxAsked}, and each would have to be tried` };
}

/** Helm takes `--name-template` for a template, which could ask for names of hosts: here it is a name. */
function wrongName(name: string): ChartFinding | undefined {
  if (/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) && name.length <= 53) return undefined;
  return {
    code: 'chart-render',
    message: `'${name}' is no name of a release of Helm`,
    expected: 'at most 53 lower-case letters, digits, `-` and `.`',
    hint: 'say another one in `helm.releaseName`',
    field: ['helm', 'releaseName'],
  };
}
