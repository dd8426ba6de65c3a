import { isFileNameOf } from '../../layers/charts/object-names';
import { PathSet } from '../../layers/path-set';
import { recordFolder } from '../../layers/record';
import type { FileTree } from './file-tree';
import type { Mark } from './mark';
import { memberFolder, memberMark } from './member-files';
import { isRecordOf, renderedIn } from './record-text';
import { formerRecordHeader, renderedChecks, renderedHeader } from './rendered-header';
import { type RenderedObject, renderedObject } from './rendered-object';

/** What a target's folder says of itself. */
interface Target {
  /** Whether its `Chart.yaml` is rendered, and for this very place: a copy of it somewhere else is no target. */
  readonly isMarked: boolean;
  /** Whether its `values.yaml` is rendered. */
  readonly hasValues: boolean;
  /** The apps that its `values.yaml` names, as it did before records were files of their own. @default - it names none */
  readonly formerApps?: ReadonlySet<string>;
}

const fleetRecordPath = `${recordFolder}/fleet.yaml`;

/** Tells the tool's files in a tree by what they say. */
export class OwnFiles {
  readonly #tree: FileTree;
  readonly #wanted: ReadonlySet<string>;
  readonly #targets = new Map<string, Target>();
  /** Where apps are rendered, by their records. */
  readonly #rendered = new Map<string, PathSet>();

  /** @param wanted folders that are rendered now: there a target is known by less, for somebody may have edited its chart */
  constructor(tree: FileTree, wanted: ReadonlySet<string>) {
    this.#tree = tree;
    this.#wanted = wanted;
  }

  /** @returns `undefined` for what the tool cannot be told to have written */
  markOf(path: string): Mark | undefined {
    if (isInRecords(path)) return isRecordOf(path, this.#tree.text(path)) ? 'record' : undefined;
    const target = this.#targetAbove(path);
    const text = target === undefined && memberFolder(path) === undefined ? undefined : this.#tree.text(path);
    if (text === undefined) return undefined;
    return target === undefined ? memberMark(path, text) : this.#inTarget(target, path.slice(target.length + 1), text);
  }

  /** Whether a file in the folder of records was rendered as one, be it with other words or for another app: enough where a record belongs. */
  isSomeRecord(path: string): boolean {
    return isInRecords(path) && this.#tree.text(path)?.startsWith(renderedHeader) === true;
  }

  /** The folder of the target, or of the member, that a path lies in. @default - it lies in none */
  folderOf(path: string): string | undefined {
    return this.#targetAbove(path) ?? memberFolder(path);
  }

  /** Whether a file shows that the folder above it was rendered as a whole: it is the fleet's record, the chart of a whole target, or a member's. */
  isProof(path: string): boolean {
    if (isInRecords(path)) return path === fleetRecordPath && this.markOf(path) !== undefined;
    if (!path.endsWith('/Chart.yaml')) return memberFolder(path) !== undefined && this.markOf(path) !== undefined;
    const { isMarked, hasValues } = this.#target(path.slice(0, -'/Chart.yaml'.length));
    return isMarked && hasValues;
  }

  #targetAbove(path: string): string | undefined {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (this.#target(path.slice(0, end)).isMarked) return path.slice(0, end);
    }
    return undefined;
  }

  #inTarget(folder: string, rest: string, text: string): Mark | undefined {
    const { hasValues, formerApps } = this.#target(folder);
    if (rest === 'Chart.yaml') return 'record';
    if (rest === 'values.yaml') return hasValues ? 'record' : undefined;
    const isApp = (app: string) => formerApps?.has(app) === true || this.#isRendered(folder, app);
    const [, template] = /^templates\/([^/]+)\.yaml$/.exec(rest) ?? [];
    if (template !== undefined) return isApp(template) ? 'record' : formOf(template, text, 'template', (object) => isAppOf(template, object));
    const [, checked] = /^manifests\/([^/]+)\/templates\/checks\.tpl$/.exec(rest) ?? [];
    if (checked !== undefined) return isApp(checked) && text.startsWith(renderedChecks) ? 'record' : undefined;
    const [, app = '', inChart, name] = /^manifests\/([^/]+)\/(templates\/)?([^/]+)\.yaml$/.exec(rest) ?? [];
    if (name === undefined || !isApp(app)) return undefined;
    if (name === 'Chart' && inChart === undefined && text.startsWith(renderedHeader)) return 'record';
    return formOf(name, text, inChart === undefined ? 'manifest' : 'template', ({ fileNames }) => isFileNameOf(name, fileNames));
  }

  /** Whether an app's record says that it is rendered at the target of a folder. */
  #isRendered(folder: string, app: string): boolean {
    const slash = folder.indexOf('/');
    const record = `${recordFolder}/${folder.slice(0, slash)}/${app}.yaml`;
    let paths = this.#rendered.get(record);
    if (!paths) {
      const text = this.#tree.text(record);
      paths = new PathSet(isRecordOf(record, text) ? renderedIn(text) : []);
      this.#rendered.set(record, paths);
    }
    return paths.covers(folder.slice(slash + 1));
  }

  #target(folder: string): Target {
    const known = this.#targets.get(folder);
    if (known) return known;
    const made = this.#read(folder);
    this.#targets.set(folder, made);
    return made;
  }

  #read(folder: string): Target {
    const isWanted = this.#wanted.has(folder);
    const chart = this.#tree.text(`${folder}/Chart.yaml`);
    if (chart === undefined && !isWanted) return { isMarked: false, hasValues: false };
    const isMarked = chart?.startsWith(renderedHeader) && (isWanted || isChartOf(folder, chart));
    if (!isMarked && chart !== undefined) return { isMarked: false, hasValues: false };
    const values = this.#tree.text(`${folder}/values.yaml`);
    const formerApps = appsIn(values);
    const hasValues = formerApps !== undefined || values?.startsWith(renderedHeader) === true;
    return { isMarked: isMarked || hasValues, hasValues, formerApps };
  }
}

