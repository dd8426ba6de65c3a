import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../long-test';
import { type RolloutWorkspace, startedWorkspace } from '../workspaces/rollout-workspace';
import { repository, texts } from '../workspaces/workspace';
import { read } from './reader';
import { sectionsOf } from './shown-commands';

const sections = sectionsOf(readFileSync(join(repository, 'docs/operate.md'), 'utf8'));

/** What each commit of a recipe changes of what Argo CD gets, as `git diff --name-status` has it; nothing where it is `null`. */
const changes: Readonly<Record<string, readonly (RegExp | null)[]>> = {
  'Add a region': [/^A dist\/[\w-]+\/stage\/stage-sector-2\/ap-south1\//],
  'Rename a region': [/^A dist\/[\w-]+\/production\/prod-sector-1\/us-east4\//, /^[DR] dist\/[\w-]+\/production\/prod-sector-1\/us-east1\//],
  'Retire a region': [
    /^(D dist\/management-cluster|M dist\/infra-cluster)\/production\/prod-sector-1\/us-east1\//,
    /^D dist\/infra-cluster\/production\/prod-sector-1\/us-east1\//,
  ],
  'Add a sector': [/^A dist\/[\w-]+\/production\/prod-sector-2\/asia-east1\//],
  'Rename a sector': [/^A dist\/[\w-]+\/stage\/stage-apac\/ap-east1\//, /^D dist\/[\w-]+\/stage\/stage-sector-2\/ap-east1\//],
  'Retire a sector': [
    /^(D dist\/management-cluster|M dist\/infra-cluster)\/stage\/stage-sector-2\/ap-east1\//,
    /^D dist\/infra-cluster\/stage\/stage-sector-2\/ap-east1\//,
  ],
  'Add an app': [/^A dist\/.*\/int-sector-1\/.*\/reloader\.yaml$/, /^A dist\/.*\/int-sector-2\/.*\/reloader\.yaml$/],
  'Rename an app': [
    /^M dist\/.*\/hypershift\.yaml$/,
    null,
    /^(D|A) dist\/.*\/int-sector-1\/.*\/(hypershift|hosted-control-planes)\.yaml$/,
    /^(D|A) dist\/.*\/(hypershift|hosted-control-planes)\.yaml$/,
    null,
  ],
  'Retire an app': [/^D dist\/.*\/int-sector-1\/.*\/prometheus\.yaml$/, /^D dist\/.*\/prometheus\.yaml$/, null],
  'A hotfix': [/^M dist\/.*\/hypershift\.yaml$/, /^M dist\/management-cluster\/production\/.*\/cert-manager\.yaml$/],
  'An urgent fix': [
    /^M dist\/management-cluster\/integration\/int-sector-1\/.*\/hypershift\.yaml$/,
    /^M dist\/management-cluster\/production\/.*\/hypershift\.yaml$/,
    /^M dist\/management-cluster\/(integration\/int-sector-2|stage)\/.*\/hypershift\.yaml$/,
    /^M dist\/management-cluster\/production\/prod-canary\/us-east1\/.*\/hypershift\.yaml$/,
  ],
  'A freeze': [
    null,
    /^M dist\/infra-cluster\/production\/.*\/management-cluster-root\.yaml$/,
    /^M dist\/infra-cluster\/production\/.*\/management-cluster-root\.yaml$/,
  ],
  'Two teams at once': [/^M dist\/.*\/int-sector-1\/.*\/(hypershift|prometheus)\.yaml$/],
  'A conflict in `dist/`': [/^M dist\/management-cluster\/.*\/templates\/[\w-]+\.yaml$/],
  // The merge brings the region as its branch had it; what is rendered then is the app there.
  'A merge that nobody rendered': [/^A dist\/.*\/(velero\.yaml|ap-south1\/(templates|manifests)\/.*\.yaml)$/],
  'Going back': [/^M dist\/.*\/cert-manager\.yaml$/, /^M dist\/.*\/hypershift\.yaml$/, /^M dist\/.*\/hypershift\.yaml$/],
  'Going back from the base': [
    /^M dist\/management-cluster\/(stage|production)\/.*\/cert-manager\.yaml$/,
    null,
    /^M dist\/management-cluster\/integration\/int-sector-1\/.*\/cert-manager\.yaml$/,
  ],
  'Upgrading this tool': [/^M dist\/infra-cluster\/.*\/argocd\.yaml$/],
};

/** What was there before the recipe begins. */
const before: Readonly<Record<string, (workspace: RolloutWorkspace) => void>> = {
  'Upgrading this tool': (workspace) => {
    // An older version wrote something else.
    const file = 'dist/infra-cluster/stage/stage-sector-2/ap-east1/templates/argocd.yaml';
    workspace.edit(file, (text) => text.replace('releaseName: argocd', 'releaseName: argo')).commit('Rendered by an older version');
  },
};

/** What a target's folder says, with one name in place of another. */
function folder(workspace: RolloutWorkspace, path: string, name = '', other = ''): Readonly<Record<string, string>> {
  const files = Object.entries(texts(workspace.snapshot(`dist/management-cluster/${path}`)));
  return Object.fromEntries(files.map(([file, text]) => [file, name === '' ? text : text.replaceAll(name, other)]));
}

/** What is deployed stays the same, but for the names. */
const renamed: Readonly<Record<string, (before: RolloutWorkspace, after: RolloutWorkspace) => void>> = {
  'Rename a region': (before, after) => {
    const [old, now] = ['us-east1', 'us-east4'] as const;
    expect(folder(after, `production/prod-sector-1/${now}`)).toEqual(folder(before, `production/prod-sector-1/${old}`, old, now));
    expect(folder(after, `production/prod-sector-1/${old}`)).toEqual({});
  },
  'Rename a sector': (before, after) => {
    const [old, now] = ['stage-sector-2', 'stage-apac'] as const;
    expect(folder(after, `stage/${now}`)).toEqual(folder(before, `stage/${old}`, old, now));
    expect(folder(after, `stage/${old}`)).toEqual({});
  },
  'Rename an app': (before, after) => {
    const templates = 'dist/management-cluster/production/prod-sector-1/us-east1/templates';
    const text = after.read(`${templates}/hosted-control-planes.yaml`);
    const withOldName = text.replace('name: hosted-control-planes', 'name: hypershift').replace('      releaseName: hypershift\n', '');
    expect(withOldName).toBe(before.read(`${templates}/hypershift.yaml`));
  },
};

/** Of what is added, renamed and rendered anew; where an app is renamed or retired, every promotion is proved, which takes a while. */
const quick = ['Add a region', 'Rename a sector', 'Upgrading this tool'];

test('every recipe is known', () => {
  expect(sections.map(({ title }) => title)).toEqual(Object.keys(changes));
});

describe.each(sections)('$title', ({ title, steps }) => {
  const testOf = quick.includes(title) ? test : longTest;
  let workspace: RolloutWorkspace;
  let start = '';

  beforeAll(async () => {
    workspace = await startedWorkspace('typescript');
    for (const [key, value] of Object.entries({ name: 'Test', email: 'test@example.com' })) workspace.run('git', ['config', `user.${key}`, value]);
    before[title]?.(workspace);
    start = workspace.git('rev-parse', 'HEAD').trim();
  });

  afterAll(() => workspace.remove());

  testOf('does what it shows, and each of its commits has what synth writes', () => {
    read(workspace, steps, ({ line }) => {
      if (!line.startsWith('git commit ') && !line.startsWith('git merge ') && !line.endsWith(' --commit')) return;
      const { status, stdout, stderr } = workspace.fleet('check');
      // Of a merge with conflicts the next lines are about.
      const isStale = title === 'A merge that nobody rendered' && line.includes('team-b');
      if (workspace.git('ls-files', '--unmerged') === '' && !isStale)
        expect({ line, status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ line, status: 0, said: '' });
    });
    expect(workspace.git('status', '--short')).toBe('');
  });

  testOf('changes what it is about, and nothing else', async () => {
    const commits = workspace.git('rev-list', '--reverse', '--first-parent', `${start}..main`).trim().split('\n');
    const merged = title === 'Two teams at once' || title === 'A merge that nobody rendered' || title === 'A conflict in `dist/`';
    const last = commits[commits.length - 1] ?? '';
    const ranges = merged ? [[start, last]] : commits.map((commit) => [`${commit}~1`, commit]);
    expect(ranges).toHaveLength(changes[title]?.length ?? 0);
    for (const [index, range] of ranges.entries()) {
      const lines = workspace
        .git('diff', '--no-renames', '--name-status', ...(range as string[]), '--', 'dist')
        .trim()
        .split('\n');
      const deployed = lines.map((line) => line.replace('\t', ' ')).filter((line) => /\/(templates|manifests)\//.test(line));
      const allowed = changes[title]?.[index];
      expect(deployed.filter((line) => !allowed?.test(line))).toEqual([]);
      expect(deployed.length > 0).toBe(allowed !== null);
    }
    if (!renamed[title]) return;
    const unchanged = await startedWorkspace('typescript');
    renamed[title](unchanged, workspace);
    unchanged.remove();
  });
});
