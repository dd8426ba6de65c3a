import { fleetFromConfig } from '../../constructs';
import { texts } from '../../store/output/output-folder';
import { readConfig } from '../../store/read/read-config';

/** What `fleet synth` does before it writes, in seconds. */
export interface Phases {
  /** Until Node and this package are loaded. */
  readonly start: number;
  /** Reading the configuration and declaring its constructs. */
  readonly load: number;
  /** Resolving, merging and checking every app at every target. */
  readonly check: number;
  /** Every file as text. */
  readonly text: number;
}

function phases(config: string): Phases {
  const started = performance.now();
  const fleet = fleetFromConfig(readConfig(config));
  const loaded = performance.now();
  const output = fleet.synth();
  const checked = performance.now();
  let length = 0;
  for (const { text } of texts(output)) length += Buffer.byteLength(text);
  if (length === 0) throw new Error('the fleet rendered nothing');
  const seconds = (from: number, to: number) => (to - from) / 1000;
  return { start: seconds(0, started), load: seconds(started, loaded), check: seconds(loaded, checked), text: seconds(checked, performance.now()) };
}

if (require.main === module) process.stdout.write(JSON.stringify(phases(process.argv[2] ?? 'config')));
