import { join } from 'node:path';
import { planImport } from '../../../store/charts/import-charts';
import { repository } from '../../workspaces/workspace';

test('what was imported for the example is current', () => {
  const config = join(repository, 'examples/hub-spoke/config');
  const charts = [{ folder: 'examples/hub-spoke/charts/namespaces' }];
  expect(
    planImport({
      config,
      base: repository,
      charts,
      isAll: true,
      withTypes: true,
    }).edits.files.map(({ file }) => file),
  ).toEqual([]);
});
