import { shellWord } from '../../../layers/text/shell-word';
import type { PackageManager } from '../fleet-start';
import { commandsOf } from '../templates/commands';

/** What the hook is about. */
export interface HookSubject {
  /** The folder of the fleet, from the top of the repository; `''` where it is the top. */
  readonly folder: string;
  /** The folder of rendered output, from the top of the repository as well. */
  readonly output: string;
  readonly packageManager: PackageManager;
}

/** How our lines are told from others in the same file. */
export const hookTitle = '# cdk8s-fleet: renders what a merge brought together. Written by `fleet init --hook`; delete these lines to be rid of it.';

/**
 * The lines of a `post-merge` hook, for any `sh`: also that of Git for Windows. They run in a shell of their own, so that they
 * may stand in a hook that does other things, and never fail it, be it under `set -e`.
 *
 * @see https://git-scm.com/docs/githooks#_post_merge
 */
export function hookLines({ folder, output, packageManager }: HookSubject): string {
  const { run } = commandsOf({ packageManager, testRunner: 'jest' });
  const dist = shellWord(output);
  const config = shellWord(folder === '' ? 'config' : `${folder}/config`);
  // Whoever reads it may be in any folder.
  const added = folder === '' ? dist : shellWord(`:/${output}`);
  // npx would fetch a package of this name where none is installed.
  const synth = packageManager === 'npm' ? 'npx --no-install fleet synth' : run('fleet synth');
  return `${hookTitle}
(
  unset $(git rev-parse --local-env-vars)
  cd "$(git rev-parse --show-toplevel)" 2>/dev/null || exit 0
  # A squash leaves the commit to you; anything else has just moved it.
  if [ "$1" = 1 ]; then range=HEAD; else range='ORIG_HEAD HEAD'; fi
  git diff --quiet $range -- ${config} ${dist} 2>/dev/null
  [ $? -eq 1 ] || exit 0
  if [ "$1" != 1 ] && [ -n "$(git status --porcelain -- ${config})" ]; then
    echo 'fleet: config/ holds edits that are not committed, so nothing was rendered after this merge: \`${run('fleet synth')}\` does it.'
    exit 0
  fi
  said=$(${folder === '' ? '' : `cd ${shellWord(folder)} && `}${synth} 2>&1 </dev/null) || {
    printf '%s\\n' "$said" 'fleet: nothing was rendered after this merge. Mend that, then run \`${run('fleet synth')}\`.'
    exit 0
  }
  rendered=$(git ls-files --modified --others --exclude-standard -- ${dist})
  [ -n "$rendered" ] || exit 0
  printf '%s\\n' 'fleet: the merge changed what is rendered. Rendered anew:' "$rendered" \\
    "Commit it: git add ${doubleQuoted(added)} && git commit -m 'Render the merge'"
) || :
`;
}

/** Inside of a text in double quotes. */
function doubleQuoted(text: string): string {
  return text.replace(/[\\"$`]/g, '\\$&');
}
