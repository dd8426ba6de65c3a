import { App, Chart, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { type Fleet, fleetFromConfig, TargetChart } from '../../constructs';
import type { Manifest } from '../../layers/output';
import { readConfig } from '../../store/read/read-config';
import { application, apps, buildFleet } from '../builders/fleet-builder';
import { examples } from '../workspaces/workspace';

// What somebody looks for in a fleet who knows `App` of cdk8s.

function documents(text: string): readonly Manifest[] {
  return parseAllDocuments(text).map((document) => document.toJS({ maxAliasCount: 0 }));
}

test('charts are those of all targets, in sequence, and the same as one by one', () => {
  const fleet = buildFleet(apps({ web: application() }));
  expect(fleet.charts.map(({ target }) => `${target.clusterType} ${target.path}`)).toEqual([
    'mgmt integration/int-1/us',
    'mgmt integration/int-1/eu',
    'mgmt production/prod-1/us',
  ]);
  const [first] = fleet.charts;
  expect(first).toBeInstanceOf(TargetChart);
  expect(Chart.isChart(first)).toBe(true);
  expect(first).toBe(fleet.chart('mgmt', first?.target.path ?? ''));
  expect(Testing.synth(first as Chart)).toMatchObject([{ kind: 'Application', metadata: { name: 'web' } }]);
  expect(App.of(first as Chart).charts).toEqual([first]);
});

test('charts of a fleet that has mistakes are refused with them', () => {
  const fleet = buildFleet(apps({ web: application({ source: { repoURL: 'x', chrt: 'y' } }) }));
  expect(() => fleet.charts).toThrow('unknown-field');
});

test.each(['typescript', 'hub'] as const)('synthYaml has every manifest of the %s example, in the order in which they are written', (name) => {
  const fleet = fleetFromConfig(readConfig(examples[name]));
  const text = fleet.synthYaml();
  const manifests = [...fleet.synth()].flatMap(({ files }) =>
    files.flatMap((file) => (file.kind === 'template' || file.kind === 'manifest' ? [file.document] : [])),
  );
  expect(documents(text).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  expect(text).not.toMatch(/[\uE0F0-\uE0F2]/);
});

test('synthYaml shows cluster tokens as expressions, and what code added', () => {
  const fleet = fleetFromConfig(readConfig(examples.typescript)) as Fleet;
  fleet.charts[0]?.findApp('argocd').metadata.addLabel('tier', 'gold');
  const [argocd] = documents(fleet.synthYaml());
  expect(argocd).toMatchObject({ metadata: { name: 'argocd', labels: { tier: 'gold' } }, spec: { destination: { name: '{{ .Values.cluster.name }}' } } });
});
