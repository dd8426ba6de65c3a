// @ts-check
// JavaScript, as the thread is that asks for it.
const fs = require('node:fs');
const { dirname } = require('node:path');

/**
 * Writes a file, and the folders above it that are not there.
 *
 * @param {Set<string>} made folders that are known to be there
 * @param {string} old a file that may hold the same bytes: then nothing is written. `''` where there is none
 * @param {string} path
 * @param {Uint8Array} bytes
 * @returns {boolean} whether it was written
 */
exports.putFile = (made, old, path, bytes) => {
  if (old !== '' && holds(old, bytes)) return false;
  const folder = dirname(path);
  if (!made.has(folder)) {
    fs.mkdirSync(folder, { recursive: true });
    made.add(folder);
  }
  fs.writeFileSync(path, bytes);
  return true;
};

/**
 * Writes the files of a slot.
 *
 * @param {Set<string>} made folders that are known to be there
 * @param {number[]} written gets the numbers of those that were written
 * @param {Buffer} slot first where its bytes end, then file by file its number, the lengths of what `putFile` takes, and that
 */
exports.putSlot = (made, written, slot) => {
  const end = slot.readUInt32LE(0);
  for (let at = 4; at < end; ) {
    const [file, ...lengths] = [0, 4, 8, 12].map((offset) => slot.readUInt32LE(at + offset));
    at += 16;
    const [old, path, text] = lengths.map((length) => {
      at += length;
      return slot.subarray(at - length, at);
    });
    if (exports.putFile(made, old.toString(), path.toString(), text)) written.push(file);
  }
};

/**
 * @param {string} path
 * @param {Uint8Array} bytes
 */
function holds(path, bytes) {
  try {
    return fs.lstatSync(path).isFile() && fs.readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}
