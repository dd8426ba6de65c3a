import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineFiles } from '../../store/start/templates/pipeline/pipeline-files';
import { start } from '../pipelines/pipeline-project';

const text = readFileSync(join(__dirname, '../../docs/ci.md'), 'utf8');

// Another test runs the steps of these files.
test('docs/ci.md shows the pipelines that init writes, and no others', () => {
  const shown = [...text.matchAll(/^```yaml\n# (\S+)\n([\s\S]*?)^```$/gm)].map(([, path, yaml]) => ({ path, text: yaml }));
  const written = (['github', 'gitlab'] as const).flatMap((pipeline) => pipelineFiles({ ...start, pipeline, folder: '', path: 'dist' }));
  expect(shown).toEqual(written.filter(({ path }) => !path.endsWith('.sh')));
  expect(text.match(/^```yaml/gm)).toHaveLength(shown.length);
});
