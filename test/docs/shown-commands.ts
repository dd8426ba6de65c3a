/** What a document lets its reader do, in order: commands, edits of files, and new files. */
export type Step = Command | Edit | NewFile;

export interface Command {
  readonly does: 'run';
  readonly line: string;
  /** What the document shows of the output; lines of … stand for any. */
  readonly shown: readonly string[];
}

export interface Edit {
  readonly does: 'edit';
  readonly file: string;
  readonly hunks: readonly { readonly before: string; readonly after: string }[];
}

export interface NewFile {
  readonly does: 'write';
  readonly file: string;
  readonly text: string;
}

export interface Section {
  readonly title: string;
  readonly steps: readonly Step[];
}

interface Fence {
  readonly indent: string;
  readonly language: string;
  readonly lines: string[];
}

/** By section. A block of `ts` is a file where its first line is a comment with nothing but the file's path. */
export function sectionsOf(text: string): readonly Section[] {
  let title = '';
  let fence: Fence | undefined;
  const sections = new Map<string, Step[]>();
  for (const line of text.split('\n')) {
    const [, indent = '', language] = /^( *)```(.*)$/.exec(line) ?? [];
    if (fence === undefined && language !== undefined) fence = { indent, language, lines: [] };
    else if (fence === undefined) title = /^#+ (.*)$/.exec(line)?.[1] ?? title;
    else if (language === undefined) fence.lines.push(line.slice(fence.indent.length));
    else {
      sections.set(title, [...(sections.get(title) ?? []), ...stepsOf(fence)]);
      fence = undefined;
    }
  }
  return [...sections].filter(([, steps]) => steps.length > 0).map(([title, steps]) => ({ title, steps }));
}

function stepsOf({ language, lines }: Fence): readonly Step[] {
  if (language === 'console') return commandsOf(lines);
  if (language === 'diff') return [editOf(lines)];
  const [, file] = /^(?:\/\/|#) (\S+\.(?:ts|yaml))$/.exec(lines[0] ?? '') ?? [];
  return file === undefined ? [] : [{ does: 'write', file, text: `${lines.slice(1).join('\n')}\n` }];
}

function commandsOf(lines: readonly string[]): readonly Command[] {
  const commands: { does: 'run'; line: string; shown: string[] }[] = [];
  let isContinued = false;
  for (const line of lines) {
    const last = commands[commands.length - 1];
    if (line.startsWith('$ ')) commands.push({ does: 'run', line: line.slice(2), shown: [] });
    else if (isContinued && last) last.line = `${last.line.replace(/\\$/, '')}${line.trim()}`;
    else last?.shown.push(line);
    isContinued = (line.startsWith('$ ') || isContinued) && line.endsWith('\\');
  }
  return commands;
}

function editOf(lines: readonly string[]): Edit {
  const file = lines.find((line) => line.startsWith('+++ b/'))?.slice('+++ b/'.length) ?? '';
  const hunks = lines
    .join('\n')
    .split(/^@@.*\n/m)
    .slice(1)
    .map((hunk) => ({ before: sideOf(hunk, '-'), after: sideOf(hunk, '+') }));
  return { does: 'edit', file, hunks };
}

function sideOf(hunk: string, sign: '-' | '+'): string {
  const lines = hunk.replace(/\n$/, '').split('\n');
  return lines
    .filter((line) => line.startsWith(' ') || line.startsWith(sign))
    .map((line) => `${line.slice(1)}\n`)
    .join('');
}

/** The arguments of `npx fleet …`, `npx cdk8s-fleet …`, `npx cdk8s synth` or `npm run synth`, which do the same, up to a pipe. */
export function argumentsOf(line: string): readonly string[] {
  const [command = ''] = line.replace(/^(npx \S+|npm run) /, '').split(/ [|>] /);
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
}

/** The lines as a pattern: a line of … is any lines or none, … in a line is any text. */
export function patternOf(shown: readonly string[]): RegExp {
  const lines = shown.map((line) => (line.trim() === '…' ? '(?:.*\n)*?' : `${line.trimEnd().split('…').map(escaped).join('.*')}\n`));
  return new RegExp(`^${lines.join('')}$`);
}

export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
