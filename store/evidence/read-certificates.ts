import { resolve } from 'node:path';
import { readText } from '../files/read-file';

/** Certificates (PEM) of a file. @param folder from which its name counts @returns `undefined` where it is not there, or holds none */
export function tryReadCertificates(folder: string, file: string): string | undefined {
  try {
    const text = readText(resolve(folder, file));
    return text.includes('-----BEGIN CERTIFICATE-----') ? text : undefined;
  } catch {
    return undefined;
  }
}
