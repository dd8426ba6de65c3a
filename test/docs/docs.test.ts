import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes } from '../../layers/problem-codes';
import { dependencies, devDependencies, scripts } from '../../package.json';
import { serve } from '../workspaces/workspace';
import { sectionsOf } from './shown-commands';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const ci = read('.ci/run');
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
].sort();

interface Link {
  readonly file: string;
  readonly anchor: string;
}

/** Links to this repository, from its top; those of code are none. */
function linksOf(document: string): readonly Link[] {
  const prose = read(document)
    .replace(/^ *```[\s\S]*?^ *```/gm, '')
    .replace(/`[^`\n]+`/g, '');
  const links = [...prose.matchAll(/\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)/g)];
  return links.map(([, to = '', anchor = '']) => ({ file: to === '' ? document : join(document, '..', to), anchor }));
}

/** What GitHub calls the headings of a document. */
function anchorsOf(text: string): readonly string[] {
  const headings = text.replace(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-'),
  );
}

/** The commands that a help text lists. */
function commandsOf(...args: string[]): readonly string[] {
  const [, list = ''] = serve(root, args).stdout.split('\nCommands:\n');
  return [...(list.split('\n\n')[0] ?? '').matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
}

test('docs/problems.md explains every code, and no other', () => {
  const explained = [...read('docs/problems.md').matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, code]) => code);
  expect(explained.sort()).toEqual([...problemCodes].sort());
});

test('docs/decisions.md says why each dependency is there', () => {
  const decisions = read('docs/decisions.md');
  const unexplained = [...Object.keys(dependencies), ...Object.keys(devDependencies)].filter(
    (name) => !name.startsWith('@types/') && name !== '@swc/core' && !decisions.includes(`\`${name}\``),
  );
  expect(unexplained).toEqual([]);
});

describe('README.md', () => {
  const text = read('README.md');

  test('stays one page', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  test('has the commands that CI runs', () => {
    const shown = sectionsOf(text).flatMap(({ steps }) => steps.flatMap((step) => (step.does === 'run' ? [step.line] : [])));
    expect(shown).toEqual(expect.arrayContaining(['npm ci && npm run synth', 'npm test']));
    const parts = shown.filter((line) => !/^npx (cdk8s-)?fleet /.test(line)).flatMap((line) => line.split(' && '));
    // A fleet of one's own has no lock file yet; test/package installs it.
    const check = scripts.check.split(' && ');
    const run = ci.split('\n').flatMap((line) => (line === 'npm run check' ? [line, ...check] : [line]));
    expect(parts.filter((part) => part !== 'npm install' && !run.includes(part))).toEqual([]);
  });

  test('names every document, here or in one that it names', () => {
    const named = [...linksOf('README.md'), ...linksOf('docs/hub-spoke.md')].map(({ file }) => file);
    expect(documents.filter((document) => document !== 'README.md' && !named.includes(document))).toEqual([]);
  });
});

describe('every command of the program stands in the table of', () => {
  const named: Readonly<Record<string, readonly string[]>> = { new: ['new'], charts: [] };
  const commands = commandsOf('--help').flatMap((command) => {
    const own = named[command];
    return own ? [...own, ...commandsOf(command, '--help').map((kind) => `${command} ${kind}`)] : [command];
  });

  test.each(['README.md', 'docs/commands.md'])('%s, and no other', (document) => {
    const told = [...read(document).matchAll(/^\| `npx fleet ([a-z]+(?: [a-z-]+)?)/gm)].map(([, command]) => command);
    // The page at the top is short.
    const wanted = document === 'docs/commands.md' ? commands : commands.map((command) => command.replace(/ .*/, ''));
    expect(commands.length).toBeGreaterThan(10);
    expect([...new Set(told)].sort()).toEqual([...new Set(wanted)].sort());
  });
});

describe('no link is broken', () => {
  test.each(documents)('%s', (document) => {
    const isBroken = ({ file, anchor }: Link) => !existsSync(join(root, file)) || (anchor !== '' && !anchorsOf(read(file)).includes(anchor));
    expect(
      linksOf(document)
        .filter(isBroken)
        .map(({ file, anchor }) => `${file}#${anchor}`),
    ).toEqual([]);
  });
});

test('CHANGELOG.md says with which command a fleet moves over what breaks it', () => {
  const [, breaking = ''] = read('CHANGELOG.md').split('### Breaking\n');
  const lines = (breaking.split('\n### ')[0] ?? '').split('\n').filter((line) => line.startsWith('- '));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => !/`(?:npx|npm|git|rm|cdk8s) ?/.test(line))).toEqual([]);
});

test('docs/security.md names a test for every promise', () => {
  const rows = [...read('docs/security.md').matchAll(/^\| (.+?) \| (.+) \|$/gm)].filter(([, promise, held]) => held?.includes('](') || promise?.endsWith('.'));
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(([, , held]) => !/\]\(\.\.\/test\/[^)]+\.ts\)/.test(held ?? '')).map(([, promise]) => promise)).toEqual([]);
});

// A test of a fleet that `init` writes, the one here and the one that a page explains are one.
test('docs/testing.md shows test/fleet.test.ts', () => {
  const [, shown] = /```ts\n([\s\S]*?)```/.exec(read('docs/testing.md')) ?? [];
  expect(shown).toBe(read('test/fleet.test.ts'));
});

describe('CONTRIBUTING.md', () => {
  const text = read('CONTRIBUTING.md');
  const section = (heading: string) => text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const named = (part: string) => [...part.matchAll(/`([\w-]+(?:\/[\w.-]*)+|[\w-]+\.ts)`/g)].map(([, file = '']) => file);

  test('names files and folders that are there', () => {
    // A name with nothing behind its slash is a word of the rooms.
    const paths = named(text).filter((path) => /\/./.test(path));
    expect(paths.length).toBeGreaterThan(50);
    // What stands in `config/` is its owner's: the document is about the example as it came.
    expect(paths.filter((path) => !existsSync(join(root, path.replace(/^config\//, 'test/example/config/'))))).toEqual([]);
  });

  test('walks four things, each in at most ten stops that name their files', () => {
    const stops = section('Four walks')
      .split(/\n\n(?=\d+\. )/)
      .slice(1);
    expect(stops).toHaveLength(4);
    for (const walk of stops) {
      const lines = walk.split('\n').filter((line) => /^\d+\. /.test(line));
      expect(lines.length).toBeGreaterThan(4);
      expect(lines.length).toBeLessThanOrEqual(10);
    }
  });

  test('names the files of five changes', () => {
    const changes = section('Five changes, and their files')
      .split('\n')
      .filter((line) => line.startsWith('- **'));
    expect(changes).toHaveLength(5);
    for (const change of changes) expect(named(change).length).toBeGreaterThan(0);
  });
});
