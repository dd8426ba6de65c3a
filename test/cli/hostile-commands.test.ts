import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Workspace } from '../workspaces/workspace';

jest.setTimeout(60_000);

let workspace: Workspace;
beforeAll(() => {
  workspace = new Workspace();
  workspace.write({
    file: 'x',
    'yaml/config.yaml': 'dimensions: [{ name: environments }]\n',
    'deep/fleet.ts':
      "let list: unknown = [];\nfor (let depth = 0; depth < 10_000; depth++) list = [list];\nexport default { repository: list, environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] };\n",
    'nul/fleet.ts': "export default { repository: 'x', path: 'dist\\u0000x', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] };\n",
    'nul/m/web.ts': "export default { project: 'p', source: { repoURL: 'x', path: 'y' }, destination: { name: 'z' } };\n",
  });
  symlinkSync('loop', join(workspace.path, 'loop'));
});
afterAll(() => workspace.remove());

const patch = ['new', 'patch', 'management-cluster', 'cert-manager', '--dry-run', '--set'];

/** Command lines that nobody means, and somebody types. */
const commands: readonly (readonly [string, readonly string[]])[] = [
  ['a file as the configuration folder', ['status', '--config', 'config/fleet.ts']],
  ['a file as a folder on the way', ['synth', '--config', 'config/fleet.ts/x']],
  ['a link that leads to itself', ['check', '--config', 'loop']],
  ['nothing as the configuration folder', ['check', '--config', '']],
  ['a name that is too long for the disk', ['check', '--config', 'x'.repeat(5000)]],
  ['a file as a folder of the output', ['synth', '--output', 'file/x']],
  ['a device as the output', ['check', '--output', '/dev/null']],
  ['a device as the output of CODEOWNERS', ['owners', '--codeowners', '--output', '/dev/null']],
  ['lists that nest without end', ['check', '--config', 'deep']],
  ['U+0000 in the path of the output', ['synth', '--config', 'nul']],
  ['a path of 2,000 keys', [...patch, `${'a.'.repeat(1999)}a=1`]],
  ['a value that nests without end', [...patch, `a=${'['.repeat(10_000)}${']'.repeat(10_000)}`]],
  ['a file that is to be migrated', ['migrate', '--from', 'file', '--to', 'out']],
  ['a file where the migrated fleet shall lie', ['migrate', '--from', 'yaml', '--to', 'file/x']],
];

test.each(commands)('%s is a mistake with a message, and no bug', (_, args) => {
  const { status, stdout, stderr } = workspace.fleet(...args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^error[ :]/);
  expect(stderr).not.toMatch(/This is a bug|^\s+at .*:\d+:\d+\)?$/m);
});
