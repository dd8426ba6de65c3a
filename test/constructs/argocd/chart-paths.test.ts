import { unset } from '../../../constructs';
import { argoCDVersions } from '../../../layers/shape/fields-since';
import { application, apps, type ConfigContent, problemsOf, smallFleet } from '../../builders/fleet-builder';

const annotations = { 'argocd.argoproj.io/manifest-generate-paths': '.' };
const chart = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
const folder = { repoURL: 'https://example.com/web.git', path: 'web' };
const destination = { server: 'https://kubernetes.default.svc', namespace: 'web' };
const set = (metadata: object, source: object) =>
  apps({ set: { kind: 'ApplicationSet', generators: [], template: { metadata: { name: 'x', ...metadata }, spec: { project: 'x', destination, source } } } });
const root = (fields: object) => apps({ root: { kind: 'RootApplicationSet', clusterType: 'mgmt', template: fields }, web: application() });

const found = (content: ConfigContent, argoCD?: string) =>
  problemsOf({ ...content, fleet: { ...smallFleet, ...(argoCD === undefined ? {} : { argoCD }) } }).filter(({ code }) => code === 'chart-paths');

test.each<readonly [string, ConfigContent, boolean]>([
  ['a chart', apps({ web: application({ annotations, source: chart }) }), true],
  ['a chart beside a folder', apps({ web: application({ annotations, source: undefined, sources: { chart, folder } }) }), true],
  ['a chart in a template', set({ annotations }, chart), true],
  ['a chart in a template of a root, whose annotation the tool says', root({ spec: { source: { ...chart, path: unset } } }), true],
  ['a chart without them', apps({ web: application({ source: chart }) }), false],
  [
    'a chart, where they are taken out',
    apps({ web: application({ annotations: { 'argocd.argoproj.io/manifest-generate-paths': '' }, source: chart }) }),
    false,
  ],
  ['a folder', apps({ web: application({ annotations, source: folder }) }), false],
  ['a folder in a template', set({ annotations }, folder), false],
  ['a root', root({}), false],
])('%s: paths beside it are told of where an Argo CD may stumble over them', (_, content, isTold) => {
  for (const argoCD of argoCDVersions) {
    const expected = isTold && argoCD !== '3.6' ? [expect.objectContaining({ severity: 'warning', hint: expect.stringContaining('unset') })] : [];
    expect({ argoCD, found: found(content, argoCD).slice(0, 1) }).toEqual({ argoCD, found: expected });
  }
  expect(found(content)).toEqual([]);
});
