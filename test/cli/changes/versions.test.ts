import { stripVTControlCharacters } from 'node:util';
import type { Versions } from '../../../changes/versions/versions';
import { csvText } from '../../../cli/print/formats/csv';
import { versionsMarkdown } from '../../../cli/print/versions/versions-markdown';
import { versionsText } from '../../../cli/print/versions/versions-text';
import { startedHub } from '../../workspaces/hub-workspace';
import { onTerminal } from '../../workspaces/on-terminal';
import { formsOr, startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Workspace } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: Workspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

function kept<W extends Workspace>(workspace: W): W {
  workspaces.push(workspace);
  return workspace;
}

function printed(workspace: Workspace, ...args: readonly string[]): string {
  const { status, stdout, stderr } = workspace.fleet('versions', ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

function data(workspace: Workspace, ...args: readonly string[]) {
  const { of: _, ...rest } = JSON.parse(printed(workspace, '--json', ...args));
  return rest;
}

test.each(formsOr('yaml'))('what runs where now, and what ran at any commit, in %s', async (form) => {
  const workspace = kept(await startedWorkspace(form));
  const before = data(workspace);
  expect(before.apps.find(({ app }: { app: string }) => app === 'cert-manager').cells).toEqual([
    {
      value: 'v1.19.0',
      layers: ['patch-001 integration'],
      patches: ['patch-001'],
      isOverridden: false,
      paths: ['integration'],
      targets: expect.any(Array),
    },
    expect.objectContaining({ value: 'v1.19.0', paths: ['stage/stage-sector-1'], patches: ['patch-001'] }),
    expect.objectContaining({ value: 'v1.18.2', layers: ['base'], paths: ['stage/stage-sector-2'] }),
    expect.objectContaining({ value: 'v1.17.0', layers: ['override production'], isOverridden: true, paths: ['production'] }),
  ]);
  expect(data(workspace, '--at', 'HEAD')).toEqual(before);
  const { status } = await workspace.promote();
  expect(status).toBe(0);
  workspace.commit('Promote');
  const after = data(workspace);
  expect(after).not.toEqual(before);
  expect(data(workspace, '--at', 'HEAD')).toEqual(after);
  expect(data(workspace, '--at', 'HEAD~1')).toEqual(before);
  expect(printed(workspace, 'cert', '--at', 'HEAD~1')).toMatch(/stage\/stage-sector-2 {2}v1\.18\.2\n/);
  expect(printed(workspace, '--format', 'csv', 'management-cluster/cert-manager').split('\r\n').slice(0, 2)).toEqual([
    'cluster type,app,field,node,targets,value,layer,patch',
    'management-cluster,cert-manager,version,integration,3,v1.19.0,patch-001 integration,patch-001',
  ]);
  expect(printed(workspace, '--field', 'source.helm.valuesObject.replicaCount', '--in', 'prod-canary')).toBe(
    'management-cluster  production\n                    prod-canary\n  cert-manager      3 ^\n\n  ^ set by an override\n\n7 apps at 1 target, as the configuration says now\n',
  );
});

test('mistakes have a near miss, and nothing is printed', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  const refused = (...args: readonly string[]) => {
    const { status, stdout, stderr } = workspace.fleet('versions', ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    return stderr;
  };
  expect(refused('cert-maneger')).toMatch("did you mean 'cert-manager'?");
  expect(refused('--in', 'produktion')).toMatch("did you mean 'production'?");
  expect(refused('--cluster-type', 'managment-cluster')).toMatch("did you mean 'management-cluster'?");
  expect(refused('--field', 'source.targetRevison')).toMatch("did you mean 'source.targetRevision'?");
  expect(refused('--at', 'mian')).toMatch("did you mean 'main'?");
  expect(refused('--in', 'prod-canry')).toMatch("did you mean 'prod-canary'?");
  expect(refused('--in', 'us-east1')).toMatch('it could be stage/stage-sector-1/us-east1 or production/prod-canary/us-east1');
  expect(refused('--format', 'xml')).toMatch(/Allowed choices are terminal, markdown, json, csv/);
});

test.each([
  ['that exports nothing', '', 'the file has no default export'],
  [
    'whose function of the target throws',
    "export default { source: { repoURL: 'https://example.com', chart: 'x', targetRevision: (target) => target.nowhere.name } };\n",
    'targetRevision',
  ],
])('a file %s is told of, and no version is, where nothing is rendered', async (_, text, said) => {
  const workspace = kept(await startedWorkspace('typescript'));
  workspace.edit('config/management-cluster/prometheus.ts', () => text);
  for (const words of [['versions'], ['explain', 'prod-canary', 'management-cluster/prometheus']]) {
    const { status, stdout, stderr } = workspace.fleet(...words);
    expect({ words, status, stdout }).toEqual({ words, status: 1, stdout: '' });
    expect(stderr).toContain('config/management-cluster/prometheus.ts');
    expect(stderr).toContain(said);
  }
});

test('components of hubs have the version of their release, now and at a commit', async () => {
  const workspace = kept(await startedHub());
  const now = data(workspace);
  expect(data(workspace, '--at', 'HEAD')).toEqual(now);
  const cells = now.apps.find(({ clusterType, app }: { clusterType: string; app: string }) => clusterType === 'addons' && app === 'cert-manager').cells;
  expect(cells).toMatchObject([
    { value: 'v1.19.0', layers: ['patch-001 tenant1/dev'], patches: ['patch-001'] },
    { value: 'v1.18.2', layers: ['base'] },
  ]);
  expect(printed(workspace, 'metrics-server', '--field', 'values.replicas')).toMatch(/override/);
});

/** What only somebody's text would bring to a terminal: colours of our own are others. */
const moving = ['\u001b[31m', '\u202e'];

function expectHarmless(text: string): void {
  expect(moving.filter((part) => text.includes(part))).toEqual([]);
}

const hostile = 'a\u001b[31mb|`c`\n<d>\u202e';

/** @param apps how many, each with a version of its own at the first node */
function wide(apps: number, nodes: number, version = 'v1.2.3'): Versions {
  const targets = Array.from({ length: nodes }, (_, index) => `environment-${index}/sector/region`);
  return {
    of: 'the configuration',
    topology: 'dimensions',
    targets: new Map([['type', targets]]),
    apps: Array.from({ length: apps }, (_, app) => ({
      clusterType: 'type',
      app: `app-${app}`,
      cells: targets.map((target, index) => ({ value: `${version}-${index}`, layers: ['base'], targets: [target], paths: [target] })),
    })),
  };
}

test.each([
  [80, 20, 3, true],
  [80, 20, 6, false],
  [160, 20, 6, true],
  [160, 1, 200, false],
])('at %i columns %i apps at %i nodes fit (a table: %s)', (columns, apps, nodes, isTable) => {
  const lines = stripVTControlCharacters(onTerminal(columns, () => versionsText(wide(apps, nodes), false))).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  expect(lines.length < apps * nodes || apps * nodes < 10).toBe(isTable);
});

test('a fleet of a thousand targets that agree is a narrow table', () => {
  const targets = Array.from({ length: 1000 }, (_, index) => `environment-${index % 3}/sector-${index % 30}/region-${index}`).sort();
  const cell = { value: '1.0.0', layers: ['base'], targets, paths: ['*'] };
  const text = versionsText(
    { of: 'the configuration', topology: 'dimensions', targets: new Map([['type', targets]]), apps: [{ clusterType: 'type', app: 'web', cells: [cell] }] },
    false,
  );
  expect(text).toBe(
    'type   environment-0  environment-1  environment-2\n  web  1.0.0          1.0.0          1.0.0\n\n1 app at 1,000 targets, as the configuration says now',
  );
});

test('what somebody wrote moves no cursor, ends no table, and is no formula', () => {
  const versions = wide(1, 2, hostile);
  for (const isOneApp of [true, false]) {
    expectHarmless(onTerminal(80, () => versionsText(versions, isOneApp)));
    const markdown = versionsMarkdown(versions, isOneApp);
    expectHarmless(markdown);
    for (const row of markdown.split('\n').filter((line) => line.startsWith('|'))) expect(row.match(/(?<!\\)\|/g)?.length).toBe(isOneApp ? 5 : 4);
  }
  expect(csvText([['=1+1', '+x', '-2', '-x', '@x', ' =x', 'a"b', 'a,b', 'a\nb']])).toBe(`'=1+1,'+x,-2,'-x,'@x,' =x,"a""b","a,b",a\\u000ab\r\n`);
});
