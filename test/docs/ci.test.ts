import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { pipelineFiles } from '../../store/start/templates/pipeline/pipeline-files';
import { start } from '../pipelines/pipeline-project';

const text = readFileSync(join(__dirname, '../../docs/ci.md'), 'utf8');
const shown = [...text.matchAll(/^```yaml\n# (\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', yaml = '']) => ({ path, text: yaml }));
const isOfBoard = ({ text: yaml }: { readonly text: string }) => yaml.includes('fleet board');
const written = (['github', 'gitlab'] as const).flatMap((pipeline) => pipelineFiles({ ...start, pipeline, folder: '', path: 'dist' }));

// Another test runs the steps of these files.
test('docs/ci.md shows the pipelines that init writes, and beside them that of the board alone', () => {
  expect(shown.filter((one) => !isOfBoard(one))).toEqual(written.filter(({ path }) => !path.endsWith('.sh')));
  expect(shown.filter(isOfBoard)).toHaveLength(2);
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
