import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../../long-test';
import { type Form, formsOr, type RolloutWorkspace, sharedWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Run } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const certManager: Readonly<Record<Form, string>> = {
  typescript: 'config/management-cluster/cert-manager.ts',
  yaml: 'config/management-cluster/cert-manager/values.yaml',
};

/** What a command prints, without ids of commits. */
function said({ status, stdout, stderr }: Run): string {
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return withoutIds(stdout);
}

function withoutIds(text: string): string {
  return text.replace(/\b[0-9a-f]{7}\b/g, '1a2b3c4');
}

describe.each(formsOr('typescript'))('fleet diff, of a fleet in %s', (form) => {
  const shared = sharedWorkspace(() => startedWorkspace(form));

  afterEach(() => {
    shared().git('reset', '-q', '--hard');
    shared().git('clean', '-fdq');
  });

  test('where nothing was edited, nothing changes', () => {
    expect(said(shared().fleet('diff'))).toBe('Nothing changes: HEAD (1a2b3c4) and the configuration render the same.\n');
    expect(shared().fleet('diff', '--exit-code').status).toBe(0);
  });

  test('an edit of a base value shows where it lands, and writes nothing', () => {
    const workspace = shared();
    workspace.edit(certManager[form], (text) => text.replace('v1.18.2', 'v1.18.3'));
    const before = workspace.snapshot('.');
    const run = workspace.fleet('diff');
    expect(workspace.snapshot('.')).toEqual(before);
    const found = said(run);
    expect(found).toContain('1 app changed at');
    expect(found).toContain('  source.targetRevision\n      v1.18.2 → v1.18.3\n');
    expect(found).toMatch(/why {2}base \(config\/management-cluster\/cert-manager[^:]*:\d+\)/);
    expect(workspace.fleet('diff', '--exit-code').status).toBe(1);
    expect(workspace.fleet('diff').stdout).toBe(run.stdout);
  });

  test('an app whose files are deleted goes from every cluster', () => {
    rmSync(join(shared().path, certManager[form].replace('/values.yaml', '')), {
      recursive: true,
    });
    expect(said(shared().fleet('diff'))).toContain('  - management-cluster/cert-manager\n      at    everywhere');
    expect(said(shared().fleet('diff'))).toContain('nobody declares it any more');
  });

  test('an app whose files are renamed is told to be another one', () => {
    const from = certManager[form].replace('/values.yaml', '');
    shared().git('mv', from, from.replace('cert-manager', 'certificates'));
    // In YAML an app is called as its files say.
    const yaml = Object.keys(shared().snapshot('config/management-cluster/certificates'));
    for (const file of yaml)
      shared().write({
        [`config/management-cluster/certificates/${file}`]: shared()
          .read(`config/management-cluster/certificates/${file}`)
          .replace(/^ {2}cert-manager:/m, '  certificates:'),
      });
    const found = said(shared().fleet('diff'));
    expect(found).toContain('it looks renamed to certificates, which to Argo CD is another one');
    expect(found).toContain('it looks like cert-manager under another name: made anew');
    expect(found.indexOf('Removed')).toBeLessThan(found.indexOf('Added'));
  });

  longTest('--json is --format json, of commits, of nodes and of owners', () => {
    for (const words of [['diff'], ['diff', 'stage', 'production'], ['owners']]) {
      expect(shared().fleet(...words, '--json')).toEqual(shared().fleet(...words, '--format', 'json'));
    }
    expect(JSON.parse(shared().fleet('diff', '--json').stdout)).toMatchObject({ ok: true, changes: [] });
  });

  longTest('what was not looked at is not said to be the same', () => {
    shared().edit(certManager[form], (text) => text.replace('v1.18.2', 'v1.18.3'));
    expect(said(shared().fleet('diff', 'production'))).toBe(
      'Nothing changes, looking only at what is at production: HEAD (1a2b3c4) and the configuration render the same of it.\n',
    );
    expect(said(shared().fleet('diff', 'HEAD', 'production', '--app', 'hypershift', '--format', 'markdown'))).toBe(
      '**Nothing changes**, looking only at `hypershift at production`: `HEAD (1a2b3c4)` and `the configuration` render the same of it.\n',
    );
    expect(said(shared().fleet('diff', '--app', 'cert-manager'))).toContain('the configuration, looking only at cert-manager: 1 app changed at');
    expect(JSON.parse(shared().fleet('diff', 'stage', '--format', 'json').stdout)).toMatchObject({ only: 'what is at stage' });
  });

  test('a configuration that does not render is refused as check refuses it', () => {
    shared().edit(certManager[form], (text) => text.replace('targetRevision', 'targetRevison'));
    const [diff, check] = [shared().fleet('diff'), shared().fleet('check')];
    expect([diff.status, diff.stdout]).toEqual([1, '']);
    expect(diff.stderr).toContain("did you mean 'targetRevision'?");
    expect(check.stderr).toContain(diff.stderr.split('\n')[0]);
  });
});

