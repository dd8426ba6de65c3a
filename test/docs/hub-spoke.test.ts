import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { examples, repository, serve, Workspace } from '../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const example = 'examples/hub-spoke';

interface Command {
  readonly args: readonly string[];
  /** What the document shows of it; lines of … stand for any. */
  readonly shown: readonly string[];
}

interface Section {
  readonly title: string;
  readonly commands: readonly Command[];
}

/** Commands of `fleet` that a document shows, by section. A block with anything else in it, or with a pipe, needs more than this repository. */
function sectionsOf(text: string): readonly Section[] {
  let [title, fence] = ['', undefined as { readonly indent: string; readonly language: string; readonly lines: string[] } | undefined];
  const sections = new Map<string, Command[]>();
  for (const line of text.split('\n')) {
    const [, indent = '', language] = /^( *)```(.*)$/.exec(line) ?? [];
    if (fence === undefined && language !== undefined) fence = { indent, language, lines: [] };
    else if (fence === undefined) title = /^#+ (.*)$/.exec(line)?.[1] ?? title;
    else if (language === undefined) fence.lines.push(line.slice(fence.indent.length));
    else {
      const commands = fence.language === 'console' ? commandsOf(fence.lines) : [];
      sections.set(title, [...(sections.get(title) ?? []), ...commands]);
      fence = undefined;
    }
  }
  return [...sections].filter(([, commands]) => commands.length > 0).map(([title, commands]) => ({ title, commands }));
}

function commandsOf(lines: readonly string[]): readonly Command[] {
  const commands: { text: string; shown: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith('$ ')) commands.push({ text: line.slice(2), shown: [] });
    else commands[commands.length - 1]?.shown.push(line);
  }
  if (commands.some(({ text }) => !text.startsWith('npx fleet ') || /[|&;<>\\]/.test(text))) return [];
  return commands.map(({ text, shown }) => ({
    args: [...text.slice('npx fleet '.length).matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? ''),
    shown,
  }));
}

/** The lines as a pattern: a line of … is any lines or none, … in a line is any text. */
function patternOf(shown: readonly string[]): RegExp {
  const lines = shown.map((line) => (line.trim() === '…' ? '(?:.*\n)*?' : `${line.trimEnd().split('…').map(escaped).join('.*')}\n`));
  return new RegExp(`^${lines.join('')}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function sectionOf(text: string, title: string): string {
  const [, rest = ''] = text.split(`\n## ${title}\n`);
  return rest.split('\n## ')[0] ?? '';
}

const documents = { 'docs/hub-spoke.md': read('docs/hub-spoke.md'), 'README.md': `## Hubs and spokes\n${sectionOf(read('README.md'), 'Hubs and spokes')}` };
const sections = Object.entries(documents).flatMap(([document, text]) => sectionsOf(text).map((section) => ({ document, ...section })));

const workspaces: Workspace[] = [];
let started: Workspace;

beforeAll(async () => {
  started = await start();
});

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** The example as it came, where the documents have it, rendered and committed. */
async function start(): Promise<Workspace> {
  const workspace = newWorkspace();
  cpSync(dirname(examples.hub), join(workspace.path, example), { recursive: true });
  git(workspace, 'init', '-q', '-b', 'main');
  const { status, stderr } = await serve(workspace.path, ['synth', '--config', `${example}/config`]);
  if (status !== 0) throw new Error(stderr);
  git(workspace, 'add', '-A');
  git(workspace, 'commit', '-q', '-m', 'Start');
  return workspace;
}

function newWorkspace(): Workspace {
  const workspace = new Workspace({});
  workspaces.push(workspace);
  return workspace;
}

function git(workspace: Workspace, ...args: string[]): void {
  const { status, stderr } = workspace.run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args]);
  if (status !== 0) throw new Error(stderr);
}

describe('commands do what the documents show', () => {
  test('there are such commands in both', () => {
    expect(new Set(sections.map(({ document }) => document)).size).toBe(2);
    expect(sections.flatMap(({ commands }) => commands).length).toBeGreaterThanOrEqual(12);
  });

  // The commands of a section follow one another; what one writes, the next finds.
  test.each(sections)('$document, $title', async ({ commands }) => {
    const workspace = newWorkspace();
    cpSync(started.path, workspace.path, { recursive: true });
    for (const { args, shown } of commands) {
      const { status, stdout, stderr } = await serve(workspace.path, args);
      const expected = shown[0]?.startsWith('error ') ? 1 : 0;
      expect({ args, status, stderr: status === expected ? '' : stderr }).toEqual({ args, status: expected, stderr: '' });
      const output = (status === 0 ? stdout : stderr).replace(/[ \t]+$/gm, '');
      if (!patternOf(shown).test(output)) expect(output).toBe(`${shown.join('\n')}\n`);
    }
  });
});

/** The paths of a tree that a document draws by indentation, below its first line. */
function pathsOf(text: string, top: string): readonly string[] {
  const [, tree = ''] = new RegExp(`\`\`\`\n${top}/\n([\\s\\S]*?)\n\`\`\``).exec(text) ?? [];
  const open: { readonly indent: number; readonly path: string }[] = [];
  return tree
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const indent = line.search(/\S/);
      const [name = ''] = line.trim().split(/\s/);
      while ((open[open.length - 1]?.indent ?? -1) >= indent) open.pop();
      const path = `${open[open.length - 1]?.path ?? ''}${name}`;
      if (name.endsWith('/')) open.push({ indent, path });
      return name.endsWith('/') ? [] : [path];
    });
}

/** `{name}` is any name, and … any path. */
function placeOf(path: string): RegExp {
  const parts = path.split(/(\{\w+\}|…)/).map((part) => (part === '…' ? '.+' : part.startsWith('{') ? '[^/]+' : escaped(part)));
  return new RegExp(`^${parts.join('')}$`);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

describe('the example has the layout that the document draws', () => {
  test.each(['config', 'dist'])('%s', (top) => {
    const files = filesBelow(join(started.path, example, top));
    // What begins with `_` is left alone: nobody has to have it.
    const paths = pathsOf(documents['docs/hub-spoke.md'], top).filter((path) => !/(^|\/)_/.test(path));
    expect(paths.length).toBeGreaterThan(4);
    expect(paths.filter((path) => !files.some((file) => placeOf(path).test(file)))).toEqual([]);
    expect(files.filter((file) => !paths.some((path) => placeOf(path).test(file)))).toEqual([]);
  });
});
