// @ts-check
// JavaScript, as the thread is that asks for it.
const fs = require('node:fs');
const { entriesOf, holds } = require('./put-file.cjs');

/** @typedef {import('./put-files').Shared} Shared */

/** How old the last change of a folder must be, in milliseconds: on some disks a change within the same two seconds has the same time. */
const settled = 2_000;

/** How much is kept of what folders hold, in bytes. */
const mostKept = 2 ** 26;

/**
 * What one folder holds, or several.
 *
 * @typedef {object} Held
 * @property {Map<string, Map<string, string>>} folders with what is in each, by paths from the one above all
 * @property {Map<string, Buffer>} files
 * @property {Map<Shared, boolean>} compared whether it is that
 */

/**
 * Folders that are looked at before it is known what they should hold, by a thread that has nothing else to do: what was found counts as long
 * as no file came to the folder and none went, which is how programs put new files there, this one and Git among them.
 */
exports.SeenFolders = class {
  /** @type {Map<string, { held: Held, states: [path: string, state: string][] }>} */
  #seen = new Map();
  /** By what they are called, the one that was found last first: neighbours are alike. @type {Map<string, Held[]>} */
  #held = new Map();
  #kept = 0;
  #settled;

  /** @param {number} [after] how old the last change of a folder must be */
  constructor(after = settled) {
    this.#settled = after;
  }

  /** @param {string} folder absolute */
  look(folder) {
    try {
      /** @type {Held['folders']} */
      const folders = new Map();
      /** @type {[string, string][]} */
      const states = [];
      list(folder, '', Date.now() - this.#settled, folders, states);
      const held = this.#find(folder, folders);
      if (held) this.#seen.set(folder, { held, states });
    } catch {
      // It is looked at again by whoever has to know.
    }
  }

  /**
   * @param {string} folder
   * @param {Shared} shared
   * @returns {boolean} `false` where it does not, or nobody knows
   */
  holds(folder, shared) {
    const found = this.#seen.get(folder);
    if (!found?.states.every(([path, state]) => tryState(path) === state)) return false;
    const { compared } = found.held;
    const known = compared.get(shared) ?? isSame(found.held, shared);
    compared.set(shared, known);
    return known;
  }

  /**
   * @param {string} folder
   * @param {Held['folders']} folders
   */
  #find(folder, folders) {
    const names = [...folders].flatMap(([path, entries]) => [...entries].map(([name, kind]) => `${kind} ${path}/${name}`)).sort();
    const key = names.join('\0');
    const others = this.#held.get(key) ?? [];
    const index = others.findIndex(({ files }) => [...files].every(([path, bytes]) => holds(`${folder}/${path}`, bytes)));
    const held = index < 0 ? this.#read(folder, folders) : others.splice(index, 1)[0];
    if (held) this.#held.set(key, [held, ...others]);
    return held;
  }

  /**
   * @param {string} folder
   * @param {Held['folders']} folders
   * @returns {Held | undefined}
   */
  #read(folder, folders) {
    /** @type {Held['files']} */
    const files = new Map();
    for (const [path, entries] of folders) {
      for (const [name, kind] of entries) {
        if (kind === 'other' || this.#kept > mostKept) return undefined;
        const file = path === '' ? name : `${path}/${name}`;
        if (kind === 'file') files.set(file, fs.readFileSync(`${folder}/${file}`));
        this.#kept += files.get(file)?.length ?? 0;
      }
    }
    return { folders, files, compared: new Map() };
  }
};

/**
 * @param {string} top
 * @param {string} path from there
 * @param {number} latest when a folder may have changed last
 * @param {Held['folders']} folders gets it and those below
 * @param {[string, string][]} states gets how they are before they are looked into
 */
function list(top, path, latest, folders, states) {
  const folder = path === '' ? top : `${top}/${path}`;
  const state = stateOf(folder, latest);
  if (state === undefined) throw new Error('it changed a moment ago');
  states.push([folder, state]);
  const entries = entriesOf(folder);
  folders.set(path, new Map(entries));
  for (const [name, kind] of entries) if (kind === 'folder') list(top, path === '' ? name : `${path}/${name}`, latest, folders, states);
}

/**
 * @param {string} folder
 * @param {number} latest when it may have changed last
 * @returns {string | undefined} another one after each file that came or went
 */
function stateOf(folder, latest) {
  const { dev, ino, mtimeMs, ctimeMs } = fs.lstatSync(folder);
  return Math.max(mtimeMs, ctimeMs) > latest ? undefined : `${dev} ${ino} ${mtimeMs} ${ctimeMs}`;
}

/** @param {string} folder */
function tryState(folder) {
  try {
    return stateOf(folder, Number.POSITIVE_INFINITY);
  } catch {
    return undefined;
  }
}

/**
 * @param {Held} held
 * @param {Shared} shared
 */
function isSame(held, { folders, files }) {
  return (
    held.folders.size === folders.length &&
    folders.every(({ path, entries }) => {
      const found = held.folders.get(path);
      return found?.size === entries.size && [...entries].every(([name, kind]) => found.get(name) === kind);
    }) &&
    files.every(({ path, bytes }) => held.files.get(path)?.equals(bytes))
  );
}
