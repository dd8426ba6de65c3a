import { PathSet } from '../../layers/path-set';
import { recordFolder } from '../../layers/record';
import type { FileTree } from './file-tree';
import type { Mark } from './mark';
import { memberFolder, memberMark } from './member-files';
import { fleetRecordHeader, recordHeader } from './record-text';
import { formerRecordHeader, renderedHeader } from './rendered-header';
import { renderedObject } from './rendered-object';

/** What a target's folder says of itself. */
interface Target {
  /** Whether its `Chart.yaml` is rendered, and for this very place: a copy of it somewhere else is no target. */
  readonly isMarked: boolean;
  /** The apps that its `values.yaml` names, as it did before records were files of their own. @default - it names none */
  readonly formerApps?: ReadonlySet<string>;
}

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
    if (isInRecords(path)) return this.#isRecord(path) ? 'record' : undefined;
    const target = this.#targetAbove(path);
    const text = target === undefined && memberFolder(path) === undefined ? undefined : this.#tree.text(path);
    if (text === undefined) return undefined;
    return target === undefined ? memberMark(path, text) : this.#inTarget(target, path.slice(target.length + 1), text);
  }

  /** The folder of the target, or of the member, that a path lies in. @default - it lies in none */
  folderOf(path: string): string | undefined {
    return this.#targetAbove(path) ?? memberFolder(path);
  }

  /** Whether a file shows that the folder above it was rendered as a whole: it is a record, the chart of a target that names its apps itself, or a member's. */
  isProof(path: string): boolean {
    if (isInRecords(path)) return this.#isRecord(path);
    if (!path.endsWith('/Chart.yaml')) return memberFolder(path) !== undefined && this.markOf(path) !== undefined;
    const { isMarked, formerApps } = this.#target(path.slice(0, -'/Chart.yaml'.length));
    return isMarked && formerApps !== undefined;
  }

  #isRecord(path: string): boolean {
    const text = this.#tree.text(path);
    return text?.startsWith(recordHeader) === true || text?.startsWith(fleetRecordHeader) === true;
  }

  #targetAbove(path: string): string | undefined {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (this.#target(path.slice(0, end)).isMarked) return path.slice(0, end);
    }
    return undefined;
  }

  #inTarget(folder: string, rest: string, text: string): Mark | undefined {
    const { isMarked, formerApps } = this.#target(folder);
    if (rest === 'Chart.yaml') return isMarked ? 'record' : undefined;
    if (rest === 'values.yaml') return formerApps !== undefined || text.startsWith(renderedHeader) ? 'record' : undefined;
    const isApp = (app: string) => formerApps?.has(app) === true || this.#isRendered(folder, app);
    const [, template] = /^templates\/([^/]+)\.yaml$/.exec(rest) ?? [];
    if (template !== undefined) return isApp(template) ? 'record' : formOf(template, text, 'template');
    const [, app = '', name] = /^manifests\/([^/]+)\/([^/]+)\.yaml$/.exec(rest) ?? [];
    return name !== undefined && isApp(app) ? formOf(name, text, 'manifest') : undefined;
  }

  /** Whether an app's record says that it is rendered at the target of a folder. */
  #isRendered(folder: string, app: string): boolean {
    const slash = folder.indexOf('/');
    const record = `${recordFolder}/${folder.slice(0, slash)}/${app}.yaml`;
    let paths = this.#rendered.get(record);
    if (!paths) {
      paths = new PathSet(renderedIn(this.#tree.text(record)));
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
    if (chart === undefined && !isWanted) return { isMarked: false };
    const isMarked = chart?.startsWith(renderedHeader) && (isWanted || isChartOf(folder, chart));
    if (!isMarked && chart !== undefined) return { isMarked: false };
    const formerApps = appsIn(this.#tree.text(`${folder}/values.yaml`));
    return { isMarked: isMarked || formerApps !== undefined, formerApps };
  }
}

function isInRecords(path: string): boolean {
  return path.startsWith(`${recordFolder}/`);
}

/** The paths below `rendered`. Line by line and not as YAML: after a merge that went wrong both sides are in it. */
function renderedIn(text: string | undefined): readonly string[] {
  if (!text?.startsWith(recordHeader)) return [];
  return [...text.matchAll(/^ {2}- (['"]?)([^\s'":]+)\1$/gm)].map(([, , path = '']) => path);
}

function formOf(name: string, text: string, form: 'template' | 'manifest'): Mark | undefined {
  return renderedObject(text, form)?.fileNames.includes(name) ? 'form' : undefined;
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
