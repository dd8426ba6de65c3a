import { join } from 'node:path';
import { isThere } from '../../../store/files/paths';

/** What a configuration is written in. */
export function formOf(config: string): 'typescript' | 'yaml' {
  return isThere(join(config, 'fleet.ts')) ? 'typescript' : 'yaml';
}
