import type { Command } from 'commander';

/** What every command has that writes configuration and renders it. @param dryRun what it prints in place of writing */
export function withWriteOptions(command: Command, dryRun = 'what would be rendered'): Command {
  return command
    .option('--dry-run', `print ${dryRun}; write nothing`)
    .option('--no-synth', 'do not render the output')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was done as JSON');
}
