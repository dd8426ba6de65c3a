import { comparedAfter, edited, type Files, read, unsaidOf, written } from './edited-layout';

const members = 'fleet/fleet-bootstrap/fleet-members/hub-1';
const remoteSets = 'fleet/fleet-bootstrap/members-application-sets';

test('a spoke that is read from a mirror at another revision is read from there, values and paths', () => {
  const reading = read({});
  expect(unsaidOf(reading)).toEqual([]);
  expect(written(reading, 'members/settings.ts')).toContain("\n      repository: 'https://git.tenant2.example/fleet',\n      revision: 'v2',\n");
  // Its components say nothing of it.
  expect(written(reading, 'resources/quotas.ts')).not.toContain('tenant2');
  expect(comparedAfter(reading).differing).toEqual([]);
});

test('a spoke that would be read from elsewhere is different', () => {
  const { differing } = comparedAfter(read({}), { 'members/settings.ts': (text) => text.replace(" revision: 'v2',", " revision: 'v3',") });
  expect(differing).toContainEqual(
    expect.objectContaining({
      cluster: 'tenant2-prod-1',
      component: 'metrics-server',
      field: 'files',
      before: { repository: 'https://git.tenant2.example/fleet', revision: 'v2' },
      after: { repository: 'https://git.tenant2.example/fleet', revision: 'v3' },
      place: ['repoURLGit'],
    }),
  );
  expect(differing).toContainEqual(expect.objectContaining({ component: 'quotas', field: 'version', before: 'v2', after: 'v3' }));
});

test('a repository that has the layout in a folder has what is rendered there, too', () => {
  const reading = read(edited(`${members}/tenant2-prod-1.yaml`, 'addons_repo_url', 'addons_repo_basepath: mirrors/fleet/addons\naddons_repo_url'));
  expect(unsaidOf(reading)).toEqual([]);
  expect(written(reading, 'members/settings.ts')).toContain("path: 'mirrors/fleet/dist'");
  // Its files of values are those that are here.
  expect(written(reading, 'monitoring/prometheus.ts')).toContain("retention: '30d'");
  expect(comparedAfter(reading).differing).toEqual([]);
});

test('a folder of values that is not here is listed', () => {
  const found = unsaidOf(read(edited(`${members}/tenant2-prod-1.yaml`, 'addons_repo_url', 'addons_repo_basepath: elsewhere\naddons_repo_url')));
  const reason = "the folder that 'addons_repo_basepath' names is not here: the cluster's files of values are not read";
  expect(found).toContain(`${members}/tenant2-prod-1.yaml | elsewhere | ${reason}`);
});

describe('the namespace of an Argo CD', () => {
  const inPlatform = (path: string): Files =>
    edited(`${remoteSets}/${path}`, '        namespace: argocd\n        name:', '        namespace: platform-system\n        name:');

  test('is said of whose it is, where most have another one', () => {
    const reading = read({ ...inPlatform('application-set-addons.yaml'), ...inPlatform('application-set-resources.yaml') });
    expect(unsaidOf(reading)).toEqual([]);
    expect(written(reading, 'fleet.ts')).toContain("platformNamespace: 'platform-system'");
    expect(written(reading, 'members/settings.ts')).toMatch(/\n {4}platform: \{\n(?:.*\n)* +platformNamespace: 'argocd',\n/);
  });

  test('is listed where a cluster would have two', () => {
    expect(unsaidOf(read(inPlatform('application-set-resources.yaml')))).toEqual([
      `${remoteSets}/application-set-resources.yaml | the Argo CD of tenant1-dev-2 runs in 'platform-system' there, and elsewhere in 'argocd', which is said`,
    ]);
  });
});
