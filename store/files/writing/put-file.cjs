// @ts-check
// JavaScript, as the thread is that asks for it.
const fs = require('node:fs');
const { dirname } = require('node:path');

/** @typedef {import('./put-files').Shared} Shared */
/** @typedef {import('./put-files').Done} Done */
/** @typedef {import('./seen-folders.cjs').SeenFolders} Seen */

/** Where to read to, so that nothing is made for each file. */
let scratch = Buffer.allocUnsafeSlow(1 << 16);

/**
 * Writes a file, and the folders above it that are not there.
 *
 * @param {Set<string>} made folders that are known to be there
 * @param {string} old a file that may hold the same bytes: then nothing is written. `''` where there is none
 * @param {string} path `''` where nothing shall be written
 * @param {Uint8Array} bytes
 * @returns {boolean} whether it was written, or would be
 */
exports.putFile = (made, old, path, bytes) => {
  if (old !== '' && isFile(old) && exports.holds(old, bytes)) return false;
  if (path === '') return true;
  const folder = dirname(path);
  if (!made.has(folder)) {
    fs.mkdirSync(folder, { recursive: true });
    made.add(folder);
  }
  fs.writeFileSync(path, bytes);
  return true;
};

/**
 * Writes files that several folders hold alike.
 *
 * @param {Set<string>} made as above
 * @param {Done} done gets what is done
 * @param {Shared} shared
 * @param {number} first number of the first of them
 * @param {string} old the folder that may hold exactly these: then nothing is written. `''` where there is none
 * @param {string} path the folder to write them to, by their names; where there is an old one, by their numbers
 * @param {Seen} [seen] what was looked at before
 */
exports.putShared = (made, done, shared, first, old, path, seen) => {
  if (old !== '' && (seen?.holds(old, shared) || holdsExactly(old, shared))) return;
  done.differing.push(first);
  shared.files.forEach((file, index) => {
    const number = first + index;
    const from = old === '' ? '' : `${old}/${file.path}`;
    const to = path === '' ? '' : `${path}/${old === '' ? file.path : number}`;
    if (exports.putFile(made, from, to, file.bytes)) done.written.push(number);
  });
};

/**
 * Writes what a slot holds.
 *
 * @param {Set<string>} made as above
 * @param {Done} done gets what is done
 * @param {Map<number, Shared>} known
 * @param {Buffer} slot first where its bytes end, then file by file its number, which of the known ones it is (0 for a file by itself), the
 * lengths of what `putFile` takes, and that
 * @param {Seen} [seen] as above
 */
exports.putSlot = (made, done, known, slot, seen) => {
  const end = slot.readUInt32LE(0);
  for (let at = 4; at < end; ) {
    const [file, id, ...lengths] = [0, 4, 8, 12, 16].map((offset) => slot.readUInt32LE(at + offset));
    at += 20;
    const [old, path, text] = lengths.map((length) => {
      at += length;
      return slot.subarray(at - length, at);
    });
    if (id > 0) exports.putShared(made, done, /** @type {Shared} */ (known.get(id)), file, old.toString(), path.toString(), seen);
    else if (exports.putFile(made, old.toString(), path.toString(), text)) done.written.push(file);
  }
};

/**
 * @param {string} folder
 * @param {Shared} shared
 */
function holdsExactly(folder, { folders, files }) {
  try {
    return (
      folders.every(({ path, entries }) => {
        const found = exports.entriesOf(path === '' ? folder : `${folder}/${path}`);
        return found.length === entries.size && found.every(([name, kind]) => entries.get(name) === kind);
      }) && files.every(({ path, bytes }) => exports.holds(`${folder}/${path}`, bytes))
    );
  } catch {
    return false;
  }
}

/**
 * @param {string} folder
 * @returns {(readonly [name: string, kind: 'file' | 'folder' | 'other'])[]} a link is something else than where it leads
 */
exports.entriesOf = (folder) => fs.readdirSync(folder, { withFileTypes: true }).map((entry) => [entry.name, kindOf(entry)]);

/** @param {import('node:fs').Dirent} entry */
function kindOf(entry) {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

/** @param {string} path */
function isFile(path) {
  try {
    return fs.lstatSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * @param {string} path of a file
 * @param {Uint8Array} bytes
 * @returns {boolean}
 */
exports.holds = (path, bytes) => {
  if (scratch.length <= bytes.length) scratch = Buffer.allocUnsafeSlow(2 * bytes.length);
  let file = -1;
  try {
    file = fs.openSync(path, 'r');
    // One more than it should have: what is longer differs, and what ends there gives no more.
    const wanted = bytes.length + 1;
    let length = 0;
    let read = 0;
    do {
      read = fs.readSync(file, scratch, length, wanted - length, null);
      length += read;
    } while (read > 0 && length < bytes.length);
    return length === bytes.length && scratch.compare(bytes, 0, bytes.length, 0, length) === 0;
  } catch {
    return false;
  } finally {
    if (file >= 0) fs.closeSync(file);
  }
};
