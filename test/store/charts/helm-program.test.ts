import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { publishedVersion, pullChart } from '../../../store/charts/helm-program';
import { TemporaryFolders, tree, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

test('Helm finds no plugin, which an index could have run, and what it knows of logins', () => {
  const folder = folders.make({ 'plugins/evil/plugin.yaml': 'name: evil\n' });
  const told = join(folder, 'told');
  const script = `#!/bin/sh
echo "$1 $HELM_NO_PLUGINS $HELM_REGISTRY_CONFIG $([ -e "$HELM_PLUGINS" ] && echo plugins)" >> '${told}'
if [ "$1" = pull ]; then : > web.tgz; else printf 'name: web\\nversion: 1.0.0\\n'; fi
`;
  write(folder, { 'bin/helm': script });
  chmodSync(join(folder, 'bin/helm'), 0o755);
  const { PATH, HELM_PLUGINS, HELM_REGISTRY_CONFIG } = process.env;
  Object.assign(process.env, { PATH: [join(folder, 'bin'), PATH].join(delimiter), HELM_PLUGINS: join(folder, 'plugins'), HELM_REGISTRY_CONFIG: '/logins' });
  try {
    const id = { chart: 'web', repository: 'https://charts.example.com', version: '1.0.0' };
    pullChart(id, {});
    expect(publishedVersion(id, {})).toBe('1.0.0');
  } finally {
    for (const [name, value] of Object.entries({ PATH, HELM_PLUGINS, HELM_REGISTRY_CONFIG })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  expect(tree(folder)).toMatchObject({ told: 'pull 1 /logins \nshow 1 /logins \n' });
});
