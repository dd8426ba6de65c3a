import type { Argument, Command, Option } from 'commander';
import { type KnownKind, knownKinds } from '../../../store/read/known-names';

/** What stands at a place of a command line: words of a list, or what is asked for while somebody types. @default - a text of the user's own */
export type WordKind = { readonly words: readonly string[] } | 'dir' | KnownKind | undefined;

/** What a kind is called in the scripts: `words:a b`, `dir`, a kind that is asked for, or nothing. */
export function kindText(kind: WordKind): string {
  return kind === undefined ? '' : typeof kind === 'string' ? kind : `words:${kind.words.join(' ')}`;
}

/** A command as a shell completes it. */
export interface CommandWords {
  /** `new patch`; `''` of the program itself. */
  readonly path: string;
  readonly description: string;
  readonly commands: readonly Described[];
  readonly options: readonly (Described & { readonly takesValue: boolean; readonly kind: WordKind })[];
  readonly arguments: readonly WordKind[];
}

export interface Described {
  readonly name: string;
  readonly description: string;
}

/** A program and all commands of it. */
export function commandWords(command: Command, path = ''): readonly CommandWords[] {
  const own: CommandWords = {
    path,
    description: command.description(),
    commands: command.commands.map((one) => ({ name: one.name(), description: inShort(one.description()) })),
    options: [...command.options.filter(({ long }) => long !== undefined).map(optionWords), help],
    arguments: command.registeredArguments.map((argument) => kindOf(argument.name(), argument)),
  };
  return [own, ...command.commands.flatMap((one) => commandWords(one, path === '' ? one.name() : `${path} ${one.name()}`))];
}

const help = { name: '--help', description: 'what there is', takesValue: false, kind: undefined } as const;

function optionWords(option: Option): CommandWords['options'][number] {
  const [, value = ''] = /[<[]([^>\]]+)[>\]]/.exec(option.flags) ?? [];
  const { long = '', description } = option;
  const word = long === '--hub' ? 'hub' : value;
  return { name: long, description: inShort(description), takesValue: value !== '', kind: value === '' ? undefined : kindOf(word, option) };
}

function kindOf(name: string, { argChoices }: Pick<Option | Argument, 'argChoices'>): WordKind {
  if (argChoices !== undefined && argChoices.length > 0) return { words: argChoices };
  return name === 'dir' ? 'dir' : knownKinds.find((kind) => kind === name);
}

/** On one line, and short enough to stand beside a word. */
function inShort(description: string): string {
  const [first = ''] = description.replace(/ \((default|choices|repeatable).*$/, '').split(/; |\. /);
  return first.replace(/['"`\\$\n]/g, '');
}
