import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Asker, askStart, type StartOptions } from '../../cli/read/new/start-answers';
import { FleetError } from '../../constructs';
import { longTest } from '../long-test';
import { TemporaryFolders, tree } from '../workspaces/temporary-folder';
import { repository } from '../workspaces/workspace';

const folders = new TemporaryFolders();

/** A person who gives these answers, and then leaves. */
function person(...answers: readonly string[]): Asker & { readonly heard: string[] } {
  const heard: string[] = [];
  const left = [...answers];
  return { heard, say: (text) => heard.push(text), answer: () => left.shift() };
}

function asked(asker: Asker, options: StartOptions = {}, dir?: string) {
  return askStart(dir, options, '1.0.0', asker);
}

const inFolder = (run: (folder: string) => void) => {
  const [before, folder] = [process.cwd(), folders.make()];
  process.chdir(folder);
  try {
    run(folder);
  } finally {
    process.chdir(before);
  }
};

test('at most four questions are asked, and nothing typed means what stands in parentheses', () => {
  inFolder(() => {
    const asker = person('', '', '', '');
    const { dir, answers } = asked(asker);
    expect(dir).toBe('.');
    expect(answers).toMatchObject({ shape: 'regions', repository: 'https://repository.invalid/replace-me', pipeline: 'github' });
    expect(asker.heard.map((text) => text.split('\n').at(-1))).toEqual([
      'Which folder shall the fleet begin in? (.): ',
      'Shape (regions): ',
      'Which Git repository does Argo CD read? (later): ',
      'Who checks pull requests: github, gitlab, or none? (github): ',
    ]);
  });
});

test('what the command line says is not asked', () => {
  inFolder(() => {
    const asker = person();
    asked(asker, { shape: 'yaml', repository: 'https://example.com/fleet', ci: 'none' }, 'fleet');
    expect(asker.heard).toEqual([]);
  });
});

test('what is no answer is asked again', () => {
  inFolder(() => {
    const asker = person('fleet', 'star', 'h', 'nope', 'https://example.com/fleet', 'git', 'gitl');
    const { dir, answers } = asked(asker);
    expect(dir).toBe('fleet');
    expect(answers).toMatchObject({ shape: 'hubs', repository: 'https://example.com/fleet', pipeline: 'gitlab' });
    expect(asker.heard.filter((text) => text.includes('is not an answer'))).toEqual([
      "'star' is not an answer to that.\n",
      "'nope' is not an answer to that.\n",
      "'git' is not an answer to that.\n",
    ]);
  });
});

test('answers that end are one message', () => {
  inFolder(() => expect(() => asked(person('.', 'hubs'))).toThrow(FleetError));
});

const hasTerminals = spawnSync('script', ['--version']).status === 0;

/** Runs `fleet init` at a terminal, and types. */
function atTerminal(cwd: string, typed: readonly (readonly [after: string, keys: string])[]): Promise<string> {
  const command = `'${process.execPath}' '${join(repository, 'cli/fleet.js')}' init`;
  const { CI: _, ...env } = process.env;
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd, env, stdio: 'pipe' });
  let shown = '';
  const left = [...typed];
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    while (left[0] && shown.includes(left[0][0])) child.stdin.write(left.shift()?.[1] as string);
  });
  return new Promise((resolve) => child.on('close', (status) => resolve(`${shown}\n[${status}]`)));
}

(hasTerminals ? describe : describe.skip)('at a terminal', () => {
  test('the answers count', async () => {
    const folder = folders.make();
    const shown = await atTerminal(folder, [
      ['begin in?', 'fleet\n'],
      ['Shape', 'yaml\n'],
      ['Argo CD read?', 'https://example.com/fleet\n'],
      ['pull requests', 'none\n'],
    ]);
    expect(shown).toContain('A fleet of regions, in YAML, in fleet/');
    expect(shown).toContain('[0]');
    expect(tree(folder)['fleet/config/config.yaml']).toContain('repository: https://example.com/fleet\n');
  });

  test('Ctrl-C ends it with nothing written', async () => {
    const folder = folders.make();
    const shown = await atTerminal(folder, [
      ['begin in?', 'fleet\n'],
      ['Shape', '\x03'],
    ]);
    expect(shown).toMatch(/\[(130|2)\]/);
    expect(tree(folder)).toEqual({});
  });

  longTest('Ctrl-D ends it with a message and nothing written', async () => {
    const folder = folders.make();
    const shown = await atTerminal(folder, [['begin in?', '\x04']]);
    expect(shown).toContain('the answers ended before the questions');
    expect(shown).toContain('[1]');
    expect(tree(folder)).toEqual({});
  });
});
