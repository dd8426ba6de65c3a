import { writeFileSync } from 'node:fs';

/** Writes a file where nothing is: not even what somebody put there a moment ago is overwritten. @throws what the system says */
export function writeNewFile(file: string, text: string, mode = 0o644): void {
  writeFileSync(file, text, { flag: 'wx', mode });
}
