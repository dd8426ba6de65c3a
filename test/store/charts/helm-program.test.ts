import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { FleetError } from '../../../layers/problem';
import { publishedChart, pullChart } from '../../../store/charts/helm-program';
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
    expect(publishedChart(id, {})).toEqual({ name: 'web', version: '1.0.0' });
  } finally {
    for (const [name, value] of Object.entries({ PATH, HELM_PLUGINS, HELM_REGISTRY_CONFIG })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  expect(tree(folder)).toMatchObject({ told: 'pull 1 /logins \nshow 1 /logins \n' });
});

/** With a program that is called `helm`. */
function withHelm<T>(script: string, use: () => T): T {
  const folder = folders.make({ 'bin/helm': `#!/bin/sh\n${script}` });
  chmodSync(join(folder, 'bin/helm'), 0o755);
  const { PATH } = process.env;
  process.env.PATH = [join(folder, 'bin'), PATH].join(delimiter);
  try {
    return use();
  } finally {
    process.env.PATH = PATH;
  }
}

const registry = { chart: 'web', repository: 'oci://registry.example.com/charts', version: '1.403.0' };
const chartRepository = { ...registry, repository: 'https://charts.example.com' };

test.each<readonly [said: string, id: typeof registry, hint: RegExp]>([
  ['GET "https://registry.example.com/v2/": basic credential not found', registry, /`helm registry login registry\.example\.com`/],
  ['response status code 401: unauthorized: authentication required', registry, /helm registry login/],
  ['response status code 403: denied: requested access to the resource is denied', registry, /helm registry login/],
  ['failed to fetch https://charts.example.com/index.yaml : 401 Unauthorized', chartRepository, /no password is handed to a chart repository/],
  ['registry.example.com/charts/web:1.403.0: not found', registry, /is there a version '1\.403\.0' of 'web'\?/],
  ['tls: first record does not look like a TLS handshake', registry, /without TLS is asked with --plain-http/],
  ['http: server gave HTTP response to HTTPS client', registry, /without TLS is asked with --plain-http/],
  ['tls: first record does not look like a TLS handshake', chartRepository, /say `http:\/\/` in its address/],
  ['response status code 400: Client sent an HTTP request to an HTTPS server.', registry, /leave --plain-http out/],
])('what helps is said by what Helm said: %s', (said, id, hint) => {
  const fails = () => pullChart(id, {});
  const error = withHelm(`echo 'Error: ${said}' >&2; exit 1\n`, () => {
    try {
      return fails();
    } catch (cause) {
      return cause;
    }
  });
  expect((error as FleetError).problems).toMatchObject([{ code: 'chart-pull', found: said, hint: expect.stringMatching(hint) }]);
});

test('what is fetched is one file, whatever the index calls it', () => {
  expect(withHelm('printf packed > web-1.0.0.tar.gz\n', () => pullChart(registry, {})).toString()).toBe('packed');
  expect(() => withHelm('exit 0\n', () => pullChart(registry, {}))).toThrow('Helm fetched no packed chart for web 1.403.0');
});

test('a chart says whether its authors want nobody to take it any more', () => {
  const found = withHelm("printf 'name: web\\nversion: 1.0.0\\ndeprecated: true\\n'\n", () => publishedChart(registry, {}));
  expect(found).toEqual({ name: 'web', version: '1.0.0', isDeprecated: true });
});
