import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { longTest } from '../../long-test';
import { type Run, Workspace } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(300_000);

/** Prints the values that it is given as the spec of a StatefulSet, most of which Kubernetes lets nobody change. */
const helm = `#!/bin/sh
if [ "$1" = version ]; then echo 'version.BuildInfo{Version:"v3.99.0"}'; exit; fi
while [ $# -gt 0 ]; do [ "$1" = --values ] && values=$(cat "$2"); [ "$1" = --name-template ] && name="$2"; shift; done
printf -- '---\\napiVersion: apps/v1\\nkind: StatefulSet\\nmetadata: {name: %s}\\nspec: %s\\n' "$name" "$values"
`;

const fleet = `import { defineFleet } from 'cdk8s-fleet';
export default defineFleet({
  repository: 'https://example.com/fleet.git',
  environments: [{ name: 'stage', sectors: [{ name: 'one', regions: ['eu', 'us'] }, { name: 'two', regions: ['eu'] }] }],
});
`;

const defaults = "export default { applications: { project: 'default', destination: { server: 'https://kubernetes.default.svc', namespace: 'x' } } };\n";

/** @param level what its values say, as code */
const app = (level: string, rest = '') => `${rest.startsWith('import') ? `${rest}\n` : ''}export default {
  hydrate: true,
  source: { repoURL: 'https://example.com/fleet.git', path: 'charts/web', targetRevision: 'HEAD', helm: { valuesObject: { level: ${level} } } },
${rest.startsWith('import') ? '' : rest}};
`;

const patch = `  patches: { 'patch-001': { rolledOutTo: ['stage/one'], change: { source: { helm: { valuesObject: { level: '2' } } } } } },\n`;

const refused = 'spec.level of a StatefulSet cannot change: Kubernetes refuses it until somebody deletes the object';

class HydratedWorkspace extends Workspace {
  constructor(files: Readonly<Record<string, string>>) {
    super({
      'config/fleet.ts': fleet,
      'config/apps/defaults.ts': defaults,
      'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      '.bin/helm': helm,
      // What is remembered of a chart is so of its files: with another stand-in it is another one.
      'charts/web/stand-in': helm,
      ...files,
    });
    chmodSync(join(this.path, '.bin/helm'), 0o755);
    this.run('git', ['init', '-q', '-b', 'main', '--template=']);
    expect(this.opened('synth', '--json')).toMatchObject({ status: 0 });
  }

  /** With the stand-in for Helm. */
  opened(...args: readonly string[]): Run {
    return { ...fleetServer.run(this.path, args, [join(this.path, '.bin'), process.env['PATH']].join(delimiter)) };
  }

  /** What a target has of an app. */
  told(target: string, name: string): string {
    return /level: (.*)/.exec(this.read(`dist/apps/${target}/manifests/${name}/statefulset-${name}.yaml`))?.[1] ?? '';
  }
}

test('a promotion changes the objects of the targets that are entered, and shows them', () => {
  const workspace = new HydratedWorkspace({ 'config/apps/web.ts': app("'1'", patch) });
  try {
    const dry = workspace.opened('promote', 'apps', 'web', 'patch-001', '--dry-run');
    expect(dry).toMatchObject({ status: 0 });
    expect(dry.stdout).toContain(`apps/web: StatefulSet web\n  ! ${refused}\n  spec.level\n`);
    expect(dry.stdout).toMatch(/ {6}at {3}stage\/two\n {6}why {2}patch-001 stage; before: base\n/);
    // One value is another one; two come from a broader node.
    expect(dry.stdout).toContain('2 values of 1 app come from another layer now and say the same.');
    // Who moves it is told before it is written, and nobody is asked in a pipeline.
    expect(dry.stdout.replace(/\s+/g, ' ')).toContain(`warning StatefulSet web: ${refused}`);
    expect(JSON.parse(workspace.opened('promote', '--auto', '--dry-run', '--json').stdout)).toMatchObject({
      waiting: [
        {
          patch: 'patch-001',
          reason: expect.stringMatching(
            /^somebody must promote it by hand: immutable: the StatefulSet 'web' of 'web' changes what cannot change at stage\/two\/eu /,
          ),
        },
      ],
    });
    const told = () => ['stage/one/eu', 'stage/one/us', 'stage/two/eu'].map((target) => /\d/.exec(workspace.told(target, 'web'))?.[0]);
    expect(told()).toEqual(['2', '2', '1']);
    expect(workspace.opened('promote', 'apps', 'web', 'patch-001')).toMatchObject({ status: 0 });
    expect(told()).toEqual(['2', '2', '2']);
  } finally {
    workspace.remove();
  }
});

