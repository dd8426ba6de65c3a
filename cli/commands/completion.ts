import { Argument, Command } from 'commander';
import { bashScript } from '../print/completion/bash';
import { commandWords } from '../print/completion/command-words';
import { fishScript } from '../print/completion/fish';
import { zshScript } from '../print/completion/zsh';
import { type Done, print } from '../print/print';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

type Shell = keyof typeof scripts;

/** @param program makes the program with all of its commands */
export function completionCommand(done: Done, program: () => Command): Command {
  return new Command('completion')
    .description('print a script that completes commands, options and names in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      `
Names of cluster types, apps, patches, paths and clusters are read from files: no
code of a configuration runs.

Examples:
  $ eval "$(npx fleet completion bash)"       in ~/.bashrc
  $ eval "$(npx fleet completion zsh)"        in ~/.zshrc, behind compinit
  $ npx fleet completion fish > ~/.config/fish/completions/fleet.fish`,
    )
    .action((shell: Shell) => {
      print(scripts[shell](commandWords(program())).trimEnd());
      done(0);
    });
}
