import { keepCompiled } from '../store/code/keep-compiled';
import { runCommand } from '../store/code/run-command';
import { printProblems } from './print/print';
import { runFleet } from './run-fleet';

// Standard output is the commands' own: what a configuration file prints must not end up in it.
console.log = console.info = console.debug = console.error;
keepCompiled();
// What commands start that wait for functions of the configuration: they themselves wait for nothing.
if (process.argv[2] === '__evidence') {
  void (require('./evidence/answer-functions') as typeof import('./evidence/answer-functions')).answerFunctions(process.argv[3] ?? 'config');
} else runCommand(() => runFleet(process.argv.slice(2)), printProblems);
