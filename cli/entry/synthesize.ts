/**
 * Renders the fleet around the working directory, writes what changed, and ends the process: what `cdk8s synth` runs.
 *
 * ```ts
 * import { synthesize } from 'cdk8s-fleet';
 *
 * synthesize();
 * ```
 *
 * What is wrong is told on standard error, nothing is written then, and the exit status is 1.
 */
export function synthesize(): void {
  // Loaded here: configuration imports the same entry for its words, and reads and writes nothing.
  const { runSynthesis } = require('./run-synthesis') as typeof import('./run-synthesis');
  runSynthesis();
}