test('of an app that is not opened a promotion shows objects where it is asked to', () => {
  const workspace = new HydratedWorkspace({ 'config/apps/web.ts': app("'1'", patch).replace('hydrate: true', 'hydrate: false') });
  try {
    const promote = (...flags: readonly string[]) => workspace.opened('promote', 'apps', 'web', 'patch-001', '--dry-run', ...flags).stdout;
    expect(promote('--manifests')).toContain(`apps/web: StatefulSet web\n  ! ${refused}\n  spec.level\n`);
    expect(promote()).not.toContain('StatefulSet');
    // A patch that opens it takes away what the chart gave, and brings what it gives now: that is shown without being asked for.
    workspace.edit('config/apps/web.ts', (text) => text.replace('change: { ', 'change: { hydrate: true, '));
    const opening = promote();
    expect(opening).toContain(`apps/web: StatefulSet web\n  ! ${refused}\n  spec.level\n`);
    expect(opening).not.toContain('in Git from now on');
  } finally {
    workspace.remove();
  }
});

test('a promotion that would change an object of another target is refused, though no Application changes, and writes nothing', () => {
  // What api says depends on where the patch of web is: it changes everywhere at once.
  const other = app("web.patches['patch-001'].rolledOutTo.join()", "import web from './web';");
  const workspace = new HydratedWorkspace({ 'config/apps/web.ts': app("'1'", patch), 'config/apps/api.ts': other });
  try {
    const before = [workspace.snapshot('config'), workspace.snapshot('dist')];
    const { status, stderr } = workspace.opened('promote', 'apps', 'web', 'patch-001');
    expect(status).toBe(1);
    expect(stderr).toContain('rollout-proof');
    expect(stderr).toContain('the step would change 2 files outside of the 1 targets that it is about');
    expect(stderr).toContain('apps/stage/one/eu/manifests/api/statefulset-api.yaml');
    expect([workspace.snapshot('config'), workspace.snapshot('dist')]).toEqual(before);
  } finally {
    workspace.remove();
  }
});

test('a promotion beside an edit of the chart that nobody committed says that its files hold that, too', () => {
  const printing = helm
    .replace('v3.99.0', 'v3.99.5')
    .replace('while', 'read -r label <"$2/label"\nwhile')
    .replace('{name: %s}', '{name: %s, labels: {a: %s}}')
    .replace('"$name"', '"$name" "$label"');
  const workspace = new HydratedWorkspace({ '.bin/helm': printing, 'charts/web/label': 'one\n', 'config/apps/web.ts': app("'1'", patch) });
  try {
    workspace.run('git', ['add', '-A']);
    workspace.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'Deploy web']);
    workspace.edit('charts/web/label', () => 'two\n');
    const told = '1 file of it is not current, and would hold other edits, too: dist/apps/stage/two/eu/manifests/web/statefulset-web.yaml. Commit';
    expect(workspace.opened('promote', 'apps', 'web', 'patch-001', '--dry-run').stdout).toContain(told);
    const { status, stdout } = workspace.opened('promote', 'apps', 'web', 'patch-001', '--despite', 'It is made anew');
    expect(status).toBe(0);
    expect(stdout).toContain('dist/ was not current before: 3 files of other edits were rendered too.\n1 of them is of this step, and holds these edits too: ');
    expect(stdout).toContain('dist/apps/stage/two/eu/manifests/web/statefulset-web.yaml. Commit the other edits (charts, configuration) first');
  } finally {
    workspace.remove();
  }
});

