import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { pipelineFiles } from '../../store/start/templates/pipeline/pipeline-files';
import { start } from '../pipelines/pipeline-project';

const text = readFileSync(join(__dirname, '../../docs/ci.md'), 'utf8');
const shown = [...text.matchAll(/^```yaml\n# (\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', yaml = '']) => ({ path, text: yaml }));
interface Shown {
  readonly path: string;
  readonly text: string;
}
const isOfBoard = ({ text: yaml }: Shown) => yaml.includes('fleet board');
const isOfChat = ({ text: yaml }: Shown) => yaml.includes('fleet notify');
const written = (['github', 'gitlab'] as const).flatMap((pipeline) => pipelineFiles({ ...start, pipeline, folder: '', path: 'dist' }));

// Another test runs the steps of these files.
test('docs/ci.md shows the pipelines that init writes, and beside them those of the board and of a chat alone', () => {
  expect(shown.filter((one) => !isOfBoard(one) && !isOfChat(one))).toEqual(written.filter(({ path }) => !path.endsWith('.sh')));
  expect(shown.filter(isOfBoard)).toHaveLength(2);
  expect(shown.filter(isOfChat)).toHaveLength(2);
  expect(text.match(/^```yaml/gm)).toHaveLength(shown.length);
});

describe('the pipelines of the board', () => {
  const of = (path: string) => parse(shown.filter(isOfBoard).find((one) => one.path === path)?.text ?? '');
  const command = 'npx fleet board --output public/index.html';

  test('on GitHub, whatever runs the configuration can write nothing, and begins as the other pipelines do', () => {
    const { permissions, jobs } = of('.github/workflows/fleet-board.yaml');
    const others = parse(written.find(({ path }) => path === '.github/workflows/fleet.yaml')?.text ?? '');
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.keys(jobs)).toEqual(['board', 'publish']);
    expect(jobs.board.permissions).toBeUndefined();
    expect(jobs.board.steps.slice(0, 3)).toEqual(others.jobs.check.steps.slice(0, 3));
    expect(jobs.board.steps[3]).toEqual({ run: command });
    expect(jobs.publish.permissions).toEqual({ pages: 'write', 'id-token': 'write' });
    expect(jobs.publish.steps.every((step: object) => !('run' in step))).toBe(true);
  });

  test('on GitLab, it extends what the others extend, and leaves the folder that is published', () => {
    const { pages } = of('.gitlab-ci.yml');
    const others = parse(written.find(({ path }) => path === '.gitlab-ci.yml')?.text ?? '');
    expect(Object.keys(others)).toContain(pages.extends);
    expect(pages).toMatchObject({ script: [command], artifacts: { paths: ['public'] } });
    expect(pages.rules.every((rule: { readonly if: string }) => rule.if.endsWith('$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'))).toBe(true);
  });
});

describe('the pipelines of a chat', () => {
  const of = (path: string) => parse(shown.filter(isOfChat).find((one) => one.path === path)?.text ?? '');

  test('on GitHub, they can write nothing, begin as the others do, and give the address to what posts alone', () => {
    const { permissions, jobs } = of('.github/workflows/fleet-notify.yaml');
    const others = parse(written.find(({ path }) => path === '.github/workflows/fleet.yaml')?.text ?? '');
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.keys(jobs)).toEqual(['notify']);
    const { steps } = jobs.notify;
    expect(steps.slice(0, 3)).toEqual(others.jobs.check.steps.slice(0, 3));
    expect(steps.slice(3).map(({ run }: { readonly run: string }) => run)).toEqual([
      'npx fleet notify --since "$BEFORE"',
      'npx fleet notify --since 1h --waiting',
    ]);
    // What others name reaches the shell by the environment.
    expect(steps.some(({ run = '' }: { readonly run?: string }) => run.includes('${{'))).toBe(false);
  });

  test('on GitLab, it extends what the others extend, for the default branch alone', () => {
    const job = of('.gitlab-ci.yml')['fleet-notify'];
    const others = parse(written.find(({ path }) => path === '.gitlab-ci.yml')?.text ?? '');
    expect(Object.keys(others)).toContain(job.extends);
    expect(job.rules.every((rule: { readonly if: string }) => rule.if.endsWith('$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'))).toBe(true);
  });
});
