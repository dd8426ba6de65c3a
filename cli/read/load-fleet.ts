import { type AnyFleet, type FleetOutput, fleetFromConfig, type PatchView } from '../../constructs';
import { readConfig } from '../../store/read/read-config';

/** A fleet as most commands see it: read, and rendered once; charts that are opened are so where a command asks for files. */
export interface LoadedFleet {
  /** As the command line names it. */
  readonly config: string;
  readonly fleet: AnyFleet;
  readonly output: FleetOutput;
  readonly patches: readonly PatchView[];
}

/**
 * @param begin is told the fleet before it is rendered, which takes longer than to read it
 * @throws FleetError with everything wrong with the fleet: nothing is moved in one that does not render
 */
export function loadFleet(config: string, begin?: (fleet: AnyFleet) => void): LoadedFleet {
  const fleet = fleetFromConfig(readConfig(config));
  begin?.(fleet);
  const output = fleet.outline();
  return { config, fleet, output, patches: output.patches() };
}
