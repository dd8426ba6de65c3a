import { keepCompiled } from '../store/code/keep-compiled';
import { runCommand } from '../store/code/run-command';
import { printProblems } from './print/print';
import { runFleet } from './run-fleet';

// Standard output is the commands' own: what a configuration file prints must not end up in it.
console.log = console.info = console.debug = console.error;
keepCompiled();
runCommand(() => runFleet(process.argv.slice(2)), printProblems);
