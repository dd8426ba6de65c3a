import type { Command } from 'commander';

/** What a command has that can commit what it writes. */
export function withCommitOption(command: Command): Command {
  return command.option('--commit', 'make the commit that is printed otherwise: of what is written, and of nothing else');
}

/** What every command has that writes configuration and renders it. @param dryRun what it prints in place of writing */
export function withWriteOptions(command: Command, dryRun = 'what would be rendered'): Command {
  return command
    .option('--dry-run', `print ${dryRun}; write nothing`)
    .option('--no-synth', 'do not render the output')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was done as JSON');
}
