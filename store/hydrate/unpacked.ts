import { gunzipSync } from 'node:zlib';
import { limits } from '../charts/chart-files';
import { isPlain, readTar } from '../charts/tar';

/** All files of a packed chart; none where it cannot be unpacked, or Helm may take one for another than it is called here. */
export function unpacked(archive: Buffer): ReadonlyMap<string, Buffer> {
  try {
    let isPlainAll = true;
    const files = readTar(gunzipSync(archive, { maxOutputLength: limits.content }), (path) => {
      isPlainAll &&= isPlain(path);
      return true;
    });
    return isPlainAll ? files : new Map();
  } catch {
    return new Map();
  }
}
