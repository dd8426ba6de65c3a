import { countText, FleetError, fleetFromConfig, type Problem, problemsText } from '../../constructs';
import { runCommand } from '../../store/code/run-command';
import { exclusively, expectSettled } from '../../store/edit/transaction';
import { asRefusal } from '../../store/files/disk-refuses';
import { writeForCli } from '../../store/output/cdk8s/cdk8s-manifests';
import { cdk8sOutput, isCommittedOutput } from '../../store/output/cdk8s/cdk8s-output';
import { outputDir, outputPlace } from '../../store/output/output-place';
import { leftNotices } from '../../store/output/refused-strangers';
import { findConfig } from '../../store/read/find-config';
import { locate } from '../../store/read/locate';
import { readConfig } from '../../store/read/read-config';

/** The CLI of cdk8s swallows what goes to standard output, so everything is said on standard error. */
export function runSynthesis(): void {
  runCommand(synth, tell);
}

/** @returns the exit status */
function synth(): number {
  try {
    const config = findConfig();
    // A command that was killed may have left the configuration half edited, and another one may be about to edit it.
    if (isCommittedOutput()) return exclusively(config, () => render(config));
    expectSettled(config);
    return render(config);
  } catch (error) {
    const mistake = error instanceof FleetError ? error : asRefusal(error);
    if (mistake) tell(mistake.problems);
    else console.error(error);
    return 1;
  }
}

function render(config: string): number {
  const fleet = fleetFromConfig(readConfig(config));
  const output = fleet.synth();
  const committed = outputDir(config, fleet.path);
  const place = cdk8sOutput(committed);
  if (place.dir === committed) outputPlace(config, fleet.path);
  const { lines, left } = writeForCli(place, output, config);
  const remarks = [...output.warnings, ...leftNotices(place.dir, left)];
  if (remarks.length > 0) console.error(`${problemsText(locate(remarks))}\n`);
  console.error(lines.join('\n'));
  return 0;
}

function tell(problems: readonly Problem[]): void {
  console.error(`${problemsText(locate(problems))}\n\n${countText(problems)}`);
}