describe('fleet diff, of a fleet in TypeScript', () => {
  const shared = sharedWorkspace(() => startedWorkspace('typescript'));
  const edit = (change: (text: string) => string, file = certManager.typescript) => shared().edit(file, change);

  afterEach(() => {
    shared().git('reset', '-q', '--hard');
    shared().git('clean', '-fdq');
  });

  test('a rollout that was edited by hand until it covers production', () => {
    edit((text) => text.replace(/rolledOutTo: \['integration', 'stage\/stage-sector-1'\]/, "rolledOutTo: ['integration', 'stage', 'production']"));
    expect(said(shared().fleet('diff'))).toMatchInlineSnapshot(`
     "HEAD (1a2b3c4) → the configuration: 1 app changed at 4 targets

     management-cluster/cert-manager
       source.targetRevision
           v1.17.0 → v1.19.0
           at   production (3 targets)
           why  patch-001 production (config/management-cluster/cert-manager.ts:44); before: override production
           v1.18.2 → v1.19.0
           at   stage/stage-sector-2
           why  patch-001 stage (config/management-cluster/cert-manager.ts:44); before: base

     2 values of 1 app come from another layer now and say the same.
     "
    `);
  });

  test('an app that a layer disables goes where the layer says so', () => {
    edit((text) => text.replace('stage: { source: {', 'stage: { enabled: false, source: {'));
    expect(said(shared().fleet('diff', '--app', 'cert-manager'))).toMatchInlineSnapshot(`
     "HEAD (1a2b3c4) → the configuration, looking only at cert-manager: 1 app removed at 3 targets

     Removed (where Argo CD prunes, it leaves the clusters too)
       - management-cluster/cert-manager
           at    stage (3 targets)
           why   disabled by override stage (config/management-cluster/cert-manager.ts:22)
           then  what it deployed goes with it, by its finalizer
     "
    `);
  });

  test('a region that goes takes what runs there with it', () => {
    edit((text) => text.replace("regions: ['us-east1', 'europe-west1']", "regions: ['us-east1']"), 'config/fleet.ts');
    expect(said(shared().fleet('diff'))).toMatchInlineSnapshot(`
     "HEAD (1a2b3c4) → the configuration: 1 target removed

     Removed (where Argo CD prunes, it leaves the clusters too)
       - 1 target with 3 apps of infra-cluster, 4 apps of management-cluster
           at   stage/stage-sector-1/europe-west1
     "
    `);
    expect(said(shared().fleet('diff', '--app', 'hypershift'))).toMatchInlineSnapshot(`
     "HEAD (1a2b3c4) → the configuration, looking only at hypershift: 1 target removed

     Removed (where Argo CD prunes, it leaves the clusters too)
       - 1 target with 1 app of management-cluster
           at   stage/stage-sector-1/europe-west1
     "
    `);
  });

  test('a node that is renamed is told to be', () => {
    edit((text) => text.replace('stage-sector-2', 'stage-sector-3'), 'config/fleet.ts');
    expect(said(shared().fleet('diff'))).toMatchInlineSnapshot(`
     "HEAD (1a2b3c4) → the configuration: 1 target removed, 1 target added

     Removed (where Argo CD prunes, it leaves the clusters too)
       - 1 target with 3 apps of infra-cluster, 4 apps of management-cluster
           at   stage/stage-sector-2
           why  it looks renamed to stage/stage-sector-3

     Added
       + 1 target with 3 apps of infra-cluster, 4 apps of management-cluster
           at   stage/stage-sector-3
           why  it looks like stage/stage-sector-2 under another name
     "
    `);
  });

  test('a default of a cluster type is told once for all of its apps', () => {
    edit((text) => text.replace('selfHeal: true', 'selfHeal: false'), 'config/management-cluster/defaults.ts');
    expect(said(shared().fleet('diff'))).toMatchInlineSnapshot(`
     "HEAD (1a2b3c4) → the configuration: 4 apps changed at 9 targets

     management-cluster, 4 apps: cert-manager, fleet-info, hypershift, prometheus
       syncPolicy.automated.selfHeal
           true → false
           at   everywhere (9 targets)
           why  defaults (config/management-cluster/defaults.ts:12)
     "
    `);
  });

  test('an app that moves to another cluster type is told to', () => {
    shared().git('mv', 'config/management-cluster/prometheus.ts', 'config/infra-cluster/prometheus.ts');
    expect(said(shared().fleet('diff', '--app', 'prometheus'))).toMatchInlineSnapshot(`
     "HEAD (1a2b3c4) → the configuration, looking only at prometheus: 1 app removed at 9 targets, 1 app added at 9 targets

     Removed (where Argo CD prunes, it leaves the clusters too)
       - management-cluster/prometheus
           at    everywhere (9 targets)
           why   it looks moved to infra-cluster; nobody declares it any more
           then  what it deployed goes with it, by its finalizer

     Added
       + infra-cluster/prometheus
           at   everywhere (9 targets)
           why  it looks moved from management-cluster: made anew; base (config/infra-cluster/prometheus.ts)
     "
    `);
  });

  test('where the fleet is kept elsewhere, every generated app says so', () => {
    edit((text) => text.replace("path: 'dist'", "path: 'rendered'"), 'config/fleet.ts');
    expect(said(shared().fleet('diff'))).toMatchInlineSnapshot(`
     "HEAD (1a2b3c4) → the configuration: 3 apps changed at 18 targets
     Note: the output of HEAD (1a2b3c4) is in 'dist', which is 'rendered' now.

     infra-cluster/infra-cluster-root
       template.spec.source.path
           9 different changes, such as dist/infra-cluster/integration/int-sector-1/europe-west1 → rendered/infra-cluster/integration/int-sector-1/europe-west1
           at   integration/int-sector-2, production/prod-canary, stage/stage-sector-2, integration/int-sector-1/europe-west1, … and 5 more paths (9 targets)
           why  generated (config/infra-cluster/infra-cluster-root.ts)

     infra-cluster/management-cluster-root
       template.spec.source.path
           9 different changes, such as dist/management-cluster/integration/int-sector-1/europe-west1 → rendered/management-cluster/integration/int-sector-1/europe-west1
           at   integration/int-sector-2, production/prod-canary, stage/stage-sector-2, integration/int-sector-1/europe-west1, … and 5 more paths (9 targets)
           why  generated (config/infra-cluster/management-cluster-root.ts)

     management-cluster/fleet-info
       source.path
           9 different changes, such as dist/management-cluster/integration/int-sector-1/europe-west1/manifests/fleet-info → rendered/management-cluster/integration/int-sector-1/europe-west1/manifests/fleet-info
           at   integration/int-sector-2, production/prod-canary, stage/stage-sector-2, integration/int-sector-1/europe-west1, … and 5 more paths (9 targets)
           why  generated (config/management-cluster/fleet-info.ts)
     "
    `);
  });

  test('as data, everything is said', () => {
    edit((text) => text.replace('v1.18.2', 'v1.18.3'));
    const { stdout } = shared().fleet('diff', 'stage', '--format', 'json');
    expect(JSON.parse(withoutIds(stdout))).toMatchInlineSnapshot(`
     {
       "after": "the configuration",
       "before": "HEAD (1a2b3c4)",
       "changes": [
         {
           "after": "v1.18.3",
           "app": "cert-manager",
           "before": "v1.18.2",
           "cause": {
             "before": [
               "base",
             ],
             "now": [
               {
                 "file": "config/management-cluster/cert-manager.ts",
                 "layer": "base",
                 "line": 9,
               },
             ],
           },
           "clusterType": "management-cluster",
           "field": "source.targetRevision",
           "kind": "field",
           "paths": [
             "stage/stage-sector-2",
           ],
           "targets": [
             "stage/stage-sector-2/ap-east1",
           ],
         },
       ],
       "moved": {
         "apps": 0,
         "values": 0,
       },
       "notes": [],
       "ok": true,
       "only": "what is at stage",
       "targets": 1,
       "topology": "dimensions",
     }
    `);
  });

  test('as a comment', () => {
    edit((text) => text.replace('v1.18.2', 'v1.18.3'));
    expect(said(shared().fleet('diff', '--format', 'markdown'))).toMatchInlineSnapshot(`
     "**1 app changed at 1 target**, from \`HEAD (1a2b3c4)\` to \`the configuration\`

     ### \`management-cluster/cert-manager\`

     | field | change | where | why |
     | --- | --- | --- | --- |
     | \`source.targetRevision\` | \`v1.18.2\` → \`v1.18.3\` | \`stage/stage-sector-2\` | \`base (config/management-cluster/cert-manager.ts:9)\` |
     "
    `);
  });

  test('an app that neither state has', () => {
    const { status, stderr } = shared().fleet('diff', '--app', 'cert-manger');
    expect([status, withoutIds(stderr)]).toMatchInlineSnapshot(`
     [
       1,
       "error rollout
       there is no app 'cert-manger' in HEAD (1a2b3c4), nor in the configuration
       hint     did you mean 'cert-manager'?

     1 error
     ",
     ]
    `);
  });
});

