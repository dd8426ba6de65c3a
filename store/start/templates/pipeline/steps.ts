import { scriptPath } from './script';

/** The version of Node that a pipeline installs. */
export const node = 22;

/** Runs a step of the script, in the folder of the fleet. */
export function step(words: string): string {
  return `bash ${scriptPath} ${words}`;
}
