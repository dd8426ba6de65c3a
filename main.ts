import { countText, FleetError, fleetFromConfig, type Problem, problemsText } from './constructs';
import { cdk8sOutput, writeIndex } from './store/cdk8s-output';
import { runCommand } from './store/code/run-command';
import { asRefusal } from './store/disk-refuses';
import { recover } from './store/edit/transaction';
import { locate } from './store/locate';
import { readConfig } from './store/read-config';
import { reportText, writeOutput } from './store/write-output';

// What `cdk8s synth` runs. The CLI swallows what goes to standard output, so everything is said on standard error.
runCommand(synth, tell);

/** @returns the exit status */
function synth(): number {
  try {
    // A command that was killed may have left the configuration half edited.
    recover('config');
    const fleet = fleetFromConfig(readConfig('config'));
    const output = fleet.synth();
    const place = cdk8sOutput(fleet.path);
    const report = writeOutput(place.dir, output);
    writeIndex(place, report);
    if (output.warnings.length > 0) console.error(`${problemsText(locate(output.warnings))}\n`);
    console.error(reportText(place.dir, report));
    return 0;
  } catch (error) {
    const mistake = error instanceof FleetError ? error : asRefusal(error);
    if (mistake) tell(mistake.problems);
    else console.error(error);
    return 1;
  }
}

function tell(problems: readonly Problem[]): void {
  console.error(`${problemsText(locate(problems))}\n\n${countText(problems)}`);
}