describe('fleet diff of commits', () => {
  let workspace: RolloutWorkspace;

  beforeAll(async () => {
    workspace = await startedWorkspace('typescript');
    const commit = (from: string, to: string) => {
      workspace.edit(certManager.typescript, (text) => text.replace(from, to));
      expect(workspace.fleet('synth').status).toBe(0);
      workspace.commit(to);
    };
    commit('v1.18.2', 'v1.18.3');
    workspace.git('branch', 'production');
    workspace.git('checkout', '-q', '-b', 'other', 'HEAD~1');
    commit("targetRevision: 'v1.17.0'", "targetRevision: 'v1.17.1'");
    workspace.git('checkout', '-q', 'main');
    workspace.git('merge', '-q', '--no-ff', '-m', 'Merge', 'other', '-X', 'theirs');
    expect(workspace.fleet('synth').status).toBe(0);
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '--amend', '--no-edit');
  });

  afterAll(() => workspace.remove());

  /** Changed values, each with how many targets it has. */
  function values(...args: readonly string[]): readonly string[] {
    const { status, stdout, stderr } = workspace.fleet('diff', ...args, '--format', 'json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { changes } = JSON.parse(stdout) as {
      readonly changes: readonly {
        before: string;
        after: string;
        targets: readonly string[];
      }[];
    };
    return changes.map(({ before, after, targets }) => `${before} ${after} ${targets.length}`);
  }

  test('are compared as they are, backwards too', () => {
    const [forward, back] = [values('HEAD~1..HEAD'), values('HEAD..HEAD~1')];
    expect(forward).toEqual([expect.stringMatching(/^v1\.17\.0 v1\.17\.1 \d$/)]);
    expect(back).toEqual([expect.stringMatching(/^v1\.17\.1 v1\.17\.0 \d$/)]);
    expect(values('HEAD~2..HEAD~1')).toEqual([expect.stringMatching(/^v1\.18\.2 v1\.18\.3 \d$/)]);
  });

  test('three dots: from where they parted', () => {
    expect(values('main~1...other')).toEqual([expect.stringMatching(/^v1\.17\.0 v1\.17\.1 /)]);
    expect(values('main~1..other')).toHaveLength(2);
  });

  longTest('of a merge, each parent has its part', () => {
    expect(values('HEAD^2..HEAD')).toEqual([expect.stringMatching(/^v1\.18\.2 v1\.18\.3 /)]);
    expect(values('HEAD^1..HEAD')).toEqual([expect.stringMatching(/^v1\.17\.0 v1\.17\.1 /)]);
  });

  test('one commit and the configuration; below a node, only what changes there', () => {
    expect(values('other')).toEqual([expect.stringMatching(/^v1\.18\.2 v1\.18\.3 /)]);
    expect(values('other', 'production')).toEqual([]);
    expect(values('HEAD~1', 'production')).toEqual([expect.stringMatching(/^v1\.17\.0 v1\.17\.1 3$/)]);
  });

  test('where a branch has the name of a node, the node is meant, and refs/heads names the branch', () => {
    expect(values('production')).toEqual([]);
    expect(values('refs/heads/production')).toEqual([expect.stringMatching(/^v1\.17\.0 v1\.17\.1 /)]);
    expect(values('refs/heads/production', 'production')).toHaveLength(1);
  });

  longTest('on no branch it is the same', () => {
    workspace.git('checkout', '-q', '--detach', 'other');
    expect(values()).toEqual([]);
    expect(values('main')).toHaveLength(1);
    workspace.git('checkout', '-q', 'main');
  });

  test('a word that is nothing gets a near miss', () => {
    const errors = [['othr'], ['prodction'], ['main', 'prodction'], ['main', 'other'], ['production', 'main'], ['main..othr'], ['nothing-like-it']].map(
      (args) => {
        const { status, stdout, stderr } = workspace.fleet('diff', ...args);
        expect([status, stdout]).toEqual([1, '']);
        return `${args.join(' ')}: ${stderr.split('\n').slice(1, 3).join('|')}`;
      },
    );
    expect(errors).toMatchInlineSnapshot(`
     [
       "othr:   there is no branch, tag or commit 'othr'|  hint     did you mean 'other'?",
       "prodction:   there is no branch, tag or commit 'prodction'|  hint     did you mean 'production'?",
       "main prodction:   there is no node or target 'prodction'|  hint     did you mean 'production'?",
       "main other:   there is no node or target 'other'|  hint     two commits are one word: \`fleet diff main..other\`",
       "production main:   there is no node or target 'main'|  hint     write the commit first: \`fleet diff main production\`",
       "main..othr:   there is no branch, tag or commit 'othr'|  hint     did you mean 'other'?",
       "nothing-like-it:   there is no branch, tag or commit 'nothing-like-it'|  hint     there are 'main', 'other', 'production'",
     ]
    `);
  });
});

