import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { small } from '../../builders/yaml-fleets';
import { type Run, repository, Workspace } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

/** Prints the values that it is given as a ConfigMap that may not change. */
const helm = `#!/bin/sh
if [ "$1" = version ]; then echo 'version.BuildInfo{Version:"v3.99.0"}'; exit; fi
while [ $# -gt 0 ]; do [ "$1" = --values ] && values=$(cat "$2"); shift; done
printf -- '---\\napiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: web}\\nimmutable: true\\ndata: %s\\n' "\${values:-{\\}}"
`;

const chartOf = (values: string) =>
  small['mc/web/values.yaml'].replace(
    'https://charts.example.com\n      chart: web\n',
    `https://example.com/fleet.git\n      path: charts/web\n      helm: {valuesObject: ${values}}\n`,
  );

/** A fleet in YAML whose app is a chart in the repository, with a stand-in for Helm. */
class ManifestsWorkspace extends Workspace {
  constructor() {
    super({
      'config/config.yaml': `repository: https://example.com/fleet.git\n${small['config.yaml']}`,
      'config/mc/defaults.yaml': small['mc/defaults.yaml'],
      'config/mc/web/values.yaml': chartOf("{level: '1'}"),
      'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      // What is remembered of a chart is so of its files.
      'charts/web/stand-in': helm,
      '.bin/helm': helm,
      '.gitignore': '.bin\n.cache\n',
    });
    chmodSync(join(this.path, '.bin/helm'), 0o755);
    this.run('git', ['init', '-q', '-b', 'main', '--template=']);
    this.run('git', ['config', 'user.email', 'test@example.com']);
    this.run('git', ['config', 'user.name', 'Test']);
    expect(this.fleet('synth', '--json')).toMatchObject({ status: 0 });
    this.run('git', ['add', '-A']);
    this.run('git', ['commit', '-q', '-m', 'Begin']);
  }

  /** With the stand-in, which keeps what it renders here. */
  withHelm(...args: readonly string[]): Run {
    const env = { PATH: [join(this.path, '.bin'), process.env['PATH']].join(delimiter), XDG_CACHE_HOME: join(this.path, '.cache') };
    return this.run(process.execPath, [join(repository, 'cli/fleet.js'), ...args], env);
  }
}

test('a diff shows the objects of charts that are not opened where it is asked to, of a fleet in YAML, too', () => {
  const workspace = new ManifestsWorkspace();
  try {
    workspace.edit('config/mc/web/values.yaml', (text) => text.replace("'1'", "'2'"));
    const { status, stdout, stderr } = workspace.withHelm('diff', 'HEAD', '--manifests');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      'mc/web: ConfigMap web\n  ! data of a ConfigMap cannot change: Kubernetes refuses it until somebody deletes the object\n  data.level\n      "1" → "2"\n      at   everywhere (3 targets)\n',
    );
    // Who does not ask, runs no program.
    expect(workspace.fleet('diff', 'HEAD').stdout).not.toContain('ConfigMap');
  } finally {
    workspace.remove();
  }
});

test('changes are judged by the objects of charts that are not opened where that is asked for', () => {
  const workspace = new ManifestsWorkspace();
  try {
    workspace.edit('config/mc/web/values.yaml', (text) => text.replace("'1'", "'2'"));
    workspace.fleet('synth', '--json');
    const { status, stderr } = workspace.withHelm('check', '--since', 'HEAD', '--manifests');
    expect(status).toBe(1);
    expect(stderr).toContain(
      "error immutable config/mc/web/values.yaml:6\n  the ConfigMap 'web' of 'web' changes what cannot change at int/s1/us, int/s1/eu, prod/p1/us\n",
    );
    expect(workspace.fleet('check', '--since', 'HEAD').stderr).not.toContain('immutable');
  } finally {
    workspace.remove();
  }
});

test.each([
  ['check', ['check', '--manifests'], '`--manifests` says how changes are judged'],
  ['promote', ['promote', 'mc', 'web', 'patch-001', '--manifests'], '`--manifests` shows what a step of one patch changes'],
])('%s says what it is for', (_, args, says) => {
  const workspace = new ManifestsWorkspace();
  try {
    expect(workspace.fleet(...args)).toMatchObject({ status: 1, stderr: expect.stringContaining(says) });
  } finally {
    workspace.remove();
  }
});

test('of two nodes it shows none, and says what to ask instead', () => {
  const workspace = new ManifestsWorkspace();
  try {
    const { status, stderr } = workspace.fleet('diff', 'int', 'prod', '--manifests');
    expect(status).toBe(1);
    expect(stderr).toContain('`--manifests` shows what changes from one moment to another');
    expect(stderr).toContain('`fleet diff HEAD prod --manifests`');
  } finally {
    workspace.remove();
  }
});
