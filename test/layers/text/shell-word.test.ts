import { wordsOfCommand } from '../../../layers/text/shell-word';

test.each([
  ['./smoke.sh --target "$FLEET_TARGET"', ['./smoke.sh', '--target', '$FLEET_TARGET']],
  ['cd checks&&node run.js --config=checks/a.json,b.json;true', ['cd', 'checks', 'node', 'run.js', '--config', 'checks/a.json', 'b.json', 'true']],
  [`sh -c './a.sh "b c"' | tee "out file"`, ['sh', '-c', './a.sh "b c"', './a.sh', 'b', 'c', 'tee', 'out file', 'out', 'file']],
  ['X=$(./x.sh) < in.txt', ['X', '$', './x.sh', 'in.txt']],
])('words of the command %s', (command, words) => {
  expect(wordsOfCommand(command)).toEqual(words);
});