describe('fleet diff in a repository that cannot tell', () => {
  const workspaces: RolloutWorkspace[] = [];

  afterAll(() => {
    for (const one of workspaces) one.remove();
  });

  async function refused(prepare: (workspace: RolloutWorkspace) => void, ...args: readonly string[]): Promise<string> {
    const workspace = await startedWorkspace('typescript');
    workspaces.push(workspace);
    prepare(workspace);
    const { status, stdout, stderr } = workspace.fleet('diff', ...args);
    expect([status, stdout]).toEqual([1, '']);
    return withoutIds(stderr).replaceAll(workspace.path, '.');
  }

  test('there is none', async () => {
    expect(await refused((workspace) => rmSync(join(workspace.path, '.git'), { recursive: true }))).toMatchInlineSnapshot(`
     "error no-history
       no Git repository holds 'config'
       hint     what was before is told by Git: run it in a clone, or begin one with \`git init\`

     1 error
     "
    `);
  });

  test('nothing was committed', async () => {
    const empty = (workspace: RolloutWorkspace) => {
      rmSync(join(workspace.path, '.git'), { recursive: true });
      workspace.git('init', '-q', '-b', 'main');
    };
    expect(await refused(empty)).toMatchInlineSnapshot(`
     "error no-history
       nothing was committed here yet
       hint     commit first: what was before is told by Git

     1 error
     "
    `);
  });

  test('its history was left out', async () => {
    const shallow = (workspace: RolloutWorkspace) => {
      workspace.commit('Second').git('commit', '-q', '--allow-empty', '-m', 'Third');
      workspace.git('clone', '-q', '--depth', '1', `file://${workspace.path}`, 'clone');
      rmSync(join(workspace.path, '.git'), { recursive: true });
      workspace.run('mv', ['clone/.git', '.git']);
      rmSync(join(workspace.path, 'clone'), { recursive: true });
    };
    expect(await refused(shallow, 'HEAD~1')).toMatchInlineSnapshot(`
     "error no-history
       'HEAD~1' is not here: the repository was cloned without its history
       hint     bring what was left out with \`git fetch --unshallow\` (in a pipeline, check it out with \`fetch-depth: 0\`)

     1 error
     "
    `);
  });

  test('its output is ignored', async () => {
    const ignored = (workspace: RolloutWorkspace) => {
      workspace.write({ '.gitignore': 'dist\n' }).git('rm', '-rq', '--cached', 'dist');
      workspace.commit('Ignore');
    };
    expect(await refused(ignored)).toMatchInlineSnapshot(`
     "error no-output
       Git is told to leave out 'dist', so no commit records what was rendered
       found    it is ignored
       hint     take it out of \`.gitignore\`, and commit it: Argo CD reads it there

     1 error
     "
    `);
  });
});

