/**
 * The regular files of a tar archive, read in memory: nothing of it is ever written under the names in it, so that links,
 * devices and names that lead elsewhere are only entries that are passed over. Formats: ustar, pax and GNU's long names.
 *
 * @param isWanted which files are handed out
 * @throws Error where it is no tar archive, or is cut off
 */
export function readTar(archive: Buffer, isWanted: (path: string) => boolean): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  let longName: string | undefined;
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return files;
    const size = numberIn(header.subarray(124, 136));
    if (checksumOf(header) !== numberIn(header.subarray(148, 156))) throw new Error('it is no tar archive');
    const end = at + block + size;
    if (!Number.isSafeInteger(end) || end > archive.length) throw new Error('it is cut off');
    const content = archive.subarray(at + block, end);
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'x') longName = paxPath(content) ?? longName;
    else if (type === 'L') longName = textIn(content);
    else if (type !== 'g') {
      const path = longName ?? nameIn(header);
      longName = undefined;
      const isFile = type === '0' || type === '\0' || type === '7';
      if (isFile && isWanted(path) && isPlain(path)) files.set(path, content);
    }
    at = end + ((block - (size % block)) % block);
  }
  // Some writers leave the two empty blocks at the end out.
  return files;
}

const block = 512;

function textIn(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

function nameIn(header: Buffer): string {
  const name = textIn(header.subarray(0, 100));
  const prefix = header.toString('latin1', 257, 262) === 'ustar' ? textIn(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Octal text; or, for more than eight gigabytes, a number with the first bit set, which no chart has. */
function numberIn(field: Buffer): number {
  const text = textIn(field).trim();
  return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : Number.NaN;
}

/** The sum of the header's bytes, with spaces in the place of the sum. */
function checksumOf(header: Buffer): number {
  return header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0);
}

/** `25 path=some/long/name\n`, among others. */
function paxPath(content: Buffer): string | undefined {
  let path: string | undefined;
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const length = Number(content.toString('latin1', at, space));
    if (space < 0 || !Number.isSafeInteger(length) || length <= space - at) throw new Error('it is no tar archive');
    const record = content.toString('utf8', space + 1, at + length - 1);
    if (record.startsWith('path=')) path = record.slice('path='.length);
    at += length;
  }
  return path;
}

/** Names as Helm writes them; any other is nobody's. */
export function isPlain(path: string): boolean {
  return !path.includes('\\') && !path.includes('\0') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
