import type { Command } from 'commander';

/** The options of commands that move a patch: how the step is shown, and what is written. */
export function withStepOptions(command: Command): Command {
  return command
    .option('--dry-run', 'print the plan and the change of the manifests; write nothing')
    .option('--no-synth', 'do not render the output')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was done as JSON');
}