test('what a chart gives at a later target alone comes with the patch, and is approved and judged with it', () => {
  const many = `  overrides: { 'stage/two': { source: { helm: { valuesObject: { many: true } } } } },\n`;
  const config = helm
    .replace('StatefulSet\\nmetadata: {name: %s}\\nspec', 'Thing\\nmetadata: {name: %s}\\nspec')
    .concat(`case "$values" in *'"2"'*many*) printf -- '---\\napiVersion: v1\\nkind: Budget\\nmetadata: {name: %s}\\n' "$name";; esac\n`);
  const workspace = new HydratedWorkspace({ '.bin/helm': config, 'charts/web/stand-in': config, 'config/apps/web.ts': app("'1'", patch + many) });
  try {
    for (const args of [
      ['config', 'user.name', 'a'],
      ['config', 'user.email', 'a@example.com'],
      ['add', '-A'],
      ['commit', '-qm', 'Deploy web'],
    ])
      workspace.run('git', args);
    expect(workspace.opened('promote', 'apps', 'web', 'patch-001', '--commit')).toMatchObject({ status: 0, stderr: '' });
    expect(workspace.has('dist/apps/stage/two/eu/manifests/web/budget-web.yaml')).toBe(true);
    const judged = workspace.opened('check', '--since', 'HEAD~1');
    expect(judged).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing is refused') });
    // Objects are called as people call them, wherever their files lie.
    const story = workspace.opened('history', 'stage/two').stdout;
    expect(story).toContain('apps/web: Budget web added');
    expect(story).toMatch(/ Thing web spec\.level "1" → "2" at stage\/two: patch-001 entered/);
    // What a patch brings to the last target first is none that the others had.
    const next = "'patch-002': { rolledOutTo: ['stage/two'], change: { source: { helm: { valuesObject: { level: '3' } } } } },";
    workspace.edit('config/apps/web.ts', (text) => text.replace('patches: {', `patches: { ${next}`));
    expect(workspace.opened('synth')).toMatchObject({ status: 0 });
    expect(workspace.opened('check', '--since', 'HEAD')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/error sequence .*'patch-002' reaches stage\/two.*Thing web: spec\.level: 3/s),
    });
  } finally {
    workspace.remove();
  }
});

test('what a rule asks about objects is done for a reason, which stands in the commit with the lines that it needs and no others', () => {
  const throwing = `import { defineRule, defineRules } from 'cdk8s-fleet';
export default defineRules([defineRule({ id: 'broken', what: 'w', why: 'w', wayOut: 'o', judge: () => { throw new Error('x'); } })]);\n`;
  const workspace = new HydratedWorkspace({ 'config/apps/web.ts': app("'1'", patch) });
  const git = (...args: readonly string[]) => workspace.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args]);
  const promote = (...flags: readonly string[]) => workspace.opened('promote', 'apps', 'web', 'patch-001', ...flags);
  const asked = "immutable: the StatefulSet 'web' of 'web' changes what cannot change at stage/two/eu";
  const command = "npx fleet promote apps web patch-001 --level sector --despite 'REASON'";
  try {
    git('add', '-A');
    git('commit', '-qm', 'Deploy web');
    const before = [workspace.snapshot('config'), workspace.snapshot('dist')];
    const refused = promote('--level', 'sector');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toContain(`'patch-001' does not go on: ${asked}\n`);
    expect(refused.stderr).toContain(`where that is meant, say why: \`${command}\`\n`);
    // Its lines would be about none of several steps in one commit.
    expect(promote('--all', '--despite', 'x')).toMatchObject({ status: 1, stderr: expect.stringContaining('a commit of its own') });
    // A rule of the fleet's own that throws hides nothing of the others.
    workspace.write({ 'config/rules.ts': throwing });
    expect(promote()).toMatchObject({ status: 1, stderr: expect.stringContaining(asked) });
    workspace.run('rm', ['config/rules.ts']);
    expect([workspace.snapshot('config'), workspace.snapshot('dist')]).toEqual(before);
    const shown = promote('--level', 'sector', '--dry-run');
    expect(shown).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ {2}needs +immutable: /m) });
    expect(shown.stdout).toContain(` ${command}\n`);
    expect(JSON.parse(workspace.opened('promote', '--auto', '--dry-run', '--json').stdout)).toMatchObject({
      waiting: [{ reason: expect.stringMatching(/ \(`npx fleet promote apps web patch-001 --despite 'REASON'`\)$/) }],
    });
    expect(promote('--despite', ' the old one\n may go ', '--commit')).toMatchObject({ status: 0, stderr: '' });
    const message = git('log', '-1', '--format=%B').stdout.trim();
    expect(message).toMatch(/^.*\n\nFleet-Despite: the old one may go\nFleet-Allows: immutable apps\/web stage\/two\/eu [0-9a-f]{16}$/);
    expect(workspace.opened('check', '--since', 'HEAD~1')).toMatchObject({ status: 0 });
    git('commit', '-q', '--amend', '-m', 'Without a word');
    const wanted = workspace.opened('check', '--since', 'HEAD~1').stdout;
    expect([...wanted.matchAll(/^ {2}(Fleet-.*)$/gm)].map(([, line]) => line)).toEqual(message.split('\n').slice(3));
  } finally {
    workspace.remove();
  }
});

