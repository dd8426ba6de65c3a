import { shellWord } from '../../../../layers/text/shell-word';
import { type FleetStart, outputIn, type StartFile } from '../../fleet-start';
import { commandsOf } from '../commands';
import { forge } from './script-forge';
import { judging } from './script-judging';
import { promoting } from './script-promoting';

/** Where the script lies, from the folder of the fleet. */
export const scriptPath = 'ci/fleet.sh';

/** The steps of a pipeline that are more than a command, for both forges: its path counts from the top of the repository. */
export function scriptFile(start: FleetStart): StartFile {
  const { run, testAndUpdate } = commandsOf(start);
  // Yarn writes lines of its own before what a program prints.
  const fleet = start.packageManager === 'yarn' ? 'yarn --silent fleet' : run('fleet');
  const own = [
    `fleet() { ${fleet} "$@"; }`,
    `take_over_snapshots() { ${testAndUpdate} test/fleet.test.ts; }`,
    `promoted() { printf '%s\\n' ${['config', outputIn(start), 'test'].map(shellWord).join(' ')}; }`,
  ].join('\n');
  const folder = start.folder === '' ? '' : `${start.folder}/`;
  return { path: `${folder}${scriptPath}`, text: [head, own, common, forge, judging, promoting, end].join('\n') };
}

// Of Bash only what needs no braces behind a dollar is used: these are template strings.
const head = `#!/usr/bin/env bash
# What the pipeline does, on GitHub and on GitLab alike. "fleet init" wrote this file, and it is yours. Run it in the folder of the fleet:
#
#   from-base COMMAND  runs a command that finds in FLEET_BASE the configuration which a request starts from
#   check              judges what a request or a push brings: fails where a rule refuses it
#   report             writes down what a request changes, and how that is judged
#   comment            makes the report the one comment of the request, with FLEET_COMMENT_TOKEN
#   promote            makes a branch of each app with a patch that needs nobody, with its next step, and a text about it
#   propose            pushes them, opens a request for each or brings it up to date, and closes others, with FLEET_PROMOTE_TOKEN
#
# It takes Git, curl and Node.
set -eo pipefail
`;

const common = String.raw`
say() { printf '%s\n' "$*"; }
fail() {
  say "$*" >&2
  exit 1
}

# What runs the configuration is given no token.
comment_token=$FLEET_COMMENT_TOKEN
promote_token=$FLEET_PROMOTE_TOKEN
unset FLEET_COMMENT_TOKEN FLEET_PROMOTE_TOKEN

[ "$(git rev-parse --is-shallow-repository)" = false ] ||
  fail 'This clone has no history, and soak times, approvals and bases are read from it: fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab.'

here=$(git rev-parse --show-prefix)
# From one step to the next; never committed, and no other fleet of the repository writes there.
scratch=$(git rev-parse --absolute-git-dir)/fleet-ci/$here
mkdir -p "$scratch"
scratch=$(cd "$scratch" && pwd)
steps=$scratch/.steps
tab=$(printf '\t')
marker="<!-- cdk8s-fleet $(printf %s "$here" | tr -c 'A-Za-z0-9/' _) -->"

# javascript CODE [WORD …]: runs it beside the files of the steps; it knows the words.
javascript() (
  code=$1
  shift
  cd "$scratch"
  node -e "const { readFileSync, writeFileSync } = require('node:fs'); const words = process.argv.slice(1); $code" -- "$@"
)
`;

const end = `
case $1 in
  from-base) shift && from_base "$@" ;;
  check | report | comment | promote | propose) "$1" ;;
  *) fail 'which step? from-base COMMAND, check, report, comment, promote or propose' ;;
esac
`;
