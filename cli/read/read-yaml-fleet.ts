import { FleetError, type FleetOutput, fleetFromConfig, type Problem } from '../../constructs';
import { readConfig } from '../../store/read/read-config';

const expected = 'a folder with config.yaml in it, or a wrapper layout with fleet/bootstrap and fleet/fleet-bootstrap';

/** Reads and renders a fleet of YAML files. @throws FleetError with everything that is wrong */
export function readYamlFleet(from: string): FleetOutput {
  const config = readConfig(from);
  if (config.form === 'typescript') {
    throw new FleetError([{ code: 'migrate-from', message: `'${from}' is in TypeScript already`, expected }]);
  }
  if (config.form === undefined && !config.fleet) {
    const problems = config.problems.map((problem) => (problem.code === 'config-missing' ? noYaml(problem) : problem));
    throw new FleetError(problems);
  }
  return fleetFromConfig(config).synth();
}

function noYaml({ hint, ...problem }: Problem): Problem {
  const isOption = hint === undefined || hint.includes('--config');
  return { ...problem, expected, hint: isOption ? 'name the folder with --from' : hint };
}
