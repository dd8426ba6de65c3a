import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cluster } from '../../../constructs';
import type { Manifest } from '../../../layers/output';
import { writeOutput } from '../../../store/output/write-output';
import { knowsNothing } from '../../builders/chart-renderer';
import { application, buildFleet } from '../../builders/fleet-builder';
import { TemporaryFolders } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();
const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0', helm: { valuesObject: { host: `${cluster.name}` } } };
const checks = 'mgmt/integration/int-1/us/manifests/web/templates/checks.tpl';

/** Renders an app whose chart is opened into a folder. @param chart what it makes of a value */
function written(dist: string, chart: (host: string) => unknown): void {
  const web = application({ hydrate: true, source });
  const fleet = buildFleet({ clusterTypes: { infra: { apps: { root: { kind: 'RootApplicationSet', clusterType: 'mgmt' } } }, mgmt: { apps: { web } } } });
  fleet.chartRenderer = {
    ...knowsNothing,
    render: (inputs) =>
      inputs.map(({ values }) => ({
        objects: [{ apiVersion: 'v1', kind: 'Thing', metadata: { name: 'a' }, host: chart(JSON.parse(values[0] as string).host) } as unknown as Manifest],
      })),
  };
  writeOutput(dist, fleet.synth());
}

test('what is checked at deploy time is a file of the tool: it goes where nothing is checked, and nobody else loses one', () => {
  const dist = join(folders.make(), 'dist');
  written(dist, (host) => (/^\d+$/.test(host) ? Number(host) : host));
  expect(readFileSync(join(dist, checks), 'utf8')).toMatch(/^\{\{- \/\* Rendered by cdk8s-fleet/);
  expect(readFileSync(join(dist, checks, '../thing-a.yaml'), 'utf8')).toContain('\nhost: {{ required `');
  written(dist, (host) => host);
  expect(existsSync(join(dist, checks))).toBe(false);
  writeFileSync(join(dist, checks), '{{ fail `mine` }}');
  expect(() => written(dist, (host) => host)).toThrow(/checks\.tpl/);
});
