import { recordHeader, renderedHeader } from '../yaml-text';
import type { FileTree } from './file-tree';
import { memberFolder, isMemberFile } from './member-files';
import { renderedObject } from './rendered-text';

/**
 * How a file is known as the tool's.
 *
 * - `record`: the record of its target's folder names it, or it says so itself
 * - `form`: it is, to the byte, what the tool writes at such a place; whoever wants to can write the same
 */
export type Mark = 'record' | 'form';

/** What a target's folder says of itself. */
interface Target {
  /** Whether its `Chart.yaml` is rendered, and for this very place: a copy of it somewhere else is no target. */
  readonly isMarked: boolean;
  /** The apps that its `values.yaml` names. @default - that is not rendered, or not there */
  readonly apps?: ReadonlySet<string>;
}

/** Tells the tool's files in a tree by what they say. */
export class OwnFiles {
  readonly #tree: FileTree;
  readonly #targets = new Map<string, Target>();

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  /** @returns `undefined` for what the tool cannot be told to have written */
  markOf(path: string): Mark | undefined {
    const folder = this.folderOf(path);
    if (folder === undefined) return undefined;
    const rest = path.slice(folder.length + 1);
    const target = this.#target(folder);
    if (!target.isMarked && target.apps === undefined) return isMemberFile(rest, this.#tree.text(path));
    const text = this.#tree.text(path);
    return text === undefined ? undefined : this.#inTarget(target, rest, text);
  }

  /** The target's folder, or the member's, that a path lies in. @default - it lies in none */
  folderOf(path: string): string | undefined {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (this.#target(folder).isMarked) return folder;
    }
    return memberFolder(path);
  }

  /** Whether a folder is one that a target was rendered to: its chart and its record are there. */
  isTarget(folder: string): boolean {
    const { isMarked, apps } = this.#target(folder);
    return isMarked && apps !== undefined;
  }

  #inTarget({ isMarked, apps }: Target, rest: string, text: string): Mark | undefined {
    if (rest === 'Chart.yaml') return isMarked ? 'record' : undefined;
    if (rest === 'values.yaml') return apps === undefined ? undefined : 'record';
    const [, template] = /^templates\/([^/]+)\.yaml$/.exec(rest) ?? [];
    if (template !== undefined) return apps?.has(template) ? 'record' : formOf(template, text, 'template');
    const [, app = '', name] = /^manifests\/([^/]+)\/([^/]+)\.yaml$/.exec(rest) ?? [];
    return name !== undefined && apps?.has(app) ? formOf(name, text, 'manifest') : undefined;
  }

  #target(folder: string): Target {
    const known = this.#targets.get(folder);
    if (known) return known;
    const isMarked = isChartOf(folder, this.#tree.text(`${folder}/Chart.yaml`));
    const target = isMarked ? { isMarked, apps: appsIn(this.#tree.text(`${folder}/values.yaml`)) } : { isMarked };
    this.#targets.set(folder, target);
    return target;
  }
}

function formOf(name: string, text: string, form: 'template' | 'manifest'): Mark | undefined {
  return renderedObject(text, form)?.fileNames.includes(name) ? 'form' : undefined;
}

/** `description: {cluster type} at {dimension path}`. */
function isChartOf(folder: string, text: string | undefined): boolean {
  if (!text?.startsWith(renderedHeader)) return false;
  const slash = folder.indexOf('/');
  const [, , described] = /^description: (['"]?)(.*)\1$/m.exec(text) ?? [];
  return slash > 0 && described === `${folder.slice(0, slash)} at ${folder.slice(slash + 1)}`;
}

/**
 * The apps that a record names. Line by line and not as YAML: after a merge that went wrong both sides are in it, and the
 * files of both are the tool's.
 */
function appsIn(text: string | undefined): ReadonlySet<string> | undefined {
  if (!text?.startsWith(recordHeader)) return undefined;
  const apps = new Set<string>();
  let isSection = false;
  for (const line of text.split('\n')) {
    if (/^[a-z]+:/.test(line)) isSection = line === 'applications:' || line === 'applicationsets:';
    const [, , name] = (isSection && /^ {2}(['"]?)([^\s'":]+)\1:/.exec(line)) || [];
    if (name !== undefined) apps.add(name);
  }
  return apps;
}