longTest('output in a folder that was renamed is found, and a first commit of it is all new', async () => {
  const workspace = await startedWorkspace('typescript');
  workspace.edit('config/fleet.ts', (text) => text.replace("path: 'dist'", "path: 'rendered'"));
  expect(workspace.fleet('synth').status).toBe(0);
  rmSync(join(workspace.path, 'dist'), { recursive: true });
  workspace.commit('Rename');
  expect(withoutIds(workspace.fleet('diff', 'HEAD~1').stdout)).toContain("Note: the output of HEAD~1 (1a2b3c4) is in 'dist', which is 'rendered' now.");
  expect(said(workspace.fleet('diff'))).toContain('Nothing changes');
  for (const words of [
    ['diff', 'stage', 'production', '--at', 'HEAD~1'],
    ['versions', '--at', 'HEAD~1'],
  ]) {
    const { status, stdout, stderr } = workspace.fleet(...words, '--json');
    expect([status, JSON.parse(stdout).ok, withoutIds(stderr)]).toEqual([
      0,
      true,
      "Note: the output of HEAD~1 (1a2b3c4) is in 'dist', which is 'rendered' now.\n",
    ]);
  }
  workspace.remove();
});

longTest('a node may be named by the end of its path, where no commit is called so', async () => {
  const workspace = await startedWorkspace('typescript');
  const whole = workspace.fleet('diff', 'stage', 'production/prod-canary');
  expect(whole.status).toBe(0);
  expect(workspace.fleet('diff', 'stage', 'prod-canary')).toEqual(whole);
  expect(workspace.fleet('diff', 'HEAD', 'prod-canary')).toEqual(workspace.fleet('diff', 'production/prod-canary'));
  // Several regions are called so.
  expect(workspace.fleet('diff', 'stage', 'us-east1').status).toBe(1);
  workspace.git('branch', 'prod-canary');
  expect(workspace.fleet('diff', 'prod-canary').stdout).toMatch(/^Nothing changes: prod-canary \(/);
  workspace.run('rm', ['-rf', '.git']);
  expect(workspace.fleet('diff', 'stage', 'prod-canary').stdout).toBe(whole.stdout);
  workspace.remove();
});

test('--at is of two nodes: with anything else it is refused, with the words that are meant', async () => {
  const workspace = await startedWorkspace('typescript');
  const { status, stdout, stderr } = workspace.fleet('diff', 'production', '--at', 'HEAD');
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('to compare with that commit, write `fleet diff HEAD production`');
  workspace.remove();
});