test('who edits a value of a layer is told of by name and place where an object changes, as a patch is', () => {
  const overrides = `  overrides: {\n    'stage/two': { source: { helm: { valuesObject: { note: 'a' } } } },\n  },\n`;
  const workspace = new HydratedWorkspace({ 'config/apps/web.ts': app("'1'", overrides) });
  try {
    workspace.run('git', ['add', '-A']);
    workspace.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'Deploy web']);
    const shown = (from: string, to: string) => {
      workspace.edit('config/apps/web.ts', (text) => text.replace(from, to));
      expect(workspace.opened('synth')).toMatchObject({ status: 0 });
      return workspace.opened('diff').stdout;
    };
    expect(shown("'1'", "'2'")).toMatch(/ {6}at {3}everywhere \(3 targets\)\n {6}why {2}base \(config\/apps\/web\.ts:3\)\n/);
    // What a chart makes of several values comes from each of their layers: nobody knows of which alone.
    expect(shown("'a'", "'b'")).toContain('why  base (config/apps/web.ts:3); override stage/two (config/apps/web.ts:5)');
    const { stderr } = workspace.opened('check', '--since', 'HEAD');
    expect(stderr).toContain('error immutable config/apps/web.ts:3\n');
    expect(stderr).toContain("; it comes from 'base', the override stage/two; in what is not committed\n");
    expect(stderr).toContain("error sequence config/apps/web.ts:3\n  'base' reaches ");
  } finally {
    workspace.remove();
  }
});

test('who closes a chart, or opens it, is judged by what its objects become, whatever layer says it', () => {
  const workspace = new HydratedWorkspace({ 'config/apps/web.ts': app("'1'") });
  const commit = (message: string) => {
    workspace.run('git', ['add', '-A']);
    workspace.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', message]);
  };
  // That all targets change at once is a matter of its own.
  const rules = (from: RegExp, to: string) => {
    workspace.edit('config/apps/web.ts', (text) => text.replace(from, to));
    expect(workspace.opened('synth')).toMatchObject({ status: 0 });
    const { stderr } = workspace.opened('check', '--since', 'HEAD');
    return [...new Set([...stderr.matchAll(/^error (\S+)/gm)].map(([, rule]) => rule))].filter((rule) => rule !== 'sequence');
  };
  try {
    commit('Deploy web');
    expect(rules(/hydrate: true/, 'hydrate: false')).toEqual([]);
    expect(rules(/'1'/, "'2'")).toEqual(['immutable']);
    const { stdout } = workspace.opened('diff');
    expect(stdout).toContain(`apps/web: StatefulSet web\n  ! ${refused}\n  spec.level\n`);
    expect(stdout).not.toContain('n Git no more');
    expect(rules(/'2'/, "'1'")).toEqual([]);
    commit('Close web');
    expect(rules(/hydrate: false/, 'hydrate: true')).toEqual([]);
    expect(rules(/'1'/, "'2'")).toEqual(['immutable']);
  } finally {
    workspace.remove();
  }
});

test('who closes a chart that cannot be rendered then is refused, for nobody can tell whether what holds data stays', () => {
  const printing = `#!/bin/sh
if [ "$1" = version ]; then echo 'version.BuildInfo{Version:"v3.99.3"}'; exit; fi
cat "$2"/objects.yaml
`;
  const claim = '---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\n';
  const workspace = new HydratedWorkspace({ '.bin/helm': printing, 'charts/web/objects.yaml': claim, 'config/apps/web.ts': app("'1'") });
  const commit = (message: string) => {
    workspace.run('git', ['add', '-A']);
    workspace.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', message]);
  };
  const judged = (since: string) => {
    const { stdout } = workspace.opened('check', '--since', since, '--json');
    const { changes } = (JSON.parse(stdout) as { judged: { changes: readonly { verdicts: readonly Record<string, string>[] }[] } }).judged;
    return changes.map(({ verdicts }) => verdicts.filter(({ rule }) => rule === 'removal'));
  };
  try {
    commit('Deploy web');
    workspace.edit('config/apps/web.ts', (text) => text.replace('hydrate: true', 'hydrate: false'));
    workspace.edit('charts/web/objects.yaml', () => 'no: object\n');
    expect(workspace.opened('synth')).toMatchObject({ status: 0 });
    const [[refused] = []] = judged('HEAD');
    expect(refused).toMatchObject({ kind: 'refused', found: expect.stringContaining("the PersistentVolumeClaim 'data' of 'web' may go") });
    expect(refused?.['message']).toMatch(/^what becomes of the objects of 'web' at .* cannot be told: .*the chart in 'charts\/web'/);
    // What allows it before the commit allows it in the commit, and nothing else that the chart becomes.
    commit(`Close web\n\n${refused?.['statement']}`);
    expect(judged('HEAD~1')).toEqual([[expect.objectContaining({ kind: 'allowed' })]]);
    workspace.edit('charts/web/objects.yaml', () => 'no: other object\n');
    workspace.run('git', ['add', '-A']);
    workspace.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '--amend', '--no-edit']);
    expect(judged('HEAD~1')).toEqual([[expect.objectContaining({ kind: 'refused' })]]);
    // So is who opens it again: what it was told in between nobody saw.
    workspace.edit('charts/web/objects.yaml', () => claim);
    workspace.edit('config/apps/web.ts', (text) => text.replace('hydrate: false', 'hydrate: true'));
    expect(workspace.opened('synth')).toMatchObject({ status: 0 });
    expect(judged('HEAD')).toEqual([[expect.objectContaining({ kind: 'refused', found: expect.stringContaining('whatever it deployed may go') })]]);
  } finally {
    workspace.remove();
  }
});

