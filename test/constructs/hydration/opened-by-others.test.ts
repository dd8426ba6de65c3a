import { FleetError, type Problem } from '../../../constructs';
import type { ChartFinding } from '../../../layers/charts/chart-input';
import { leftClosed } from '../../../layers/charts/left-closed';
import { knowsNothing } from '../../builders/chart-renderer';
import { application, apps, buildFleet } from '../../builders/fleet-builder';

const source = { repoURL: 'https://example.com/fleet.git', path: 'apps/web' };
const defaults = { applications: { hydrate: true } };

function problems(fields: object, finding?: ChartFinding, others?: object): readonly Problem[] {
  const fleet = buildFleet(apps({ web: application({ source, ...fields }) }, others));
  fleet.chartRenderer = { ...knowsNothing, render: (inputs) => inputs.map(() => ({ problems: finding ? [finding] : [] })) };
  try {
    fleet.synth();
    return [];
  } catch (error) {
    if (error instanceof FleetError) return error.problems;
    throw error;
  }
}

const finding: ChartFinding = { code: 'chart-broken', message: 'x', hint: `do it, or ${leftClosed}` };

test('what cannot be opened is told where a layer says that it is opened', () => {
  const own = { file: 'config/mgmt/web.ts', hint: 'do it, or leave `hydrate` out there' };
  expect(problems({ hydrate: true }, finding)).toMatchObject([{ ...own, place: ['hydrate'] }]);
  const overrides = { production: { hydrate: true } };
  expect(problems({ hydrate: false, overrides }, finding, defaults)).toMatchObject([{ ...own, place: ['overrides', 'production', 'hydrate'] }]);
  expect(problems({}, finding, defaults)).toMatchObject([
    { app: 'web', file: 'config/mgmt/defaults.ts', place: ['applications', 'hydrate'], hint: 'do it, or say `hydrate: false` in the app' },
  ]);
});

test('an app that has no chart is told how to stay closed', () => {
  const fields = { source: undefined, workloads: () => {} };
  expect(problems({ ...fields, hydrate: true })).toContainEqual(expect.objectContaining({ code: 'hydrate', hint: 'leave `hydrate` out there' }));
  const place = { file: 'config/mgmt/defaults.ts', place: ['applications', 'hydrate'] };
  expect(problems(fields, undefined, defaults)).toContainEqual(expect.objectContaining({ code: 'hydrate', hint: 'say `hydrate: false` in the app', ...place }));
  const elsewhere = { source: { ...source, repoURL: 'https://example.com/other.git' } };
  expect(problems(elsewhere, undefined, defaults)).toContainEqual(
    expect.objectContaining({ hint: 'say `hydrate: false` in the app: Argo CD renders it then', file: 'config/mgmt/web.ts', place: ['source'] }),
  );
});

test('a field of a source is told where it is said', () => {
  const wrong: ChartFinding = { ...finding, field: ['helm', 'releaseName'] };
  const named = { source: { ...source, helm: { releaseName: 'No' } } };
  expect(problems(named, wrong, defaults)).toMatchObject([{ file: 'config/mgmt/web.ts', place: ['source', 'helm', 'releaseName'] }]);
  expect(problems({}, wrong, defaults)).toMatchObject([{ file: 'config/mgmt/defaults.ts', place: ['applications', 'hydrate'] }]);
});