function isInRecords(path: string): boolean {
  return path.startsWith(`${recordFolder}/`);
}

function formOf(name: string, text: string, form: 'template' | 'manifest', isNamed: (object: RenderedObject) => boolean): Mark | undefined {
  const object = renderedObject(text, form);
  return object && (object.fileNames.includes(name) || isNamed(object)) ? 'form' : undefined;
}

/**
 * Whether an object is what an app's file holds. For where no record names it: two branches merged of which one removes the
 * app and the other adds a target, and what the second rendered there is still the tool's.
 */
function isAppOf(app: string, { kind, name }: RenderedObject): boolean {
  return ['Application', 'ApplicationSet', 'AppProject'].includes(kind) && (name === app || name.startsWith(`${app}-{{`));
}

/** `description: {cluster type} at {dimension path}`. */
function isChartOf(folder: string, text: string): boolean {
  const slash = folder.indexOf('/');
  const [, , described] = /^description: (['"]?)(.*)\1$/m.exec(text) ?? [];
  return slash > 0 && described === `${folder.slice(0, slash)} at ${folder.slice(slash + 1)}`;
}

/**
 * The apps that a record names and that are enabled: of the others nothing was rendered. Line by line and not as YAML: after a
 * merge that went wrong both sides are in it, and the files of both are the tool's.
 */
function appsIn(text: string | undefined): ReadonlySet<string> | undefined {
  if (!text?.startsWith(formerRecordHeader)) return undefined;
  const apps: string[] = [];
  let isSection = false;
  for (const line of text.split('\n')) {
    if (/^[a-z]+:/.test(line)) isSection = ['applications:', 'applicationsets:', 'appprojects:'].includes(line);
    const [, , name] = (isSection && /^ {2}(['"]?)([^\s'":]+)\1:/.exec(line)) || [];
    if (name !== undefined) apps.push(name);
    else if (isSection && /^ {4}enabled: false( |$)/.test(line)) apps.pop();
  }
  return new Set(apps);
}