longTest('what an app loses while it is closed is refused commit by commit, though Git held it opened before and holds it opened now', () => {
  const printing = `#!/bin/sh
if [ "$1" = version ]; then echo 'version.BuildInfo{Version:"v3.99.2"}'; exit; fi
cat "$2"/objects.yaml
`;
  const [map, claim] = ['v1\nkind: ConfigMap', 'v1\nkind: PersistentVolumeClaim'].map((kind) => `---\napiVersion: ${kind}\nmetadata: {name: data}\n`);
  const workspace = new HydratedWorkspace({ '.bin/helm': printing, 'charts/web/objects.yaml': `${map}${claim}`, 'config/apps/web.ts': app("'1'") });
  const commit = (message: string) => {
    expect(workspace.opened('synth')).toMatchObject({ status: 0 });
    workspace.run('git', ['add', '-A']);
    workspace.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', message]);
  };
  const hydrate = (opened: boolean) => workspace.edit('config/apps/web.ts', (text) => text.replace(/hydrate: \w+/, `hydrate: ${opened}`));
  const judged = (since: string) => {
    const { stdout } = workspace.opened('check', '--since', since, '--json');
    const { changes, notes } = (JSON.parse(stdout) as { judged: { changes: readonly { verdicts: readonly { rule: string }[] }[]; notes: unknown } }).judged;
    return { notes, removals: changes.map(({ verdicts }) => verdicts.filter(({ rule }) => rule === 'removal').length) };
  };
  try {
    commit('Deploy web');
    hydrate(false);
    commit('Close web');
    workspace.edit('charts/web/objects.yaml', () => map as string);
    // What is not committed yet is a step like any other.
    expect(judged('HEAD~1')).toEqual({ notes: [], removals: [0, 1] });
    commit('Take the claim out');
    hydrate(true);
    commit('Open web');
    expect(judged('HEAD~3')).toEqual({ notes: [], removals: [0, 1, 0] });
    hydrate(false);
    commit('Close web again');
    workspace.edit('charts/web/objects.yaml', () => 'no: object\n');
    commit('Break it');
    // What is closed all the while asks Helm for nothing, and of what was opened once nobody can tell what it loses.
    expect(judged('HEAD~1')).toEqual({ notes: [], removals: [] });
    expect(judged('HEAD~2')).toEqual({ notes: [expect.stringContaining('apps/web is not shown in full')], removals: [0, 1] });
  } finally {
    workspace.remove();
  }
});

test('who opens an app behind a gate is asked once, for what somebody wrote', () => {
  const prod = "{ name: 'prod', promotion: 'manual', sectors: [{ name: 'a', regions: ['eu'] }] }";
  const closed = app("'1'").replace('hydrate: true', 'hydrate: false');
  const workspace = new HydratedWorkspace({ 'config/fleet.ts': fleet.replace('}] }],', `}] }, ${prod}],`), 'config/apps/web.ts': closed });
  try {
    for (const args of [
      ['config', 'user.name', 'a'],
      ['config', 'user.email', 'a@example.com'],
      ['add', '-A'],
      ['commit', '-qm', 'Deploy web'],
    ])
      workspace.run('git', args);
    workspace.write({ 'config/apps/web.ts': closed.replace(/};\n$/, '  overrides: { prod: { hydrate: true } },\n};\n') });
    expect(workspace.opened('synth')).toMatchObject({ status: 0 });
    const { stderr } = workspace.opened('check', '--since', 'HEAD');
    const [first, second, ...more] = stderr.split('\n').filter((line) => /^error|behind its gate/.test(line));
    expect([first, more]).toEqual(['error gate config/apps/web.ts:4', []]);
    expect(second).toMatch(/^ {2}the override prod enters prod, behind its gate: hydrate: true$/);
  } finally {
    workspace.remove();
  }
});
