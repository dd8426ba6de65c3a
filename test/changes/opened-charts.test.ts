import { fieldsOf, inConfigurationsWords } from '../../changes/fields';
import type { Content } from '../../changes/state';
import { askedVersion } from '../../changes/versions/asked-value';

const own = { repoURL: 'https://example.com/fleet', targetRevision: 'HEAD', path: 'dist/apps/a/manifests/web' };
const application = (spec: object): Content => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'web' }, spec }) as Content;
const version = (spec: object) => askedVersion('dimensions').of(inConfigurationsWords(application(spec)) as Content).value;
const said = (spec: object) => Object.fromEntries([...fieldsOf(application(spec))].filter(([field]) => !/^(apiVersion|kind|metadata)/.test(field)));
const chart = (value: string, name = 'chart') => ({ name, value });

test('an app whose charts are opened says which charts they are, where its configuration says it', () => {
  const spec = { info: [{ name: 'owner', value: 'a b c' }, chart('https://charts.example.com web 1.2.0')], source: own };
  expect(said(spec)).toEqual({
    hydrate: true,
    'info.owner.value': 'a b c',
    'manifests.repoURL': 'https://example.com/fleet',
    'manifests.targetRevision': 'HEAD',
    'source.repoURL': 'https://charts.example.com',
    'source.chart': 'web',
    'source.targetRevision': '1.2.0',
  });
  expect(version(spec)).toBe('1.2.0');
});

test('several charts keep the names of their sources, and a folder is one of this repository', () => {
  const spec = {
    info: [chart('oci://example.com/charts web 1.2.0', 'chart web'), chart('charts/db', 'chart db')],
    source: { ...own, helm: { valuesObject: { cluster: { a: 'x' } } } },
  };
  expect(said(spec)).toMatchObject({
    'sources.web.chart': 'web',
    'sources.web.targetRevision': '1.2.0',
    'sources.db.path': 'charts/db',
    'sources.db.repoURL': 'https://example.com/fleet',
    'manifests.helm.valuesObject.cluster.a': 'x',
  });
  expect(version(spec)).toBe('1.2.0');
});

test('what somebody says of an app that is not opened is only that', () => {
  const spec = { info: [chart('https://charts.example.com web 1.2.0')], source: { ...own, path: 'deploy' } };
  expect(said(spec)).toEqual({
    'info.chart.value': 'https://charts.example.com web 1.2.0',
    'source.path': 'deploy',
    'source.repoURL': 'https://example.com/fleet',
    'source.targetRevision': 'HEAD',
  });
  expect(version(spec)).toBe('HEAD');
});
