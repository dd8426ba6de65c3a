import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argoCDVersions, newestArgoCD } from '../../layers/shape/fields-since';
import { argoCD, externalSecrets } from '../definitions/versions';
import { repository } from '../workspaces/workspace';

const read = (file: string) => readFileSync(join(repository, file), 'utf8');

const readme = read('README.md');
const row = (name: string) => readme.split('\n').find((line) => line.startsWith(`| ${name} |`)) ?? '';
const bare = (version: string | undefined) => version?.replace(/^v/, '');

test('the README says of which versions definitions are looked at', () => {
  expect(row(argoCD.name)).toContain(`| ${argoCDVersions[0]} and newer`);
  expect(row(argoCD.name)).toContain(`definitions of ${bare(argoCD.versions[0])} to ${bare(argoCD.versions.at(-1))};`);
  expect(row(externalSecrets.name)).toContain(`definitions of ${externalSecrets.versions.map(bare).join(', ')}, `);
});

test('the README says which Helm CI runs', () => {
  const helms = [...read('.ci/run').matchAll(/^helm_\d=v(\S+)$/gm)].map(([, version]) => version);
  expect(helms).toHaveLength(2);
  expect(row('Helm')).toContain(`| ${helms.join(' and ')} |`);
});

test('of every version of Argo CD the first release is looked at, and the document names all', () => {
  expect(argoCD.versions).toEqual(expect.arrayContaining(argoCDVersions.map((version) => `v${version}.0`)));
  expect(read('docs/configuration.md')).toContain(
    `the oldest version of Argo CD in the fleet: \`'${argoCDVersions.slice(0, -1).join("'`, `'")}'\` or \`'${newestArgoCD}'\``,
  );
});
