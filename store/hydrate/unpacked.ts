import { gunzipSync } from 'node:zlib';
import { limits } from '../charts/chart-files';
import { readTar } from '../charts/tar';

/** All files of a packed chart; what cannot be unpacked Helm refuses. */
export function unpacked(archive: Buffer): ReadonlyMap<string, Buffer> {
  try {
    return readTar(gunzipSync(archive, { maxOutputLength: limits.content }), () => true);
  } catch {
    return new Map();
  }
}
